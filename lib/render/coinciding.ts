// Which curves cannot be told apart in a drawing, because one runs on another.

/** Of the points at which either has a value, so many must lie together. */
const NEARLY_EVERYWHERE = 0.9;

/**
 * For every curve the index of the first one that it runs on, undefined where it has a line of its own. Values are places on the axis, NaN where
 * there is none, all over the same x; two are together when they are no more than `apart` from one another.
 */
export function coinciding(curves: readonly (readonly number[])[], apart: number): (number | undefined)[] {
  const first: (number | undefined)[] = [];
  curves.forEach((curve) => {
    const found = first.findIndex((of, other) => of === undefined && together(curve, curves[other] ?? [], apart));
    first.push(found < 0 ? undefined : found);
  });
  return first;
}

function together(a: readonly number[], b: readonly number[], apart: number): boolean {
  const either = a.filter((value, index) => !(Number.isNaN(value) && Number.isNaN(b[index] ?? Number.NaN))).length;
  const near = a.filter((value, index) => Math.abs(value - (b[index] ?? Number.NaN)) <= apart).length;
  return near > 0 && near >= NEARLY_EVERYWHERE * either;
}
