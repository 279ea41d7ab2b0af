// The call that was made, as lines of the student's language that can be pasted, so that it can be made again.

import { columnsOf } from '../../render/columns.ts';
import { wrap } from '../../render/wrap.ts';
import { camelCase } from '../camel-case.ts';
import type { Finding, Report } from '../report.ts';
import type { Value } from '../value.ts';

/** Whether lists of numbers are to become arrays, or stand in one. */
type Arrays = 'none' | 'made' | 'inside';

/** Every argument whole, then the call itself. */
export function callLines(
  { function: name, parameters, given }: NonNullable<Finding['call']>,
  { language, runtime }: Report['submission'],
  width: number,
): string[] {
  // Where NumPy was imported, arrays came.
  const arrays = language === 'python' && runtime.includes('NumPy') ? 'made' : 'none';
  const script = language === 'javascript' || language === 'typescript';
  const [start, end] = script ? ['const ', ';'] : ['', ''];
  return [
    ...(arrays === 'made' ? ['import numpy as np'] : []),
    ...parameters.flatMap((parameter, i) => laid(`${start}${parameter} = `, given[i] ?? [], end, width, arrays)),
    ...(language === 'cell'
      ? []
      : wrap(`${script ? camelCase(name) : name}(${parameters.join(', ')})${end}`, width, { rest: '  ' })),
  ];
}

/** On one line where it fits, else an item a line; a long row of numbers goes on below. Python and JavaScript read both. */
function laid(start: string, value: Value, end: string, width: number, arrays: Arrays): string[] {
  const whole = `${start}${literal(value, arrays)}${end}`;
  const items = itemsOf(value);
  if (columnsOf(whole) <= width || items === undefined) return wrap(whole, width, { rest: '  ' });
  const isArray = arrays === 'made' && isBlock(value);
  const [open, close] = isArray ? ['np.array([', '])'] : Array.isArray(value) ? '[]' : '{}';
  const body = items.flatMap(([name, item]) =>
    laid(name === undefined ? '' : `${JSON.stringify(name)}: `, item, ',', width - 2, isArray ? 'inside' : arrays).map(
      (line) => `  ${line}`,
    ),
  );
  return [`${start}${open}`, ...body, `${close}${end}`];
}

/** What is put on lines of its own; undefined for what is one line whatever its length. */
function itemsOf(value: Value): readonly (readonly [string | undefined, Value])[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  return value.every((item) => typeof item === 'number') ? undefined : value.map((item) => [undefined, item]);
}

/** Lists of one length within lists, down to numbers: what becomes an array. */
function isBlock(value: Value): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const [first] = value;
  return typeof first === 'number'
    ? value.every((item) => typeof item === 'number')
    : value.every((item) => isBlock(item) && item.length === first.length);
}

/** Python, JavaScript and JSON agree on lists, records and numbers. */
function literal(value: Value, arrays: Arrays): string {
  if (typeof value === 'number') {
    const text = Object.is(value, -0) ? '-0.0' : String(value);
    // An array of whole numbers would be one of integers.
    return arrays === 'inside' && /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (arrays === 'made' && isBlock(value)) return `np.array(${literal(value, 'inside')})`;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, arrays)).join(', ')}]`;
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${literal(part, arrays)}`);
  return `{${parts.join(', ')}}`;
}
