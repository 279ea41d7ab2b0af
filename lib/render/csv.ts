// A Result as one CSV file (RFC 4180: CRLF, quotes doubled) in long form, every number in full double precision.

import type { Figure, Result } from './result.ts';
import { disarm } from './visible.ts';

type Field = string | number | null | undefined;

const HEADER = [
  'figure',
  'title',
  'kind',
  'row',
  'column',
  'label',
  'value',
  'low',
  'high',
  'relation',
  'bound',
  'holds',
];

/**
 * One line a number, the same twelve columns for every kind. `figure` counts from 1 in the order of the Result.
 *
 *     kind       row            column        label           value        low, high
 *     lines      series         x             –               y            the band over seeds
 *     reference  its label      –             –               its value    –
 *     heatmap    row's name     step, from 1  column's name   the cell     –
 *     bars       row's name     row, from 1  its unit         the bar      –
 *     table      row, from 1    its title     its unit        cell         –
 *     timeline   row's name     start         bar's name      length       –
 *     claim      its id         –             as worded       measured     –
 *
 * `title` is the figure's, or what the claim says; `relation`, `bound` and `holds` (true or false) are the claim's alone.
 * Text and diagrams hold no data and are left out. An empty field is a missing value; `NaN`, `Infinity` and `-Infinity` are written so.
 * A control character in a label is written `\u001b`.
 */
export function csv(result: Result): string {
  const records: Field[][] = [HEADER];
  result.figures.forEach((figure, index) => {
    for (const fields of recordsOf(figure)) records.push([index + 1, figure.title, figure.kind, ...fields]);
    if (figure.kind === 'lines' && figure.reference) {
      const { label, value } = figure.reference;
      records.push([index + 1, figure.title, 'reference', label, '', '', value]);
    }
  });
  for (const { id, says, measured, relation, bound, holds, measuredAs } of result.claims)
    records.push(['', says, 'claim', id, '', measuredAs, measured, '', '', relation, bound, String(holds)]);
  return records.map((fields) => `${HEADER.map((_, index) => field(fields[index])).join(',')}\r\n`).join('');
}

function* recordsOf(figure: Figure): Generator<Field[]> {
  if (figure.kind === 'lines') {
    for (const series of figure.series) {
      for (const [index, x] of figure.x.values.entries()) {
        const { low, high } = series.band ?? {};
        yield [series.name, x, '', series.values[index], low?.[index], high?.[index]];
      }
    }
  } else if (figure.kind === 'heatmap') {
    for (const [row, values] of figure.values.entries()) {
      for (const [step, value] of values.entries()) {
        yield [figure.rows.names[row], step + 1, figure.columns.names[step], value];
      }
    }
  } else if (figure.kind === 'bars') {
    for (const [row, value] of figure.values.entries())
      yield [figure.rows.names[row], row + 1, figure.unit, value, '', ''];
  } else if (figure.kind === 'timeline') {
    for (const { row, start, name, length } of figure.bars) yield [figure.rows.names[row], start, name, length];
  } else if (figure.kind === 'table') {
    for (const [row, cells] of figure.rows.entries()) {
      for (const [index, cell] of cells.entries()) {
        yield [row + 1, figure.columns[index]?.title, figure.columns[index]?.unit, cell];
      }
    }
  }
}

function field(value: Field): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  const text = disarm(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
