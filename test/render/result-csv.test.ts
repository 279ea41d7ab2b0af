// CSV is read back by an independent reader of RFC 4180 and must give the same numbers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import type { Result } from '../../lib/render/result.ts';
import { resultCsv } from '../../lib/render/result-csv.ts';
import fc from '../fast-check.ts';
import * as any from './arbitrary.ts';
import { gates, loss, reach, resultOf, vanishing } from './samples.ts';

/** RFC 4180, section 2. */
function parse(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let position = 0;
  while (position < text.length) {
    let field = '';
    if (text[position] === '"') {
      position++;
      while (text[position] !== '"' || text[position + 1] === '"') {
        if (text[position] === '"') position++;
        field += text[position++];
      }
      position++;
    } else while (position < text.length && !',\r\n'.includes(text[position] ?? '')) field += text[position++];
    record.push(field);
    if (text[position] === ',') position++;
    else {
      assert.equal(text.slice(position, position + 2), '\r\n');
      position += 2;
      records.push(record);
      record = [];
    }
  }
  return records;
}

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

test('every number of every figure comes back, to the last bit', () => {
  fc.assert(
    fc.property(any.result, (result) => {
      const [header, ...records] = parse(resultCsv(result));
      assert.deepEqual(header, HEADER);
      for (const record of records) assert.equal(record.length, HEADER.length);
      assert.deepEqual(
        records.map((record) => record[6]).filter((value) => value !== ''),
        numbersOf(result),
      );
    }),
    { numRuns: 150 },
  );
});

function numbersOf(result: Result): string[] {
  const all: unknown[] = [];
  for (const figure of result.figures) {
    if (figure.kind === 'lines')
      all.push(
        ...figure.series.flatMap((series) => series.values),
        ...(figure.reference ? [figure.reference.value] : []),
      );
    if (figure.kind === 'heatmap') all.push(...figure.values.flat());
    if (figure.kind === 'bars') all.push(...figure.values);
    if (figure.kind === 'timeline') all.push(...figure.bars.map(({ length }) => length));
    if (figure.kind === 'table')
      all.push(...figure.rows.flat().map((cell) => (typeof cell === 'string' ? escaped(cell) : cell)));
  }
  all.push(...result.claims.map(({ measured }) => measured));
  return all
    .filter((value) => value !== null && value !== '')
    .map((value) => (Object.is(value, -0) ? '-0' : String(value)));
}

function escaped(text: string): string {
  const [, record] = parse(
    resultCsv(resultOf({ kind: 'table', title: '', columns: [{ title: 'only', align: 'left' }], rows: [[text]] })),
  );
  return record?.[6] ?? '';
}

test('a curve has a line a point: series, x, y and the band', () => {
  const records = parse(resultCsv(resultOf(loss)));
  assert.deepEqual(records[2]?.slice(0, 6), ['1', 'Loss while training', 'lines', 'lstm', '5', '']);
  assert.equal(Number(records[2]?.[6]), loss.series[0]?.values[1]);
  assert.equal(Number(records[2]?.[7]), loss.series[0]?.band?.low[1]);
  assert.deepEqual(records.at(-1)?.slice(2, 7), ['reference', 'chance', '', '', '2.4']);
});

test('a heatmap has a line a cell, numbered and named by what drives it', () => {
  const records = parse(resultCsv(resultOf(gates)));
  assert.equal(records.length, 1 + 4 * 21);
  assert.deepEqual(records[4]?.slice(2, 6), ['heatmap', 'f 1', '4', ' ']);
});

test('a table has a line a cell, with the unit beside it', () => {
  const records = parse(resultCsv(resultOf(gates, reach)));
  assert.deepEqual(records.at(-3), ['2', '', 'table', '3', 'reaches back', 'steps', '10', '', '', '', '', '']);
});

test('a claim has a line: its sentence, what was measured, and what it is held against', () => {
  const claims = parse(resultCsv(vanishing)).slice(-2);
  const [first, second] = vanishing.claims;
  assert.deepEqual(claims, [
    ['', first!.says, 'claim', 'rnn-vanishes', '', '', '4.1e-9', '', '', '<', '0.000001', 'true'],
    ['', second!.says, 'claim', 'lstm-further', '', '19 of 20', '19', '', '', '>=', '20', 'false'],
  ]);
});

test('csv-parse reads it, every line as long as the first', () => {
  fc.assert(
    fc.property(any.result, (result) => {
      const rows = parseCsv(resultCsv(result), { columns: true });
      assert.equal(rows.length, parse(resultCsv(result)).length - 1);
    }),
    { numRuns: 100 },
  );
});

test('an escape sequence in a label is spelt out', () => {
  assert.match(resultCsv(resultOf({ ...gates, title: '\u001b[2J' })), /\\u001b\[2J/);
});
