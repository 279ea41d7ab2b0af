// A class as CSV: read back by csv-parse as what it was, and no field a formula to any spreadsheet.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { csvHeader, csvReport } from '../../../lib/homework/reports/report-csv.ts';
import fc from '../../fast-check.ts';
import { hostile, internal, passed, samples, swapped } from './samples.ts';

const read = (text: string): Record<string, string>[] => parse(text, { columns: true, relax_column_count: false });

describe('a class as CSV', () => {
  const rows = read(csvReport(Object.values(samples)));
  it('has a row a submission and a field a column', () => {
    assert.equal(rows.length, Object.keys(samples).length);
    for (const row of rows) assert.deepEqual(Object.keys(row), [...csvHeader]);
  });
  it('has points, checks and the misconception', () => {
    const [row] = read(csvReport([swapped]));
    assert.equal(row!.points, '2');
    assert.equal(row!.of, '12');
    assert.equal(row!['failed check'], 'one step, given numbers');
    assert.equal(row!.misconception, 'the input and the forget gate are swapped');
    assert.equal(row!['isolation level'], '3');
  });
  it('gives no points, not zero, for the tool’s own fault', () => {
    const [row] = read(csvReport([internal]));
    assert.deepEqual([row!.status, row!.points], ['internal', '']);
  });
  it('ends every record by CR LF, and quotes what RFC 4180 asks to be quoted', () => {
    const text = csvReport([hostile]);
    assert.equal(text.split('\r\n').length, 3);
    assert.ok(text.includes('"\'=HYPERLINK(""http://example.org"",""ok"")"'));
  });
});

describe('no field of a class', () => {
  const beginnings = [
    '=cmd()',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '−1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '|x',
    '%x',
  ];
  for (const student of beginnings)
    it(`is a formula: ${JSON.stringify(student)}`, () => {
      const report = { ...passed, submission: { ...passed.submission, student, file: student } };
      const [row] = read(csvReport([report]));
      for (const field of Object.values(row!)) assert.doesNotMatch(field, /^[\s"]*[=+\-@−＝＋－＠|%\t\r\n]/);
    });
  it('is one, or breaks its row, whatever a student is called', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (student, file) => {
        const report = { ...passed, submission: { ...passed.submission, student, file } };
        const found = read(csvReport([report, passed]));
        assert.equal(found.length, 2);
        for (const field of Object.values(found[0]!)) assert.doesNotMatch(field, /^\s*[=+\-@]/);
      }),
      { numRuns: 500 },
    ));
});
