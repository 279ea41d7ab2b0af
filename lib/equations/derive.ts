// Reverse mode from program to program: the backward pass of one step as readable equations of the same language.
// Griewank & Walther 2008, chapter 6; the style of the lines is a textbook's (Goodfellow et al. 2016, section 10.2.2).

import type { Backward } from './backward.ts';
import { type Application, type Expression, keyOf, longerThan, name, namesIn, number } from './expression.ts';
import { FreshNames } from './fresh-names.ts';
import { printExpression } from './print.ts';
import { type Equation, type Program, type Shape, shapeOf } from './program.ts';
import { extractRepeated, withNames } from './repeated.ts';
import { isScalarShape, ShapeOf } from './shape-of.ts';
import { product, sumOf } from './simplify.ts';
import { vjpOf } from './vjp.ts';
import { wholeProgram } from './whole.ts';

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
      ...(toInput === undefined ? {} : { toInput }),
    };
  }

  #named(stem: string, shape: Shape): string {
    const text = this.#fresh.take(stem);
    this.#shapes.set(text, shape);
    return text;
  }

  #emit(text: string, value: Expression, caption?: string): void {
    this.#lines.push({ name: text, value: this.#tidy(value), line: 0, ...(caption === undefined ? {} : { caption }) });
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
  return lines.map((line) => {
    const caption = captions.get(line.name) ?? line.caption;
    return { ...line, ...(caption === undefined ? {} : { caption }) };
  });
}
