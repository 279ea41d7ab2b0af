// Whether a submission would be right if it were called by another convention: its arguments in another order, matrices transposed
// (x @ W), W for the input and U for the state, columns or batches of one for vectors, more than one value returned. It is called
// that way, and the answers decide; nothing is guessed.

import type { Convention } from './check-report.ts';
import type { Case, CheckSession } from './check-session.ts';
import type { ByValues } from './exercise.ts';
import { bareName } from './language.ts';
import { type Answer, entries, errorOf, placesOf, type Value } from './value.ts';

type Form = Omit<Convention, 'order' | 'returned'>;
type List = readonly Value[];
type Rows = readonly List[];

/** Calls at most. A function of five arguments has 120 orders of them, each with up to a dozen forms. */
const mostCalls = 1500;
/** float32 is near enough. */
const tolerance = 1e-5;

/** The convention by which the submission is right on every case; undefined where there is none, or where it is the exercise's own. */
export async function conventionOf(
  questions: CheckSession,
  own: readonly string[] | undefined,
): Promise<Convention | undefined> {
  const { exercise, small, large } = questions;
  const [first, ...others] = [small[0]!, small[1]!, large[0]!];
  const forms = formsOf(exercise, first.given);
  const [natural, ...orders] = ordersOf(exercise.parameters, own);
  const tried = [natural!, ...orders].flatMap((order) => forms.map((form) => ({ order, form })));
  for (const { order, form } of tried.slice(0, mostCalls)) {
    // Once it has ended every reply is that it has.
    const returned = await returnedBy(questions, first, order, form);
    if (returned === undefined) continue;
    const found: Convention = {
      ...form,
      ...(order === natural ? {} : { order: order.map((at) => exercise.parameters[at]!) }),
      ...(returned.length === 0 ? {} : { returned }),
    };
    if (Object.keys(found).length === 0) return undefined;
    const again = [];
    for (const of of others) again.push(await returnedBy(questions, of, order, form));
    if (again.every((paths) => paths?.join() === returned.join())) return found;
  }
  return undefined;
}

/** Where in the answer each result is, if all of them are right: nothing where they are as the exercise asks for them. */
async function returnedBy(questions: CheckSession, of: Case, order: readonly number[], form: Form) {
  const { parameters, returns } = questions.exercise;
  const given = parameters.map((name, at) => formed(name, of.given[at]!, form));
  const reply = await questions.session.ask(questions.call(order.map((at) => given[at]!)));
  if (reply.kind !== 'value') return undefined;
  const expected: Answer = Object.fromEntries(returns.map((name) => [name, formed(name, of.expected[name]!, form)]));
  const places = placesOf(reply.value, returns, (name, value) => isNear(value, expected[name]!));
  return places !== undefined && isAsked(reply.value, places, returns) ? [] : places;
}

/** Whatever brackets are around the numbers; a record by its names. */
function isNear(got: unknown, expected: Value): boolean {
  if (typeof expected === 'object' && !Array.isArray(expected))
    return Object.entries(expected).every(
      ([name, value]) =>
        typeof got === 'object' && got !== null && Object.hasOwn(got, name) && isNear((got as Answer)[name], value),
    );
  const [theirs, ours] = [numbersIn(got), [...entries(expected, '')]];
  return (
    theirs?.length === ours.length &&
    theirs.length > 0 &&
    ours.every(({ value }, i) => errorOf(theirs[i]!, value) <= tolerance)
  );
}

function numbersIn(value: unknown): number[] | undefined {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(numbersIn);
  return parts.some((part) => part === undefined) ? undefined : (parts as number[][]).flat();
}

function isAsked(got: unknown, places: readonly string[], returns: readonly string[]): boolean {
  if (returns.length === 1) return places[0] === '';
  return Array.isArray(got)
    ? got.length === returns.length && returns.every((_, i) => places[i] === `[${i}]`)
    : returns.every((name, i) => places[i] === `.${name}`);
}

/** All orders as places in `parameters`: as they are first, then those that are likely by the student's own names. */
function ordersOf(parameters: readonly string[], own: readonly string[] | undefined): number[][] {
  const natural = parameters.map((_, at) => at);
  if (own === undefined || own.length !== parameters.length) return [natural];
  const likeness = own.map((mine) => parameters.map((name) => alike(bareName(mine), bareName(name))));
  const score = (order: readonly number[]) => order.reduce((sum, at, place) => sum + likeness[place]![at]!, 0);
  const all = permutations(natural).filter((order) => order.join() !== natural.join());
  const scores = new Map(all.map((order) => [order, score(order)]));
  return [natural, ...all.sort((a, b) => scores.get(b)! - scores.get(a)!)];
}

/** The length of the longest common subsequence: Whh is nearer to W_h than to W_x. */
function alike(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const letter of a.slice(0, 40)) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(letter === b[j] ? row[j]! + 1 : Math.max(next[j]!, row[j + 1]!));
    row = next;
  }
  return (2 * row.at(-1)!) / (a.length + b.length);
}

const permutations = (list: readonly number[]): number[][] =>
  list.length <= 1
    ? [[...list]]
    : list.flatMap((one) => permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest]));

/** Every form that the arguments of this exercise can have, their own first, combinations last. */
function formsOf({ parameters }: ByValues, given: readonly Value[]): Form[] {
  const kinds = new Set(parameters.flatMap((name, at) => kindsIn(name, given[at]!)));
  const exchanges = parameters.some((_, at) => typeof given[at] === 'object' && hasBoth(given[at]!));
  const vectors = kinds.has('vector') || kinds.has('sequence') ? (['columns', 'rows'] as const) : [];
  const time = kinds.has('sequence') ? (['last', 'middle'] as const) : [];
  const one: Form[] = [{}, ...(kinds.has('matrix') ? [{ transposed: true } as const] : [])];
  return [{}, ...(exchanges ? [{ exchanged: true } as const] : [])]
    .flatMap((form) => one.map((other): Form => ({ ...form, ...other })))
    .flatMap((form): Form[] => [form, ...vectors.map((way): Form => ({ ...form, vectors: way }))])
    .flatMap((form): Form[] => [form, ...time.map((way): Form => ({ ...form, time: way }))])
    .filter(({ vectors: way, time: axis }) => axis !== 'middle' || way === 'rows')
    .sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}

type Kind = 'number' | 'vector' | 'matrix' | 'sequence' | 'record';

/** A matrix has a capital in its name; another list of lists is one vector a step. */
function kindOf(name: string, value: Value): Kind {
  if (typeof value !== 'object') return 'number';
  if (!Array.isArray(value)) return 'record';
  if (!Array.isArray(value[0])) return 'vector';
  return /^(d_)?[A-Z]/.test(name) ? 'matrix' : 'sequence';
}

export const kindsIn = (name: string, value: Value): Kind[] => {
  const kind = kindOf(name, value);
  return kind === 'record' ? Object.entries(value).flatMap(([part, inside]) => kindsIn(part, inside)) : [kind];
};

const hasBoth = (record: Value): boolean =>
  Object.keys(record).some((name) => name.startsWith('W_') && Object.hasOwn(record as object, `U${name.slice(1)}`));

/** An argument or a result as it is by another convention. */
function formed(name: string, value: Value, form: Form): Value {
  switch (kindOf(name, value)) {
    case 'number':
      return value;
    case 'vector':
      return vector(value as List, form);
    case 'matrix':
      return form.transposed ? turned(value as Rows) : value;
    case 'sequence':
      return sequence(value as Rows, form);
    case 'record':
      return Object.fromEntries(
        Object.entries(value).map(([part, inside]) => [
          form.exchanged ? part.replace(/^(d_)?([WU])_/, (_, d = '', W) => `${d}${W === 'W' ? 'U' : 'W'}_`) : part,
          formed(part, inside, form),
        ]),
      );
  }
}

const vector = (value: List, { vectors }: Form): Value =>
  vectors === 'columns' ? value.map((entry) => [entry]) : vectors === 'rows' ? [value] : value;

/** T vectors: (T, D) by itself; (n, T) with time last, (n, 1, T) of columns; (1, T, D) with time in the middle of a batch. */
function sequence(value: Rows, { vectors, time }: Form): Value {
  if (time === 'middle') return [value];
  if (time === 'last') return turned(value).map((row) => (vectors === undefined ? row : [row]));
  return value.map((entry) => vector(entry, vectors === undefined ? {} : { vectors }));
}

const turned = (rows: Rows): Value[][] => rows[0]!.map((_, j) => rows.map((row) => row[j]!));
