// Every program that is one edit away from another: the classic mistakes, each with the words that name it.

import type { Program } from './program.ts';

export interface Mutant {
  /** Unique among the mutants of a program: `drop c 2`, `swap f i`. */
  readonly id: string;
  /** The edit in words, behind "this is what comes out when": `the input and the forget gate are swapped`. */
  readonly says: string;
  /** The equations that are edited, as they are and as they become; most edits touch one. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly program: Program;
}
