// The elementary functions against whole-number arithmetic: every double is a fraction, and series in BigInt with far more bits
// than a double holds give the true value. Errors are in ulp, the distance between neighbouring doubles at the true value.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exp, log, pow, sigmoid, tanh } from '../../lib/numbers/elementary.ts';
import { random } from '../../lib/numbers/random.ts';

/** Fixed point: a value is an integer over 2^bits. Enough for the smallest subnormal with 150 bits to spare. */
const bits = 1240n;
const one = 1n << bits;

/** A double, exactly. */
function exactly(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const word = view.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const fraction = word & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : fraction | (1n << 52n);
  const pow = (exponent === 0n ? 1n : exponent) - 1075n + bits;
  const magnitude = pow >= 0n ? size << pow : size >> -pow;
  return word >> 63n === 0n ? magnitude : -magnitude;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;
const over = (a: bigint, b: bigint): bigint => (a << bits) / b;

/** e^x by its series, after twenty halvings of x. */
function trueExp(x: bigint): bigint {
  const small = x >> 20n;
  let [term, sum] = [one, one];
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, small) / n;
    sum += term;
  }
  for (let i = 0; i < 20; i++) sum = times(sum, sum);
  return sum;
}

/** ln x = 2 artanh((x - 1)/(x + 1)), after powers of two are taken out. */
function trueLog(x: bigint): bigint {
  let [m, k] = [x, 0n];
  while (m > (3n * one) / 2n) [m, k] = [m >> 1n, k + 1n];
  while (m < (3n * one) / 4n) [m, k] = [m << 1n, k - 1n];
  const artanh = (s: bigint): bigint => {
    const square = times(s, s);
    let [term, sum] = [s, 0n];
    for (let n = 1n; term !== 0n && term !== -1n; n += 2n) {
      sum += term / n;
      term = times(term, square);
    }
    return sum;
  };
  return 2n * artanh(over(m - one, m + one)) + 2n * k * artanh(one / 3n);
}

/** |got - truth| in units of the truth's last place. */
function ulps(got: number, truth: bigint): number {
  const size = truth < 0n ? -truth : truth;
  const place = BigInt(Math.max(size.toString(2).length - 53, Number(bits) - 1074));
  const error = exactly(got) - truth;
  return Number(((error < 0n ? -error : error) * 1000n) >> place) / 1000;
}

const rng = random(1);
const between = (low: number, high: number) => low + (high - low) * rng.uniform();
const many = (count: number, make: () => number) => Array.from({ length: count }, make);
const tiny = () => between(-1, 1) * 2 ** -between(1, 300);

test('exp is within 1 ulp, into the subnormal numbers', () => {
  for (const x of [...many(150, () => between(-745, 40)), ...many(150, () => between(-2, 2)), ...many(50, tiny)])
    assert.ok(ulps(exp(x), trueExp(exactly(x))) <= 1, `exp(${x})`);
});

test('log is within 1 ulp', () => {
  for (const x of [...many(100, () => between(0.5, 2)), ...many(100, () => 2 ** between(-1070, 150)), 5e-324])
    assert.ok(ulps(log(x), trueLog(exactly(x))) <= 1, `log(${x})`);
});

test('sigmoid is within 2.5 ulp, into the subnormal numbers', () => {
  for (const x of [...many(200, () => between(-8, 8)), ...many(150, () => between(-745, 40)), ...many(50, tiny)]) {
    const truth = over(one, one + trueExp(-exactly(x)));
    assert.ok(ulps(sigmoid(x), truth) <= 2.5, `sigmoid(${x})`);
  }
});

test('tanh is within 3 ulp, and exact where it is its argument', () => {
  for (const x of [...many(300, () => between(-3, 3)), ...many(100, () => between(-25, 25)), ...many(50, tiny)]) {
    const e = trueExp(2n * exactly(Math.abs(x)));
    const truth = over(e - one, e + one);
    // A tiny argument leaves too few bits in the quotient; there tanh x = x - x³/3.
    if (Math.abs(x) < 1e-9) assert.ok(Math.abs(tanh(x) - x) <= Math.abs(x) * 2 ** -52, `tanh(${x})`);
    else assert.ok(ulps(Math.abs(tanh(x)), truth) <= 3, `tanh(${x})`);
  }
});

test('tanh never passes 1, is odd, and falls nowhere by more than its error', () => {
  let before = -1;
  for (let x = -25; x <= 25; x += 1 / 512) {
    assert.ok(Math.abs(tanh(x)) <= 1 && tanh(-x) === -tanh(x), `tanh(${x})`);
    assert.ok(tanh(x) >= before - 2 ** -51, `tanh(${x}) falls`);
    before = tanh(x);
  }
});

test('power is within 5 ulp for exponents up to 300', () => {
  const cases = [
    ...many(100, () => between(0.3, 2)).map((a) => [a, between(-100, 100)] as const),
    ...many(100, () => 2 ** between(-30, 30)).map((a) => [a, between(-4, 4)] as const),
  ];
  for (const [a, b] of cases) {
    const truth = trueExp(times(exactly(b), trueLog(exactly(a))));
    assert.ok(ulps(pow(a, b), truth) <= 5, `power(${a}, ${b})`);
  }
});

test('whole powers of small numbers are exact', () => {
  for (let a = -9; a <= 9; a++) for (let b = 0; b <= 12; b++) assert.equal(pow(a, b), a ** b, `${a} to the ${b}`);
});

const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  3,
  -3,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1e308,
  -1e308,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 52 + 1),
  1 + 2 ** -52,
  1 - 2 ** -53,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

test('infinities, zeros of both signs and NaN come out as they must', () => {
  const inf = Number.POSITIVE_INFINITY;
  const table: [(x: number) => number, number, number][] = [
    [exp, -inf, 0],
    [exp, inf, inf],
    [exp, -746, 0],
    [exp, 710, inf],
    [exp, 0, 1],
    [log, 0, -inf],
    [log, -0, -inf],
    [log, inf, inf],
    [log, -1, Number.NaN],
    [log, 1, 0],
    [sigmoid, -inf, 0],
    [sigmoid, inf, 1],
    [sigmoid, 0, 0.5],
    [sigmoid, -0, 0.5],
    [tanh, -inf, -1],
    [tanh, inf, 1],
    [tanh, 0, 0],
    [tanh, -0, -0],
    [tanh, 5e-324, 5e-324],
  ];
  for (const [f, x, wanted] of table) assert.ok(Object.is(f(x), wanted), `${f.name}(${x}) is ${f(x)}`);
  for (const f of [exp, log, sigmoid, tanh]) assert.ok(Number.isNaN(f(Number.NaN)), f.name);
});

test("power has the special values of JavaScript's **", () => {
  for (const a of edges)
    for (const b of edges) {
      const [got, wanted] = [pow(a, b), a ** b];
      // Where the true value is far below the smallest double both are 0; elsewhere they may differ in the last places.
      const near = Math.abs(got - wanted) <= 1e-15 * Math.abs(wanted);
      assert.ok(Object.is(got, wanted) || (near && got !== 0), `power(${a}, ${b}) is ${got}, not ${wanted}`);
    }
});
