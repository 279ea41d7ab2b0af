// Sine, cosine and the angle between two directions out of + - * / and square roots alone, so that the same seed gives the same bytes:
// Math.sin may differ from one V8 to the next.

import { dot, lengthOf } from './matrix.ts';

/** Of the angle whose tangent is x, in radians; within 1e-15. */
export function arctan(x: number): number {
  if (x < 0) return -arctan(-x);
  if (x > 1) return Math.PI / 2 - arctan(1 / x);
  // arctan x = 2 arctan(x / (1 + √(1 + x²))): three halvings leave less than tan(π/32), where the series is short.
  let small = x;
  for (let halving = 0; halving < 3; halving++) small /= 1 + Math.sqrt(1 + small * small);
  const square = small * small;
  let sum = 0;
  for (let n = 17; n >= 1; n -= 2) sum = 1 / n - square * sum;
  return 8 * small * sum;
}

/** a · b / (‖a‖ ‖b‖), from -1 to 1; NaN when one of them is 0. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [squareA, squareB] = [dot(a, a), dot(b, b)];
  const isOrdinary = [squareA, squareB, squareA * squareB].every((square) => square > 1e-280 && square < 1e300);
  const along = isOrdinary ? dot(a, b) / Math.sqrt(squareA * squareB) : dot(unit(a), unit(b));
  return Math.max(-1, Math.min(1, along));
}

/** In degrees, from 0 to 180; NaN when one of them is 0. Kahan's formula: exact where a cosine has lost all digits. */
export function angleBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [lengthA, lengthB] = [lengthOf(a), lengthOf(b)];
  let [apart, together] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const [u, v] = [a[i]! / lengthA, b[i]! / lengthB];
    apart += (u - v) * (u - v);
    together += (u + v) * (u + v);
  }
  return (360 / Math.PI) * arctan(Math.sqrt(apart / together));
}

/** Of length 1, also where the square of the length overflows or underflows. */
function unit(a: ArrayLike<number>): Float64Array {
  const length = lengthOf(a);
  return Float64Array.from(a, (value) => value / length);
}

const eighth = Math.PI / 4;

/** Taylor's series about 0, exact to the last place or two for |x| ≤ π/4. */
function series(x: number, first: number): number {
  let [term, sum] = [first === 0 ? 1 : x, 0];
  for (let k = first + 1; k < 24; k += 2) {
    sum += term;
    term *= (-x * x) / (k * (k + 1));
  }
  return sum;
}

/** [cos 2πu, sin 2πu] for any finite u, to 1e-15. */
export function cosineAndSine(turns: number): readonly [number, number] {
  const eighths = 8 * (turns - Math.floor(turns));
  const quarter = Math.floor((eighths + 1) / 2);
  const x = (eighths - 2 * quarter) * eighth;
  const [c, s] = [series(x, 0), series(x, 1)];
  return (
    [
      [c, s],
      [-s, c],
      [-c, -s],
      [s, -c],
    ] as const
  )[quarter % 4]!;
}

/** Samples of a sine, by turning a point on the circle; `turn` and the point that it starts at are [cosine, sine]. */
export function sineWave(
  count: number,
  turn: readonly [number, number],
  start: readonly [number, number] = [1, 0],
): Float64Array {
  let [c, s] = start;
  return new Float64Array(count).map(() => {
    const value = s;
    [c, s] = [c * turn[0] - s * turn[1], s * turn[0] + c * turn[1]];
    return value;
  });
}
