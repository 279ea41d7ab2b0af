// The shape of one expression, and what is said when its parts do not fit.

import type { Operand } from './errors.ts';
import type { Application, Expression } from './expression.ts';
import { ops } from './ops.ts';
import { printExpression } from './print.ts';
import { elementwise, type ShapeClash, ShapeClashError, type ShapeTerm, scalarTerm } from './shapes.ts';
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

/** A clash as a problem with its place. `whole` is the right side of the equation that `line` holds. */
export function clashProblem(
  { at, clash }: OperandClash,
  whole: Expression,
  terms: Terms,
  line: string | undefined,
): LineProblem {
  const span = at.span ?? { start: 0, end: 1 };
  const textOf = (e: Expression): string =>
    line !== undefined && e.span !== undefined ? line.slice(e.span.start, e.span.end) : printExpression(e);
  const [a, b] = at.args;
  const left: Operand = { text: textOf(a!), shape: clash.left };
  const right: Operand = { text: textOf(b!), shape: clash.right };
  if (clash.code === 'product-shapes')
    return new LineProblem({ code: clash.code, left, right, inner: clash.inner }, span);
  if (clash.code === 'two-columns') {
    const mended = line === undefined || clash.left !== clash.right ? undefined : withDots(line, whole, terms);
    return new LineProblem({ code: clash.code, left, right, ...(mended === undefined ? {} : { mended }) }, span);
  }
  const { notation } = ops[at.op];
  const symbol = notation.kind === 'function' ? at.op : notation.symbol;
  return new LineProblem({ code: clash.code, left, right, symbol }, span);
}

/** The line with every `*` that stands between two like columns made `.*`. */
function withDots(line: string, whole: Expression, terms: Terms): string {
  const edits: { readonly from: number; readonly to: number }[] = [];
  const lenient = (e: Expression): ShapeTerm => {
    if (e.kind !== 'apply') return shapeOfExpression(e, terms);
    const args = e.args.map(lenient);
    try {
      return ops[e.op].shape(args);
    } catch (error) {
      const isDot = error instanceof ShapeClashError && error.clash.code === 'two-columns';
      if (!isDot || error.clash.left !== error.clash.right) throw error;
      edits.push({ from: e.args[0]!.span!.end, to: e.args[1]!.span!.start });
      return elementwise(args);
    }
  };
  try {
    lenient(whole);
  } catch (error) {
    // Something else does not fit either; it will be said when this is mended.
    if (!(error instanceof ShapeClashError)) throw error;
  }
  let mended = line;
  for (const { from, to } of edits.sort((a, b) => b.from - a.from))
    mended = mended.slice(0, from) + mended.slice(from, to).replace('*', '.*') + mended.slice(to);
  return mended.replace(/#.*$/, '').trim();
}
