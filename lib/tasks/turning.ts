// Sine and cosine out of + - * / alone, so that the same seed gives the same bytes: Math.sin may differ from one V8 to the next.

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
export function turning(turns: number): readonly [number, number] {
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
