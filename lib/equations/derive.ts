// Reverse mode from program to program: the backward pass of one step as readable equations of the same language.
// Griewank & Walther 2008, chapter 6; the style of the lines is a textbook's (Goodfellow et al. 2016, section 10.2.2).

import {
  type Application,
  apply,
  type Expression,
  keyOf,
  longerThan,
  name,
  namesIn,
  number,
  type OpName,
} from './expression.ts';
import { FreshNames } from './fresh-names.ts';
import { type Blame, inferShapes, inferTerms, isOpen, rolesOf } from './infer.ts';
import { ops } from './ops.ts';
import { printExpression } from './print.ts';
import { type Equation, type Program, type Shape, shapeOf } from './program.ts';
import { extractRepeated, withNames } from './repeated.ts';
import { isScalarShape, ShapeOf } from './shape-of.ts';
import { negate, product, sumOf, times, transpose } from './simplify.ts';

/**
 * One step backward in time, as equations of the language. They are evaluated after the forward equations of the same step,
 * with `x`, every `s_prev`, every parameter and every forward value in scope, from t = T down to 1.
 */
export interface Backward {
  readonly forward: Program;
  readonly equations: readonly Equation[];
  /** Forward and backward equations as one program of the language: what is printed, and what gives the names their shapes. */
  readonly whole: Program;
  /**
   * For every state and the output: the name under which the gradient arrives at step t. The runner sets it to
   * readout_t (for the output) plus what step t+1 sent back under `toPrevious` (for a state).
   */
  readonly arriving: ReadonlyMap<string, string>;
  /** For every state and the output: the name that holds its total gradient at step t. */
  readonly totals: ReadonlyMap<string, string>;
  /** For every state `s`: the name that holds ∂L/∂s_prev, which arrives at step t-1. */
  readonly toPrevious: ReadonlyMap<string, string>;
  /** For every parameter: the name that holds this step's share of its gradient; the runner sums over the steps. */
  readonly toParameters: ReadonlyMap<string, string>;
  /** The name that holds ∂L/∂x, where the cell reads an input. */
  readonly toInput?: string | undefined;
}

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

/** What a derivative reads of the forward pass and is longer than this gets a line of its own. */
const longestRead = 6;

class Derivation {
  readonly #program: Program;
  readonly #prefix: string;
  readonly #direct: string | undefined;
  readonly #fresh: FreshNames;
  readonly #shapes: ShapeOf;
  readonly #lines: Equation[] = [];
  readonly #contributions = new Map<string, Expression[]>();
  /** Forward values by what they are equal to, so that a derivative reads `f` and not its equation again. */
  readonly #valueOf = new Map<string, string>();
  /** The same for parts of an equation that have got a line of their own. */
  readonly #partOf = new Map<string, string>();
  readonly #tempOf = new Map<string, string>();

  constructor(program: Program, prefix: string, direct: string | undefined) {
    this.#program = program;
    this.#prefix = prefix;
    this.#direct = direct;
    this.#fresh = new FreshNames(program.shapes.keys());
    this.#shapes = new ShapeOf(program.shapes);
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
      const total = this.#named(`${this.#prefix}_${equation.name}`, shape);
      if (seeded.has(equation.name)) {
        const given = contributions.length === 0 ? total : this.#named(`${total}_next`, shape);
        arriving.set(equation.name, given);
        totals.set(equation.name, total);
        if (given !== total) this.#emit(total, this.#sum([name(given), ...contributions]));
      } else if (contributions.length === 0) continue;
      else this.#emit(total, this.#sum(contributions));
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
    const lines = extractRepeated(withoutDead(this.#lines, new Set(kept)), this.#valueOf, this.#fresh);
    const equations = captioned(lines, toPrevious, toParameters, arriving);
    return {
      forward: program,
      equations,
      whole: wholeProgram(program, equations, arriving),
      arriving,
      totals,
      toPrevious,
      toParameters,
      toInput,
    };
  }

  #named(stem: string, shape: Shape): string {
    const text = this.#fresh.take(stem);
    this.#shapes.set(text, shape);
    return text;
  }

  #emit(text: string, value: Expression, caption?: string): void {
    this.#lines.push({ name: text, value: this.#tidy(value), line: 0, caption });
  }

  /** The line that holds the gradient of something that flows out of the step. */
  #result(of: string): string {
    const text = this.#named(`${this.#prefix}_${of}`, shapeOf(this.#program, of));
    const contributions = this.#contributions.get(of) ?? [];
    this.#emit(text, contributions.length === 0 ? product(number(0), name(of)) : this.#sum(contributions));
    return text;
  }

  #sum(contributions: readonly Expression[]): Expression {
    return sumOf(contributions.map((contribution) => withNames(contribution, this.#tempOf)));
  }

  /** Sends ∂L/∂expression down to the names in it. */
  #propagate(expression: Expression, incoming: Expression, place: { readonly of: string; temps: number }): void {
    if (expression.kind === 'number') return;
    if (expression.kind === 'name') {
      const list = this.#contributions.get(expression.name);
      if (list === undefined) this.#contributions.set(expression.name, [incoming]);
      else list.push(incoming);
      return;
    }
    const { op, args } = expression;
    const reads = this.#readsOf(expression);
    const short = args.map((arg, i) => (reads.has(`?${i}`) ? this.#short(arg) : arg));
    const value = reads.has('?y') ? this.#short(expression) : expression;
    // Bound to a name of its own where it is long and read more than once.
    const dy = (reads.get('?dy') ?? 0) > 1 && !isLeaf(incoming) ? this.#bind(expression, incoming, place) : incoming;
    for (const [i, contribution] of vjpOf(op, short, value, dy, this.#shapes).entries())
      if (contribution !== null) this.#propagate(args[i]!, contribution, place);
  }

  /** How often an op's rule reads its arguments `?0` and `?1`, its value `?y` and `?dy`: asked by putting these in their place. */
  #readsOf(expression: Application): ReadonlyMap<string, number> {
    const { op, args } = expression;
    const ask = (text: string, of: Expression): Expression => {
      this.#shapes.set(text, this.#shapes.of(of));
      return name(text);
    };
    const asked = args.map((arg, i) => (arg.kind === 'apply' ? ask(`?${i}`, arg) : arg));
    const results = vjpOf(op, asked, ask('?y', expression), ask('?dy', expression), this.#shapes);
    const reads = new Map<string, number>();
    const count = (e: Expression): void => {
      if (e.kind === 'name') reads.set(e.name, (reads.get(e.name) ?? 0) + 1);
      else if (e.kind === 'apply') e.args.forEach(count);
    };
    for (const result of results) if (result !== null) count(result);
    return reads;
  }

  /** Something that the forward pass computes, as a derivative reads it: by its name, in full where it is short, else by a new line's. */
  #short(expression: Expression): Expression {
    if (expression.kind !== 'apply') return expression;
    const key = keyOf(expression);
    const known = this.#valueOf.get(key) ?? this.#partOf.get(key);
    if (known !== undefined) return name(known);
    if (!longerThan(longestRead, expression)) return expression;
    const value = { ...expression, args: expression.args.map((arg) => this.#short(arg)) };
    const text = this.#named(`v_${expression.op}`, this.#shapes.of(expression));
    this.#partOf.set(key, text);
    this.#emit(text, value);
    return name(text);
  }

  #bind(expression: Expression, incoming: Expression, place: { readonly of: string; temps: number }): Expression {
    const value = this.#tidy(incoming);
    const key = keyOf(value);
    const existing = this.#tempOf.get(key);
    if (existing !== undefined) return name(existing);
    const count = place.temps++;
    const letter = letters[count % letters.length]!.repeat(1 + Math.floor(count / letters.length));
    const text = this.#named(`${this.#prefix}${letter}_${place.of}`, this.#shapes.of(expression));
    this.#tempOf.set(key, text);
    this.#emit(text, value, `∂L/∂(${shortened(printExpression(expression))})`);
    return name(text);
  }

  /** Takes out what only shapes can tell to be nothing: the transpose of a scalar. */
  #tidy(expression: Expression): Expression {
    if (expression.kind !== 'apply') return expression;
    const args = expression.args.map((arg) => this.#tidy(arg));
    if (expression.op === 'transpose' && isScalarShape(this.#shapes.of(args[0]!))) return args[0]!;
    return { ...expression, args };
  }
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
  return lines.map((line) => ({ ...line, caption: captions.get(line.name) ?? line.caption }));
}

/** Forward and backward as one program: what is printed, and what gives the names their shapes. What arrives at the step is a parameter of it. */
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

/**
 * The chain rule, once: ∂L/∂argument for each argument of `op`, from its value and ∂L/∂value `dy`; null where no gradient flows. A scalar that was
 * spread over a shape collects its gradient from all of it.
 */
function vjpOf(
  op: OpName,
  args: readonly Expression[],
  value: Expression,
  dy: Expression,
  shapes: ShapeOf,
): (Expression | null)[] {
  // The rules are linear in dy: its sign can wait until the end.
  if (dy.kind === 'apply' && dy.op === 'negate')
    return vjpOf(op, args, value, dy.args[0]!, shapes).map((result) => (result === null ? null : negate(result)));
  const scalars = args.map((arg) => isScalarShape(shapes.of(arg)));
  const spreads = ops[op].arity === 2 && scalars.includes(true) && !scalars.every(Boolean);
  const results = op === 'product' && scalars.includes(true) ? scaled(args, scalars, dy) : ops[op].vjp(args, value, dy);
  return results.map((result, i) => {
    if (result === null || args[i]!.kind === 'number') return null;
    return spreads && scalars[i] ? summed(result, shapes.of(dy), shapes) : result;
  });
}

/** `product` with a scalar factor works element by element. */
function scaled(args: readonly Expression[], scalars: readonly boolean[], dy: Expression): readonly Expression[] {
  const [a, b] = args as [Expression, Expression];
  return scalars[0] ? [times(dy, b), product(a, dy)] : [product(b, dy), times(dy, a)];
}

/** The sum of all entries of an expression; of a product of two columns it is their inner product. */
function summed(expression: Expression, shape: Shape, shapes: ShapeOf): Expression {
  if (expression.kind === 'apply' && expression.op === 'negate')
    return negate(summed(expression.args[0]!, shape, shapes));
  if (expression.kind === 'apply' && expression.op === 'times' && shape.columns === 1) {
    const [a, b] = expression.args as [Expression, Expression];
    if (b.kind === 'name' && !isScalarShape(shapes.of(b)) && !isScalarShape(shapes.of(a)))
      return product(transpose(b), a);
  }
  return apply('sum', expression);
}
