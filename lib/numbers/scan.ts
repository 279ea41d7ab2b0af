// The parallel scan: all partial results of n things under an associative operation, in far fewer than n dependent levels.
// A step h = a .* h_prev + u is such a thing: two of them, one after the other, are one with a₂·a₁ and a₂·u₁ + u₂.

export const scanNames = ['hillis-steele', 'work-efficient'] as const;
export type ScanName = (typeof scanNames)[number];

/** The place `right` becomes left ∘ right: what stands there then covers all that `left` covered too. */
interface Combination {
  readonly left: number;
  readonly right: number;
}

/** Combinations of one level do not wait for each other: each reads what the level before left. */
type Level = readonly Combination[];

/**
 * The levels of an inclusive scan of n places.
 * `hillis-steele`: ⌈log₂ n⌉ levels and Σ (n − 2^k) combinations, n·log₂n − n + 1 for a power of two (Hillis & Steele 1986).
 * `work-efficient`: up a tree and down again, 2·log₂n − 1 levels and 2n − 2 − log₂n combinations for a power of two: the scan of
 * Blelloch 1990, which gives each place what stands before it, in the inclusive form of Brent & Kung 1982.
 */
export function scanLevels(scan: ScanName, n: number): Level[] {
  return scan === 'hillis-steele' ? hillisSteele(n) : workEfficient(n);
}

function hillisSteele(n: number): Level[] {
  const levels: Level[] = [];
  for (let apart = 1; apart < n; apart *= 2) levels.push(every(1, apart, n, apart));
  return levels;
}

function workEfficient(n: number): Level[] {
  const levels: Level[] = [];
  let apart = 1;
  for (; 2 * apart <= n; apart *= 2) levels.push(every(2 * apart, 2 * apart - 1, n, apart));
  for (apart /= 2; apart >= 1; apart /= 2) levels.push(every(2 * apart, 3 * apart - 1, n, apart));
  return levels.filter((level) => level.length > 0);
}

/** From the place `first` on, `step` apart; each combined with what stands `apart` places before it. */
function every(step: number, first: number, n: number, apart: number): Level {
  const level: Combination[] = [];
  for (let right = first; right < n; right += step) level.push({ left: right - apart, right });
  return level;
}

/**
 * All h_t = a_t .* h_{t-1} + u_t, t = 1 … T, by a scan. a and u: [T][width]; initial: h_0, [width]. Returns [T][width] and how many
 * pairs were combined, each counted once for all its entries.
 */
export function linearScan(
  scan: ScanName,
  a: Float64Array,
  u: Float64Array,
  initial: Float64Array,
): { readonly states: Float64Array; readonly levels: number; readonly combined: number } {
  const width = initial.length;
  const steps = a.length / width;
  const factors = a.slice();
  const states = u.slice();
  for (let j = 0; j < width; j++) states[j]! += a[j]! * initial[j]!;
  const levels = scanLevels(scan, steps);
  let combined = 0;
  // From the back, so that each reads what the level before left.
  for (const level of levels)
    for (let i = level.length - 1; i >= 0; i--) {
      const { left, right } = level[i]!;
      combined++;
      for (let j = 0; j < width; j++) {
        const [from, to] = [left * width + j, right * width + j];
        states[to] = factors[to]! * states[from]! + states[to]!;
        factors[to]! *= factors[from]!;
      }
    }
  return { states, levels: levels.length, combined };
}
