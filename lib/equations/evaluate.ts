// The value of an expression, in whatever arithmetic.

import { type Expression, namesIn } from './expression.ts';
import { type Arithmetic, ops } from './ops.ts';
import type { PlainValue } from './plain-math.ts';
import type { Equation, Program } from './program.ts';

/** Where names have values: a Map is one. */
interface Scope<V> {
  get(name: string): V | undefined;
}

/** Every name is looked up in `scope`, which has all of them. */
export function evaluate<V>(
  expression: Expression,
  scope: Scope<V | number>,
  arithmetic: Arithmetic<V | number>,
): V | number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return scope.get(expression.name)!;
  const [a, b] = expression.args;
  const operation = arithmetic[expression.op];
  return b === undefined
    ? operation(evaluate(a!, scope, arithmetic))
    : operation(evaluate(a!, scope, arithmetic), evaluate(b, scope, arithmetic));
}

/** That of the op table. */
export const plainArithmetic = Object.fromEntries(
  Object.entries(ops).map(([op, { value }]) => [op, value]),
) as unknown as Arithmetic<PlainValue>;

// Runs programs that are mostly alike on the same numbers: a program and its mutants. What an edit leaves untouched is computed once.

/** Parameters, `x` and `s_prev` by name. */
export type PlainGiven = ReadonlyMap<string, PlainValue>;

/** An equation's value, and what it read for it. */
interface Known {
  readonly read: readonly PlainValue[];
  readonly value: PlainValue;
}

/** The runs of one set of numbers, for one step. */
export class PlainRuns {
  readonly #given: PlainGiven;
  /** The first run of each equation: mutants share the equations that they leave alone. */
  readonly #known = new WeakMap<Equation, Known>();

  constructor(given: PlainGiven) {
    this.#given = given;
  }

  /** The value of every equation. Takes every name that is read to be given or assigned. */
  values({ equations }: Pick<Program, 'equations'>): ReadonlyMap<string, PlainValue> {
    const values = new Map<string, PlainValue>();
    const scope = { get: (name: string) => values.get(name) ?? this.#given.get(name) };
    for (const equation of equations) values.set(equation.name, this.#value(equation, scope));
    return values;
  }

  #value(equation: Equation, scope: Scope<PlainValue>): PlainValue {
    const names = readsOf(equation.value);
    const known = this.#known.get(equation);
    if (known?.read.every((value, i) => Object.is(value, scope.get(names[i]!)))) return known.value;
    const value = evaluate(equation.value, scope, plainArithmetic);
    if (known === undefined) this.#known.set(equation, { read: names.map((name) => scope.get(name)!), value });
    return value;
  }
}

const reads = new WeakMap<Expression, readonly string[]>();

function readsOf(expression: Expression): readonly string[] {
  const ready = reads.get(expression);
  if (ready !== undefined) return ready;
  const found = [...namesIn(expression)];
  reads.set(expression, found);
  return found;
}
