// What came back beside what was expected, number under number: every row of every tensor, whole.

import { columnsOf, padEnd, padStart } from '../../../render/columns.ts';
import type { Answer } from '../exercise.ts';
import type { Value } from '../value.ts';

interface Pair {
  readonly path: string;
  readonly got: readonly number[];
  readonly expected: readonly number[];
}

/** Tensors that differ first, then those that do not, each row of those once. */
export function compared(got: Answer, expected: Answer, width: number, minus: string): string[] {
  const pairs = Object.entries(expected).map(([name, value]) => rowsOf(name, got[name], value));
  const flat = pairs.flat();
  const digits = digitsFor(flat);
  const write = (value: number) => numeral(value, digits, minus);
  const differs = (pair: Pair) => pair.expected.some((value, i) => write(value) !== write(pair.got[i]!));
  const tensors = [...pairs.filter((rows) => rows.some(differs)), ...pairs.filter((rows) => !rows.some(differs))];
  const column = Math.max(
    0,
    ...flat.flatMap((pair) => [...pair.got, ...pair.expected]).map((v) => columnsOf(write(v))),
  );
  const label = Math.max(0, ...flat.map(({ path }) => columnsOf(path)));
  return tensors.flat().flatMap((pair) => {
    const same = !differs(pair);
    const lines = same
      ? [['both', pair.expected] as const]
      : [['you', pair.got] as const, ['expected', pair.expected] as const];
    return lines.flatMap(([whose, values], i) => {
      const start = `${padEnd(i === 0 ? pair.path : '', label)}  ${padEnd(whose, 'expected'.length)}`;
      return laid(start, values.map(write), column, width);
    });
  });
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
function rowsOf(path: string, got: Value | undefined, expected: Value): Pair[] {
  if (typeof expected === 'number') return [{ path, got: [Number(got)], expected: [expected] }];
  if (typeof expected === 'string') return [];
  if (isList(expected)) {
    const list = isList(got) ? got : [];
    if (expected.every((item) => typeof item === 'number'))
      return [{ path, got: expected.map((_, i) => Number(list[i])), expected }];
    return expected.flatMap((item, i) => rowsOf(`${path}[${i}]`, list[i], item));
  }
  return Object.entries(expected).flatMap(([name, part]) =>
    rowsOf(`${path}.${name}`, (got as { readonly [name: string]: Value } | undefined)?.[name], part),
  );
}

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** Four decimals, or as many as show where the two that are furthest apart differ. */
function digitsFor(pairs: readonly Pair[]): number {
  let [far, error] = [[0, 0] as readonly [number, number], -1];
  for (const { got, expected } of pairs)
    for (const [i, value] of expected.entries()) {
      const apart = Math.abs(got[i]! - value) / Math.max(1, Math.abs(value));
      if (apart > error) [far, error] = [[got[i]!, value], apart];
    }
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
