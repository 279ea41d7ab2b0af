// A Result as one CSV file (RFC 4180: CRLF, quotes doubled) in long form, every number in full double precision.

import { kindOf } from './figure.ts';
import type { Field } from './kind.ts';
import { disarm } from './legible.ts';
import type { Result } from './result.ts';

const HEADER = 'figure,title,kind,row,column,label,value,low,high,relation,bound,holds'.split(',');

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
export function resultCsv({ figures, claims }: Result): string {
  const records: Field[][] = [
    HEADER,
    ...figures.flatMap((figure, index) =>
      [...kindOf(figure).records(figure)].map((fields) => [index + 1, figure.title, ...fields]),
    ),
    ...claims.map(({ id, says, measured, relation, bound, holds, measuredAs }) => {
      return ['', says, 'claim', id, '', measuredAs, measured, '', '', relation, bound, String(holds)];
    }),
  ];
  return records.map((fields) => `${HEADER.map((_, index) => field(fields[index])).join(',')}\r\n`).join('');
}

function field(value: Field): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  const text = disarm(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
