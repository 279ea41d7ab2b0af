// What `truncation` claims. The bounds for the two lines that are drawn when nothing else is asked for were measured on 20 seeds
// (test/experiments/truncation.deep.test.ts) and leave room; other cells and sequences are held to what must be so for all.

import type { Claim } from '../render/result.ts';
import { claim } from './kit/claim.ts';
import type { Started, TruncationFound, TruncationOptions } from './truncation/truncation.ts';
import { bytesKept } from './truncation-figures.ts';

export function truncationClaims(found: readonly TruncationFound[], options: TruncationOptions): Claim[] {
  const { lines, steps, seeds } = options;
  const everySeed = seeds > 1 ? ', in every seed' : '';
  const errorsOf = (line: Started, k: number) => found.map((seed) => seed[lines.indexOf(line)]!.errors[k - 1]!);
  const claims: Claim[] = [];
  const { fading, remembering } = usualLines(options);
  if (fading !== undefined)
    claims.push(
      claim(
        'no-memory-no-bias',
        `${fading.name}: 10 steps back give the gradient to within 5 %${everySeed}`,
        Math.max(...errorsOf(fading, 10)),
        '<',
        0.05,
      ),
    );
  if (remembering !== undefined)
    claims.push(
      claim(
        'memory-is-cut',
        `${remembering.name}: 10 steps back miss it by more than 30 %${everySeed}`,
        Math.min(...errorsOf(remembering, 10)),
        '>',
        0.3,
      ),
    );
  claims.push(
    ...fanClaims(found, options),
    claim(
      'window-of-all',
      'a window of all steps gives what whole backpropagation gives: largest relative difference',
      Math.max(...lines.flatMap((line) => errorsOf(line, steps))),
      '<',
      1e-10,
    ),
    linear(options),
  );
  return claims;
}

/**
 * The two lines of an `unroll truncation` without more, as far as they are there, and like those that were measured: with fewer inputs
 * than units tanh saturates less, and forgets more slowly.
 */
function usualLines({ lines, sequence, steps, input }: TruncationOptions): { fading?: Started; remembering?: Started } {
  if (sequence !== undefined || steps < 50) return {};
  const usual = (name: string) =>
    lines.filter(
      ({ cell, start }) =>
        cell.name === name && start.init === undefined && start.hidden >= 16 && input >= start.hidden,
    );
  const fading = usual('rnn').find(({ start }) => start.radius === 0.9);
  const remembering = usual('lstm').find(({ start }) => typeof start.forgetBias === 'object' && !start.radius);
  return { ...(fading && { fading }), ...(remembering && { remembering }) };
}

/** The first window from which on the error stays below 5 %. */
export function windowNeeded(errors: readonly number[]): number {
  const beyond = errors.findLastIndex((error) => !(error < 0.05));
  return beyond + 2;
}

/** A cell at several spectral radii: the larger one remembers longer, so it needs the longer window. */
function fanClaims(found: readonly TruncationFound[], { lines, seeds }: TruncationOptions): Claim[] {
  return [...new Set(lines.map(({ cell }) => cell))].flatMap((cell) => {
    const fan = lines.filter((line) => line.cell === cell && line.start.radius !== undefined);
    const ordered = [...fan].sort((a, b) => a.start.radius! - b.start.radius!);
    const [low, high] = [ordered[0], ordered.at(-1)];
    if (low === undefined || high === undefined || low === high) return [];
    const needed = (seed: TruncationFound, line: Started) => windowNeeded(seed[lines.indexOf(line)]!.errors);
    const longer = found.filter((seed) => needed(seed, high) > needed(seed, low)).length;
    return [
      claim(
        `${cell.name}-fan`,
        `${high.name} needs a longer window than ${low.name} for an error below 5 %, in every seed`,
        longer,
        '=',
        seeds,
        `${longer} of ${seeds}`,
      ),
    ];
  });
}

/** A step more costs the same at the end of a long window as at that of a short one. */
function linear(options: TruncationOptions): Claim {
  const ratios = options.lines.map((line) => {
    const kept = (steps: number) => bytesKept(line, options, steps);
    return (kept(400) - kept(300)) / (kept(200) - kept(100));
  });
  return claim(
    'memory-linear',
    'memory is linear in the window: the ratio of what 300 to 400 steps add to what 100 to 200 add',
    Math.max(...ratios.map((ratio) => Math.max(ratio, 1 / ratio))),
    '<',
    1.05,
  );
}
