// Does a larger value go with a larger label? The concordance index (Harrell et al. 1982); with two labels, the area under the ROC curve.

/**
 * Of all pairs with different labels, the share in which the larger label has the larger value; equal values count half. 1 always,
 * ½ by chance, 0 never; NaN where all labels are equal or a value is NaN. Labels are whole numbers from 0.
 */
export function concordance(values: ArrayLike<number>, labels: ArrayLike<number>): number {
  // NaN has no place in an order.
  if (Array.prototype.some.call(values, Number.isNaN)) return Number.NaN;
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const kinds = 1 + Math.max(0, ...Array.from(labels));
  const below = new Float64Array(kinds);
  let [agree, pairs] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    const equal = new Float64Array(kinds);
    for (let i = from; i < to; i++) equal[labels[order[i]!]!]!++;
    let [smaller, seen] = [0, 0];
    const all = below.reduce((a, b) => a + b, 0);
    for (let kind = 0; kind < kinds; kind++) {
      agree += equal[kind]! * (smaller + seen / 2);
      pairs += equal[kind]! * (all - below[kind]! + seen);
      smaller += below[kind]!;
      seen += equal[kind]!;
    }
    for (let kind = 0; kind < kinds; kind++) below[kind]! += equal[kind]!;
  }
  return agree / pairs;
}
