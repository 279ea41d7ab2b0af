// What prose quotes: `{{claim-id}}`, or a formula over the Result of a run, `{{cell("lstm", "reaches back") / cell("rnn", "reaches back")}}`.
// A number in a lesson is never typed; it is looked up here when the lesson runs.

import type { RootContent } from 'mdast';
import { InputError } from '../equations/input-error.ts';
import type { Callable } from '../numbers/formula.ts';
import { numeral } from '../render/numerals.ts';
import type { Claim, Figure, Result } from '../render/result.ts';
import type { Lesson, LessonPart } from './lesson.ts';

/** What the runs of a lesson find, as one of its parts sees them: by name, each run when it is first asked for. */
export interface RunResults {
  /** Those that stand above the part, in order. */
  readonly names: readonly string[];
  readonly result: (name: string) => Promise<Result>;
}

/** Runs a command line; `cell`: equations that stand where it says `{cell}`. */
export type RunCommand = (command: string, cell?: string) => Promise<Result>;

/** The runs that a part may quote: those above it, and its own. */
export class LessonRuns {
  readonly #lesson: Lesson;
  readonly #run: RunCommand;
  readonly #results = new Map<string, Promise<Result>>();

  constructor(lesson: Lesson, run: RunCommand) {
    this.#lesson = lesson;
    this.#run = run;
  }

  /** As the part at this place sees them. */
  upTo(index: number): RunResults {
    const names = this.#lesson.parts.slice(0, index + 1).flatMap((part) => nameOfRun(part) ?? []);
    return { names, result: (name) => this.result(name) };
  }

  /** Runs once; asked again, the same. */
  result(name: string): Promise<Result> {
    const known = this.#results.get(name);
    if (known !== undefined) return known;
    const part = this.#lesson.parts.find((one) => nameOfRun(one) === name)!;
    const made =
      part.kind === 'cell'
        ? this.#run(part.command!, part.text)
        : this.#run(
            part.kind === 'predict' ? part.run.command : (part as Extract<LessonPart, { kind: 'run' }>).command,
          );
    this.#results.set(name, made);
    return made;
  }
}

/** The name of what a part runs, if it runs anything. */
export function nameOfRun(part: LessonPart): string | undefined {
  if (part.kind === 'run') return part.name;
  if (part.kind === 'predict') return part.run.name;
  return part.kind === 'cell' && part.command !== undefined ? part.name : undefined;
}

/** A reference that does not resolve. */
export class Unresolved extends InputError {
  override readonly name = 'Unresolved';
  constructor(says: string) {
    super('the lesson', says, { fix: 'find the line with  unroll lesson check' });
  }
}

const references = /\{\{([\s\S]*?)\}\}/g;

/** A copy of the blocks with every reference resolved. Throws Unresolved. */
export async function withNumbers(nodes: readonly RootContent[], runs: RunResults): Promise<RootContent[]> {
  return (await Promise.all(nodes.map((node) => filledNode(node, runs)))) as RootContent[];
}

async function filledNode(node: unknown, runs: RunResults): Promise<unknown> {
  if (typeof node !== 'object' || node === null) return node;
  const { value, children } = node as { readonly value?: string; readonly children?: readonly unknown[] };
  if (children !== undefined)
    return { ...node, children: await Promise.all(children.map((child) => filledNode(child, runs))) };
  return value === undefined ? node : { ...node, value: await withNumbersIn(value, runs) };
}

/** A text with every reference resolved. Throws Unresolved. */
export async function withNumbersIn(text: string, runs: RunResults): Promise<string> {
  let out = '';
  let from = 0;
  for (const found of text.matchAll(references)) {
    out += text.slice(from, found.index) + (await resolveReference(found[1]!, runs));
    from = found.index + found[0].length;
  }
  return out + text.slice(from);
}

interface Reference {
  /** The run that it names. */
  readonly run?: string | undefined;
  readonly text: string;
  /** Behind `|`: significant digits, or `percent`. */
  readonly as?: string | undefined;
}

/** `reach: claim-id | 2` into its parts. */
function referenceOf(written: string): Reference {
  const [, run, text, as] = /^\s*(?:([a-z][\w-]*)\s*:\s+)?([\s\S]*?)(?:\s*\|\s*(percent|\d{1,2}))?\s*$/.exec(written)!;
  return { run, text: text!, as };
}

/** What stands in the place of `{{written}}`. Throws Unresolved. */
export async function resolveReference(written: string, runs: RunResults): Promise<string> {
  const { as } = referenceOf(written);
  const value = await measured(written, runs);
  if (typeof value === 'string') return value;
  if (as === 'percent') return `${numeral(value * 100, 2)} %`;
  return numeral(value, as === undefined ? 3 : Number(as));
}

/** The value of a reference: the words of a claim or a cell where it has some, else a number. Throws Unresolved. */
export async function measured(written: string, runs: RunResults): Promise<number | string> {
  const { run, text, as } = referenceOf(written);
  const result = await resultNamed(run ?? runs.names.at(-1), runs);
  // An id; a comparison's begins with its side, `a.` or `b.`.
  if (/^(?:[ab]\.)?[a-z][\w-]*$/i.test(text)) {
    const claim = claimOf(result, text);
    return as === undefined ? (claim.measuredAs ?? claim.measured) : claim.measured;
  }
  const { formula } = await import('../numbers/formula.ts');
  try {
    return formula(text, callable(result));
  } catch (error) {
    if (error instanceof Unresolved) throw error;
    throw new Unresolved(error instanceof Error ? error.message : String(error));
  }
}

/** The run of that name. Throws Unresolved. */
export async function resultNamed(name: string | undefined, runs: RunResults): Promise<Result> {
  if (name === undefined) throw new Unresolved('nothing has been run above it: put a block `unroll` before it');
  if (runs.names.includes(name)) return runs.result(name);
  throw new Unresolved(`no run above it is called \`${name}\`; there are ${listed(runs.names)}`);
}

const listed = (names: readonly (string | number)[]): string => (names.length === 0 ? 'none' : names.join(', '));

function claimOf({ claims }: Result, id: string): Claim {
  const claim = claims.find((one) => one.id === id);
  if (claim === undefined)
    throw new Unresolved(`there is no claim \`${id}\`; there are ${listed(claims.map((one) => one.id))}`);
  return claim;
}

/** The functions of a formula, over one Result. Names are those that the figures show. */
function callable(result: Result): Callable {
  const values = (name: string | number) => seriesOf(result, String(name));
  const numbers = (name: string | number) => values(name).values.filter((value) => value !== null);
  return {
    claim: (id) => claimOf(result, String(id)).measured,
    bound: (id) => claimOf(result, String(id)).bound,
    option: (name) => {
      const value = result.options[String(name)];
      if (typeof value === 'number' || typeof value === 'string') return value;
      throw new Unresolved(`there is no option \`${name}\`; there are ${listed(Object.keys(result.options))}`);
    },
    cell: (row, column) => cellOf(result, String(row), String(column)),
    bar: (name) => barOf(result, String(name)),
    at: (name, x) => {
      const { values: ys, xs } = values(name);
      const value = ys[xs.indexOf(Number(x))];
      if (value === undefined || value === null)
        throw new Unresolved(`\`${name}\` has no value at ${x}; ${whereMeasured(xs)}`);
      return value;
    },
    first: (name) => numbers(name)[0] ?? Number.NaN,
    last: (name) => numbers(name).at(-1) ?? Number.NaN,
    most: (name) => Math.max(...numbers(name)),
    below: (name, bound) => {
      const { values: ys, xs } = values(name);
      const found = ys.findIndex((value) => value !== null && value < Number(bound));
      if (found < 0)
        throw new Unresolved(
          `\`${name}\` is never below ${bound}: its least is ${numeral(Math.min(...numbers(name)))}`,
        );
      return xs[found]!;
    },
    least: (name) => Math.min(...numbers(name)),
  };
}

/** Where a curve has values, for whoever asked for another place. */
export const whereMeasured = (xs: readonly number[]): string =>
  xs.length <= 8 ? `it has them at ${listed(xs)}` : `it has ${xs.length}, from ${xs[0]} to ${xs.at(-1)}`;

const ofKind = <K extends Figure['kind']>(result: Result, kind: K): Extract<Figure, { kind: K }>[] =>
  result.figures.filter((figure): figure is Extract<Figure, { kind: K }> => figure.kind === kind);

function seriesOf(result: Result, name: string) {
  const figures = ofKind(result, 'lines');
  for (const figure of figures) {
    const series = figure.series.find((one) => one.name === name);
    if (series !== undefined) return { values: series.values, xs: figure.x.values };
  }
  throw new Unresolved(
    `no curve is called \`${name}\`; there are ${listed(figures.flatMap((figure) => figure.series.map((one) => one.name)))}`,
  );
}

function cellOf(result: Result, row: string, column: string): number | string {
  const tables = ofKind(result, 'table');
  for (const { columns, rows } of tables) {
    const at = columns.findIndex(({ title }) => title === column);
    const found = rows.find(([first]) => String(first) === row);
    const value = at < 0 ? undefined : found?.[at];
    if (value !== undefined && value !== null) return value;
  }
  const titles = tables.flatMap(({ columns }) => columns.map(({ title }) => title));
  const names = tables.flatMap(({ rows }) => rows.map(([first]) => String(first)));
  throw new Unresolved(
    `no table has a row \`${row}\` with a column \`${column}\`; rows are ${listed(names)}; columns are ${listed(titles)}`,
  );
}

function barOf(result: Result, name: string): number {
  const figures = ofKind(result, 'bars');
  for (const { rows, values } of figures) {
    const value = values[rows.names.indexOf(name)];
    if (value !== undefined) return value;
  }
  throw new Unresolved(`no bar is called \`${name}\`; there are ${listed(figures.flatMap(({ rows }) => rows.names))}`);
}
