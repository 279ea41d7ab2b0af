// What a class is told where isolation is weak, and where we ourselves failed: with a check of the test's own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gradeFolder, type Tools } from '../../lib/cli/grade-folder.ts';
import { InputError } from '../../lib/equations/input-error.ts';
import type { ClassReport } from '../../lib/homework/reports/class-report.ts';
import type { IsolationReport } from '../../lib/homework/session.ts';
import { aClass, assigned, ids, inFolder, slowly, strong } from '../homework/grade/fake-class.ts';

/** And what was opened and not closed again. */
function toolsAt(isolation: IsolationReport): { readonly tools: Tools; readonly open: Set<string> } {
  const open = new Set<string>();
  const tools: Tools = {
    version: '1',
    known: ids,
    assigned: async (wanted) => assigned.filter(({ id }) => wanted.includes(id)),
    check: async (exercise, path, student, { seed }) => ({
      ...(await slowly(exercise, path, student, seed)),
      isolation,
    }),
    openSandbox: async () => {
      open.add('sandbox');
      return {
        isolation,
        limits: { seconds: 2, memory: 64 },
        open: () => Promise.reject(new Error('not in this test')),
        close: async () => void open.delete('sandbox'),
      };
    },
    close: async () => void open.delete('threads'),
  };
  open.add('threads');
  return { tools, open };
}

const weak: IsolationReport = { ...strong, level: 1, says: 'a process of its own' };

describe('a class below level 3', () => {
  it('is refused, and everything is closed again', () =>
    inFolder(aClass, async (dir) => {
      const { tools, open } = toolsAt(weak);
      await assert.rejects(gradeFolder({ dir, seed: '1', quiet: true }, tools), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.problem.says, /can forge/);
        assert.equal(error.problem.got, 'L1, a process of its own');
        return true;
      });
      assert.equal(open.size, 0);
    }));

  it('is graded with --allow-weak-isolation, every row stamped, in every format', () =>
    inFolder(aClass, (dir) =>
      inFolder({}, async (beside) => {
        const graded = async (isolation: IsolationReport, ending: string): Promise<string> => {
          const out = join(beside, `grades-${isolation.level}${ending}`);
          const args = { dir, seed: '1', quiet: true, out, allowWeakIsolation: isolation.level < 3 };
          assert.equal(await gradeFolder(args, toolsAt(isolation).tools), 0);
          return readFileSync(out, 'utf8');
        };
        const { graded: rows } = JSON.parse(await graded(weak, '.json')) as ClassReport;
        assert.ok(rows.length > 30 && rows.every(({ weakIsolation }) => weakIsolation));
        const [, ...lines] = (await graded(weak, '.csv')).trim().split('\r\n');
        assert.ok(lines.every((line) => line.includes(',missing,') || /,yes,[^,]*$/.test(line)));
        const text = await graded(weak, '.txt');
        assert.equal(text.match(/L1 weak/g)?.length, 12);
        // A strong one bears no stamp.
        assert.ok(!(await graded(strong, '.json')).includes('weakIsolation'));
        assert.ok(!(await graded(strong, '.txt')).includes('weak'));
        assert.ok(!(await graded(strong, '.csv')).includes(',yes,'));
      }),
    ));
});

describe('a fault of ours', () => {
  it('is no zero: exit 3, said in the report, and tried again by the same command', () =>
    inFolder({ 'ann/birnn.py': 'internal', 'ben/birnn.py': 'pass' }, (dir) =>
      inFolder({}, async (beside) => {
        const out = join(beside, 'grades.txt');
        const args = { dir, quiet: true, out, force: true };
        assert.equal(await gradeFolder(args, toolsAt(strong).tools), 3);
        assert.match(readFileSync(out, 'utf8'), /ann +0 of 8 +birnn not graded/);
        let checks = 0;
        const { tools } = toolsAt(strong);
        const counting: Tools = {
          ...tools,
          check: (...asked) => {
            checks++;
            return tools.check(...asked);
          },
        };
        assert.equal(await gradeFolder(args, counting), 3);
        assert.equal(checks, 1);
      }),
    ));
});
