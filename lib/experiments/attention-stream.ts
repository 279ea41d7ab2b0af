// One token at a time: a head of attention that keeps the keys and values of all tokens before. Compiled from its equations, for the clock;
// and plainly, to check that.

import { type Cell, cellOf } from '../cells/catalogue.ts';
import { sizesFor } from '../equations/program.ts';
import { compile } from '../kernels/kernel.ts';
import { exp } from '../numbers/elementary.ts';
import { filled } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { drawn, type Stream, type Tokens } from './streams.ts';

/** One token of single-head self-attention as equations. K and V are the cache: a row for each token so far, this one the last. */
export const attentionCell = (): Cell =>
  cellOf(
    'attention',
    `# One head of self-attention for the newest token, over the keys and values of all tokens so far: Vaswani et al. 2017, eq. 1
q = W_q * x                # seeks
k = W_k * x                # is found by
v = W_v * x                # is read as
p = softmax(s * (K * q))   # its shares
y = V' * p

K : N H
V : N H
W_k : H D
W_v : H D
s : 1
`,
  );

/** W_q, W_k, W_v: [d][d] each, uniform within ±1/√d. */
interface Projections {
  readonly W_q: Float64Array;
  readonly W_k: Float64Array;
  readonly W_v: Float64Array;
}

function projections(width: number, seed: number): Projections {
  const rng = random(seed).fork('parameters of attention');
  const bound = 1 / Math.sqrt(width);
  const draw = () => filled(width, width, () => bound * (2 * rng.uniform() - 1)).data;
  return { W_q: draw(), W_k: draw(), W_v: draw() };
}

/** result[i] = Σ_j matrix[i][j] · vector[j] */
function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const width = vector.length;
  const result = new Float64Array(matrix.length / width);
  for (let i = 0; i < result.length; i++) result[i] = dot(matrix, i * width, vector, width);
  return result;
}

function dot(a: Float64Array, from: number, b: Float64Array, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += a[from + j]! * b[j]!;
  return sum;
}

/**
 * The attention of a token over a full cache of t tokens, compiled from the equations; it computes its own key and value and stores them
 * as the last row. Throws RangeError where the cache passes 4 GB.
 */
export function attentionAt(t: number, from: Tokens, seed: number): Stream {
  const { width } = from;
  const { program } = attentionCell();
  const sizes = new Map([...sizesFor(program, width, width), ['N', t]]);
  const kernel = compile(program, undefined, sizes, { steps: 1, batch: 1 });
  const weights = projections(width, seed);
  for (const [name, data] of Object.entries(weights)) kernel.parameter(name).set(data);
  kernel.parameter('s')[0] = 1 / Math.sqrt(width);
  const cache = [
    [kernel.parameter('K'), weights.W_k],
    [kernel.parameter('V'), weights.W_v],
  ] as const;
  for (const [rows, matrix] of cache) {
    for (let row = 0; row < Math.min(t, drawn); row++) rows.set(multiply(matrix, from.at(row)), row * width);
    // The tokens go round, and with them their keys and values.
    for (let row = drawn; row < t; row *= 2) rows.copyWithin(row * width, 0, (t - row) * width);
  }
  kernel.inputs.set(from.at(t - 1));
  kernel.forward();
  const last = (t - 1) * width;
  return {
    next(token) {
      kernel.inputs.set(token);
      kernel.forward({ sameParameters: true });
      cache[0][0].set(kernel.value('k', 0), last);
      cache[1][0].set(kernel.value('v', 0), last);
      return kernel.value('y', 0);
    },
    bytes: cache[0][0].byteLength + cache[1][0].byteLength,
  };
}

/** The same, token by token: the cache grows by a row, and the softmax is summed up in one pass (Milakov & Gimelshein 2018). */
export function attentionStream(width: number, seed: number): Stream {
  const { W_q, W_k, W_v } = projections(width, seed);
  const [keys, values]: [Float64Array[], Float64Array[]] = [[], []];
  return {
    next(token) {
      const query = multiply(W_q, token);
      keys.push(multiply(W_k, token));
      values.push(multiply(W_v, token));
      let [largest, total] = [Number.NEGATIVE_INFINITY, 0];
      const sum = new Float64Array(width);
      for (const [s, key] of keys.entries()) {
        const score = dot(key, 0, query, width) / Math.sqrt(width);
        const above = Math.max(largest, score);
        const [keep, weight] = [exp(largest - above), exp(score - above)];
        total = total * keep + weight;
        const value = values[s]!;
        for (let j = 0; j < width; j++) sum[j] = sum[j]! * keep + weight * value[j]!;
        largest = above;
      }
      return sum.map((entry) => entry / total);
    },
    get bytes() {
      return [...keys, ...values].reduce((sum, row) => sum + row.byteLength, 0);
    },
  };
}

/** The same for all tokens of a sequence at once, each looking at itself and those before it. [T][width] */
export function attentionWhole(from: Tokens, steps: number, seed: number): Float64Array {
  const { width } = from;
  const { W_q, W_k, W_v } = projections(width, seed);
  const all = (matrix: Float64Array) => Array.from({ length: steps }, (_, t) => multiply(matrix, from.at(t)));
  const [queries, keys, values] = [all(W_q), all(W_k), all(W_v)];
  const outputs = new Float64Array(steps * width);
  for (const [t, query] of queries.entries()) {
    const scores = keys.slice(0, t + 1).map((key) => dot(key, 0, query, width) / Math.sqrt(width));
    const largest = scores.reduce((a, b) => Math.max(a, b));
    const weights = scores.map((score) => exp(score - largest));
    const total = weights.reduce((a, b) => a + b);
    for (const [s, weight] of weights.entries())
      for (let j = 0; j < width; j++) outputs[t * width + j]! += (weight / total) * values[s]![j]!;
  }
  return outputs;
}
