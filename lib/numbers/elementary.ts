// exp, log, power, tanh and sigmoid out of + - * / and integer operations only, so that the same seed gives the same bytes on
// every machine: Math.exp and its kin may differ from one V8 to the next. lib/kernels/simd-functions.ts takes the same steps on two
// lanes at a time. Range reduction, the even function of exp and the series for log are fdlibm's (e_exp.c, e_log.c, Sun 1993).

/** What the JS and the WebAssembly versions share. */
export const constants = {
  log2e: Math.LOG2E,
  /** ln 2 in two parts: the upper ends in 32 zero bits, so that its product with any exponent is exact. */
  ln2High: 6.9314718036912381649e-1,
  ln2Low: 1.90821492927058770002e-10,
  /** Adding 1.5·2^52 leaves the nearest integer in a double's low bits; with the bias added, shifting them up makes 2^k. */
  toInteger: 6755399441055744,
  toExponent: 6755399441055744 + 1023,
  /** r·coth(r/2) = 2 + r²·(E₀ + r²·(E₁ + …)) for |r| ≤ ½ ln 2, to 2^-59. */
  even: [
    1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
    4.13813679705723846039e-8,
  ],
  /** log(1+f) with s = f/(2+f) is 2s + s·s²·(S₀ + s²·(S₁ + …)), to 2^-58. */
  series: [
    6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
    1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
  ],
  /** Beyond these exp is 0 and Infinity, tanh is ±1. */
  lowest: -746,
  highest: 710,
  flat: -44,
  /** The exponent from which on a power of two is made in two factors. */
  lowestFactor: -1000,
  smallestNormal: 2.2250738585072014e-308,
  two54: 18014398509481984,
  /** The upper word of √½: mantissas are taken from [√½, √2). */
  rootHalf: 0x3fe6a09e,
  /** 2^27 + 1 splits a double into halves whose products are exact (Dekker 1971). */
  splitter: 134217729,
  /** Powers beyond this are 0, 1 or Infinity for every base. */
  largestPower: 1e25,
} as const;

const { log2e, ln2High, ln2Low, toInteger, toExponent, even, series, splitter } = constants;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** 2^k for an integer k in -1022..1023, given as k + toExponent. */
function powerOfTwo(shifted: number): number {
  double[0] = shifted;
  words[1] = words[0]! << 20;
  words[0] = 0;
  return double[0]!;
}

// Estrin's order: the products of the two halves do not wait for each other.
const evenPart = (s: number): number => {
  const s2 = s * s;
  return s * (even[0] + s * even[1] + s2 * (even[2] + s * even[3] + s2 * even[4]));
};

/** e^(x + tail) for a tail far below x's last place; to 1 ulp. */
function expOfSum(x: number, tail: number): number {
  let y = Math.min(constants.highest, x);
  y = Math.max(y, constants.lowest);
  const k = y * log2e + toInteger - toInteger;
  const high = y - k * ln2High;
  const low = k * ln2Low - tail;
  const r = high - low;
  const c = r - evenPart(r * r);
  const mantissa = 1 - (low - (r * c) / (2 - c) - high);
  // In two factors, so that neither leaves the range and a subnormal result is rounded once.
  const half = k * 0.5 + toInteger - toInteger;
  return mantissa * powerOfTwo(half + toExponent) * powerOfTwo(k - half + toExponent);
}

/** e^x, to 1 ulp. */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** 1 / (1 + e^-x), to 2.5 ulp over the whole range. */
export function sigmoid(x: number): number {
  // With e^r = (R + r) / (R - r), R = r·coth(r/2), one division does.
  const y = Math.max(x < 0 ? x : -x, constants.lowest);
  const k = y * log2e + toInteger - toInteger;
  const r = y - k * ln2High - k * ln2Low;
  const R = 2 + evenPart(r * r);
  const below = R - r;
  // In two factors: far out, 2^k alone is too small to be a normal number.
  const most = Math.max(k, constants.lowestFactor);
  const above = (R + r) * powerOfTwo(most + toExponent) * powerOfTwo(k - most + toExponent);
  return (x < 0 ? above : below) / (below + above);
}

/** Hyperbolic tangent, to 3 ulp; odd, and never beyond ±1. */
export function tanh(x: number): number {
  const size = x < 0 ? x : -x;
  const y = Math.max(size + size, constants.flat);
  const k = y * log2e + toInteger - toInteger;
  const r = y - k * ln2High - k * ln2Low;
  // (e^y - 1) / (e^y + 1) with e^y = 2^k (2 + p + r) / (2 + p - r): nothing cancels at k = 0, and tiny x comes through exactly.
  const p = evenPart(r * r);
  const scale = powerOfTwo(k + toExponent);
  const less = scale - 1;
  const more = scale + 1;
  const value = (less + less + (less * p + more * r)) / (more + more + (more * p + less * r));
  const magnitude = value < 0 ? -value : value;
  return x < 0 || Object.is(x, -0) ? -magnitude : magnitude;
}

/** x = 2^k · m with m in [√½, √2), for a positive finite x. */
function split(x: number): { k: number; m: number } {
  const subnormal = x < constants.smallestNormal;
  double[0] = subnormal ? x * constants.two54 : x;
  const shifted = words[1]! + (0x3ff00000 - constants.rootHalf);
  const k = (shifted >>> 20) - (subnormal ? 1023 + 54 : 1023);
  words[1] = (shifted & 0xfffff) + constants.rootHalf;
  return { k, m: double[0]! };
}

const tailOfSeries = (s2: number): number => {
  const s4 = s2 * s2;
  const oddTerms = s4 * (series[1] + s4 * (series[3] + s4 * series[5]));
  return oddTerms + s2 * (series[0] + s4 * (series[2] + s4 * (series[4] + s4 * series[6])));
};

/** Natural logarithm, to 1 ulp; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { k, m } = split(x);
  const f = m - 1;
  const s = f / (2 + f);
  const halfSquare = 0.5 * f * f;
  return s * (halfSquare + tailOfSeries(s * s)) + k * ln2Low - halfSquare + f + k * ln2High;
}

/** a's upper 26 bits: the products of such halves are exact. */
function upper(a: number): number {
  const big = splitter * a;
  return big - (big - a);
}

/** a^b, to 5 ulp for |b| up to 300, with the special values of ECMAScript's `**`: NaN for a negative a and a b that is no integer. */
export function pow(a: number, b: number): number {
  const x = a < 0 ? -a : a;
  // log x in two doubles, because b multiplies its error.
  const safe = x > 0 && x < Number.POSITIVE_INFINITY ? x : 1;
  const { k, m } = split(safe);
  const f = m - 1;
  const t = m + 1;
  const s = f / t;
  const sUpper = upper(s);
  const tUpper = upper(t);
  const sLower = (f - sUpper * tUpper - sUpper * (m - (tUpper - 1))) / t;
  const s2 = s * s;
  const lead = 2 * sUpper;
  const rest = 2 * sLower + s * tailOfSeries(s2);
  const large = k * ln2High;
  const sum = large + lead;
  const recovered = sum - large;
  const below = large - (sum - recovered) + (lead - recovered) + (rest + k * ln2Low);
  const logUpper = sum + below;
  const logLower = sum - logUpper + below;
  let y = Math.max(b, -constants.largestPower);
  y = Math.min(constants.largestPower, y);
  const product = y * logUpper;
  const yUpper = upper(y);
  const yLower = y - yUpper;
  const lUpper = upper(logUpper);
  const lLower = logUpper - lUpper;
  const error = yUpper * lUpper - product + yUpper * lLower + yLower * lUpper + yLower * lLower;
  const inRange = product >= constants.lowest && product <= constants.highest;
  let value = expOfSum(product, inRange ? error + y * logLower : 0);
  if (x === 0) value = b < 0 ? Number.POSITIVE_INFINITY : 0;
  if (x === Number.POSITIVE_INFINITY) value = b < 0 ? 0 : x;
  const whole = Math.floor(b) === b;
  const odd = whole && Math.floor(b * 0.5) !== b * 0.5;
  if ((a < 0 || Object.is(a, -0)) && odd) value = -value;
  if (a < 0 && x < Number.POSITIVE_INFINITY && !whole) value = Number.NaN;
  if (x === 1 && (b === Number.POSITIVE_INFINITY || b === Number.NEGATIVE_INFINITY)) value = Number.NaN;
  if (Number.isNaN(a) || Number.isNaN(b)) value = Number.NaN;
  return b === 0 ? 1 : value;
}
