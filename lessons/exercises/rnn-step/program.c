/* rnn_step in C, as any program can be handed in: a line of JSON in, a line of JSON out. See PROTOCOL.md.
   cc -O2 -o rnn-step program.c -lm, and hand in rnn-step. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1 << 20, MOST = 64 };

static char line[LONGEST];
static char *at; /* what has not been read of the line */

/* Reads [1,2,3]; gives how many numbers there are. */
static int vector(double v[MOST]) {
    int n = 0;
    for (at++; at[-1] != ']'; at++)
        v[n++] = strtod(at, &at);
    return n;
}

/* Reads [[1,2],[3,4]], a row after the other. */
static void matrix(double W[MOST][MOST]) {
    int row = 0;
    for (at++; at[-1] != ']'; at++)
        vector(W[row++]);
}

/* Answers under the id of the request, at once. */
static void say(const char *body) {
    const char *id = strstr(line, "\"id\":\"");
    const char *end = strchr(id + 6, '"') + 1;
    printf("{%.*s,%s}\n", (int)(end - id), id, body);
    fflush(stdout);
}

static void rnn_step(void) {
    double h_prev[MOST], x[MOST], W_h[MOST][MOST], W_x[MOST][MOST], b[MOST];
    at = strstr(line, "\"arguments\":") + strlen("\"arguments\":[");
    int H = vector(h_prev);
    at++;
    int D = vector(x);
    at++;
    matrix(W_h);
    at++;
    matrix(W_x);
    at++;
    vector(b);

    char out[MOST * 32] = "\"value\":[";
    for (int j = 0; j < H; j++) {
        double sum = b[j];
        for (int k = 0; k < H; k++)
            sum += W_h[j][k] * h_prev[k];
        for (int k = 0; k < D; k++)
            sum += W_x[j][k] * x[k];
        sprintf(out + strlen(out), "%s%.17g", j > 0 ? "," : "", tanh(sum));
    }
    say(strcat(out, "]"));
}

int main(void) {
    while (fgets(line, sizeof line, stdin) != NULL)
        rnn_step();
    return 0;
}
