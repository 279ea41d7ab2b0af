// Every format as it stands in fixtures/reports. UPDATE=1 writes the files anew: read the difference before it is committed.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ReportFormat } from '../../../lib/homework/reports/formats.ts';
import { junit } from '../../../lib/homework/reports/junit.ts';
import { csvReport } from '../../../lib/homework/reports/report-csv.ts';
import { messagesText } from './messages.ts';
import { rendered, wide } from './render-all.ts';
import { drifting, samples, swapped } from './samples.ts';

const folder = join('fixtures', 'reports');

const endings: Readonly<Record<Exclude<ReportFormat, 'text'>, string>> = {
  json: 'json',
  junit: 'junit.xml',
  tap: 'tap',
  gradescope: 'gradescope.json',
  check50: 'check50.json',
  classroom50: 'classroom50.json',
  csv: 'csv',
};

/** Of which every format is kept; of the others the text. */
const whole: readonly string[] = ['swapped', 'hostile', 'internal'];
const all = Object.values(samples);
const files: ReadonlyMap<string, string> = new Map([
  ...Object.entries(samples).flatMap(([name, report]) => [
    [`${name}.txt`, rendered(report, 'text')] as const,
    ...Object.entries(whole.includes(name) ? endings : {}).map(
      ([format, ending]) => [`${name}.${ending}`, rendered(report, format as ReportFormat)] as const,
    ),
  ]),
  ...Object.entries({ swapped, drifting }).flatMap(([name, report]) => [
    [`${name}-narrow.txt`, rendered(report, 'text', { ...wide, width: 40 })] as const,
    [`${name}-ascii.txt`, rendered(report, 'text', { ...wide, unicode: false })] as const,
    [`${name}-plain.txt`, rendered(report, 'text', { ...wide, plain: true })] as const,
    [`${name}-colour.txt`, rendered(report, 'text', { ...wide, colour: 1 })] as const,
  ]),
  ['class.junit.xml', junit(all)],
  ['class.csv', csvReport(all)],
  ['messages.txt', messagesText()],
]);

describe('reports as they are kept', () => {
  if (process.env.UPDATE === '1') {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
  }
  for (const [name, text] of files)
    it(name, () => {
      assert.ok(existsSync(join(folder, name)), `${name} is not there: UPDATE=1 writes it`);
      assert.equal(text, readFileSync(join(folder, name), 'utf8'));
    });
  it('are all of them made here', () =>
    assert.deepEqual(
      readdirSync(folder).filter((name) => !files.has(name)),
      [],
    ));
});
