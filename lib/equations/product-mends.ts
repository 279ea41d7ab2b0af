// How a product of two columns may have been meant: element by element, or with a matrix that was given a small letter.

import type { Application, Expression, Span } from './expression.ts';
import { ops } from './ops.ts';
import {
  elementwise,
  open,
  type ShapeClash,
  ShapeClashError,
  type ShapeRule,
  type ShapeTerm,
  scalarTerm,
  unify,
} from './shape-rules.ts';

export interface WrittenEquation {
  readonly name: string;
  readonly value: Expression;
  /** As it was typed, if it was. */
  readonly line: string | undefined;
}

type Terms = ReadonlyMap<string, ShapeTerm>;

/** The line with every `*` that stands between two like columns made `.*`, and whether its shapes fit then. */
export function withDots(
  line: string,
  equation: WrittenEquation,
  terms: Terms,
): { readonly line: string; readonly fits: boolean } {
  const edits: Edit[] = [];
  const fits = fitsWhen(equation, terms, (e, clash) => {
    if (clash.left !== clash.right) return undefined;
    edits.push({ from: e.args[0]!.span!.end, to: e.args[1]!.span!.start, edit: (text) => text.replace('*', '.*') });
    return elementwise;
  });
  return { line: edited(line, edits), fits };
}

/** The line with a capital letter for each of `vectors` that multiplies a column; undefined when that would not do. */
export function withCapitals(
  line: string,
  equation: WrittenEquation,
  left: string,
  terms: Terms,
  vectors: ReadonlySet<string>,
): { readonly line: string; readonly name?: string | undefined } | undefined {
  const named = new Map<string, string>();
  const shapes = new Map(terms);
  fitsWhen(equation, terms, ({ args: [left, right] }) => {
    if (left?.kind === 'name' && vectors.has(left.name) && /^[a-z]/.test(left.name)) {
      const capital = left.name[0]!.toUpperCase() + left.name.slice(1);
      // Where W is taken, W_x.
      const choices = right?.kind === 'name' ? [capital, `${capital}_${right.name.replace(/_prev$/, '')}`] : [capital];
      const free = choices.find((name) => !terms.has(name));
      if (free !== undefined) named.set(left.name, free);
      shapes.set(left.name, { rows: open(), columns: open() });
    }
    return ([, column]) => ({ rows: open(), columns: column!.columns });
  });
  if (named.size === 0 || !fitsWhen(equation, shapes, () => undefined)) return undefined;
  const edits = namesWithSpans(equation.value)
    .filter(({ name }) => named.has(name))
    .map(({ span }): Edit => ({ from: span.start, to: span.end, edit: (name) => named.get(name)! }));
  const name = named.get(left);
  return { line: edited(line, edits), name };
}

type Columns = Extract<ShapeClash, { code: 'two-columns' }>;

/** Whether the shapes fit, those of a state too; where two columns are multiplied, with the rule that `instead` gives for it. */
function fitsWhen(
  { name, value }: WrittenEquation,
  terms: Terms,
  instead: (at: Application, clash: Columns) => ShapeRule | undefined,
): boolean {
  const shapeOf = (e: Expression): ShapeTerm => {
    if (e.kind === 'number') return scalarTerm();
    if (e.kind === 'name') return terms.get(e.name)!;
    const args = e.args.map(shapeOf);
    try {
      return ops[e.op].shape(args);
    } catch (error) {
      const clash = error instanceof ShapeClashError ? error.clash : undefined;
      const rule = clash?.code === 'two-columns' ? instead(e, clash) : undefined;
      if (rule === undefined) throw error;
      return rule(args);
    }
  };
  try {
    const [got, wanted] = [shapeOf(value), terms.get(name)];
    return wanted === undefined || (unify(got.rows, wanted.rows) && unify(got.columns, wanted.columns));
  } catch (error) {
    if (!(error instanceof ShapeClashError)) throw error;
    return false;
  }
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly edit: (text: string) => string;
}

function edited(line: string, edits: readonly Edit[]): string {
  let mended = line;
  for (const { from, to, edit } of [...edits].sort((a, b) => b.from - a.from))
    mended = mended.slice(0, from) + edit(mended.slice(from, to)) + mended.slice(to);
  return mended.replace(/#.*$/, '').trim();
}

function namesWithSpans(e: Expression): { readonly name: string; readonly span: Span }[] {
  if (e.kind === 'apply') return e.args.flatMap(namesWithSpans);
  return e.kind === 'name' && e.span !== undefined ? [{ name: e.name, span: e.span }] : [];
}
