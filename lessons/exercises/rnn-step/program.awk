#!/usr/bin/env -S awk -Winteractive -f
# rnn_step in awk, as any program can be handed in: a line of JSON in, a line of JSON out. See PROTOCOL.md.
# mawk has to be told that somebody waits for each line (-Winteractive); to others that means nothing.

# The arguments are h_prev, x, W_h, W_x and b; rest is what has not been read of the line.
{
    rest = substr($0, index($0, "\"arguments\":") + length("\"arguments\":"))
    next_symbol()
    H = vector(h_prev); next_symbol()
    D = vector(x); next_symbol()
    matrix(W_h); next_symbol()
    matrix(W_x); next_symbol()
    vector(b)

    out = ""
    for (j = 1; j <= H; j++) {
        sum = b[j]
        for (k = 1; k <= H; k++) sum += W_h[j, k] * h_prev[k]
        for (k = 1; k <= D; k++) sum += W_x[j, k] * x[k]
        out = out (j > 1 ? "," : "") sprintf("%.17g", tanh(sum))
    }
    say("\"value\":[" out "]")
}

function tanh(a,   e) {
    if (a < 0) return -tanh(-a)
    if (a > 20) return 1   # to the last digit
    e = exp(-2 * a)
    return (1 - e) / (1 + e)
}

# The request's id goes back with the answer.
function say(body,   id) {
    match($0, /"id":"[^"]*"/)
    id = substr($0, RSTART, RLENGTH)
    print "{" id "," body "}"
    fflush()
}

# Takes one [ ] or , off the rest.
function next_symbol() { rest = substr(rest, 2) }

# Reads [1,2,3] into v, counted from 1.
function vector(v,   n) {
    for (n = 0; substr(rest, 1, 1) != "]"; n++) {
        next_symbol()
        match(rest, /^[^],]+/)
        v[n + 1] = substr(rest, 1, RLENGTH) + 0
        rest = substr(rest, RLENGTH + 1)
    }
    next_symbol()
    return n
}

# Reads [[1,2],[3,4]] into W[row, column].
function matrix(W,   row, n, k, v) {
    for (row = 1; substr(rest, 1, 1) != "]"; row++) {
        next_symbol()
        n = vector(v)
        for (k = 1; k <= n; k++) W[row, k] = v[k]
    }
    next_symbol()
}
