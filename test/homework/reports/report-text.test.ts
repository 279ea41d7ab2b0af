// The report that a student reads: whole at any width, in ASCII, in words, and the same with and without colour.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exercises } from '../../../lib/homework/catalogue.ts';
import type { Report } from '../../../lib/homework/check-report.ts';
import { textReport } from '../../../lib/homework/reports/report-text.ts';
import { columnsOf } from '../../../lib/render/columns.ts';
import { visible } from '../../../lib/render/legible.ts';
import { wide } from './render-all.ts';
import { drifting, ended, hostile, passed, samples, slow, swapped } from './samples.ts';

const widths = [24, 40, 60, 80, 120];
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control sequences
const bare = (coloured: string): string => coloured.replace(/\u001b\[[0-9;]*m/g, '');

describe('a report as text', () => {
  for (const [name, report] of Object.entries(samples))
    it(`is no wider than asked for: ${name}`, () => {
      for (const width of widths.slice(1))
        for (const line of textReport(report, { ...wide, width }).split('\n'))
          assert.ok(columnsOf(line) <= width, `${width}: ${line}`);
    });
  it('shows every number that came back and every one that was expected, at any width', () => {
    const numbers = Array.from({ length: 40 }, (_, i) => ((i * 7919) % 9973) / 10_000);
    const [got, expected] = [{ h: numbers.slice(0, 20) }, { h: numbers.slice(20) }];
    const checks = swapped.checks.map((check) =>
      check.finding === undefined ? check : { ...check, finding: { ...check.finding, got, expected } },
    );
    for (const width of widths) {
      const words = textReport({ ...swapped, checks }, { ...wide, width }).split(/\s+/);
      for (const number of numbers) assert.ok(words.includes(number.toFixed(4)), `${number} at ${width}`);
    }
  });
  it('shows so many digits that the two differ', () => {
    assert.match(textReport(drifting, wide), /0\.10000004.*\n.*0\.10000000/);
  });
  it('says how far apart the two are, not how far in relation to what was expected', () => {
    const checks = swapped.checks.map((check) => {
      const worst = { path: 'untied', got: 66, expected: 72, error: 6 / 72 };
      return check.finding === undefined ? check : { ...check, finding: { ...check.finding, worst } };
    });
    assert.match(textReport({ ...swapped, checks }, wide), /worst at untied, off by 6\n/);
  });
  it('says the same in colour', () => {
    for (const report of Object.values(samples))
      assert.equal(bare(textReport(report, { ...wide, colour: 2 })), textReport(report, wide));
  });
  it('is ASCII where that is asked for', () => {
    for (const report of Object.values(samples))
      assert.match(textReport(report, { ...wide, unicode: false }), /^[\n\x20-\x7e]*$/);
  });
  it('is words where that is asked for', () => {
    for (const report of Object.values(samples)) {
      const words = textReport(report, { ...wide, plain: true });
      assert.doesNotMatch(words, /[✓✗–│░▒▓█]/);
      assert.match(words, /^(Passed|Failed|Skipped): /m);
    }
  });
  it('says once why several checks were skipped', () => {
    assert.equal(textReport(swapped, wide).split('has to pass first').length, 2);
  });
  it('says at the check that was asking what ended the run', () => {
    assert.match(
      textReport(slow, wide),
      /✗ other sizes and more of them\n {5}`lstm_step` was not done within 2 seconds/,
    );
  });
  it('is short when quiet', () => {
    assert.doesNotMatch(textReport(passed, { ...wide, quiet: true }), /printed|Isolation|The next exercise/);
  });
  it('names the first hint, and none when everything passed', () => {
    assert.match(textReport(swapped, wide), /Hint 1 of 3: {2}unroll homework hint lstm-step\n$/);
    assert.doesNotMatch(textReport(passed, wide), /Hint/);
    assert.match(textReport(passed, wide), /The next exercise: {2}unroll homework start [a-z-]+\n$/);
    const last = exercises.at(-1)!.id;
    const done = { ...passed, exercise: { ...passed.exercise, id: last } };
    assert.match(textReport(done, wide), /That was the last one of {2}unroll homework list\n$/);
    assert.doesNotMatch(textReport({ ...swapped, hints: 0 }, wide), /Hint/);
  });
});

describe('what a student prints or writes', () => {
  const printing = (printed: string): Report => ({ ...passed, prints: { text: printed, cut: false } });
  it('stands behind a bar, line by line', () => {
    const lines = textReport(printing('✓ all passed\n12 of 12 points\n'), wide).split('\n');
    assert.ok(lines.includes(' │ ✓ all passed') && lines.includes(' │ 12 of 12 points'));
  });
  it('keeps its blanks, and is broken where it is too long', () => {
    assert.match(textReport(printing('a   b'), wide), /│ a {3}b\n/);
    assert.equal(textReport(printing('x'.repeat(200)), wide).split('│').length, 4);
  });
  it('is counted where there is too much of it', () => {
    assert.match(textReport(printing('x\n'.repeat(1000)), wide), /960 more lines; --format json has all/);
  });
  it('is cut short where a line would fill the screen many times over', () => {
    for (const [printed, width] of [
      ['x'.repeat(262_144), 80],
      [`${'y'.repeat(3000)}\n`.repeat(80), 80],
      ['x'.repeat(262_144), 40],
    ] as const) {
      const rows = textReport(printing(printed), { ...wide, width }).split('\n');
      assert.ok(rows.filter((row) => row.includes('│')).length <= (40 * 80 * 4) / width, `${rows.length}`);
      assert.match(rows.join(' '), /the last line is cut\s+short;/);
    }
  });
  it('is never obeyed by a terminal', () => {
    for (const line of textReport(hostile, wide).split('\n')) assert.equal(visible(line, true), line);
  });
  it('is no command to the service in whose log it stands', () => {
    const raised = { name: 'Error', message: '::error::no' };
    const named = ended(
      { status: 'error', code: 'load', raised },
      { submission: { ...passed.submission, file: '::warning::x ##[group] ::error::y'.repeat(3) } },
    );
    for (const width of widths)
      for (const plain of [false, true])
        for (const report of [hostile, named, printing('::error::x\n  ##[group]y')])
          assert.doesNotMatch(textReport(report, { ...wide, width, plain }), /^\s*(::|##\[)/m);
  });
});
