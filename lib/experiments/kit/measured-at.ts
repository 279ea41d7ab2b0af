// Bounds on what is learned hold for the settings they were measured at. Of others nothing is known: nothing is claimed, and a note says why.

import type { StartOptions } from '../../options/initialisation.ts';
import type { MeasuredAt } from '../../tasks/bounds.ts';

/** Where a task has one length only, it goes without saying. */
type Learned = Omit<MeasuredAt, 'steps'> & { readonly steps?: number | undefined };

/** Whether options are as `at` says, by name; what it does not name is free, and what it names as undefined must not be chosen. */
export function isMeasuredAt(
  at: object,
  options: { readonly cell?: { readonly name: string }; readonly start?: StartOptions },
): boolean {
  const settings: { readonly [name: string]: unknown } = { ...options, ...options.start, cell: options.cell?.name };
  return Object.entries(at).every(([name, value]) =>
    typeof value === 'object' ? JSON.stringify(value) === JSON.stringify(settings[name]) : value === settings[name],
  );
}

/** `at` undefined: for data that somebody brings, there are no such settings. */
export function notClaimed(at: Learned | undefined): string {
  if (at === undefined)
    return 'Nothing is claimed of what is learned: claims are held against bounds that were measured before, and for this data there are none.';
  const { cell, hidden, steps, prefix, updates } = at;
  const long = steps === undefined ? '' : `, T ${steps}${!prefix ? '' : ` of which ${prefix} are heard first`}`;
  return `Nothing is claimed of what is learned: the bounds were measured for ${cell} with H ${hidden}${long} and ${updates} updates, and for no other settings.`;
}
