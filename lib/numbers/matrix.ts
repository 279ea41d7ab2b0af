// The one container for numbers that the whole of lib passes about: a dense row-major matrix of doubles.
// A column vector is n×1, a scalar 1×1.

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** rows·columns numbers, row after row. */
  readonly data: Float64Array;
}

/** A rows×columns matrix of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/** A matrix around `data` (not copied). Throws RangeError when the size is not rows·columns. */
export function matrix(rows: number, columns: number, data: ArrayLike<number>): Matrix {
  if (data.length !== rows * columns) throw new RangeError(`${data.length} numbers do not fill ${rows}×${columns}`);
  return { rows, columns, data: data instanceof Float64Array ? data : Float64Array.from(data) };
}

/** A rows×columns matrix whose entries come from `draw`, row after row. */
export function filled(rows: number, columns: number, draw: () => number): Matrix {
  const out = zeros(rows, columns);
  // A plain loop: Float64Array.from costs ten times as much.
  for (let i = 0; i < out.data.length; i++) out.data[i] = draw();
  return out;
}

/** The column n×1 of the given numbers. */
export function column(values: ArrayLike<number>): Matrix {
  return matrix(values.length, 1, values);
}

/** Of two vectors of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The 2-norm of a vector: from the sum of squares, where it neither overflows nor loses digits to underflow. */
export function lengthOf(v: ArrayLike<number>): number {
  const sum = dot(v, v);
  return sum > 1e-280 && sum < Number.POSITIVE_INFINITY ? Math.sqrt(sum) : norm(column(v));
}

/** The 2-norm of all entries, scaled so that it neither overflows nor underflows early. */
export function norm(a: Matrix): number {
  let largest = 0;
  for (const value of a.data) {
    if (Number.isNaN(value)) return Number.NaN;
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  // A product, not a power: x ** 2 may differ from one V8 to the next.
  for (const value of a.data) sum += (value / largest) * (value / largest);
  return largest * Math.sqrt(sum);
}
