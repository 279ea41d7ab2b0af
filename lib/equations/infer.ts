// Gives every name of a list of equations its role and its shape, or says where they contradict each other.

import type { Operand } from './errors.ts';
import { type Application, type Expression, namesIn, type Span } from './expression.ts';
import { misspeltAmong } from './nearest.ts';
import { ops } from './ops.ts';
import { printExpression } from './print.ts';
import { type WrittenEquation, withCapitals, withDots } from './product-mends.ts';
import type { Dimension, Shape } from './program.ts';
import {
  describe,
  known,
  open,
  resolve,
  type ShapeClash,
  ShapeClashError,
  type ShapeTerm,
  scalarTerm,
  termOfShape,
  unify,
} from './shape-rules.ts';
import { LineProblem } from './tokens.ts';

export interface Assignment {
  readonly name: string;
  readonly value: Expression;
  /** Where the name stands, for errors that speak of it. */
  readonly nameSpan?: Span;
}

export interface Roles {
  readonly states: readonly string[];
  readonly output: string;
  readonly readsInput: boolean;
  readonly parameters: readonly string[];
}

/** What makes a state's name its previous value's. */
export const suffix = '_prev';

/** The name that `s_prev` is the previous value of, if it is one of the assigned names. */
export function stateOfPrevious(name: string, assigned: ReadonlySet<string>): string | undefined {
  const base = name.slice(0, -suffix.length);
  return name.endsWith(suffix) && assigned.has(base) && !assigned.has(name) ? base : undefined;
}

/** Sorts names into states, input, parameters and the output. Takes the equations to be in order and without doubles. */
export function rolesOf(equations: readonly Assignment[]): Roles {
  const assigned = new Set(equations.map((e) => e.name));
  const read = new Set<string>();
  for (const equation of equations) namesIn(equation.value, read);
  const states = equations.map((e) => e.name).filter((name) => read.has(name + suffix) && !assigned.has(name + suffix));
  const parameters = [...read].filter(
    (n) => n !== 'x' && !assigned.has(n) && stateOfPrevious(n, assigned) === undefined,
  );
  return { states, output: assigned.has('h') ? 'h' : equations.at(-1)!.name, readsInput: read.has('x'), parameters };
}

/** Called with the equation that holds a problem. */
export type Blame = (at: number, problem: LineProblem) => never;

/** The shapes of all names by unification. Declared shapes are taken as given. */
export function inferShapes(
  equations: readonly Assignment[],
  roles: Roles,
  declared: ReadonlyMap<string, Shape>,
  text: (at: number) => string | undefined,
  blame: Blame,
): Map<string, Shape> {
  const terms = inferTerms(equations, roles, declared, text, blame);
  const openNames = [...terms.keys()].filter((n) => isOpen(terms.get(n)!));
  const guilty = openNames.filter((n) => roles.parameters.includes(n));
  if (openNames.length > 0) {
    const names = guilty.length > 0 ? guilty : openNames;
    const assigned = equations.map(({ name }) => name);
    const [slip] = misspeltAmong(names, assigned);
    const shown = slip?.name ?? names[0]!;
    const at = Math.max(
      0,
      equations.findIndex((e) => namesIn(e.value).has(shown)),
    );
    const declare = declarationFor(names[0]!, terms.get(names[0]!)!);
    const span = spanOfName(equations[at]!.value, shown) ?? equations[at]!.value.span ?? { start: 0, end: 1 };
    blame(at, new LineProblem({ code: 'shape-open', names, declare, meant: slip }, span));
  }
  const settled = (side: ShapeTerm['rows']): Dimension => resolve(side).known!;
  return new Map(
    [...terms].map(([name, term]) => [name, { rows: settled(term.rows), columns: settled(term.columns) }]),
  );
}

/** The shapes as far as the equations and the declarations settle them. */
export function inferTerms(
  equations: readonly Assignment[],
  roles: Roles,
  declared: ReadonlyMap<string, Shape>,
  text: (at: number) => string | undefined,
  blame: Blame,
): ReadonlyMap<string, ShapeTerm> {
  const terms = new Map<string, ShapeTerm>();
  const give = (name: string, otherwise: () => ShapeTerm): ShapeTerm => {
    const shape = declared.get(name);
    const term = shape === undefined ? otherwise() : termOfShape(shape);
    terms.set(name, term);
    return term;
  };
  if (roles.readsInput) give('x', () => ({ rows: known('D'), columns: known(1) }));
  for (const state of roles.states) {
    const term = give(state, () => ({ rows: known('H'), columns: known(1) }));
    terms.set(state + suffix, term);
  }
  for (const parameter of roles.parameters)
    give(parameter, () => ({ rows: open(), columns: /^[A-Z]/.test(parameter) ? open() : known(1) }));

  const vectors = new Set(roles.parameters.filter((name) => !/^[A-Z]/.test(name) && !declared.has(name)));

  for (const [at, equation] of equations.entries()) {
    let got: ShapeTerm;
    try {
      got = shapeOfExpression(equation.value, terms);
    } catch (error) {
      if (error instanceof OperandClash)
        blame(at, clashProblem(error, { ...equation, line: text(at) }, terms, vectors));
      throw error;
    }
    const wanted =
      terms.get(equation.name) ?? (declared.has(equation.name) ? give(equation.name, scalarTerm) : undefined);
    if (wanted === undefined) terms.set(equation.name, got);
    else {
      const [expected, found] = [describe(wanted), describe(got)];
      if (!unify(wanted.rows, got.rows) || !unify(wanted.columns, got.columns)) {
        const code = declared.has(equation.name) ? 'declared-shape' : 'state-shape';
        const span = equation.value.span ?? { start: 0, end: 1 };
        const declare = isOpen(got) ? undefined : declarationFor(equation.name, got);
        blame(at, new LineProblem({ code, name: equation.name, expected, got: found, declare }, span));
      }
    }
  }
  // The world reads H numbers a step, where nothing says otherwise.
  const output = terms.get(roles.output);
  if (output !== undefined && resolve(output.rows).known === undefined) unify(output.rows, known('H'));
  return terms;
}

/** Whether nothing settles a shape: a vector, say, that only ever meets scalars and itself. */
export const isOpen = (term: ShapeTerm): boolean => sides(term).some((side) => resolve(side).known === undefined);

const sides = (term: ShapeTerm) => [term.rows, term.columns];

function declarationFor(name: string, term: ShapeTerm): string {
  const side = (t: ShapeTerm['rows']) => String(resolve(t).known ?? 'H');
  return resolve(term.columns).known === 1
    ? `${name} : ${side(term.rows)}`
    : `${name} : ${side(term.rows)} ${side(term.columns)}`;
}

/** The place of a name's first appearance in an expression. */
export function spanOfName(expression: Expression, name: string): Span | undefined {
  if (expression.kind === 'name') return expression.name === name ? expression.span : undefined;
  if (expression.kind === 'number') return undefined;
  for (const arg of expression.args) {
    const span = spanOfName(arg, name);
    if (span !== undefined) return span;
  }
  return undefined;
}

// The shape of one expression, and what is said when its parts do not fit.

type Terms = ReadonlyMap<string, ShapeTerm>;

/** The application whose arguments do not fit. */
class OperandClash extends Error {
  readonly at: Application;
  readonly clash: ShapeClash;
  constructor(at: Application, clash: ShapeClash) {
    super(clash.code);
    this.at = at;
    this.clash = clash;
  }
}

/** The shape of an expression. Settles what is open in `terms`; throws OperandClash. */
function shapeOfExpression(expression: Expression, terms: Terms): ShapeTerm {
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
function clashProblem(
  { at, clash }: OperandClash,
  equation: WrittenEquation,
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
    const mended = dots !== undefined && (dots.fits || capital === undefined) ? dots.line : undefined;
    return new LineProblem({ code: clash.code, left, right, mended, capital }, span);
  }
  const { notation } = ops[at.op];
  const symbol = notation.kind === 'function' ? at.op : notation.symbol;
  return new LineProblem({ code: clash.code, left, right, symbol }, span);
}
