// What a message is: what is wrong, why, and the next step, a sentence or two each.

import type { Answer } from '../exercise.ts';
import type { Language } from '../report.ts';
import type { Value } from '../value.ts';

export interface Words {
  readonly what: string;
  /** The cause, where one can be told. */
  readonly why?: string;
  readonly next: string;
  /** Lines to be shown as they stand, between the cause and the next step: the student's own line, an error of the language. */
  readonly quoted?: readonly string[];
}

/** Whom a message speaks to, and of what. */
export interface Speaking {
  readonly language: Language;
  /** What runs it: `Python 3.11`. */
  readonly runtime?: string;
  /** As the student is to write it: `lstm_step`, `lstmStep`. */
  readonly function: string;
  readonly parameters: readonly string[];
  /** Names of what it returns. */
  readonly returns: readonly string[];
  /** Whether the arguments were NumPy's arrays. */
  readonly arrays?: boolean;
  /** What the call gave. */
  readonly given?: readonly Value[];
  /** What is to come back, by name. */
  readonly expected?: Answer;
}

/** With a full stop, unless it ends in one already, or in a question mark. */
export const stopped = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** `h`, `h and c`, `a, b and c`. */
export const listed = (names: readonly string[], word = 'and'): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;

/** `` `h` and `c` `` */
export const quotedNames = (names: readonly string[], word = 'and'): string =>
  listed(
    names.map((name) => `\`${name}\``),
    word,
  );
