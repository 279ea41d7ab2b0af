// Bounds on what is learned hold for the settings they were measured at. Of others nothing is known: nothing is claimed, and a note says why.

import { type StartOptions, startJson } from '../../options/initialisation.ts';
import type { MeasuredAt } from '../../tasks/bounds.ts';

/** Where a task has one length only, it goes without saying. */
type Learned = Omit<MeasuredAt, 'steps'> & { readonly steps?: number };

interface Settings {
  readonly cell: { readonly name: string };
  readonly start: StartOptions;
  readonly steps: number;
  readonly prefix?: number;
  readonly updates: number;
}

export function isMeasuredAt(at: MeasuredAt, { cell, start, steps, prefix, updates }: Settings): boolean {
  const { hidden, radius } = at;
  const started = startJson({ hidden, ...(radius === undefined ? {} : { radius }) });
  return (
    cell.name === at.cell &&
    JSON.stringify(startJson(start)) === JSON.stringify(started) &&
    steps === at.steps &&
    (prefix ?? 0) === (at.prefix ?? 0) &&
    updates === at.updates
  );
}

/** `at` undefined: for data that somebody brings, there are no such settings. */
export function notClaimed(at: Learned | undefined): string {
  if (at === undefined)
    return 'Nothing is claimed of what is learned: claims are held against bounds that were measured before, and for this data there are none.';
  const { cell, hidden, steps, prefix, updates } = at;
  const long =
    steps === undefined ? '' : `, T ${steps}${prefix === undefined ? '' : ` of which ${prefix} are heard first`}`;
  return `Nothing is claimed of what is learned: the bounds were measured for ${cell} with H ${hidden}${long} and ${updates} updates, and for no other settings.`;
}
