// What came back beside what was expected, number under number: every row of every tensor, whole.

import { columnsOf, flow, padEnd, padStart, wrap } from '../../render/columns.ts';
import type { Look } from '../../render/look.ts';
import { exponent } from '../../render/numerals.ts';
import { shadesOf } from '../../render/palette.ts';
import type { Finding } from '../check-report.ts';
import type { Answer, Value } from '../value.ts';

// The relative error as a strip of shades: a row a tensor, a column a step (or an entry), each shade two powers of ten.

type Strips = NonNullable<Finding['strips']>;

const scale = { kind: 'sequential', low: 0, high: 1 } as const;
/** An error below the first is as good as none; each further bound is where the next shade begins. */
const bounds = [1e-8, 1e-6, 1e-4, 1e-2];

const shadeOf = (error: number): number =>
  Number.isNaN(error) ? bounds.length : bounds.filter((bound) => error >= bound).length;

/** Nothing where the numbers beside one another say as much. */
export const worthAStrip = (strips: Strips): boolean =>
  strips.length > 3 || strips.some(({ errors }) => errors.length > 4);

export function strip(strips: Strips, unit: 'step' | 'call' | 'entry', look: Look): string[] {
  const shades = shadesOf(scale, look.unicode);
  const label = Math.min(Math.floor(look.width / 2), Math.max(...strips.map(({ name }) => columnsOf(name))));
  const room = Math.max(8, look.width - label - 2);
  const body = strips.flatMap(({ name, errors }) => {
    const glyphs = errors.map((error) => shades[shadeOf(error)]!);
    const parts = Array.from({ length: Math.max(1, Math.ceil(glyphs.length / room)) }, (_, i) =>
      glyphs.slice(i * room, (i + 1) * room).join(''),
    );
    return parts.map((part, i) => `${padEnd(i === 0 ? name : '', label)}  ${part}`.trimEnd());
  });
  const words = bounds.map((bound, i) => (i === 0 ? `below ${exponent(bound, 1)}` : `to ${exponent(bound, 1)}`));
  const key = [...words, 'above'].map((says, i) => `${shades[i]} ${says}`);
  return [
    `relative error, ${unit} by ${unit}`,
    ...body,
    ...flow(
      key.map((text) => ({ text, columns: columnsOf(text) })),
      look.width,
      '',
      2,
    ).map((line) => look.paint.dim(line)),
  ];
}

/** `--plain`: the largest of each, and where. */
export function stripInWords(strips: Strips, unit: 'step' | 'call' | 'entry'): string[] {
  return strips.map(({ name, errors }) => {
    const worst = errors.reduce((best, error, i) => (error > errors[best]! || Number.isNaN(error) ? i : best), 0);
    const first = errors.findIndex((error) => shadeOf(error) > 0);
    if (first < 0) return `${name}: right at every ${unit}.`;
    return `${name}: wrong from ${unit} ${first + 1} of ${errors.length} on; the largest error, ${exponent(errors[worst]!, 2)}, is at ${unit} ${worst + 1}.`;
  });
}

interface Pair {
  readonly path: string;
  readonly got: readonly number[];
  readonly expected: readonly number[];
}

/** One row of numbers as it came back and as it was expected, both with as many digits as tell them apart. */
interface NumberRow {
  readonly path: string;
  readonly got: readonly string[];
  readonly expected: readonly string[];
  readonly same: boolean;
}

/** Tensors that differ first, then those that do not; a minus is `minus`. */
export function numberRows(got: Answer, expected: Answer, minus: string): readonly NumberRow[] {
  const tensors = Object.entries(expected).map(([name, value]) => pairsOf(name, got[name], value));
  const digits = digitsFor(tensors.flat());
  const write = (values: readonly number[]) => values.map((value) => numeral(value, digits, minus));
  const rows = tensors.map((pairs) =>
    pairs.map((pair): NumberRow => {
      const [theirs, ours] = [write(pair.got), write(pair.expected)];
      return { path: pair.path, got: theirs, expected: ours, same: ours.every((text, i) => text === theirs[i]) };
    }),
  );
  const isRight = (tensor: readonly NumberRow[]) => tensor.every(({ same }) => same);
  return [...rows.filter((tensor) => !isRight(tensor)), ...rows.filter(isRight)].flat();
}

/** Of more tensors only this many of those that are wrong are shown. */
const mostTensors = 4;

const tensorOf = ({ path }: NumberRow): string => path.replace(/\[.*$/, '');

/** Aligned by column; a correct row is printed once. Of many tensors the first wrong ones are shown. */
export function compareNumbers(got: Answer, expected: Answer, width: number, minus: string): string[] {
  const all = numberRows(got, expected, minus);
  const tensors = [...new Set(all.map(tensorOf))];
  const wrong = tensors.filter((name) => all.some((row) => !row.same && tensorOf(row) === name));
  const shown = tensors.length <= mostTensors + 1 ? tensors : wrong.slice(0, mostTensors);
  const rows = all.filter((row) => shown.includes(tensorOf(row)));
  const column = Math.max(0, ...rows.flatMap((row) => [...row.got, ...row.expected]).map(columnsOf));
  const label = Math.max(0, ...rows.map(({ path }) => columnsOf(path)));
  const lines = rows.flatMap((row) => {
    const pairs = row.same
      ? [['both', row.expected] as const]
      : [['you', row.got] as const, ['expected', row.expected] as const];
    return pairs.flatMap(([whose, numbers], i) => {
      const start = `${padEnd(i === 0 ? row.path : '', label)}  ${padEnd(whose, 'expected'.length)}`;
      return laid(start, numbers, column, width);
    });
  });
  const left = wrong.length - wrong.filter((name) => shown.includes(name)).length;
  return left === 0
    ? lines
    : [...lines, ...wrap(`(${left} more ${left === 1 ? 'is' : 'are'} wrong; --format json has all)`, width)];
}

/** Numbers in columns behind a label; what does not fit goes on below. */
function laid(start: string, numbers: readonly string[], column: number, width: number): string[] {
  const indent = columnsOf(start) + column + 2 <= width ? columnsOf(start) : 2;
  const perLine = Math.max(1, Math.floor((width - indent) / (column + 2)));
  const lines: string[] = indent === columnsOf(start) ? [] : [start.trimEnd()];
  for (let from = 0; from < Math.max(1, numbers.length); from += perLine) {
    const part = numbers.slice(from, from + perLine).map((number) => `  ${padStart(number, column)}`);
    const head = from === 0 && lines.length === 0 ? start : ' '.repeat(indent);
    lines.push((head + part.join('')).trimEnd());
  }
  return lines;
}

/** A vector is one row, a matrix one a row, a record one or more a name; a number is a row of one. */
function pairsOf(path: string, got: Value | undefined, expected: Value): Pair[] {
  if (typeof expected === 'number') return [{ path, got: [Number(got)], expected: [expected] }];
  if (typeof expected === 'string') return [];
  if (isList(expected)) {
    const list = isList(got) ? got : [];
    if (expected.every((item) => typeof item === 'number'))
      return [{ path, got: expected.map((_, i) => Number(list[i])), expected }];
    return expected.flatMap((item, i) => pairsOf(`${path}[${i}]`, list[i], item));
  }
  return Object.entries(expected).flatMap(([name, part]) =>
    pairsOf(`${path}.${name}`, (got as { readonly [name: string]: Value } | undefined)?.[name], part),
  );
}

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** Four decimals, or as many as show where the two that are furthest apart differ. */
function digitsFor(pairs: readonly Pair[]): number {
  let [far, error] = [[0, 0] as readonly [number, number], -1];
  for (const { got, expected } of pairs)
    for (const [i, value] of expected.entries()) {
      const apart = Math.abs(got[i]! - value) / Math.max(1, Math.abs(value));
      if (Number.isFinite(apart) && apart > error) [far, error] = [[got[i]!, value], apart];
    }
  // NaN differs whatever is shown of the others.
  if (error <= 0) return 4;
  for (let digits = 4; digits < 16; digits++)
    if (numeral(far[0], digits, '-') !== numeral(far[1], digits, '-')) return digits;
  return 16;
}

/** So many decimals; an exponent where there would be none that count, or more than the column can hold. */
function numeral(value: number, decimals: number, minus: string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : `${minus}inf`;
  const size = Math.abs(value);
  const text =
    size >= 1e6 || (size > 0 && size < 0.5 * Number(`1e-${decimals}`))
      ? value.toExponential(3)
      : value.toFixed(decimals);
  return text.replaceAll('-', minus);
}
