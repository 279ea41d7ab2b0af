// The op table: for each operator and function its notation, shape, value, gradient and LaTeX side by side.
// It is a full Record: an op without a gradient does not compile. A new op is one new row (and one in lib/kernels).

import * as elementary from '../numbers/elementary.ts';
import { apply, type Expression, number, type OpName } from './expression.ts';
import { both, each, matmul, type PlainValue, softmax, sumOfEntries, transposeMatrix } from './plain-math.ts';
import { elementwise, elementwiseOne, matrixProduct, reduced, type ShapeRule, transposed } from './shape-rules.ts';
import { divide, negate, power, product, subtract, times, transpose } from './simplify.ts';

/** How an op is written. Precedence is mathjs's: a higher number binds tighter. */
type Notation =
  | { readonly kind: 'infix'; readonly symbol: string; readonly precedence: number; readonly right?: true }
  | { readonly kind: 'prefix' | 'postfix'; readonly symbol: string; readonly precedence: number }
  | { readonly kind: 'function'; readonly precedence: 9 };

/** An op in some arithmetic whose values are `V`. */
export type Operation<V> = (...args: V[]) => V;
export type Arithmetic<V> = Readonly<Record<OpName, Operation<V>>>;

interface OpRule {
  readonly arity: 1 | 2;
  readonly notation: Notation;
  /** One line for whoever asks what the function is. */
  readonly says: string;
  readonly shape: ShapeRule;
  readonly value: Operation<PlainValue>;
  /**
   * The vector-Jacobian product: given the arguments, the op's own value `y` and ∂L/∂y, the ∂L/∂argument for each.
   * null: no gradient flows there. Broadcast scalars are reduced by whoever calls.
   */
  readonly vjp: (args: readonly Expression[], y: Expression, dy: Expression) => readonly (Expression | null)[];
  readonly latex: (...args: readonly string[]) => string;
}

type Head = Pick<OpRule, 'arity' | 'notation' | 'says' | 'shape'>;

const infix = (symbol: string, precedence: number, says: string): Head => ({
  arity: 2,
  notation: { kind: 'infix', symbol, precedence },
  says,
  shape: elementwise,
});
const call = (says: string): Head => ({
  arity: 1,
  notation: { kind: 'function', precedence: 9 },
  says,
  shape: elementwiseOne,
});
const named = (command: string) => (a: string | undefined) => `${command}\\left(${a}\\right)`;
const one = number(1);
const isZero = (e: Expression): boolean => e.kind === 'number' && e.value === 0;

export const ops: Readonly<Record<OpName, OpRule>> = {
  add: {
    ...infix('+', 1, 'sum, element by element'),
    value: both((a, b) => a + b),
    vjp: (_, __, dy) => [dy, dy],
    latex: (a, b) => `${a} + ${b}`,
  },
  subtract: {
    ...infix('-', 1, 'difference, element by element'),
    value: both((a, b) => a - b),
    vjp: (_, __, dy) => [dy, negate(dy)],
    latex: (a, b) => `${a} - ${b}`,
  },
  negate: {
    arity: 1,
    notation: { kind: 'prefix', symbol: '-', precedence: 3 },
    says: 'the opposite sign',
    shape: elementwiseOne,
    value: each((a) => -a),
    vjp: (_, __, dy) => [negate(dy)],
    latex: (a) => `-${a}`,
  },
  product: {
    ...infix('*', 2, 'matrix product, or a scalar times anything'),
    shape: matrixProduct,
    value: matmul,
    // For a scalar factor the caller uses the rule of `times`.
    vjp: ([a, b], _, dy) => [product(dy, transpose(b!)), product(transpose(a!), dy)],
    // 2 3 would read as 23.
    latex: (a, b) => (/^\d/.test(b!) ? `${a} \\cdot ${b}` : `${a} ${b}`),
  },
  times: {
    ...infix('.*', 2, 'product, element by element'),
    value: both((a, b) => a * b),
    vjp: ([a, b], _, dy) => [times(dy, b!), times(dy, a!)],
    latex: (a, b) => `${a} \\odot ${b}`,
  },
  divide: {
    ...infix('./', 2, 'quotient, element by element'),
    value: both((a, b) => a / b),
    vjp: ([, b], y, dy) => [divide(dy, b!), negate(divide(times(dy, y), b!))],
    latex: (a, b) => `${a} \\oslash ${b}`,
  },
  power: {
    ...infix('.^', 4, 'power, element by element'),
    notation: { kind: 'infix', symbol: '.^', precedence: 4, right: true },
    value: both(elementary.pow),
    vjp: ([a, b], y, dy) => [
      // a .^ 0 is 1 at 0 too, where 0 * a .^ -1 is not 0.
      isZero(b!) ? null : times(dy, times(b!, power(a!, subtract(b!, one)))),
      b!.kind === 'number' ? null : times(dy, times(apply('log', a!), y)),
    ],
    latex: (a, b) => `${a}^{\\circ ${b}}`,
  },
  transpose: {
    arity: 1,
    notation: { kind: 'postfix', symbol: "'", precedence: 5 },
    says: 'transpose',
    shape: transposed,
    value: transposeMatrix,
    vjp: (_, __, dy) => [transpose(dy)],
    latex: (a) => `${a}^{\\top}`,
  },
  sigmoid: {
    ...call('1 / (1 + exp(-a)), between 0 and 1'),
    value: each(elementary.sigmoid),
    vjp: (_, y, dy) => [times(times(dy, y), subtract(one, y))],
    latex: named('\\sigma'),
  },
  tanh: {
    ...call('hyperbolic tangent, between -1 and 1'),
    value: each(elementary.tanh),
    vjp: (_, y, dy) => [times(dy, subtract(one, power(y, number(2))))],
    latex: named('\\tanh'),
  },
  relu: {
    ...call('the positive part: a where a > 0, else 0'),
    value: each((a) => (a > 0 ? a : Number.isNaN(a) ? a : 0)),
    // As in PyTorch, the gradient at 0 is 0. relu(a) > 0 exactly where a > 0.
    vjp: (_, y, dy) => [times(dy, apply('step', y))],
    latex: named('\\operatorname{ReLU}'),
  },
  step: {
    ...call('1 where a > 0, else 0; its gradient is 0'),
    value: each((a) => (a > 0 ? 1 : Number.isNaN(a) ? a : 0)),
    vjp: () => [null],
    latex: named('\\operatorname{step}'),
  },
  exp: {
    ...call('e to the power a'),
    value: each(elementary.exp),
    vjp: (_, y, dy) => [times(dy, y)],
    latex: named('\\exp'),
  },
  log: {
    ...call('natural logarithm'),
    value: each(elementary.log),
    vjp: ([a], _, dy) => [divide(dy, a!)],
    latex: named('\\ln'),
  },
  sqrt: {
    ...call('square root'),
    value: each(Math.sqrt),
    vjp: (_, y, dy) => [divide(dy, times(number(2), y))],
    latex: (a) => `\\sqrt{${a}}`,
  },
  abs: {
    ...call('absolute value'),
    value: each(Math.abs),
    vjp: ([a], _, dy) => [times(dy, apply('sign', a!))],
    latex: (a) => `\\left|${a}\\right|`,
  },
  sign: {
    ...call('-1, 0 or 1; its gradient is 0'),
    value: each((a) => (Number.isNaN(a) ? a : Math.sign(a))),
    vjp: () => [null],
    latex: named('\\operatorname{sign}'),
  },
  softmax: {
    ...call('exp(a) over its sum: positive, and sums to 1 over the whole vector'),
    value: softmax,
    vjp: (_, y, dy) => [times(y, subtract(dy, apply('sum', times(y, dy))))],
    latex: named('\\operatorname{softmax}'),
  },
  sum: {
    ...call('the sum of all entries, a scalar'),
    shape: reduced,
    value: sumOfEntries,
    // a .^ 0 is a one at every entry of a, which spreads the scalar over its shape.
    vjp: ([a], _, dy) => [times(dy, power(a!, number(0), 'keep'))],
    latex: named('\\operatorname{sum}'),
  },
};

const ofKind = (kind: Notation['kind']): readonly OpName[] =>
  (Object.keys(ops) as OpName[]).filter((op) => ops[op].notation.kind === kind);
/** The functions that a text may call. */
export const functionNames = ofKind('function');
export const isFunctionName = (text: string): text is OpName => (functionNames as readonly string[]).includes(text);
/** By their symbols. */
export const infixOps: ReadonlyMap<string, OpName> = new Map(
  ofKind('infix').map((op) => [(ops[op].notation as { symbol: string }).symbol, op]),
);
