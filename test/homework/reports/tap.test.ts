// TAP 14: every line of the grammar (testanything.org), and read by tap.py and by Perl's own harness as what it was.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import type { Report } from '../../../lib/homework/check-report.ts';
import { checkRows, isFailed, linesBelow } from '../../../lib/homework/reports/rows.ts';
import { tap } from '../../../lib/homework/reports/tap.ts';
import { missing, readBy } from './readers.ts';
import { hostile, internal, samples } from './samples.ts';

const point = /^(not )?ok (\d+) - ((?:[^#\\]|\\[#\\])+?)(?: # SKIP ((?:[^#\\]|\\[#\\])+))?$/;

interface Point {
  readonly ok: boolean;
  readonly says: string;
  readonly skip: boolean;
  readonly yaml: string[];
}

const unescaped = (text: string): string => text.replace(/\\([\\#])/g, '$1');

/** A strict reader: every line has to be one of the grammar, and nothing is taken for anything else. */
function readTap(text: string): { readonly points: Point[]; readonly bail?: string } {
  assert.ok(text.endsWith('\n'));
  const lines = text.slice(0, -1).split('\n');
  assert.equal(lines.shift(), 'TAP version 14');
  const [, planned] = /^1\.\.(\d+)$/.exec(lines.shift()!)!;
  const points: Point[] = [];
  let bail: string | undefined;
  let inYaml = false;
  for (const line of lines) {
    if (inYaml) {
      assert.match(line, /^ {2}/);
      if (line === '  ...') inYaml = false;
      else points.at(-1)!.yaml.push(line.slice(2));
    } else if (line === '  ---') inYaml = true;
    else if (line.startsWith('Bail out! ')) bail = line.slice('Bail out! '.length);
    else if (!line.startsWith('# ')) {
      const found = point.exec(line);
      assert.ok(found, `no line of TAP: ${line}`);
      const [, not, number, says, skip] = found;
      points.push({ ok: not === undefined, says: unescaped(says!), skip: skip !== undefined, yaml: [] });
      assert.equal(Number(number), points.length);
    }
  }
  assert.equal(inYaml, false);
  if (bail === undefined) assert.equal(points.length, Number(planned));
  return { points, ...(bail === undefined ? {} : { bail }) };
}

const meant = (report: Report) =>
  checkRows(report).map(({ check }) => ({ ok: !isFailed(check), says: check.says, skip: check.status === 'skipped' }));

describe('a report as TAP', () => {
  for (const [name, report] of Object.entries(samples).filter(([, report]) => report !== internal))
    it(`is read back as it was: ${name}`, () => {
      const { points, bail } = readTap(tap(report));
      assert.equal(bail, undefined);
      assert.deepEqual(
        points.map(({ ok, says, skip }) => ({ ok, says, skip })),
        meant(report),
      );
    });
  it('bails out where the tool itself failed: nothing was tested', () => {
    const { points, bail } = readTap(tap(internal));
    assert.deepEqual(points, []);
    assert.match(bail!, /checker itself failed/);
  });
  it('escapes # and \\ in a description', () => {
    const [first, ...rest] = hostile.checks;
    const report = { ...hostile, checks: [{ ...first!, says: 'a # SKIP b \\# c\nok 9' }, ...rest] };
    const { points } = readTap(tap(report));
    assert.deepEqual([points[0]!.says, points[0]!.skip], ['a # SKIP b \\# c ok 9', false]);
  });
});

const script = `
import json, sys
from tap.parser import Parser
lines = list(Parser().parse_text(sys.stdin.read()))
print(json.dumps([[l.category, getattr(l, 'ok', None), getattr(l, 'skip', None), getattr(l, 'description', None), getattr(l, 'yaml_block', None)] for l in lines]))
`;

describe('tap.py', { skip: missing('tap, yaml, more_itertools') }, () => {
  for (const [name, report] of Object.entries(samples).filter(([, report]) => report !== internal))
    it(`reads it as it was meant: ${name}`, () => {
      const read = readBy(script, tap(report)) as [string, boolean, boolean, string, Record<string, unknown> | null][];
      const rows = checkRows(report);
      const tests = read.filter(([category]) => category === 'test');
      assert.deepEqual(
        tests.map(([, ok, skip, description]) => ({ ok, says: description.replace(/^- /, ''), skip })),
        meant(report),
      );
      assert.deepEqual(
        read.filter(([category]) => category === 'unknown' || category === 'bail'),
        [],
      );
      for (const [i, [, , , , yaml]] of tests.entries())
        if (isFailed(rows[i]!.check)) assert.deepEqual(yaml?.lines, linesBelow(rows[i]!, report));
    });
});

const perl = spawnSync('perl', ['-MTAP::Parser', '-e', '1']).status === 0;

describe('Perl’s TAP::Parser', { skip: perl ? false : 'perl has no TAP::Parser here' }, () => {
  for (const [name, report] of Object.entries(samples).filter(([, report]) => report !== internal))
    it(`counts as it was meant: ${name}`, () => {
      const program =
        'my $p = TAP::Parser->new({tap => join("", <STDIN>)}); $p->run; print join(" ", scalar($p->passed), scalar($p->failed), scalar($p->skipped), $p->tests_planned, scalar($p->parse_errors))';
      // It knows versions up to 13, which 14 can be read as.
      const input = tap(report).replace('TAP version 14', 'TAP version 13');
      const { stdout } = spawnSync('perl', ['-MTAP::Parser', '-e', program], { input, encoding: 'utf8' });
      const rows = checkRows(report);
      const failed = rows.filter(({ check }) => isFailed(check)).length;
      const skipped = rows.filter(({ check }) => check.status === 'skipped').length;
      assert.equal(stdout, `${rows.length - failed} ${failed} ${skipped} ${rows.length} 0`);
    });
});
