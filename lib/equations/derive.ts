// Reverse mode from program to program: the backward pass of one step as readable equations of the same language.
// Griewank & Walther 2008, chapter 6; the style of the lines is a textbook's (Goodfellow et al. 2016, section 10.2.2).

import type { Backward } from './backward.ts';
import { apply, type Expression, keyOf, name, namesIn, number } from './expression.ts';
import { type Blame, inferShapes, inferTerms, isOpen, rolesOf } from './infer.ts';
import { ops } from './ops.ts';
import { printExpression } from './print.ts';
import { type Equation, type Program, type Shape, shapeOf } from './program.ts';
import { extractRepeated, unusedName } from './repeated.ts';
import { isScalar, type ShapeTerm, termOfShape } from './shapes.ts';
import { negate, product, sumOf, times, transpose } from './simplify.ts';

/**
 * The backward pass of a program. Every program of the language has one.
 * With `direct`, only the equation of that state sends gradients on: what flows from the state to its previous value with every
 * gate held fixed (the product of forget gates of an LSTM), instead of the whole.
 */
export function derive(program: Program, { direct }: { readonly direct?: string } = {}): Backward {
  return new Derivation(program, prefixFor(program), direct).run();
}

/** `d_f` is ∂L/∂f unless the program itself has such a name (PyTorch's GRU has a bias d_n): then dL_f, grad_f, … */
function prefixFor(program: Program): string {
  const names = [...program.shapes.keys()];
  const free = (prefix: string): boolean => {
    // What a derivation may generate: d_f, d_f_next, d_f_prev, da_f.
    const generated = new RegExp(`^${prefix}[${letters}]*_(.+)$`);
    return !names.some((text) => {
      const [, of] = generated.exec(text) ?? [];
      return of !== undefined && (names.includes(of) || names.includes(of.replace(/_next$/, '')));
    });
  };
  const usual = ['d', 'dL', 'grad'].find(free);
  if (usual !== undefined) return usual;
  for (let i = 1; ; i++) if (free(`grad${i}`)) return `grad${i}`;
}

const letters = 'abcefgijklmnopqrstuvw';
const isLeaf = (e: Expression): boolean =>
  e.kind !== 'apply' || (['negate', 'transpose'].includes(e.op) && e.args[0]!.kind !== 'apply');

class Derivation {
  readonly #program: Program;
  readonly #prefix: string;
  readonly #direct: string | undefined;
  readonly #taken: Set<string>;
  readonly #lines: Equation[] = [];
  readonly #contributions = new Map<string, Expression[]>();
  readonly #shapes: Map<string, Shape>;
  /** Forward values by what they are equal to, so that a derivative reads `f` and not its equation again. */
  readonly #valueOf = new Map<string, string>();
  readonly #tempOf = new Map<string, string>();

  constructor(program: Program, prefix: string, direct: string | undefined) {
    this.#program = program;
    this.#prefix = prefix;
    this.#direct = direct;
    this.#taken = new Set(program.shapes.keys());
    this.#shapes = new Map(program.shapes);
    for (const equation of program.equations)
      if (equation.value.kind === 'apply') this.#valueOf.set(keyOf(equation.value), equation.name);
  }

  run(): Backward {
    const program = this.#program;
    const seeded = new Set([...program.states, program.output]);
    const arriving = new Map<string, string>();
    const totals = new Map<string, string>();
    for (const equation of [...program.equations].reverse()) {
      const shape = shapeOf(program, equation.name);
      const contributions = this.#contributions.get(equation.name) ?? [];
      const total = this.#fresh(`${this.#prefix}_${equation.name}`, shape);
      if (seeded.has(equation.name)) {
        const given = contributions.length === 0 ? total : this.#fresh(`${total}_next`, shape);
        arriving.set(equation.name, given);
        totals.set(equation.name, total);
        if (given !== total) this.#emit(total, sumOf([name(given), ...contributions]));
      } else if (contributions.length === 0) continue;
      else this.#emit(total, sumOf(contributions));
      if (this.#direct === undefined || this.#direct === equation.name)
        this.#propagate(equation.value, name(total), { of: equation.name, temps: 0 });
    }
    const toPrevious = new Map(program.states.map((s) => [s, this.#result(`${s}_prev`)]));
    const toInput = program.readsInput ? this.#result('x') : undefined;
    const toParameters = new Map(program.parameters.map((p) => [p, this.#result(p)]));

    const kept = [
      ...totals.values(),
      ...toPrevious.values(),
      ...toParameters.values(),
      ...(toInput === undefined ? [] : [toInput]),
    ];
    const lines = extractRepeated(withoutDead(this.#lines, new Set(kept)), this.#valueOf, this.#taken);
    const equations = captioned(lines, toPrevious, toParameters, arriving);
    return {
      forward: program,
      equations,
      whole: wholeProgram(program, equations, arriving),
      arriving,
      totals,
      toPrevious,
      toParameters,
      ...(toInput === undefined ? {} : { toInput }),
    };
  }

  /** A name of its own: what arrives at `f` and the gradient of a value `f_next` would both be d_f_next. */
  #fresh(stem: string, shape: Shape): string {
    const text = unusedName(stem, this.#taken);
    this.#shapes.set(text, shape);
    return text;
  }

  #emit(text: string, value: Expression, caption?: string): void {
    this.#lines.push({ name: text, value: this.#tidy(value), line: 0, ...(caption === undefined ? {} : { caption }) });
  }

  /** The line that holds the gradient of something that flows out of the step. */
  #result(of: string): string {
    const text = this.#fresh(`${this.#prefix}_${of}`, shapeOf(this.#program, of));
    const contributions = this.#contributions.get(of) ?? [];
    this.#emit(text, contributions.length === 0 ? product(number(0), name(of)) : sumOf(contributions));
    return text;
  }

  /** Sends ∂L/∂expression down to the names in it. */
  #propagate(expression: Expression, incoming: Expression, place: { readonly of: string; temps: number }): void {
    if (expression.kind === 'number') return;
    if (expression.kind === 'name') {
      const list = this.#contributions.get(expression.name) ?? [];
      this.#contributions.set(expression.name, [...list, incoming]);
      return;
    }
    const known = this.#valueOf.get(keyOf(expression));
    const value = known === undefined ? expression : name(known);
    const results = (dy: Expression) => this.#vjp(expression, value, dy);
    // Bound to a name of its own where it is long and read more than once.
    const probe = name('?');
    const reads = results(probe).reduce((sum, e) => sum + (e === null ? 0 : occurrences(e, '?')), 0);
    const dy = reads > 1 && !isLeaf(incoming) ? this.#bind(expression, incoming, place) : incoming;
    for (const [i, contribution] of results(dy).entries())
      if (contribution !== null) this.#propagate(expression.args[i]!, contribution, place);
  }

  #bind(expression: Expression, incoming: Expression, place: { readonly of: string; temps: number }): Expression {
    const value = this.#tidy(incoming);
    const key = keyOf(value);
    const existing = this.#tempOf.get(key);
    if (existing !== undefined) return name(existing);
    const count = place.temps++;
    const letter = letters[count % letters.length]!.repeat(1 + Math.floor(count / letters.length));
    const text = this.#fresh(`${this.#prefix}${letter}_${place.of}`, this.#shapeOf(expression));
    this.#tempOf.set(key, text);
    this.#emit(text, value, `∂L/∂(${shortened(printExpression(expression))})`);
    return name(text);
  }

  /** The op's own rule, with scalars that were spread over a shape summed up again. */
  #vjp(expression: Expression & { kind: 'apply' }, value: Expression, dy: Expression): (Expression | null)[] {
    const { op, args } = expression;
    // A product with the Jacobian is linear in dy: its sign can wait until the end.
    if (dy.kind === 'apply' && dy.op === 'negate')
      return this.#vjp(expression, value, dy.args[0]!).map((result) => (result === null ? null : negate(result)));
    const shapes = args.map((arg) => this.#shapeOf(arg));
    const scalarAt = op === 'product' ? shapes.findIndex(scalar) : -1;
    const whole = this.#shapeOf(expression);
    let results: readonly (Expression | null)[];
    if (scalarAt >= 0) {
      const factor = args[scalarAt]!;
      const other = args[1 - scalarAt]!;
      const pair = [times(dy, other), product(factor, dy)];
      results = scalarAt === 0 ? pair : pair.reverse();
    } else results = ops[op].vjp(args, value, dy);
    return results.map((result, i) => {
      if (result === null || args[i]!.kind === 'number') return null;
      return scalar(shapes[i]!) && !scalar(whole) && op !== 'sum' && ops[op].arity === 2 && spreads(op, scalarAt)
        ? this.#summed(result, whole)
        : result;
    });
  }

  /** The sum of all entries of an expression; of two columns it is their inner product. */
  #summed(expression: Expression, shape: Shape): Expression {
    if (expression.kind === 'apply' && expression.op === 'negate') {
      const inner = this.#summed(expression.args[0]!, shape);
      return apply('negate', inner);
    }
    if (expression.kind === 'apply' && expression.op === 'times' && shape.columns === 1) {
      const [a, b] = expression.args as [Expression, Expression];
      if (
        b.kind === 'name' &&
        b.name !== '?' &&
        !scalar(this.#shapeOf(b)) &&
        !containsScalarOnly(a, (n) => this.#shapes.get(n))
      )
        return product(transpose(b), a);
    }
    return apply('sum', expression);
  }

  #shapeOf(expression: Expression): Shape {
    if (expression.kind === 'number') return { rows: 1, columns: 1 };
    if (expression.kind === 'name') return this.#shapes.get(expression.name) ?? { rows: 1, columns: 1 };
    const term = ops[expression.op].shape(expression.args.map((arg) => termOfShape(this.#shapeOf(arg))));
    return settled(term);
  }

  /** Takes out what only shapes can tell to be nothing: the transpose of a scalar. */
  #tidy(expression: Expression): Expression {
    if (expression.kind !== 'apply') return expression;
    const args = expression.args.map((arg) => this.#tidy(arg));
    if (expression.op === 'transpose' && scalar(this.#shapeOf(args[0]!))) return args[0]!;
    return { ...expression, args };
  }
}

const scalar = (shape: Shape): boolean => isScalar(termOfShape(shape));
const settled = (term: ShapeTerm): Shape => ({ rows: term.rows.known!, columns: term.columns.known! });
/** Whether an op spreads a scalar argument over the other one's shape. A true matrix product does not. */
const spreads = (op: string, scalarAt: number): boolean => op !== 'product' || scalarAt >= 0;

function containsScalarOnly(expression: Expression, shapeOfName: (n: string) => Shape | undefined): boolean {
  return [...namesIn(expression)].every((n) => {
    const shape = shapeOfName(n);
    return shape !== undefined && scalar(shape);
  });
}

function occurrences(expression: Expression, text: string): number {
  if (expression.kind === 'name') return expression.name === text ? 1 : 0;
  if (expression.kind === 'number') return 0;
  return expression.args.reduce((sum, arg) => sum + occurrences(arg, text), 0);
}

const shortened = (text: string): string => (text.length <= 36 ? text : `${text.slice(0, 35)}…`);

function withoutDead(lines: readonly Equation[], kept: ReadonlySet<string>): Equation[] {
  const needed = new Set(kept);
  const alive: Equation[] = [];
  for (const line of [...lines].reverse()) {
    if (!needed.has(line.name)) continue;
    alive.unshift(line);
    namesIn(line.value, needed);
  }
  return alive;
}

/** Says where each result goes. */
function captioned(
  lines: readonly Equation[],
  toPrevious: ReadonlyMap<string, string>,
  toParameters: ReadonlyMap<string, string>,
  arriving: ReadonlyMap<string, string>,
): Equation[] {
  const captions = new Map<string, string>();
  for (const [state, text] of toPrevious) captions.set(text, `goes to step t-1 as ${arriving.get(state)}`);
  const [first] = toParameters.values();
  if (first !== undefined) captions.set(first, 'this and the next lines: summed over the steps');
  return lines.map((line) => {
    const caption = captions.get(line.name) ?? line.caption;
    return { ...line, ...(caption === undefined ? {} : { caption }) };
  });
}

/** Forward and backward as one program. What arrives at the step is a parameter of it. */
function wholeProgram(program: Program, backward: readonly Equation[], arriving: ReadonlyMap<string, string>): Program {
  const equations = [...program.equations, ...backward];
  const roles = rolesOf(equations);
  const misfit: Blame = (at, problem) => {
    throw new Error(`the derived line ${equations[at]!.name} does not fit: ${problem.message}`);
  };
  const known = new Map(program.shapes);
  for (const [of, text] of arriving) known.set(text, shapeOf(program, of));
  const declarations = new Map(program.declarations);
  const declare = (wanted: (parameter: string, shape: Shape) => boolean): void => {
    for (const parameter of roles.parameters)
      if (wanted(parameter, known.get(parameter)!)) declarations.set(parameter, known.get(parameter)!);
  };
  // Like any vector, what arrives is a column of whatever it meets. It is declared where it is none or meets nothing.
  const arrived = new Set(arriving.values());
  declare((parameter, shape) => arrived.has(parameter) && (shape.rows !== 'H' || shape.columns !== 1));
  const terms = inferTerms(equations, roles, declarations, () => undefined, misfit);
  declare((parameter) => isOpen(terms.get(parameter)!));
  const shapes = inferShapes(equations, roles, declarations, () => undefined, misfit);
  return { ...program, equations, ...roles, output: program.output, shapes, declarations, initialisers: [] };
}
