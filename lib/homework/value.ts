// What passes between the checker and a submission: numbers in lists and records, as JSON has them. The parent knows what it expects
// and walks only that; whatever else came back is never looked at.

import { counted } from '../numbers/counted.ts';
import { visible } from '../render/legible.ts';

/** A number, a word, a list, or a record by name. A vector is a list of numbers, a matrix a list of its rows. */
export type Value = number | string | readonly Value[] | { readonly [name: string]: Value };

/** What a function returns, each of its results by name. */
export type Answer = { readonly [name: string]: Value };

/** In which shape a reply is not what was expected. A path names a place as the student would write it: `c[2]`, `W_f[0][1]`. */
type Misfit =
  | {
      readonly code: 'wrong-shape';
      readonly path: string;
      readonly expected: string;
      readonly got: string;
      /** Where something in the shape of each of the results is inside what came back: `[0]`, `.h`. */
      readonly inside?: readonly string[];
    }
  | { readonly code: 'not-a-number'; readonly path: string; readonly got: string };

/** What came back and is none of these: `a function`, `a set`. */
export class Foreign {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}

// How a reply differs from what was expected. Only what is expected is walked, only own properties are read, and a number is
// right when its error is <= the tolerance, so that NaN is not.

/** What came back, in the shape that was expected; or the first place where it has another. */
type Fitted<Of> =
  | { readonly value: Of; readonly misfit?: undefined }
  | { readonly misfit: Misfit; readonly value?: undefined };

/** Reads what a function returned: one value as it is; several as a list in their order, or by name. */
export function readAnswer(returns: readonly string[], expected: Answer, got: unknown): Fitted<Answer> {
  const read = partsRead(returns, expected, got);
  if (read.misfit?.code !== 'wrong-shape' || typeof got !== 'object' || got === null) return read;
  const inside = placesOf(got, returns, (name, part) => fit(expected[name]!, part, name).misfit === undefined);
  return inside === undefined ? read : { misfit: { ...read.misfit, inside } };
}

function partsRead(returns: readonly string[], expected: Answer, got: unknown): Fitted<Answer> {
  const [only] = returns;
  const parts = returns.length === 1 ? { [only!]: got } : partsOf(returns, got);
  if (parts === undefined)
    return {
      misfit: {
        code: 'wrong-shape',
        path: 'what came back',
        expected: `${returns.join(' and ')}, in this order or by name`,
        got: shapeWords(got),
      },
    };
  const answer: Record<string, Value> = {};
  for (const name of returns) {
    const fitted = fit(expected[name]!, parts[name], name);
    if (fitted.misfit !== undefined) return fitted;
    answer[name] = fitted.value;
  }
  return { value: answer };
}

function partsOf(returns: readonly string[], got: unknown): Record<string, unknown> | undefined {
  if (Array.isArray(got) && got.length === returns.length)
    return Object.fromEntries(returns.map((name, i) => [name, got[i]]));
  if (!isRecord(got) || !returns.every((name) => Object.hasOwn(got, name))) return undefined;
  return Object.fromEntries(returns.map((name) => [name, got[name]]));
}

const isRecord = (got: unknown): got is Record<string, unknown> =>
  typeof got === 'object' && got !== null && !Array.isArray(got);

/** Of each of `returns` the path to the first part of what came back that is it: `''` the whole, `[1][0]`, `.h`. */
export function placesOf(
  got: unknown,
  returns: readonly string[],
  is: (name: string, part: unknown) => boolean,
): readonly string[] | undefined {
  const parts = partsIn(got, '', 2);
  const taken = new Set<string>();
  for (const name of returns) {
    const found = parts.find(([path, part]) => !taken.has(path) && is(name, part));
    if (found === undefined) return undefined;
    taken.add(found[0]);
  }
  return [...taken];
}

/** What was returned and what is in it, the outermost first. */
function partsIn(got: unknown, path: string, deeper: number): [path: string, part: unknown][] {
  if (typeof got !== 'object' || got === null || deeper < 0) return [[path, got]];
  const isList = Array.isArray(got);
  const inside = Object.entries(got).slice(0, 30);
  return [
    [path, got],
    ...inside.flatMap(([name, part]) => partsIn(part, `${path}${isList ? `[${name}]` : `.${name}`}`, deeper - 1)),
  ];
}

/** The parts of `got` that `expected` has, and nothing else. */
export function fit(expected: Value, got: unknown, path: string): Fitted<Value> {
  const wrong = (): Fitted<Value> => ({
    misfit: { code: 'wrong-shape', path, expected: shapeWords(expected), got: shapeWords(got) },
  });
  if (typeof expected === 'number' || typeof expected === 'string') {
    if (typeof got === typeof expected) return { value: got as number | string };
    return Array.isArray(got) || isRecord(got) || got === null || got === undefined
      ? wrong()
      : { misfit: { code: 'not-a-number', path, got: shapeWords(got) } };
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return wrong();
    const list: Value[] = [];
    for (let i = 0; i < expected.length; i++) {
      const fitted = fit(expected[i], got[i], `${path}[${i}]`);
      // The whole shape says more than that of a part.
      if (fitted.misfit !== undefined) return fitted.misfit.code === 'wrong-shape' ? wrong() : fitted;
      list.push(fitted.value);
    }
    return { value: list };
  }
  if (!isRecord(got)) return wrong();
  const record: Record<string, Value> = {};
  for (const [name, part] of Object.entries(expected)) {
    if (!Object.hasOwn(got, name)) return wrong();
    const fitted = fit(part, got[name], `${path}.${name}`);
    if (fitted.misfit !== undefined) return fitted;
    record[name] = fitted.value;
  }
  return { value: record };
}

/** A shape in words: `a list of 3 lists of 4 numbers`. */
export function shapeWords(got: unknown): string {
  if (got === undefined || got === null) return 'nothing';
  if (typeof got === 'number') return 'a number';
  if (typeof got === 'string') return 'a text';
  if (typeof got === 'boolean') return 'true or false';
  if (Array.isArray(got)) return got.length === 0 ? 'an empty list' : `a list of ${itemsWords(got)}`;
  if (got instanceof Foreign) return visible(got.what, true);
  if (isRecord(got)) return recordWords(Object.keys(got));
  return `a ${typeof got}`;
}

const mostNames = 16;

function recordWords(names: readonly string[]): string {
  if (names.length === 0) return 'a record of nothing';
  const shown = names.slice(0, mostNames).map((name) => JSON.stringify(name.slice(0, 40)).slice(1, -1));
  return `a record of ${shown.join(', ')}${names.length > mostNames ? ', …' : ''}`;
}

/** The items of a list: of one kind, or mixed. */
function itemsWords(list: readonly unknown[]): string {
  const kinds = new Set(list.map((item) => (Array.isArray(item) ? `list ${item.length}` : kindOf(item))));
  if (kinds.size > 1) {
    const lists = list.every(Array.isArray);
    return lists ? `${counted(list.length, 'list')} of unequal lengths` : `${list.length} values of different kinds`;
  }
  const [first] = list;
  if (typeof first === 'number') return counted(list.length, 'number');
  if (Array.isArray(first))
    return `${counted(list.length, 'list')} of ${first.length === 0 ? 'nothing' : itemsWords(first)}`;
  return `${counted(list.length, kindOf(first))}`;
}

function kindOf(item: unknown): string {
  if (item === null || item === undefined) return 'nothing';
  if (typeof item === 'number') return 'number';
  if (typeof item === 'string') return 'text';
  if (typeof item === 'boolean') return 'truth value';
  if (item instanceof Foreign) return /^an? (.+)$/.exec(visible(item.what, true))?.[1] ?? 'thing';
  return Array.isArray(item) ? 'list' : 'record';
}

/** One number of a value and where it is. */
interface Entry {
  readonly path: string;
  readonly value: number;
}

export function* entries(value: Value, path: string): Generator<Entry> {
  if (typeof value === 'number') yield { path, value };
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* entries(item, `${path}[${i}]`);
  else if (typeof value === 'object')
    for (const [name, item] of Object.entries(value)) yield* entries(item, `${path}.${name}`);
}

export function* answerEntries(answer: Answer): Generator<Entry> {
  for (const [name, value] of Object.entries(answer)) yield* entries(value, name);
}

/** The first number that is none. */
export function notFinite(answer: Answer) {
  for (const { path, value } of answerEntries(answer))
    if (!Number.isFinite(value)) return { code: 'not-finite', path, got: String(value) } as const;
  return undefined;
}

/** |got − expected| / max(1, |expected|); NaN where either is. */
export const errorOf = (got: number, expected: number): number =>
  Math.abs(got - expected) / Math.max(1, Math.abs(expected));

/** By `error`: max |got − expected| / max(1, |expected|) over all entries. */
interface Worst {
  readonly path: string;
  readonly error: number;
  readonly got: number;
  readonly expected: number;
}

/** The entry that is furthest off. Both answers have the same shape; NaN is further off than anything. */
export function worstOf(got: Answer, expected: Answer): Worst {
  let worst: Worst = { path: '', error: -1, got: 0, expected: 0 };
  const found = answerEntries(got);
  for (const { path, value } of answerEntries(expected)) {
    const other = found.next().value as Entry;
    const error = errorOf(other.value, value);
    if (Number.isNaN(error)) return { path, error: Number.NaN, got: other.value, expected: value };
    if (error > worst.error) worst = { path, error, got: other.value, expected: value };
  }
  return worst;
}

/** Whether it has the shape and every entry is within the tolerance. No path is made for it: mutants ask this a million times. */
export const agrees = (got: Answer, expected: Answer, tolerance: number): boolean => isNear(got, expected, tolerance);

function isNear(got: Value | undefined, expected: Value, tolerance: number): boolean {
  if (typeof expected === 'number') return typeof got === 'number' && errorOf(got, expected) <= tolerance;
  if (typeof expected === 'string') return got === expected;
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return false;
    for (let i = 0; i < expected.length; i++) if (!isNear(got[i], expected[i], tolerance)) return false;
    return true;
  }
  if (typeof got !== 'object' || Array.isArray(got)) return false;
  const [own, wanted] = [got, expected] as { readonly [name: string]: Value }[];
  return Object.keys(wanted!).every((name) => isNear(own![name], wanted![name]!, tolerance));
}
