// The shape of one expression, and what is said when its parts do not fit.

import type { Operand } from './errors.ts';
import type { Application, Expression } from './expression.ts';
import { ops } from './ops.ts';
import { printExpression } from './print.ts';
import { type Equation, withCapitals, withDots } from './product-mends.ts';
import { type ShapeClash, ShapeClashError, type ShapeTerm, scalarTerm } from './shapes.ts';
import { LineProblem } from './tokens.ts';

type Terms = ReadonlyMap<string, ShapeTerm>;

/** The application whose arguments do not fit. */
export class OperandClash extends Error {
  readonly at: Application;
  readonly clash: ShapeClash;
  constructor(at: Application, clash: ShapeClash) {
    super(clash.code);
    this.at = at;
    this.clash = clash;
  }
}

/** The shape of an expression. Settles what is open in `terms`; throws OperandClash. */
export function shapeOfExpression(expression: Expression, terms: Terms): ShapeTerm {
  if (expression.kind === 'number') return scalarTerm();
  if (expression.kind === 'name') return terms.get(expression.name)!;
  const args = expression.args.map((arg) => shapeOfExpression(arg, terms));
  try {
    return ops[expression.op].shape(args);
  } catch (error) {
    if (error instanceof ShapeClashError) throw new OperandClash(expression, error.clash);
    throw error;
  }
}

/** A clash as a problem with its place. `vectors` are the parameters that are vectors by nothing but their first letter. */
export function clashProblem(
  { at, clash }: OperandClash,
  equation: Equation,
  terms: Terms,
  vectors: ReadonlySet<string>,
): LineProblem {
  const { line } = equation;
  const span = at.span ?? { start: 0, end: 1 };
  const textOf = (e: Expression): string =>
    line !== undefined && e.span !== undefined ? line.slice(e.span.start, e.span.end) : printExpression(e);
  const [a, b] = at.args;
  const left: Operand = { text: textOf(a!), shape: clash.left };
  const right: Operand = { text: textOf(b!), shape: clash.right };
  if (clash.code === 'product-shapes')
    return new LineProblem({ code: clash.code, left, right, inner: clash.inner }, span);
  if (clash.code === 'two-columns') {
    const capital = line === undefined ? undefined : withCapitals(line, equation, left.text, terms, vectors);
    const dots = line === undefined || clash.left !== clash.right ? undefined : withDots(line, equation, terms);
    // Dots that leave something else amiss are advised where there is nothing better.
    const mended = dots !== undefined && (dots.fits || capital === undefined) ? { mended: dots.line } : {};
    return new LineProblem({ code: clash.code, left, right, ...mended, ...(capital && { capital }) }, span);
  }
  const { notation } = ops[at.op];
  const symbol = notation.kind === 'function' ? at.op : notation.symbol;
  return new LineProblem({ code: clash.code, left, right, symbol }, span);
}
