// Whatever a student's code says or is called: every format stays what it is.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Report } from '../../../lib/homework/check-report.ts';
import { reportFormats } from '../../../lib/homework/reports/formats.ts';
import { disarm } from '../../../lib/render/legible.ts';
import fc from '../../fast-check.ts';
import { rendered } from './render-all.ts';
import { hostile } from './samples.ts';
import { readXml } from './xml.ts';

/** Any UTF-16 at all, with what readers look for among it. */
const anything = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        ']]>',
        '<!--',
        '&x;',
        '\nok 1',
        '\n  ...\n',
        '\n---',
        '# SKIP',
        '"',
        '\\',
        '\u001b[2J',
        '=cmd()',
        '\r\n',
        '\ud800',
        '%',
        '__proto__',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const report = fc
  .record({ name: anything, message: anything, text: anything, file: anything, student: anything, prints: anything })
  .map(
    ({ name, message, text, file, student, prints }): Report => ({
      ...hostile,
      submission: { ...hostile.submission, file, student },
      prints: { text: prints, cut: false },
      checks: hostile.checks.map((check) =>
        check.finding === undefined
          ? check
          : { ...check, finding: { problem: { code: 'threw', raised: { name, message, line: 1, text } } } },
      ),
    }),
  );

const every = (property: (text: string, report: Report) => void, format: (typeof reportFormats)[number]) =>
  fc.assert(
    fc.property(report, (one) => property(rendered(one, format), one)),
    { numRuns: 100 },
  );

describe('hostile text', () => {
  for (const format of reportFormats)
    it(`leaves nothing in ${format} that a terminal obeys, and the same bytes in UTF-8`, () =>
      every((text) => {
        assert.equal(disarm(text), text);
        assert.equal(Buffer.from(text, 'utf8').toString('utf8'), text);
      }, format));
  for (const format of ['json', 'gradescope', 'check50', 'classroom50'] as const)
    it(`leaves ${format} JSON`, () => every((text) => assert.ok(JSON.parse(text)), format));
  it('leaves JUnit well-formed, a case a check', () =>
    every(
      (text, { checks }) =>
        assert.equal(
          readXml(text).children[0]!.children.filter(({ name }) => name === 'testcase').length,
          checks.length,
        ),
      'junit',
    ));
  it('leaves CSV one row of as many fields', () =>
    every((text) => assert.equal(parse(text, { relax_column_count: false }).length, 2), 'csv'));
  it('leaves TAP as many points as were planned', () =>
    every((text, { checks }) => {
      const points = text.split('\n').filter((line) => /^(not )?ok\b/.test(line));
      assert.equal(points.length, checks.length);
      assert.equal(points.filter((line) => line.startsWith('not ok')).length, 1);
      assert.doesNotMatch(text, /^(Bail out!|pragma|1\.\.(?!6$))/im);
    }, 'tap'));
});
