// Where a run stops being finite, and why: the first infinite or undefined number of a forward or backward pass, and the operation
// that made it. Asked only after a result came out non-finite, so the pass is evaluated once more in plain loops, equation by equation.

import type { Backward } from '../equations/derive.ts';
import { evaluate, plainArithmetic } from '../equations/evaluate.ts';
import type { Expression, OpName } from '../equations/expression.ts';
import { type PlainValue, plain } from '../equations/plain-math.ts';
import type { Equation } from '../equations/program.ts';
import type { EngineInputs } from '../equations/trace.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';

export interface NonFinite {
  readonly pass: 'forward' | 'backward';
  /** The equation, parameter or input that is the first to be infinite or NaN. */
  readonly name: string;
  /** t, counted from 1. The backward pass runs from T down to 1. */
  readonly step: number;
  /** What the pass does there: `overflows`, `divides by 0`, `takes the log of a negative number`. */
  readonly cause: string;
}

/**
 * The first non-finite value of a run, parameters and inputs first; undefined where all are finite.
 * `given.initial` holds every state. Without a readout the backward pass is left out.
 */
export function firstNonFinite(backward: Backward, given: EngineInputs): NonFinite | undefined {
  const { forward: program, equations, arriving, toPrevious } = backward;
  for (const [name, { data }] of given.params)
    if (!data.every(Number.isFinite)) return { pass: 'forward', name, step: 1, cause: 'reads a non-finite parameter' };
  const params = new Map([...given.params].map(([name, value]) => [name, plain(value)]));
  let previous = new Map(program.states.map((s) => [s, plain(given.initial.get(s)!)]));
  const scopes: Scope[] = [];
  for (const [t, input] of given.inputs.entries()) {
    const scope: Scope = new Map(params);
    scope.set('x', plain(input));
    for (const [state, value] of previous) scope.set(`${state}_prev`, value);
    if (program.readsInput && !input.data.every(Number.isFinite))
      return { pass: 'forward', name: 'x', step: t + 1, cause: 'reads a non-finite input' };
    const found = run(program.equations, scope);
    if (found !== undefined) return { pass: 'forward', step: t + 1, ...found };
    previous = new Map(program.states.map((s) => [s, scope.get(s)!]));
    scopes.push(scope);
  }
  let sentBack = new Map<string, PlainValue>();
  for (let t = scopes.length - 1; t >= 0 && given.readout.length > 0; t--) {
    const scope = scopes[t]!;
    for (const [name, text] of arriving) {
      const readout = name === program.output ? given.readout[t] : undefined;
      const parts = [readout === undefined ? undefined : plain(readout), sentBack.get(name)].filter(isGiven);
      scope.set(
        text,
        parts.length === 0 ? zeroLike(scope.get(name)!) : parts.reduce((a, b) => plainArithmetic.add(a, b)),
      );
    }
    const found = run(equations, scope);
    if (found !== undefined) return { pass: 'backward', step: t + 1, ...found };
    sentBack = new Map([...toPrevious].map(([state, text]) => [state, scope.get(text)!]));
  }
  return undefined;
}

/** `the forward pass overflows at t = 7, in h`. */
export function nonFiniteSays({ pass, name, step, cause }: NonFinite): string {
  return `the ${pass} pass ${cause} at t = ${step}, in ${name}`;
}

/** A sentence for each seed whose forward pass is not finite; `found[k]` belongs to seed `first + k`. */
export function nonFiniteNotes(cell: string, found: readonly (string | undefined)[], first: number): string[] {
  return found.flatMap((says, k) =>
    says === undefined ? [] : [`${cell}${found.length > 1 ? `, seed ${first + k}` : ''} is not finite: ${says}.`],
  );
}

type Scope = Map<string, PlainValue>;

const isGiven = (value: PlainValue | undefined): value is PlainValue => value !== undefined;
const entriesOf = (value: PlainValue): ArrayLike<number> => (typeof value === 'number' ? [value] : value.data);
const isFiniteValue = (value: PlainValue): boolean => Array.from(entriesOf(value)).every(Number.isFinite);
const zeroLike = (value: PlainValue): PlainValue => (typeof value === 'number' ? 0 : zeros(value.rows, value.columns));

/** Evaluates equations into a scope up to the first whose value is not finite. */
function run(equations: readonly Equation[], scope: Scope): { name: string; cause: string } | undefined {
  for (const { name, value } of equations) {
    const result = evaluate<Matrix>(value, scope, plainArithmetic);
    if (!isFiniteValue(result)) return { name, cause: causeIn(value, scope) ?? 'overflows' };
    scope.set(name, result);
  }
  return undefined;
}

/** Of the innermost operation that makes a non-finite value of finite ones. */
function causeIn(expression: Expression, scope: Scope): string | undefined {
  if (expression.kind !== 'apply') return undefined;
  for (const arg of expression.args) {
    const within = causeIn(arg, scope);
    if (within !== undefined) return within;
  }
  const args = expression.args.map((arg) => evaluate<Matrix>(arg, scope, plainArithmetic));
  if (isFiniteValue(evaluate<Matrix>(expression, scope, plainArithmetic))) return undefined;
  return undefinedAt(expression.op, args) ?? 'overflows';
}

/** What an operation is not defined for, where its arguments are such; else it overflows. */
function undefinedAt(op: OpName, [a, b]: readonly PlainValue[]): string | undefined {
  const some = (value: PlainValue | undefined, test: (entry: number) => boolean): boolean =>
    value !== undefined && Array.from(entriesOf(value)).some(test);
  const isNegative = (entry: number): boolean => entry < 0;
  const isZero = (entry: number): boolean => entry === 0;
  if (op === 'log' && some(a, isNegative)) return 'takes the log of a negative number';
  if (op === 'log' && some(a, isZero)) return 'takes the log of 0';
  if (op === 'sqrt' && some(a, isNegative)) return 'takes the square root of a negative number';
  if (op === 'divide' && some(b, isZero)) return 'divides by 0';
  if (op === 'power' && some(a, isZero) && some(b, isNegative)) return 'raises 0 to a negative power';
  if (op === 'power' && some(a, isNegative) && some(b, (entry) => !Number.isInteger(entry)))
    return 'raises a negative number to a fractional power';
  return undefined;
}
