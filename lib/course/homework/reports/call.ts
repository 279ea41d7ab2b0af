// The call that was made, as lines of the student's language that can be pasted, so that it can be made again.

import { columnsOf } from '../../../render/columns.ts';
import { wrap } from '../../../render/wrap.ts';
import { camelCase } from '../camel-case.ts';
import type { Finding, Language } from '../report.ts';
import type { Value } from '../value.ts';

/** Every argument whole, then the call itself. */
export function callLines(
  { function: name, parameters, given }: NonNullable<Finding['call']>,
  language: Language,
  width: number,
): string[] {
  const script = language === 'javascript' || language === 'typescript';
  const [start, end] = script ? ['const ', ';'] : ['', ''];
  return [
    ...parameters.flatMap((parameter, i) => laid(`${start}${parameter} = `, given[i] ?? [], end, width)),
    ...(language === 'cell'
      ? []
      : wrap(`${script ? camelCase(name) : name}(${parameters.join(', ')})${end}`, width, { rest: '  ' })),
  ];
}

/** On one line where it fits, else an item a line; a long row of numbers goes on below. Python and JavaScript read both. */
function laid(start: string, value: Value, end: string, width: number): string[] {
  const whole = `${start}${literal(value)}${end}`;
  const items = itemsOf(value);
  if (columnsOf(whole) <= width || items === undefined) return wrap(whole, width, { rest: '  ' });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const body = items.flatMap(([name, item]) =>
    laid(name === undefined ? '' : `${JSON.stringify(name)}: `, item, ',', width - 2).map((line) => `  ${line}`),
  );
  return [`${start}${open}`, ...body, `${close}${end}`];
}

/** What is put on lines of its own; undefined for what is one line whatever its length. */
function itemsOf(value: Value): readonly (readonly [string | undefined, Value])[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  return value.every((item) => typeof item === 'number') ? undefined : value.map((item) => [undefined, item]);
}

/** Python, JavaScript and JSON agree on lists, records and numbers. */
function literal(value: Value): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${literal(part)}`);
  return `{${parts.join(', ')}}`;
}
