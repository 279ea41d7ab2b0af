// The same report however many at once, however often it was killed, and in however many parts.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { InputError } from '../../../lib/equations/input-error.ts';
import { gradeClass } from '../../../lib/homework/grade/grade-class.ts';
import { classifyFiles, listFiles, partOf, rollOf, type Shard } from '../../../lib/homework/grade/hand-ins.ts';
import { openJournal } from '../../../lib/homework/grade/journal.ts';
import { type ClassReport, classReport, merged } from '../../../lib/homework/reports/class-report.ts';
import { classJson, readClassJson } from '../../../lib/homework/reports/json.ts';
import fc from '../../fast-check.ts';
import { aClass, assigned, ids, inFolder, slowly } from './fake-class.ts';

interface Run {
  readonly jobs?: number;
  readonly seed?: number;
  readonly journal?: string;
  readonly shard?: Shard;
  /** Stops after so many. */
  readonly after?: number;
}

/** The report, and how many submissions were checked for it. */
async function graded(
  folder: string,
  { jobs = 3, seed = 7, journal: path, shard, after = Number.POSITIVE_INFINITY }: Run = {},
): Promise<{ readonly report: ClassReport; readonly checks: number }> {
  const sorted = classifyFiles(listFiles(folder), { known: ids });
  const work = shard === undefined ? sorted.work : partOf(sorted.work, shard);
  const journal = path === undefined ? undefined : openJournal(path);
  journal?.begin(seed);
  let [checks, running] = [0, 0];
  const tried = new Set<string>();
  const found = await gradeClass(
    {
      folder,
      work,
      jobs,
      given: { seed },
      check: async (exercise, file, student) => {
        checks++;
        running++;
        const report = await slowly(exercise, file, student, seed, running === 1 && tried.has(file));
        tried.add(file);
        running--;
        return report;
      },
      ...(journal && { journal }),
    },
    { tick: () => {}, stopped: () => checks >= after },
  );
  journal?.close();
  const report = classReport({
    version: '1',
    seed,
    ...(shard && { shard }),
    ...(found.interrupted && { unfinished: work.length - found.graded.length }),
    roll: rollOf(sorted),
    exercises: assigned,
    students: sorted.students,
    graded: found.graded,
    leftOut: sorted.leftOut,
  });
  return { report, checks };
}

const bytes = async (folder: string, run: Run = {}): Promise<string> => classJson((await graded(folder, run)).report);

describe('the report of a class', () => {
  it('is the same whatever the number of submissions at once', () =>
    inFolder(aClass, async (folder) => {
      const one = await bytes(folder, { jobs: 1 });
      for (const jobs of [2, 4, 64]) assert.equal(await bytes(folder, { jobs }), one);
      assert.notEqual(await bytes(folder, { seed: 8 }), one);
    }));

  it('has no more at once than it may', () =>
    inFolder(aClass, async (folder) => {
      const { work } = classifyFiles(listFiles(folder), { known: ids });
      let [now, most] = [0, 0];
      const check = async (exercise: string, path: string, student: string) => {
        most = Math.max(most, ++now);
        const report = await slowly(exercise, path, student, 1);
        now--;
        return report;
      };
      await gradeClass({ folder, work, jobs: 5, given: null, check }, { tick: () => {}, stopped: () => false });
      assert.equal(most, 5);
    }));

  it('is the same after any number of interruptions, with nothing checked twice', () =>
    inFolder({ ...aClass, journal: '' }, async (folder) => {
      const expected = await bytes(folder);
      const total = Object.keys(aClass).length;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }),
          fc.integer({ min: 1, max: 4 }),
          async (stops, jobs) =>
            inFolder({}, async (beside) => {
              const journal = join(beside, 'grades.json.journal');
              let checked = 0;
              for (const after of stops) checked += (await graded(folder, { jobs, journal, after })).checks;
              const { report, checks } = await graded(folder, { jobs, journal });
              assert.equal(classJson(report), expected);
              assert.equal(checked + checks, total);
            }),
        ),
        { numRuns: 12 },
      );
    }));

  it('is the same when the journal was cut at any byte', () =>
    inFolder(aClass, async (folder) => {
      const expected = await bytes(folder);
      await inFolder({}, async (beside) => {
        const journal = join(beside, 'j');
        await bytes(folder, { journal });
        const whole = readFileSync(journal);
        await fc.assert(
          fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
            writeFileSync(journal, whole);
            truncateSync(journal, length);
            assert.equal(await bytes(folder, { journal }), expected);
          }),
          { numRuns: 15, examples: [[0], [3], [20], [whole.length - 1]] },
        );
      });
    }));

  it('is anew for a file that has changed, another seed, and what failed through us; not for the others', () =>
    inFolder({ ...aClass, 'zoe/birnn.py': 'internal' }, async (folder) =>
      inFolder({}, async (beside) => {
        const journal = join(beside, 'j');
        const total = Object.keys(aClass).length + 1;
        assert.equal((await graded(folder, { journal })).checks, total);
        assert.equal((await graded(folder, { journal })).checks, 1);
        writeFileSync(join(folder, 'student-3/rnn_step.py'), 'pass at last');
        const changed = await graded(folder, { journal });
        assert.equal(changed.checks, 2);
        assert.equal(classJson(changed.report), await bytes(folder));
        assert.equal((await graded(folder, { journal, seed: 8 })).checks, total);
      }),
    ));

  it('is that of one run when it is put together from parts', () =>
    inFolder({ ...aClass, 'student-2/LSTM_step.py': 'fail', 'notes.md': '' }, async (folder) => {
      const whole = await bytes(folder);
      for (const of of [1, 2, 5, 60]) {
        const parts = await Promise.all(
          Array.from({ length: of }, async (_, i) => {
            const name = `part-${i + 1}.json`;
            return { name, report: readClassJson(await bytes(folder, { shard: { part: i + 1, of } }), name) };
          }),
        );
        assert.equal(classJson(merged(parts.reverse())), whole);
      }
      assert.equal(classJson(merged([{ name: 'whole', report: readClassJson(whole, 'whole') }])), whole);
    }));

  it('is not put together from what does not belong together', () =>
    inFolder(aClass, async (folder) => {
      const part = async (shard: Shard, extra: Run = {}) => ({
        name: `${shard.part}.json`,
        report: (await graded(folder, { shard, ...extra })).report,
      });
      const [first, second] = [await part({ part: 1, of: 2 }), await part({ part: 2, of: 2 })];
      const says = (pattern: RegExp) => (error: unknown) => error instanceof InputError && pattern.test(error.message);
      assert.throws(() => merged([first]), says(/2\/2 is missing/));
      assert.throws(() => merged([first, second, first]), says(/1\.json is 1\/2, and so is 1\.json/));
      const third = await part({ part: 3, of: 3 });
      assert.throws(() => merged([first, third]), says(/3\.json is 3\/3, and 1\.json is 1\/2/));
      const other = await part({ part: 2, of: 2 }, { seed: 8 });
      assert.throws(() => merged([first, other]), says(/differ in the seed/));
      const half = await part({ part: 2, of: 2 }, { after: 2 });
      assert.throws(() => merged([first, half]), says(/was interrupted/));
      await inFolder({ ...aClass, 'zoe/birnn.py': '' }, async (changed) => {
        const report = (await graded(changed, { shard: { part: 2, of: 2 } })).report;
        assert.throws(() => merged([first, { name: 'x', report }]), says(/differ in the class/));
      });
    }));

  it('runs, of several files for one exercise, only the one that counts', () =>
    inFolder(
      { 'ann/lstm-step.py': 'pass', 'ann/lstmStep-2.js': 'fail', 'ann/LSTM-step (1).ts': 'pass' },
      async (folder) => {
        const { report, checks } = await graded(folder);
        assert.deepEqual([report.graded.length, checks], [1, 1]);
        assert.deepEqual([report.graded[0]!.file, report.graded[0]!.report.points], ['ann/lstmStep-2.js', 6]);
        assert.deepEqual(report.graded[0]!.beside, [{ file: 'ann/LSTM-step (1).ts' }, { file: 'ann/lstm-step.py' }]);
      },
    ));

  it('tries a timeout that had too little of the processor once more, alone at the end', () =>
    inFolder({ ...aClass, 'zoe/birnn.py': 'pass when alone', 'zoe/rnn-step.py': 'timeout starved' }, async (folder) =>
      inFolder({}, async (beside) => {
        const expected = await bytes(folder, { jobs: 1 });
        const total = Object.keys(aClass).length + 2;
        for (const jobs of [1, 4, 64]) {
          const journal = join(beside, `${jobs}`);
          const { report, checks } = await graded(folder, { jobs, journal });
          assert.equal(classJson(report), expected);
          assert.equal(checks, total + 2);
          const status = report.graded.flatMap((one) => (one.student === 'zoe' ? [one.report.status] : []));
          assert.deepEqual(status, ['timeout', 'pass']);
          assert.equal(readFileSync(journal, 'utf8').split('"again":true').length - 1, 2);
          assert.equal((await graded(folder, { jobs, journal })).checks, 0);
        }
        const half = await graded(folder, { jobs: 2, journal: join(beside, 'half'), after: total });
        assert.equal(half.report.unfinished, 2);
        assert.equal((await graded(folder, { journal: join(beside, 'half') })).checks, 4);
      }),
    ));

  it('counts a mistake once a piece of work, by its name, and the rest by its kind', () =>
    inFolder(aClass, async (folder) => {
      const { misconceptions, totals, counts } = (await graded(folder)).report;
      assert.deepEqual(
        misconceptions.map(({ says, exercise, count, students }) => [says, exercise, count, students.length]),
        [
          ['f and i are swapped', 'rnn-step', 4, 4],
          ['takes too long, as an endless loop does', undefined, 3, 3],
          ['wrong h: the same unknown mistake', 'lstm-step', 3, 3],
          ['wrong numbers: unknown mistakes', 'birnn', 1, 1],
        ],
      );
      assert.deepEqual(totals[0], { student: 'student-0', points: 3, of: 26, missing: ['birnn'] });
      assert.deepEqual(counts[2], { exercise: 'birnn', handedIn: 9, passed: 8, meanPoints: 64 / 9 });
    }));
});

describe('the journal', () => {
  it('keeps numbers that JSON has not', () =>
    inFolder({ 'ann/birnn.py': 'fail nan' }, async (folder) => {
      await graded(folder, { journal: join(folder, 'j') });
      const [report] = [...openJournal(join(folder, 'j')).done.values()];
      const { got, worst } = report!.checks[1]!.finding!;
      assert.deepEqual(got, { h: [Number.NaN, 0.5] });
      assert.equal(worst!.error, Number.POSITIVE_INFINITY);
    }));

  it('says the seed of the last run, and is its owner’s alone', () =>
    inFolder({}, (folder) => {
      const path = join(folder, 'j');
      for (const seed of [5, 5, 9]) {
        const journal = openJournal(path);
        journal.begin(seed);
        journal.close();
      }
      assert.equal(openJournal(path).seed, 9);
      assert.equal(readFileSync(path, 'utf8'), '{"journal":1,"seed":5}\n{"journal":1,"seed":9}\n');
    }));

  it('does not write into a file of somebody else', () =>
    inFolder({ j: 'my thesis' }, (folder) => {
      assert.throws(() => openJournal(join(folder, 'j')), /is in the way/);
      assert.throws(() => openJournal(folder), /is in the way/);
      assert.equal(readFileSync(join(folder, 'j'), 'utf8'), 'my thesis');
    }));

  it('takes no half line for a whole one, wherever it stands', () =>
    inFolder({}, (folder) => {
      const path = join(folder, 'j');
      const journal = openJournal(path);
      journal.begin(1);
      journal.close();
      appendFileSync(path, '{"key":"a","report":{"status":"pass"\n{"key":"b","report":{"checks":1}}\nnull\n[1]\n');
      assert.equal(openJournal(path).done.size, 0);
    }));
});
