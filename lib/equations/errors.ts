// What is wrong with a text, as data. `wording.ts` is the one place that puts it into words.

import type { Span } from './expression.ts';

/** Where it is wrong. `source` is a file's name or what stands for one: `equation`, `standard input`. */
export interface EquationError {
  readonly source: string;
  /** Counted from 1. */
  readonly line: number;
  /** The whole line as it was written. */
  readonly text: string;
  /** The guilty part of `text`. */
  readonly span: Span;
  readonly problem: EquationProblem;
}

type Plain =
  | 'text-too-long'
  | 'line-too-long'
  | 'too-deep'
  | 'no-equations'
  | 'string'
  | 'starts-with-operator'
  | 'ends-with-operator'
  | 'operator-missing-operand'
  | 'modulo'
  | 'slash'
  | 'caret'
  | 'double-star'
  | 'at-sign'
  | 'brackets'
  | 'braces'
  | 'factorial'
  | 'empty-parentheses'
  | 'parenthesis-unclosed'
  | 'parenthesis-unopened'
  | 'no-right-side'
  | 'no-left-side'
  | 'chained-assignment'
  | 'assigns-input'
  | 'concatenation'
  | 'stray-point';

/** A problem and the words of the text that it speaks of. */
export type EquationProblem = Readonly<
  | { code: Plain }
  | { code: 'strange-character'; character: string; instead?: string | undefined }
  | { code: 'comparison' | 'conditional' | 'logical' | 'comma' | 'wrong-assignment'; symbol: string }
  | { code: 'augmented-assignment'; symbol: string; name: string }
  | { code: 'no-equals'; text: string }
  | { code: 'statement'; word: string }
  | { code: 'bad-target'; target: string }
  | { code: 'function-assignment' | 'assigns-function' | 'function-as-value'; name: string }
  | { code: 'assigns-previous'; name: string; state: string }
  | { code: 'accessor'; object: string; member: string; isFunction: boolean }
  | { code: 'indexed-name'; text: string; instead: string; isTime: boolean }
  | { code: 'implicit-product'; left: string; right: string }
  | { code: 'call-of-value'; name: string; argument: string }
  | { code: 'unknown-function'; name: string; nearest?: string | undefined; composed?: string | undefined }
  | { code: 'argument-count'; name: string; count: number }
  | { code: 'number-too-large'; digits: string }
  | { code: 'assigned-twice' | 'declared-twice'; name: string; first: number }
  | { code: 'used-before-assigned'; name: string; assignedAt: number }
  | { code: 'reads-itself'; name: string; typed?: string | undefined }
  | {
      code: 'previous-of-unassigned' | 'declaration-unknown' | 'initialiser-unknown';
      name: string;
      nearest?: string | undefined;
    }
  | { code: 'elementwise-shapes'; left: Operand; right: Operand; symbol: string }
  | {
      code: 'two-columns';
      left: Operand;
      right: Operand;
      /** The line with `.*`; with capital letters for what would be matrices then, and the name of the left one. */
      mended?: string | undefined;
      capital?: { readonly line: string; readonly name?: string | undefined } | undefined;
    }
  | { code: 'product-shapes'; left: Operand; right: Operand; inner: readonly [string, string] }
  | {
      code: 'shape-open';
      names: readonly string[];
      declare: string;
      /** A name among them that was likely meant to be another. */
      meant?: { readonly name: string; readonly instead: string } | undefined;
    }
  /** `declare`: the declaration under which the expression would do. */
  | {
      code: 'state-shape' | 'declared-shape';
      name: string;
      expected: string;
      got: string;
      declare?: string | undefined;
    }
  | { code: 'output-shape'; name: string; got: string }
  | { code: 'declaration-malformed' | 'initialiser-malformed'; text: string; mended?: string | undefined }
  | { code: 'initialiser-arguments'; name: string; wants: string; got: string }
  | { code: 'initialiser-unmatched'; pattern: string; parameters: readonly string[]; nearest?: string | undefined }
  | { code: 'initialiser-shape'; kind: string; name: string; got: string }
>;

export interface Operand {
  readonly text: string;
  readonly shape: string;
}

export type ProblemCode = EquationProblem['code'];
