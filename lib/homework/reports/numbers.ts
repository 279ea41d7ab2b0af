// What came back beside what was expected, number under number: every row of every tensor, whole.

import { columnsOf, padEnd, padStart } from '../../render/columns.ts';
import { wrap } from '../../render/wrap.ts';
import type { Answer } from '../exercise.ts';
import type { Value } from '../value.ts';

interface Pair {
  readonly path: string;
  readonly got: readonly number[];
  readonly expected: readonly number[];
}

/** One row of numbers as it came back and as it was expected, both with as many digits as tell them apart. */
export interface Row {
  readonly path: string;
  readonly got: readonly string[];
  readonly expected: readonly string[];
  readonly same: boolean;
}

/** Tensors that differ first, then those that do not; a minus is `minus`. */
export function numberRows(got: Answer, expected: Answer, minus: string): readonly Row[] {
  const tensors = Object.entries(expected).map(([name, value]) => pairsOf(name, got[name], value));
  const digits = digitsFor(tensors.flat());
  const write = (values: readonly number[]) => values.map((value) => numeral(value, digits, minus));
  const rows = tensors.map((pairs) =>
    pairs.map((pair): Row => {
      const [theirs, ours] = [write(pair.got), write(pair.expected)];
      return { path: pair.path, got: theirs, expected: ours, same: ours.every((text, i) => text === theirs[i]) };
    }),
  );
  const isRight = (tensor: readonly Row[]) => tensor.every(({ same }) => same);
  return [...rows.filter((tensor) => !isRight(tensor)), ...rows.filter(isRight)].flat();
}

/** Of more tensors only this many of those that are wrong are shown. */
const mostTensors = 4;

const tensorOf = ({ path }: Row): string => path.replace(/\[.*$/, '');

/** Aligned by column; a correct row is printed once. Of many tensors the first wrong ones are shown. */
export function compared(got: Answer, expected: Answer, width: number, minus: string): string[] {
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
  return left === 0 ? lines : [...lines, ...wrap(`(${left} more are wrong; --format json has all)`, width)];
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
