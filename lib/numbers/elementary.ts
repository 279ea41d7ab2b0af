// exp, log, tanh, sigmoid and power out of + - * / and integer operations only, so that the same seed gives the same bytes on
// every machine: Math.exp and its kin may differ from one V8 to the next. lib/kernels emits the same steps, two lanes at a time.
// Range reduction, the even rational for exp and the series for log are fdlibm's (Sun Microsystems 1993, e_exp.c, e_log.c, e_pow.c).

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

/** The constants that the JS and the WebAssembly versions share. */
export const constants = {
  log2e: 1.44269504088896338700,
  // ln 2 in two parts: the upper ends in 32 zero bits, so that k times it is exact for every exponent k.
  ln2High: 6.93147180369123816490e-1,
  ln2Low: 1.90821492927058770002e-10,
  /** Adding it leaves the nearest integer in the low bits of a double; the same plus the exponent bias of 2^k. */
  toInteger: 6755399441055744,
  toExponent: 6755399441055744 + 1023,
  /** r·coth(r/2) = 2 + r²·(P₁ + r²·(P₂ + …)) for |r| ≤ ½ ln 2, to 2^-59. */
  even: [
    1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.65339022054652515390e-6,
    4.13813679705723846039e-8,
  ],
  expLowest: -746,
  expHighest: 710,
  tanhLowest: -44,
  /** log(1+f) by s = f/(2+f): 2s + s³·(L₁ + s²·(L₂ + …)), to 2^-58. */
  series: [
    6.666666666666735130e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
    1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
  ],
  smallestNormal: 2.2250738585072014e-308,
  two54: 18014398509481984,
  /** The upper word of √½, below which the mantissa is taken twice as large. */
  rootHalfWord: 0x3fe6a09e,
} as const;

const { log2e, ln2High, ln2Low, toInteger, toExponent, even, series } = constants;

/** 2^k for an integer k in -1022..1023, given as k + toExponent. */
function powerOfTwo(shifted: number): number {
  bits[0] = shifted;
  words[1] = words[0]! << 20;
  words[0] = 0;
  return bits[0]!;
}

/** e^x, to 1 ulp. */
export function exp(x: number): number {
  let y = constants.expHighest < x ? constants.expHighest : x;
  y = y < constants.expLowest ? constants.expLowest : y;
  const k = y * log2e + toInteger - toInteger;
  const high = y - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const s = r * r;
  const c = r - s * (even[0] + s * (even[1] + s * (even[2] + s * (even[3] + s * even[4]))));
  const mantissa = 1 - (low - (r * c) / (2 - c) - high);
  // In two factors, so that neither leaves the range and a subnormal result is rounded once.
  const half = k * 0.5 + toInteger - toInteger;
  return mantissa * powerOfTwo(half + toExponent) * powerOfTwo(k - half + toExponent);
}
