// Random valid programs with numbers for them. fast-check draws a tape of whole numbers; a generator that is directed by shapes
// reads its choices from the tape and takes the simplest one when the tape is at its end, so that a shorter tape is a simpler program.

import { evaluate } from '../../lib/equations/evaluate.ts';
import { apply, type Expression, name, number } from '../../lib/equations/expression.ts';
import { fromMath, type MathValue, mathEngine, toMath } from '../../lib/equations/mathjs-engine.ts';
import { ops } from '../../lib/equations/ops.ts';
import { printExpression } from '../../lib/equations/print.ts';
import { type Program, type Shape, type Sizes, shapeOf, sizeOf } from '../../lib/equations/program.ts';
import { readProgram } from '../../lib/equations/read.ts';
import type { EngineInputs } from '../../lib/equations/trace.ts';
import { type Matrix, zeros } from '../../lib/numbers/matrix.ts';
import { type Random, random } from '../../lib/numbers/random.ts';
import * as fc from '../fast-check.ts';

export interface ArbitraryProgram {
  readonly text: string;
  readonly program: Program;
  /** Between 1 and 5 for H, D and K. */
  readonly sizes: Sizes;
  readonly steps: number;
  /** Numbers of a middling size, off the kinks of relu, abs, sign and step. */
  readonly given: EngineInputs;
  /** The smallest distance of an argument of relu, abs, sign or step from 0; Infinity where there is none. */
  readonly kinkDistance: number;
}

/** A random cell with its sizes and numbers. */
export const arbitraryProgram = (): fc.Arbitrary<ArbitraryProgram> =>
  fc
    .record({
      tape: fc.array(fc.nat(2 ** 16 - 1), { minLength: 20, maxLength: 600, size: 'max' }),
      seed: fc.nat(2 ** 31 - 1),
    })
    .map(({ tape, seed }) => programFrom(tape, seed));

/** The program that a tape spells. Throws when the reader refuses it: then either the generator or the reader is wrong. */
export function programFrom(tape: readonly number[], seed: number): ArbitraryProgram {
  const { text, shapes } = new Writer(new Tape(tape)).write();
  const settled = declareOpen(text, shapes);
  const reading = readProgram(settled);
  if (reading.program === undefined)
    throw new Error(
      `refused, though it was meant to be valid:\n${settled}\n${JSON.stringify(reading.errors, null, 1)}`,
    );
  const { program } = reading;
  const rng = random(seed);
  const sizes = new Map(['H', 'D', 'K'].map((dimension) => [dimension, 1 + rng.below(5)]));
  const steps = 1 + rng.below(4);
  return { text: settled, program, sizes, steps, ...numbersFor(program, sizes, steps, rng) };
}

type Side = 1 | 'H' | 'D' | 'K';
type Sides = readonly [Side, Side];
const scalar: Sides = [1, 1];
const isScalar = ([rows, columns]: Sides): boolean => rows === 1 && columns === 1;
const alike = (a: Sides, b: Sides): boolean => a[0] === b[0] && a[1] === b[1];

/** Choices, one number each. At the end of the tape every choice is the first. */
class Tape {
  readonly #numbers: readonly number[];
  #at = 0;
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  below(n: number): number {
    return (this.#numbers[this.#at++] ?? 0) % n;
  }
  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)]!;
  }
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }
  get spent(): boolean {
    return this.#at >= this.#numbers.length;
  }
}

// What is something else to JavaScript, to mathjs or to the derived pass is an ordinary name here.
const lowerNames =
  'b v w p constructor __proto__ toString process hasOwnProperty valueOf i e tau pi mod in to end true null undefined this d_n d_h da_h d_x d_h_next dL_h grad_h tanh_c v_product sum_v _ __ a1 alpha hbar and or not xor'.split(
    ' ',
  );
const upperNames = 'W U W_h V Infinity NaN Object H D K T I E LN2 M_1'.split(' ');
const valueNames =
  'f g c s n z r m state hidden __proto__ constructor process i e end in mod toString q_1 dd tanh_ Gate'.split(' ');

class Writer {
  readonly #tape: Tape;
  /** Every name so far and what it was meant to be; more than one expression may read it. */
  readonly #shapes = new Map<string, Sides>();
  readonly #readable: { readonly name: string; readonly sides: Sides }[] = [];
  readonly #declared = new Map<string, Sides>();
  readonly #taken = new Set<string>();
  #sides: readonly Side[] = ['H'];

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  write(): { text: string; shapes: ReadonlyMap<string, Sides> } {
    const tape = this.#tape;
    const readsInput = !tape.chance(15);
    const states = Array.from({ length: 1 + tape.below(3) }, (_, i) => {
      const text = this.#newName(i === 0 && !tape.chance(30) ? ['h'] : valueNames);
      // A state may be a matrix (fast weights) or a row; the first one is not, so that there is an output.
      const columns = i > 0 && tape.chance(20) ? tape.pick<Side>(['H', 'D', 'K']) : 1;
      const sides: Sides = [i === 0 ? 'H' : tape.pick<Side>(['H', 'H', 'D', 'K', 1]), columns];
      if (sides[0] !== 'H' || columns !== 1) this.#declared.set(text, sides);
      return { text, sides };
    });
    this.#sides = ['H', ...(readsInput ? (['D'] as const) : []), ...(tape.chance(40) ? (['K'] as const) : [])];
    if (readsInput) this.#offer('x', ['D', 1]);
    for (const { text, sides } of states) this.#offer(`${text}_prev`, sides);

    const lines: string[] = [];
    const assign = (text: string, value: Expression) =>
      lines.push(`${text} = ${tape.chance(30) ? bracketed(value) : printExpression(value)}`);
    for (const { text, sides } of [...states].reverse()) {
      for (let n = tape.below(3); n > 0 && !tape.spent; n--) {
        const between = this.#newName(valueNames);
        const shape = this.#someSides();
        assign(between, this.#expression(shape, 2));
        this.#offer(between, shape);
      }
      const keeps = !tape.chance(20);
      const without = this.#expression(sides, 3);
      const driven = readsInput && sides[1] === 1 && tape.chance(40);
      const drive = () => apply('product', this.#leaf([sides[0], 'D']), name('x'));
      const inner = driven ? apply('add', without, drive()) : without;
      const value = keeps ? apply('add', this.#squashed(inner), this.#reading(`${text}_prev`)) : this.#squashed(inner);
      assign(text, value);
      this.#offer(text, sides);
    }
    if (tape.chance(20)) {
      const last = this.#newName(valueNames);
      assign(last, this.#expression(['H', 1], 1));
    }
    const declarations = [...this.#declared].map(([text, sides]) => declaration(text, sides));
    const blocks = tape.chance(50) ? [...declarations, ...lines] : [...lines, ...declarations];
    return { text: `${blocks.join('\n')}\n`, shapes: this.#shapes };
  }

  #offer(text: string, sides: Sides): void {
    this.#shapes.set(text, sides);
    this.#readable.push({ name: text, sides });
  }

  /** A name that nothing has yet. One that ends as a previous value would be another thing. */
  #newName(pool: readonly string[]): string {
    const stem = this.#tape.pick(pool);
    for (let i = 0; ; i++) {
      const text = i === 0 ? stem : `${stem}${i}`;
      if (this.#taken.has(text)) continue;
      this.#taken.add(text);
      return text;
    }
  }

  #someSides(): Sides {
    const side = () => this.#tape.pick(this.#sides);
    const kind = this.#tape.below(10);
    if (kind < 6) return [side(), 1];
    if (kind < 7) return scalar;
    if (kind < 8) return [1, side()];
    return [side(), side()];
  }

  /** A previous value that is certainly read, in one of a few ways. */
  #reading(text: string): Expression {
    const tape = this.#tape;
    const factor = number(tape.pick([0.5, 0.25, -0.5]));
    return apply(tape.pick(['product', 'times'] as const), factor, name(text));
  }

  #squashed(inner: Expression): Expression {
    const kind = this.#tape.below(6);
    if (kind < 3) return apply('tanh', inner);
    if (kind < 4) return apply('sigmoid', inner);
    return inner;
  }

  #leaf(sides: Sides): Expression {
    const tape = this.#tape;
    const fitting = this.#readable.filter((known) => alike(known.sides, sides));
    if (isScalar(sides) && tape.chance(40)) return number(tape.pick([1, 2, 0.5, -1, -0.3, 3, 1e-3, 1.5]));
    if (fitting.length > 0 && !tape.chance(30)) return name(tape.pick([...fitting, fitting.at(-1)!]).name);
    const isColumn = sides[1] === 1;
    const unnatural = tape.chance(10);
    const text = this.#newName(isColumn !== unnatural ? lowerNames : upperNames);
    // What the name alone does not say has to be declared; the rest may be.
    if (isScalar(sides) || sides[0] === 1 || unnatural || tape.chance(15)) this.#declared.set(text, sides);
    this.#offer(text, sides);
    return name(text);
  }

  /** An expression of the given shape. Arguments of log, sqrt, ./ and .^ stay where those are smooth. */
  #expression(sides: Sides, depth: number): Expression {
    const tape = this.#tape;
    if (depth === 0 || tape.spent) return this.#leaf(sides);
    const again = (shape = sides) => this.#expression(shape, depth - 1);
    /** Now and then a scalar, which spreads. */
    const spread = () => (tape.chance(20) ? again(scalar) : again());
    const side = () => tape.pick(this.#sides);
    const [rows, columns] = sides;
    const above = (e: Expression) => apply('add', number(1), apply('power', e, number(2)));
    const kinds: readonly (() => Expression)[] = [
      () => this.#leaf(sides),
      () => this.#pair('add', again(), spread()),
      () => this.#pair('times', again(), spread()),
      () => {
        const inner = side();
        return apply('product', again([rows, inner]), again([inner, columns]));
      },
      () => apply(tape.pick(['tanh', 'sigmoid'] as const), again()),
      () => this.#pair('subtract', again(), spread()),
      () => negated(again()),
      () => apply(tape.pick(['relu', 'abs', 'sign', 'step'] as const), again()),
      () => apply('transpose', again([columns, rows])),
      () => apply('product', again([rows, 1]), again([1, columns])),
      () => this.#pair('product', again(scalar), again()),
      () => apply('divide', tape.chance(20) ? again(scalar) : again(), above(again())),
      () => apply('power', again(), number(tape.pick([2, 3, 2]))),
      () =>
        apply('power', above(again()), tape.chance(50) ? apply('tanh', spread()) : number(tape.pick([0.5, -1, 1.5]))),
      () => apply('log', above(again())),
      () => apply('sqrt', above(again())),
      () => apply('exp', apply('tanh', again())),
      () => apply('softmax', again()),
      () => (isScalar(sides) ? apply('sum', again(this.#someSides())) : apply('exp', negated(above(again())))),
    ];
    // The plain kinds come first, and oftener.
    return tape.pick(tape.chance(60) ? kinds.slice(1, 5) : kinds)();
  }

  #pair(op: 'add' | 'subtract' | 'times' | 'product', a: Expression, b: Expression): Expression {
    return this.#tape.chance(30) ? apply(op, b, a) : apply(op, a, b);
  }
}

/** As the reader has it: the minus of a number is part of the number. */
const negated = (e: Expression): Expression => (e.kind === 'number' ? number(-e.value) : apply('negate', e));

/** Every application in parentheses of its own, whatever the precedence. */
function bracketed(e: Expression): string {
  if (e.kind === 'name') return e.name;
  if (e.kind === 'number') return e.value < 0 ? `(${e.value})` : String(e.value);
  const [a, b] = e.args.map(bracketed);
  const { notation } = ops[e.op];
  if (notation.kind === 'function') return `${e.op}(${a})`;
  if (notation.kind === 'prefix') return `(${notation.symbol}${a})`;
  if (notation.kind === 'postfix') return `(${a}${notation.symbol})`;
  return `(${a}${notation.symbol} ${b})`;
}

const declaration = (text: string, [rows, columns]: Sides): string =>
  columns === 1 ? `${text} : ${rows}` : `${text} : ${rows} ${columns}`;

/** Declares what the reader finds open, in the shape that it was meant to have. */
function declareOpen(text: string, shapes: ReadonlyMap<string, Sides>): string {
  const error = readProgram(text).errors?.[0];
  if (error?.problem.code !== 'shape-open') return text;
  const [open] = error.problem.names;
  return declareOpen(`${text}${declaration(open!, shapes.get(open!)!)}\n`, shapes);
}

const steadyDistance = 0.01;
const largestValue = 8;

/** Draws until no kink is near and no value is large; else keeps the draw that comes nearest to it. */
function numbersFor(
  program: Program,
  sizes: Sizes,
  steps: number,
  rng: Random,
): { given: EngineInputs; kinkDistance: number } {
  let best: { given: EngineInputs; kinkDistance: number; largest: number } | undefined;
  for (let attempt = 0; attempt < 30; attempt++) {
    const given = randomGiven(program, sizes, steps, rng.fork(`attempt ${attempt}`), attempt < 20 ? 0.9 : 0.4);
    const found = { given, ...excursion(program, given) };
    if (found.largest <= largestValue && found.kinkDistance >= steadyDistance) return found;
    if (
      best === undefined ||
      (best.largest > largestValue
        ? found.largest < best.largest
        : found.kinkDistance > best.kinkDistance && found.largest <= largestValue)
    )
      best = found;
  }
  return best!;
}

/** Every number uniform between ±scale. */
export function randomGiven(program: Program, sizes: Sizes, steps: number, rng: Random, scale = 0.9): EngineInputs {
  const filled = (shape: Shape): Matrix => {
    const out = zeros(sizeOf(shape.rows, sizes), sizeOf(shape.columns, sizes));
    for (let i = 0; i < out.data.length; i++) out.data[i] = scale * (2 * rng.uniform() - 1);
    return out;
  };
  const shapeOfInput = program.shapes.get('x') ?? { rows: 'D', columns: 1 };
  return {
    params: new Map(program.parameters.map((p) => [p, filled(shapeOf(program, p))])),
    initial: new Map(program.states.map((s) => [s, filled(shapeOf(program, s))])),
    inputs: Array.from({ length: steps }, () => filled(shapeOfInput)),
    readout: Array.from({ length: steps }, () => filled(shapeOf(program, program.output))),
  };
}

/** The largest named value of a run, and how near it comes to a kink. */
function excursion(program: Program, given: EngineInputs): { largest: number; kinkDistance: number } {
  let [largest, kinkDistance] = [0, Number.POSITIVE_INFINITY];
  const entries = (value: MathValue): number[] => [...fromMath(value).data];
  const watched = (op: 'relu' | 'abs' | 'sign' | 'step') => (a: MathValue) => {
    kinkDistance = Math.min(kinkDistance, ...entries(a).map(Math.abs));
    return mathEngine[op](a);
  };
  const math = {
    ...mathEngine,
    relu: watched('relu'),
    abs: watched('abs'),
    sign: watched('sign'),
    step: watched('step'),
  };
  let previous = new Map(given.initial);
  for (const input of given.inputs) {
    const scope = new Map([...given.params, ['x', input] as const].map(([text, value]) => [text, toMath(value)]));
    for (const [state, value] of previous) scope.set(`${state}_prev`, toMath(value));
    for (const equation of program.equations) {
      const value = evaluate(equation.value, scope, math);
      scope.set(equation.name, value);
      // Written so that NaN counts as the largest.
      for (const entry of entries(value))
        if (!(Math.abs(entry) <= largest)) largest = Number.isNaN(entry) ? Infinity : Math.abs(entry);
    }
    previous = new Map(program.states.map((state) => [state, fromMath(scope.get(state)!)]));
  }
  return { largest, kinkDistance };
}
