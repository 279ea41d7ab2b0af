// A part of a class, for schedulers: the same work in the same parts wherever it is cut, and a digest by which parts of one class know
// each other again.

import { digest } from './digest.ts';
import type { SortedOut, Work } from './sort-out.ts';

export interface Shard {
  /** From 1 to `of`. */
  readonly part: number;
  readonly of: number;
}

/** Every `of`th of the work, so that a slow exercise or a slow letter of the alphabet falls on all alike. */
export const partOf = (work: readonly Work[], { part, of }: Shard): readonly Work[] =>
  work.filter((_, index) => index % of === part - 1);

/** Of who handed in what under which name. */
export const rollOf = ({ students, exercises, work, leftOut }: SortedOut): string =>
  digest(JSON.stringify([students, exercises, work, leftOut])).slice(0, 16);
