// The result of checking one submission, as data. Every format of a report is a function of this.

import type { Language } from './language.ts';
import type { IsolationReport, Raised, Trouble } from './session.ts';
import type { Answer, Difference, Value } from './value.ts';

export type Status = 'pass' | 'fail' | 'error' | 'timeout' | 'limit' | 'violation' | 'refused' | 'internal';

export interface Report {
  readonly exercise: {
    readonly id: string;
    readonly title: string;
    /** How it is called and what it gives back, so that a message can say so where no call was made. */
    readonly function?: string;
    readonly parameters?: readonly string[];
    readonly returns?: readonly string[];
  };
  readonly submission: {
    /** As it was given, its last part only, control characters escaped. */
    readonly file: string;
    /** Whose it is, in a class: a folder's or a file's name. */
    readonly student?: string;
    readonly language: Language;
    /** `Python 3.11 with NumPy 1.24` */
    readonly runtime: string;
  };
  /** `pass` when every check passed. */
  readonly status: Status;
  readonly points: number;
  readonly of: number;
  readonly checks: readonly CheckReport[];
  /** What ended it before its time. */
  readonly trouble?: Trouble;
  readonly prints: { readonly text: string; readonly cut: boolean };
  readonly isolation: IsolationReport;
  /** The teacher's: what the inputs were drawn from. Never in what a student sees of a class. */
  readonly seed?: number;
  readonly hints: number;
}

export interface CheckReport {
  readonly id: string;
  readonly says: string;
  readonly status: Status | 'skipped';
  readonly points: number;
  readonly of: number;
  /** For `skipped`: the id of the check that has to pass first. */
  readonly after?: string;
  readonly finding?: Finding;
}

/** What a failed check found: everything that a message shows, nothing cut. `wording.ts` puts it into words. */
export interface Finding {
  readonly problem: Problem;
  /** The call that was made. */
  readonly call?: {
    readonly function: string;
    readonly parameters: readonly string[];
    readonly given: readonly Value[];
  };
  /** What came back, where it could be read, and what was expected. */
  readonly got?: Answer;
  readonly expected?: Answer;
  /** The entry that is furthest off, `c[2]`, and by how much. */
  readonly worst?: { readonly path: string; readonly got: number; readonly expected: number; readonly error: number };
  /** The relative error of each tensor, a number a step where there are steps. */
  readonly strips?: readonly { readonly name: string; readonly errors: readonly number[] }[];
  readonly diagnosis?: Diagnosis;
  readonly clue?: Clue;
}

export type Problem =
  | Extract<Difference, { code: 'wrong-shape' }>
  | { readonly code: 'not-a-number'; readonly path: string; readonly got: string }
  | { readonly code: 'not-finite'; readonly path: string; readonly got: string }
  | { readonly code: 'values' }
  /** Right at the first steps: what is wrong grows, or shows only later. */
  | { readonly code: 'drifts'; readonly step: number; readonly unit?: 'call' }
  | { readonly code: 'property'; readonly because: string }
  /** What a cell of one's own reached on each seed, and on how many of them that was enough. */
  | { readonly code: 'claim'; readonly measured: readonly number[]; readonly reached: number; readonly needed: number }
  | { readonly code: 'changed-arguments' }
  | { readonly code: 'result-reused' }
  | { readonly code: 'remembers' }
  | { readonly code: 'threw'; readonly raised: Raised }
  | { readonly code: 'promise' };

export interface Diagnosis {
  /** Set when the numbers are exactly a known mistake's. */
  readonly mistake?: {
    readonly id: string;
    /** `the input and the forget gate are swapped` */
    readonly says: string;
    readonly wrong: readonly string[];
    readonly right: readonly string[];
  };
}

/** What can be told where no mistake is known that gives these numbers. */
export type Clue =
  /** The starter, as it was given. */
  | { readonly code: 'untouched' }
  /** The student's own names of the arguments, which are the right ones in another order. */
  | { readonly code: 'order'; readonly own: readonly string[] }
  /** It is right by another convention of calling it. */
  | ({ readonly code: 'convention'; readonly own?: readonly string[] } & Convention)
  /** A word that was given and that the file never mentions. */
  | { readonly code: 'word'; readonly parameter: string; readonly word: string }
  /** A line of the text that is known to go wrong in this way. */
  | { readonly code: 'line'; readonly id: KnownLine; readonly line: number; readonly text: string }
  /** `p.bn`, which is read and is not there. */
  | { readonly code: 'part'; readonly read: string; readonly part: string; readonly parts: readonly string[] }
  /** The same call gives another answer when it is made once more; with the same objects. */
  | { readonly code: 'remembers' | 'changed-arguments' }
  /** Right but for the last digits. */
  | { readonly code: 'rounded'; readonly decimals: number }
  | { readonly code: 'float32' | 'small' };

/** `reduce` without an initial value, `forEach` for `map`, an arrow function in braces, a dot product for an outer one. */
export type KnownLine = 'no-initial-value' | 'for-each' | 'arrow-braces' | 'flat-transpose';

/** How a function would have to be called so that its answers are right. What is not set is as the exercise has it. */
export interface Convention {
  /** The parameters in the order in which it takes them. */
  readonly order?: readonly string[];
  /** Every matrix transposed: x @ W. */
  readonly transposed?: true;
  /** W multiplies the input and U the state. */
  readonly exchanged?: true;
  /** A vector of n is (n, 1), or (1, n). */
  readonly vectors?: 'columns' | 'rows';
  /** Where the time axis of a sequence is: last, or second, after the batch. */
  readonly time?: 'last' | 'middle';
  /** Where in what comes back each result is: `[1][0]`, `.h`, or nothing for the whole. */
  readonly returned?: readonly string[];
}
