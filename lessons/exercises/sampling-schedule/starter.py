# How often the truth is heard at update i. kind is "linear", "exponential" or "inverse sigmoid". Return a number.


def sampling_schedule(kind, i, k, c, epsilon):
    # The linear schedule has no floor yet, and the other two are missing.
    return k - c * i
