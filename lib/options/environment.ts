// What options need beside the words of a command line. Who reads a command line passes it in: cli/process-environment.ts.

import type { Cell } from '../cells/catalogue.ts';

/** A column of numbers from a file. */
export interface Column {
  readonly values: number[];
  /** Whether the file goes on. */
  readonly more: boolean;
  readonly name: string;
  /** How the file was read, where it could have been meant otherwise. */
  readonly notes: readonly string[];
}

/** Medians, in microseconds, of a whole run on one thread and on two. */
export interface ThreadTimes {
  readonly cell: string;
  readonly hidden: number;
  readonly steps: number;
  /** Two recurrences that know nothing of each other. */
  readonly apart: { readonly one: number; readonly two: number };
  /** One recurrence, a step here and a step there. */
  readonly inTurn: { readonly one: number; readonly two: number };
}

/** Files, standard input, and who hears a warning. */
export interface Environment {
  /** At most `limit` bytes of a file or of standard input, `-`, and whether there are more. Throws InputError. */
  readonly readText: (file: string, limit: number) => { readonly text: string; readonly more: boolean };
  readonly readBytes: (file: string, limit: number) => Uint8Array;
  /** What these bytes are as text. Throws InputError. */
  readonly textOf: (bytes: Uint8Array, file: string, limit: number) => { readonly text: string };
  /** At most `count` numbers of a CSV file. Throws InputError. */
  readonly readColumn: (file: string, column: string | undefined, count: number) => Promise<Column>;
  readonly exists: (file: string) => boolean;
  readonly warn: (text: string) => void;
  /** A note of what was not read of the user's data, which is said also where no notes are shown. */
  readonly dropped: (note: string) => string;
  /** That a value was needed that is not given: a command line that is printed names it. */
  readonly assumed: (option: string, value: number) => void;
  /** What two threads of this machine make of recurrences. */
  readonly threadTimes: (cell: Cell, hidden: number, steps: number) => Promise<ThreadTimes>;
}
