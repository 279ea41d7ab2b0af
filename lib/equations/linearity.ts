// Is a recurrence linear? Read from its equations: what a state becomes is taken apart into coefficient .* s_prev + offset, if it can be.

import type { Component } from './dependence.ts';
import { type Expression, name, namesIn, number } from './expression.ts';
import { printExpression } from './print.ts';
import type { Program } from './program.ts';
import { isScalarShape, ShapeOf } from './shape-of.ts';
import { divide, negate, plus, subtract, times } from './simplify.ts';

type Linearity =
  /** s = coefficient .* s_prev + offset, and neither of them reads s_prev. */
  | { readonly kind: 'elementwise'; readonly coefficient: Expression; readonly offset: Expression }
  /** Linear, but entries mix: a matrix or a sum stands before s_prev, or states read one another. */
  | { readonly kind: 'mixing'; readonly by: string }
  /** `by` is the first part of the text that is not linear. */
  | { readonly kind: 'none'; readonly by: string };

/** A part of the text as coefficient .* s_prev + offset; undefined is zero. */
interface Parts {
  readonly coefficient?: Expression | undefined;
  readonly offset?: Expression | undefined;
}

class NotElementwise extends Error {
  readonly linearity: Exclude<Linearity, { kind: 'elementwise' }>;
  constructor(kind: 'mixing' | 'none', by: Expression) {
    super(kind);
    this.linearity = { kind, by: printExpression(by) };
  }
}

/** Of a loop. Several states that are linear in one another mix. */
export function linearityOf(program: Program, loop: Component): Linearity {
  const { states } = loop;
  const equations = new Map(loop.equations.map((equation) => [equation.name, equation.value]));
  const previous = new Set(states.map((state) => `${state}_prev`));
  const inside = new Set([...equations.keys(), ...previous]);
  const shapes = new ShapeOf(program.shapes);
  const reads = (e: Expression): boolean => [...namesIn(e)].some((read) => inside.has(read));

  const partsOf = (e: Expression): Parts => {
    if (!reads(e)) return { offset: e };
    if (e.kind === 'number') return { offset: e };
    if (e.kind === 'name') return previous.has(e.name) ? { coefficient: number(1) } : partsOf(equations.get(e.name)!);
    const [a, b] = e.args as [Expression, Expression];
    switch (e.op) {
      case 'add':
        return both(partsOf(a), partsOf(b), plus, (right) => right);
      case 'subtract':
        return both(partsOf(a), partsOf(b), subtract, negate);
      case 'negate':
        return each(partsOf(a), negate);
      case 'times':
        if (reads(a) && reads(b)) throw new NotElementwise('none', e);
        return reads(a) ? each(partsOf(a), (part) => times(part, b)) : each(partsOf(b), (part) => times(a, part));
      case 'product':
        if (reads(a) && reads(b)) throw new NotElementwise('none', e);
        if (!isScalarShape(shapes.of(a)) && !isScalarShape(shapes.of(b))) throw mixing(e, reads(a) ? a : b);
        return reads(a) ? each(partsOf(a), (part) => times(part, b)) : each(partsOf(b), (part) => times(a, part));
      case 'divide':
        if (reads(b)) throw new NotElementwise('none', e);
        return each(partsOf(a), (part) => divide(part, b));
      case 'transpose':
      case 'sum':
        throw mixing(e, a);
      default:
        throw new NotElementwise('none', e);
    }
  };
  /** A linear part under a matrix; where the part is not linear itself, that is the reason. */
  const mixing = (e: Expression, part: Expression): NotElementwise => {
    partsOf(part);
    return new NotElementwise('mixing', e);
  };

  try {
    const parts = states.map((state) => partsOf(name(state)));
    if (parts.length > 1) return { kind: 'mixing', by: states.join(' and ') };
    const { coefficient = number(0), offset = number(0) } = parts[0]!;
    return { kind: 'elementwise', coefficient, offset };
  } catch (error) {
    if (error instanceof NotElementwise) return error.linearity;
    throw error;
  }
}

type Two = (a: Expression, b: Expression) => Expression;
type One = (a: Expression) => Expression;

const each = ({ coefficient, offset }: Parts, f: One): Parts => ({
  coefficient: coefficient && f(coefficient),
  offset: offset && f(offset),
});

const both = (a: Parts, b: Parts, join: Two, alone: One): Parts => {
  const one = (left: Expression | undefined, right: Expression | undefined) =>
    right === undefined ? left : left === undefined ? alone(right) : join(left, right);
  return { coefficient: one(a.coefficient, b.coefficient), offset: one(a.offset, b.offset) };
};
