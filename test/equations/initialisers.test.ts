// What the first values are: their distributions, their sources, and that they depend on nothing but seed and name.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialiserOf, initialValues } from '../../lib/equations/initialisers.ts';
import type { Matrix } from '../../lib/numbers/matrix.ts';
import { random } from '../../lib/numbers/random.ts';
import * as fc from '../fast-check.ts';
import { cellTexts, programOf } from './cells.ts';

const rnn = 'h = tanh(W_h * h_prev + W_x * x + b)\n';
const sizesOf = (H: number, D: number) =>
  new Map([
    ['H', H],
    ['D', D],
  ]);

/** The first value of one parameter of the RNN above, with initialiser lines under it. */
function first(parameter: string, lines: string, { H = 30, D = 20, seed = 1 } = {}): Matrix {
  return initialValues(programOf(rnn + lines), sizesOf(H, D), random(seed)).get(parameter)!;
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b) / values.length;
const variance = (values: ArrayLike<number>): number => {
  const m = mean(values);
  return mean(Array.from(values, (v) => (v - m) ** 2));
};
const smallest = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b));
const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b));

/** n uniform draws between a and b: all inside, the ends nearly reached, mean and variance within five standard errors. */
function assertUniform({ data }: Matrix, a: number, b: number): void {
  const width = b - a;
  assert.ok(smallest(data) >= a && largest(data) <= b, `${smallest(data)} … ${largest(data)}`);
  assert.ok(smallest(data) < a + 0.03 * width && largest(data) > b - 0.03 * width);
  assert.ok(Math.abs(mean(data) - (a + b) / 2) < (5 * width) / Math.sqrt(12 * data.length));
  // Var(uniform) = w²/12; its estimate has the standard error w²/√(180 n).
  assert.ok(Math.abs(variance(data) - width ** 2 / 12) < (5 * width ** 2) / Math.sqrt(180 * data.length));
}

test('without a line: uniform ±1/√H for matrices and vectors alike, as PyTorch', () => {
  const values = initialValues(programOf(rnn), sizesOf(400, 60), random(3));
  for (const parameter of ['W_h', 'W_x', 'b']) assertUniform(values.get(parameter)!, -1 / 20, 1 / 20);
});

test('constant', () => {
  assert.ok(first('b', 'b ~ constant(-1.5)').data.every((v) => v === -1.5));
  assert.ok(first('W_h', 'W_h ~ constant(2e-3)').data.every((v) => v === 0.002));
});

test('uniform', () => assertUniform(first('W_h', 'W_h ~ uniform(-2, 5)'), -2, 5));

test('normal: mean 0, the given deviation, and the share within one, two and three of it', () => {
  const { data } = first('W_h', 'W_h ~ normal(0.3)', { H: 150 });
  assert.ok(Math.abs(mean(data)) < (5 * 0.3) / Math.sqrt(data.length));
  assert.ok(Math.abs(variance(data) / 0.09 - 1) < 5 * Math.sqrt(2 / data.length));
  for (const [deviations, share] of [
    [1, 0.6827],
    [2, 0.9545],
    [3, 0.9973],
  ] as const) {
    const within = data.filter((v) => Math.abs(v) < 0.3 * deviations).length / data.length;
    assert.ok(Math.abs(within - share) < 0.015, `${within} within ${deviations}`);
  }
  assert.ok(first('b', 'b ~ normal(0)').data.every((v) => Math.abs(v) === 0));
});

test('xavier: uniform ±√(6 / (rows + columns))', () => {
  const bound = Math.sqrt(6 / (80 + 40));
  assertUniform(first('W_x', 'W_x ~ xavier()', { H: 80, D: 40 }), -bound, bound);
});

test('orthogonal: W Wᵀ or WᵀW, whichever is smaller, is gain²·I', () => {
  const gram = ({ rows, columns, data }: Matrix, byRow: boolean): number[] => {
    const count = byRow ? rows : columns;
    const at = (vector: number, i: number) => data[byRow ? vector * columns + i : i * columns + vector]!;
    return Array.from({ length: count * count }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < (byRow ? columns : rows); i++) sum += at(Math.floor(k / count), i) * at(k % count, i);
      return sum;
    });
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat(1000), (H, D, seed) => {
      const w = first('W_x', 'W_x ~ orthogonal(1.7)', { H, D, seed });
      const size = Math.min(H, D);
      for (const [k, entry] of gram(w, H <= D).entries()) {
        const wanted = Math.floor(k / size) === k % size ? 1.7 ** 2 : 0;
        assert.ok(Math.abs(entry - wanted) < 1e-12);
      }
    }),
    { numRuns: 100, seed: 6 },
  );
  assert.deepEqual(first('W_h', 'W_h ~ orthogonal()'), first('W_h', 'W_h ~ orthogonal(1)'));
});

test('identity, of a square and of another matrix', () => {
  assert.deepEqual([...first('W_h', 'W_h ~ identity(0.5)', { H: 3 }).data], [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5]);
  assert.deepEqual([...first('W_x', 'W_x ~ identity()', { H: 3, D: 2 }).data], [1, 0, 0, 1, 0, 0]);
});

test('chrono: exp(b) is uniform from 1 to T - 1', () => {
  const { rows, columns, data } = first('b', 'b ~ chrono(50)', { H: 2000 });
  assertUniform({ rows, columns, data: data.map(Math.exp) }, 1, 49);
});

test('minus mirrors the other parameter, wherever its line stands and however that one is drawn', () => {
  const lstm = cellTexts.get('lstm')!.replaceAll(/^b_f ~.*$/gm, '');
  for (const lines of [
    'b_f ~ chrono(20)\nb_i ~ minus(b_f)',
    'b_i ~ minus(b_f)\nb_f ~ chrono(20)',
    'b_i ~ minus(b_f)',
  ]) {
    const values = initialValues(programOf(`${lstm}\n${lines}`), sizesOf(8, 3), random(5));
    assert.deepEqual(
      values.get('b_i')!.data,
      values.get('b_f')!.data.map((v) => -v),
    );
    assert.ok(values.get('b_f')!.data.some((v) => v !== 0));
  }
});

test('a full name goes before a pattern, and of equals the last line counts', () => {
  const kindOf = (parameter: string, lines: string) => {
    const line = initialiserOf(programOf(rnn + lines), parameter);
    return line === undefined ? 'default' : `${line.kind} ${line.args.join(' ')}`.trim();
  };
  assert.equal(kindOf('W_h', 'W_h ~ identity()\nW_* ~ xavier()'), 'identity');
  assert.equal(kindOf('W_h', 'W_* ~ xavier()\nW_h ~ identity()'), 'identity');
  assert.equal(kindOf('W_x', 'W_h ~ identity()\nW_* ~ xavier()'), 'xavier');
  assert.equal(kindOf('b', 'W_h ~ identity()\nW_* ~ xavier()'), 'default');
  assert.equal(kindOf('W_h', 'W_* ~ normal(1)\nW_* ~ normal(2)'), 'normal 2');
  assert.equal(kindOf('W_h', 'W_* ~ normal(1)\n* ~ normal(2)'), 'normal 2');
  assert.equal(kindOf('b', '* ~ normal(2)'), 'normal 2');
  assert.equal(kindOf('W_h', 'W_h ~ normal(1)\nW_h ~ normal(3)\n* ~ normal(2)'), 'normal 3');
});

test('a pattern of a kind for matrices leaves the vectors under it alone', () => {
  const values = initialValues(programOf(`${rnn}b ~ constant(3)\n* ~ identity(1)`), sizesOf(3, 3), random(1));
  assert.deepEqual([...values.get('W_h')!.data], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
  assert.deepEqual([...values.get('b')!.data], [3, 3, 3]);
  assert.equal(initialiserOf(programOf(`${rnn}* ~ identity(1)`), 'b'), undefined);
});

test('the same seed gives the same numbers, another seed others', () => {
  for (const text of cellTexts.values()) {
    const program = programOf(text);
    const draw = (seed: number) => initialValues(program, sizesOf(4, 3), random(seed));
    assert.deepEqual(draw(11), draw(11));
    assert.notDeepEqual(draw(11), draw(12));
  }
});

test('another parameter, another order and another line leave the others as they were', () => {
  const draw = (text: string) => initialValues(programOf(text), sizesOf(6, 4), random(9));
  const plain = draw(rnn);
  const more = draw('h = tanh(V * x + b + c + W_x * x + W_h * h_prev)\nc ~ normal(1)\nV ~ orthogonal(1)');
  for (const [parameter, value] of plain) assert.deepEqual(more.get(parameter), value, parameter);
  const streams = [...more.values()].map(({ data }) => data[0]);
  assert.equal(new Set(streams).size, streams.length);
});

test('a built-in cell starts as its paper says', () => {
  const start = (cell: string) => initialValues(programOf(cellTexts.get(cell)!), sizesOf(5, 3), random(2));
  assert.deepEqual([...start('lstm').get('b_f')!.data], [1, 1, 1, 1, 1]);
  assert.notDeepEqual([...start('lstm').get('b_i')!.data], [1, 1, 1, 1, 1]);
  const irnn = start('irnn');
  assert.deepEqual([...irnn.get('b')!.data], [0, 0, 0, 0, 0]);
  assert.deepEqual([...irnn.get('W_h')!.data].filter((v) => v === 1).length, 5);
});
