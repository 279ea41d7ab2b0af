// How often the truth is heard at update i. Return a number.

type Kind = 'linear' | 'exponential' | 'inverse sigmoid';

export function samplingSchedule(kind: Kind, i: number, k: number, c: number, epsilon: number): number {
  // The linear schedule has no floor yet, and the other two are missing.
  return k - c * i;
}
