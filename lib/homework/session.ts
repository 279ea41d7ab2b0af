// The one interface through which a submission is asked: a child process in a sandbox, a `.cell` that is evaluated here, a reference
// or a mutant of it. Whoever answers never learns what was expected.

import { listOf, oneWordOf, record, type Schema, type TypeOf, text, whole } from '../render/json-schema.ts';
import type { Language } from './language.ts';
import type { Value } from './value.ts';

export interface Session {
  /** One question at a time: the next only after the answer. Never rejects: what went wrong is a Reply. */
  ask(question: Question): Promise<Reply>;
  /** Ends the submission, reaps it, and says how it went. Once. */
  end(): Promise<Ending>;
}

export type Question =
  /** Calls the student's function. With `keep` its arguments and its result stay with the submission under that name. */
  | { readonly kind: 'call'; readonly function: string; readonly arguments: readonly Value[]; readonly keep?: string }
  /**
   * Calls it once more with the very objects of a kept call: differs from the first answer when an argument was changed in place. Where
   * `others` has a value, that one instead.
   */
  | { readonly kind: 'again'; readonly keep: string; readonly others?: readonly (Value | null)[] }
  /** The kept result as it is now: differs when a later call wrote into it. */
  | { readonly kind: 'recall'; readonly keep: string }
  /** The kept arguments as they are now: differ from what was sent when the call wrote into them. */
  | { readonly kind: 'given'; readonly keep: string };

export type Reply =
  /** What came back, parsed but not trusted: `readAnswer` takes from it what was expected. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** The student's code raised an exception at this call; the session goes on. */
  | { readonly kind: 'threw'; readonly error: Raised }
  /** An async function: it returned a promise, which nobody waits for. */
  | { readonly kind: 'promise' }
  /** `again`, `recall` and `given` mean nothing to this kind of submission (a program that answers lines, equations). */
  | { readonly kind: 'not-kept' }
  /** There will be no more answers. */
  | { readonly kind: 'ended'; readonly trouble: Trouble };

/** An exception in the student's file: `TypeError`, and what it says in at most 2,000 characters, control characters escaped. */
export const raised = record(
  {
    name: text,
    message: text,
    /** In the student's file, counted from 1, and its text, where one is known. */
    line: whole,
    text,
  },
  ['line', 'text'],
);
export type Raised = TypeOf<typeof raised>;

/** Why a submission ended before it was done. `status` is what the report shows; wording/ words the rest. */
export type Trouble =
  | {
      readonly status: 'error';
      readonly code: 'syntax';
      readonly raised: Raised;
      /** What the code is inside of: the fences of Markdown, a notebook; or a notebook's commands stand in it. */
      readonly packed?: 'fences' | 'notebook' | 'commands';
    }
  | { readonly status: 'error'; readonly code: 'import'; readonly raised: Raised; readonly missing?: string }
  | { readonly status: 'error'; readonly code: 'load'; readonly raised: Raised }
  | {
      readonly status: 'error';
      readonly code: 'no-function';
      readonly wanted: readonly string[];
      /** The functions that the file does have. */
      readonly found: readonly string[];
      /** `default` where there is only a default export, `not-a-function` where the name holds something else. */
      readonly instead?: 'default' | 'not-a-function' | 'not-exported';
    }
  /** Equations that read names which the exercise does not give, or lack a result that it asks for. */
  | {
      readonly status: 'error';
      readonly code: 'cell-names';
      readonly unknown: readonly string[];
      readonly missing: readonly string[];
      readonly given: readonly string[];
      /** What it does compute. */
      readonly made?: readonly string[];
    }
  | { readonly status: 'error'; readonly code: 'exited'; readonly exit: number | null; readonly signal?: string }
  | { readonly status: 'error'; readonly code: 'never-settled'; readonly loading?: boolean }
  | {
      readonly status: 'timeout';
      readonly code: 'too-slow';
      readonly seconds: number;
      readonly loading: boolean;
      /** It was not run yet: leaving its types out took that long. */
      readonly reading?: true;
      /** It had less than nine tenths of the limit as processor time although it was ready to run: the machine was busy. */
      readonly starved?: true;
      /** It had less than that and was not ready to run: it waited for something. */
      readonly waits?: true;
    }
  /** `importing`: the package that was being loaded. */
  | { readonly status: 'limit'; readonly code: 'memory'; readonly importing?: string }
  | { readonly status: 'limit'; readonly code: 'prints' | 'reply-size' | 'processes' | 'file-size' }
  | {
      readonly status: 'violation';
      readonly code: 'wrong-id' | 'second-reply' | 'malformed' | 'unasked';
      /** The word that a program's answer has where `value` is wanted. */
      readonly word?: string;
    }
  | {
      readonly status: 'refused';
      readonly code:
        | 'not-a-file'
        | 'no-permission'
        | 'too-large'
        | 'link'
        | 'language'
        | 'not-in-equations'
        | 'only-equations'
        | 'no-runtime';
      readonly got: string;
    }
  | { readonly status: 'internal'; readonly code: 'internal'; readonly message: string };

export interface Ending {
  /** What the student's code printed on standard output and standard error, escaped, at most 256 KiB. */
  readonly prints: string;
  readonly printsCut: boolean;
  /** What ran it: `Node 22.1`, `Python 3.11 with NumPy 1.24`, `the equations themselves`. */
  readonly runtime: string;
  /** Set when it ended by itself, or had to be ended, before `end` was called. */
  readonly trouble?: Trouble;
}

// Where a submission runs. The level is what a canary in the very same configuration measured, never what was asked for.

export interface Limits {
  /** Seconds for loading and all answers together. */
  readonly seconds: number;
  /** MiB. */
  readonly memory: number;
}

export interface Sandbox {
  readonly isolation: IsolationReport;
  readonly limits: Limits;
  /**
   * Copies the file into a fresh folder, starts it, waits until it has loaded and found one of `functions` (`lstm_step`, `lstmStep`).
   * Rejects for nothing that a submission can do. `content`: what the file holds, where it has been read already.
   */
  open(file: string, language: Language, functions: readonly string[], content?: FileContent): Promise<Opened>;
  /** Removes what is left. */
  close(): Promise<void>;
}

/** What a file holds, read once. */
export interface FileContent {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly trouble?: undefined;
}

export type Opened =
  | { readonly session: Session; readonly trouble?: undefined }
  | {
      readonly trouble: Trouble;
      readonly prints: string;
      readonly printsCut: boolean;
      readonly runtime: string;
      readonly session?: undefined;
    };

export const attempts = [
  'read a file',
  'reach a port',
  'signal the parent',
  'fork past the limit',
  'write outside',
] as const;

export const isolation = record({
  /** What the canary measured, not what was asked for. */
  level: { enum: [0, 1, 2, 3] } as Schema<0 | 1 | 2 | 3>,
  /** One line: `sandbox (no files, no network, no other processes; measured)`. */
  says: text,
  attempts: listOf(
    record({ attempt: oneWordOf(...attempts), outcome: oneWordOf('refused', 'succeeded', 'not measured') }),
  ),
});
export type IsolationReport = TypeOf<typeof isolation>;
