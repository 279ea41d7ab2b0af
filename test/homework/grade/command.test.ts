// unroll homework grade as a teacher uses it: one report whatever happens on the way, in every format, and exact refusals.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import type { ClassReport } from '../../../lib/homework/reports/class-report.ts';
import { classSchema } from '../../../lib/homework/reports/class-report.ts';
import { layOut, temporary } from './fake-class.ts';
import { grade, mixed } from './real-class.ts';

const beside = temporary();
const folder = join(beside, 'class');
const whole = join(beside, 'whole.json');
/** Where there is no strong isolation the rest can still be tested. */
const always = [folder, '--seed', '7', '--allow-weak-isolation', '--quiet'];

before(async () => {
  layOut(folder, mixed);
  const { code, err } = await grade([...always, '--jobs', '1', '--out', whole]);
  assert.equal(err, '');
  assert.equal(code, 0);
});

after(() => rmSync(beside, { recursive: true }));

const report = (): ClassReport => JSON.parse(readFileSync(whole, 'utf8')) as ClassReport;

describe('the report of a class', () => {
  it('says what each has done', () => {
    const rows = report().graded.map(({ student, file, report: { status } }) => [student, file, status]);
    assert.deepEqual(rows, [
      ['$(id)\n\u001b[31m', '$(id)\n\u001b[31m/rnn-step.js', 'pass'],
      ['-rf', '-rf/rnn-step.js', 'pass'],
      ['José, "=1+1"', 'José, "=1+1"/rnn-step.js', 'pass'],
      ['ann', 'ann/rnn-step (1).js', 'pass'],
      ['ben', 'ben/rnn_step.py', 'pass'],
      ['cem', 'cem/rnnStep.ts', 'pass'],
      ['dan', 'dan/rnn-step.cell', 'pass'],
      ['eve', 'eve/rnn-step.js', 'fail'],
      ['fay', 'fay/rnn-step.js', 'error'],
      ['gil', 'gil/rnn-step.js', 'error'],
      ['hal', 'hal/rnn-step.js', 'error'],
      ['ida', 'ida/rnn-step.js', 'fail'],
    ]);
    assert.deepEqual(report().leftOut, [{ file: 'notes.md', why: 'ending' }]);
    assert.equal(report().graded[3]!.beside[0]!.file, 'ann/rnn_step.py');
  });

  it('fits its schema', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(classSchema);
    assert.ok(validate(report()), JSON.stringify(validate.errors, null, 1));
    assert.ok(!validate({ ...report(), seed: 'secret' }));
  });

  it('names no place on this machine', () => {
    const text = readFileSync(whole, 'utf8');
    for (const place of [beside, process.cwd(), 'unroll-homework-']) assert.ok(!text.includes(place), place);
  });

  it('is the same with four at once', async () => {
    const out = join(beside, 'four.json');
    assert.equal((await grade([...always, '--jobs', '4', '--out', out])).code, 0);
    assert.deepEqual(readFileSync(out), readFileSync(whole));
  });

  it('is the same put together from parts', async () => {
    const parts = ['1', '2', '3'].map((part) => join(beside, `part-${part}.json`));
    await Promise.all(parts.map((out, i) => grade([...always, '--shard', `${i + 1}/3`, '--out', out])));
    const merged = await grade(['merge', ...parts, '--format', 'json', '--quiet']);
    assert.equal(merged.out, readFileSync(whole, 'utf8'));
    const { code, err } = await grade(['merge', ...parts.slice(1)]);
    assert.equal(code, 2);
    assert.match(err, /Of the parts, 1\/3 is missing\./);
  });

  it('is the same after kills in the middle, and does nothing twice', async () => {
    const out = join(beside, 'killed.json');
    const journal = `${out}.journal`;
    let lines = 0;
    for (let kills = 0; kills < 3; kills++) {
      const { code } = await grade([...always, '--jobs', '2', '--out', out], (kill) => {
        // When two more are done than at the last kill.
        const watch = setInterval(() => {
          if (doneIn(journal) < lines + 2) return;
          clearInterval(watch);
          kill('SIGKILL');
        }, 5);
      });
      assert.equal(code, null);
      assert.ok(!existsSync(out));
      assert.ok(doneIn(journal) >= lines + 2);
      lines = doneIn(journal);
    }
    assert.equal((await grade([...always, '--jobs', '2', '--out', out])).code, 0);
    assert.deepEqual(readFileSync(out), readFileSync(whole));
    assert.equal(doneIn(journal), Object.keys(mixed).length - 2);
    assert.equal(statSync(journal).mode & 0o077, 0);
  });

  it('is kept at Ctrl-C, and the same command goes on', async () => {
    const out = join(beside, 'stopped.json');
    const loud = [...always.filter((word) => word !== '--quiet'), '--jobs', '1', '--out', out];
    const { code, err } = await grade(loud, (kill) => {
      const watch = setInterval(() => {
        if (doneIn(`${out}.journal`) < 2) return;
        clearInterval(watch);
        kill('SIGINT');
      }, 5);
    });
    assert.equal(code, 130);
    assert.match(err, /interrupted after \d+ of 12: kept in .*stopped\.json\.journal\. The same command goes on\./);
    // The seed need not be said again.
    const again = [folder, '--allow-weak-isolation', '--quiet', '--out', out];
    assert.equal((await grade(again)).code, 0);
    assert.deepEqual(readFileSync(out), readFileSync(whole));
  });

  it('draws a secret seed where none is given', async () => {
    const args = [folder, '--exercise', 'rnn_step', '--allow-weak-isolation', '--quiet', '--format', 'json'];
    const small = join(beside, 'small');
    layOut(small, { 'ann/rnn-step.cell': mixed['dan/rnn-step.cell']! });
    const seeds = await Promise.all([1, 2].map(async () => (await grade([small, ...args.slice(1)])).out));
    const [one, two] = seeds.map((out) => (JSON.parse(out) as ClassReport).seed);
    assert.notEqual(one, two);
  });
});

describe('the formats', () => {
  const merged = async (format: string, ...extra: string[]) =>
    (await grade(['merge', whole, '--format', format, '--quiet', ...extra])).out;

  it('are CSV with a row a student, in which nothing is a formula', async () => {
    const rows = parse(await merged('csv'), { columns: true }) as Record<string, string>[];
    assert.equal(rows.length, 12);
    assert.deepEqual(
      rows.slice(0, 4).map(({ student }) => student),
      ['$(id) ␛[31m', "'-rf", 'José, "=1+1"', 'ann'],
    );
    for (const row of rows) for (const value of Object.values(row)) assert.doesNotMatch(value, /^[=+\-@]./);
    assert.deepEqual(new Set(rows.map((row) => row['weak isolation'])).size, 1);
  });

  it('are JUnit XML, a suite a piece of work', async () => {
    const suites: string[] = [];
    const reader = new SaxesParser({});
    reader.on('opentag', ({ name, attributes }) => {
      if (name === 'testsuite') suites.push(String(attributes.name));
    });
    reader.write(await merged('junit')).close();
    assert.equal(suites.length, 12);
    assert.ok(suites.includes('rnn-step: ann'));
  });

  it('are TAP 14, a subtest a piece of work', async () => {
    const lines = (await merged('tap')).split('\n');
    assert.deepEqual(lines.slice(0, 2), ['TAP version 14', '1..12']);
    assert.ok(lines.includes('ok 4 - ann, rnn-step'));
    assert.ok(lines.includes('not ok 8 - eve, rnn-step'));
    assert.equal(lines.filter((line) => /^(not )?ok /.test(line)).length, 12);
    assert.ok(lines.every((line) => line === '' || /^(TAP |1\.\.|# |(not )?ok | {4})/.test(line)));
  });

  it('are Gradescope’s for one student alone', async () => {
    const own = join(beside, 'own');
    layOut(own, { 'rnn_step.py': mixed['ben/rnn_step.py']!, 'gru-step.py': 'x = 1' });
    const args = [own, '--student', 'ben', '--format', 'gradescope', '--allow-weak-isolation', '--quiet'];
    const { out } = await grade(args);
    const { score, tests } = JSON.parse(out) as { score: number; tests: { name: string; score?: number }[] };
    assert.equal(
      score,
      tests.reduce((sum, test) => sum + (test.score ?? 0), 0),
    );
    assert.ok(score > 0);
    assert.deepEqual([...new Set(tests.map(({ name }) => name.split(':')[0]))], ['rnn-step', 'gru-step']);
    const { code, err } = await grade([...always, '--format', 'gradescope']);
    assert.equal(code, 2);
    assert.match(err, /one student at a time/);
  });

  it('are text that ends with what went wrong how often', async () => {
    for (const width of ['80', '40']) {
      const text = await merged('text', '--width', width);
      assert.match(text, /^How did the class do\?/);
      assert.match(text, /What went wrong, and how often\?/);
      assert.ok(
        text.split('\n').every((line) => [...line].length <= Number(width) || line.includes('unroll homework')),
      );
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a name holds one
      assert.doesNotMatch(text, /\u001b/);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what ASCII is
    assert.match(await merged('text', '--ascii'), /^[\u0000-\u007f]*$/);
  });
});

describe('what is wrong with a command line is said before anything is graded', () => {
  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [['nowhere'], /There is no folder nowhere/],
    [['package.json'], /is a file.*unroll homework check/],
    [[folder, '--exercise', 'lstm-stp'], /did you mean `lstm-step`\?/],
    [[folder, '--format', 'jnuit'], /did you mean `junit`\?/],
    [[folder, '--out', 'grades.pdf'], /`\.pdf` is not a format of this command/],
    [[folder, '--shard', '1/2'], /want one seed/],
    [[folder, '--shard', '3/2', '--seed', '1'], /I\/N, with I from 1 to N/],
    [[folder, '--out', join(folder, 'grades.json')], /lies in the folder of the class/],
    [[folder, '--jobs', '0'], /--jobs 0 is too small/],
    [[folder, '--out', whole], /already exists.*--force to replace it: only new and changed files are graded/],
    [['merge', 'package.json'], /is no report of a class/],
    [['merge'], /wants reports/],
    [[], /wants a folder/],
    [['merge', whole, '--jobs', '3'], /There is no option --jobs here/],
  ];
  for (const [args, says] of refusals)
    it(`grade ${args.map((word) => word.replace(beside, '…')).join(' ')}`, async () => {
      const { code, out, err } = await grade(args);
      assert.match(err.replace(/\s+/g, ' '), says);
      assert.equal(out, '');
      assert.equal(code, 2);
    });

  it('a folder without anything to grade', async () => {
    const bare = join(beside, 'bare');
    mkdirSync(bare);
    assert.match((await grade([bare])).err, /nothing to grade[\s\S]*an empty folder/);
    layOut(bare, { 'rnn-step.py': '' });
    assert.match((await grade([bare])).err, /--student NAME/);
  });
});

const doneIn = (journal: string): number =>
  existsSync(journal)
    ? readFileSync(journal, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{"key"')).length
    : 0;
