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
  readonly problem: Problem;
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
export type Problem =
  | { readonly code: Plain }
  | { readonly code: 'strange-character'; readonly character: string; readonly instead?: string }
  | { readonly code: 'comparison'; readonly symbol: string }
  | { readonly code: 'conditional'; readonly symbol: string }
  | { readonly code: 'logical'; readonly symbol: string }
  | { readonly code: 'comma'; readonly symbol: string }
  | { readonly code: 'wrong-assignment'; readonly symbol: string }
  | { readonly code: 'augmented-assignment'; readonly symbol: string; readonly name: string }
  | { readonly code: 'no-equals'; readonly text: string }
  | { readonly code: 'statement'; readonly word: string }
  | { readonly code: 'bad-target'; readonly target: string }
  | { readonly code: 'function-assignment'; readonly name: string }
  | { readonly code: 'assigns-function'; readonly name: string }
  | { readonly code: 'assigns-previous'; readonly name: string; readonly state: string }
  | { readonly code: 'accessor'; readonly object: string; readonly member: string; readonly isFunction: boolean }
  | { readonly code: 'indexed-name'; readonly text: string; readonly instead: string; readonly isTime: boolean }
  | { readonly code: 'implicit-product'; readonly left: string; readonly right: string }
  | { readonly code: 'call-of-value'; readonly name: string; readonly argument: string }
  | { readonly code: 'unknown-function'; readonly name: string; readonly nearest?: string; readonly composed?: string }
  | { readonly code: 'function-as-value'; readonly name: string }
  | { readonly code: 'argument-count'; readonly name: string; readonly count: number }
  | { readonly code: 'number-too-large'; readonly digits: string }
  | { readonly code: 'assigned-twice'; readonly name: string; readonly first: number }
  | { readonly code: 'used-before-assigned'; readonly name: string; readonly assignedAt: number }
  | { readonly code: 'reads-itself'; readonly name: string; readonly typed?: string }
  | { readonly code: 'previous-of-unassigned'; readonly name: string; readonly nearest?: string }
  | { readonly code: 'elementwise-shapes'; readonly left: Operand; readonly right: Operand; readonly symbol: string }
  | {
      readonly code: 'two-columns';
      readonly left: Operand;
      readonly right: Operand;
      /** The line with `.*`; with capital letters for what would be matrices then, and the name of the left one. */
      readonly mended?: string;
      readonly capital?: { readonly line: string; readonly name?: string };
    }
  | {
      readonly code: 'product-shapes';
      readonly left: Operand;
      readonly right: Operand;
      readonly inner: readonly [string, string];
    }
  | {
      readonly code: 'shape-open';
      readonly names: readonly string[];
      readonly declare: string;
      /** A name among them that was likely meant to be another. */
      readonly meant?: { readonly name: string; readonly instead: string };
    }
  | {
      readonly code: 'state-shape' | 'declared-shape';
      readonly name: string;
      readonly expected: string;
      readonly got: string;
      /** The declaration under which the expression would do. */
      readonly declare?: string;
    }
  | { readonly code: 'output-shape'; readonly name: string; readonly got: string }
  | { readonly code: 'declaration-malformed'; readonly text: string; readonly mended?: string }
  | { readonly code: 'declaration-unknown'; readonly name: string; readonly nearest?: string }
  | { readonly code: 'declared-twice'; readonly name: string; readonly first: number }
  | { readonly code: 'initialiser-malformed'; readonly text: string; readonly mended?: string }
  | { readonly code: 'initialiser-unknown'; readonly name: string; readonly nearest?: string }
  | { readonly code: 'initialiser-arguments'; readonly name: string; readonly wants: string; readonly got: string }
  | {
      readonly code: 'initialiser-unmatched';
      readonly pattern: string;
      readonly parameters: readonly string[];
      readonly nearest?: string;
    }
  | { readonly code: 'initialiser-shape'; readonly kind: string; readonly name: string; readonly got: string };

export interface Operand {
  readonly text: string;
  readonly shape: string;
}

export type ProblemCode = Problem['code'];
