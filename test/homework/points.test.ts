// No report shows full points unless every check passed, and numbers that are not the answer earn nothing.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { exercises } from '../../lib/homework/catalogue.ts';
import { checkSubmission, earnedPoints, sharedOut } from '../../lib/homework/check.ts';
import { type CheckListing, checksOf, claimCheck } from '../../lib/homework/checks.ts';
import { answering } from '../../lib/homework/equations-session.ts';
import type { ByValues } from '../../lib/homework/exercise.ts';
import { combined } from '../../lib/homework/exercise-kit/values.ts';
import { exerciseText } from '../../lib/homework/exercise-text.ts';
import type { Sandbox, Session } from '../../lib/homework/session.ts';
import type { Answer, Value } from '../../lib/homework/value.ts';
import { random } from '../../lib/numbers/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-points-'));
const file = join(folder, 'submission.js');
writeFileSync(file, '// what answers is in the test');
after(() => rmSync(folder, { recursive: true }));

const unable = () => ({ kind: 'threw', error: { name: 'Error', message: 'sizes do not fit' } }) as const;

/** A report on whatever answers. */
async function reportOn(exercise: ByValues, session: Session, seed = 1) {
  const sandbox: Sandbox = {
    isolation: { level: 0, says: '', attempts: [] },
    limits: { seconds: 10, memory: 512 },
    // Conventions are tried, too, in which the reference cannot compute.
    open: async () => ({ session: { ...session, ask: (question) => session.ask(question).catch(unable) } }),
    close: async () => {},
  };
  const homework = { exercise, text: await exerciseText(exercise) };
  return checkSubmission(homework, { file, language: 'javascript' }, { seed, sandbox });
}

const right = (exercise: ByValues) => (given: readonly Value[]) => exercise.answer(exercise.reference(), given);

for (const exercise of exercises)
  describe(exercise.id, () => {
    const listed: readonly CheckListing[] = exercise.kind === 'claims' ? [claimCheck(exercise)] : checksOf(exercise);

    it('shares all points out, and shows all of them for no set of checks of which one failed', async () => {
      const { points } = await exerciseText(exercise);
      const shares = sharedOut(
        points,
        listed.map(({ weight }) => weight),
      );
      assert.equal(
        shares.reduce((sum, share) => sum + share, 0),
        points,
      );
      for (const [i, { weight }] of listed.entries()) assert.equal(shares[i]! > 0, weight > 0);
      for (let failed = 1; failed < 2 ** listed.length; failed++) {
        const passed = new Set<string>();
        const earned = listed.map(({ id, needs }, i) => {
          if ((failed >> i) % 2 === 1 || !needs.every((need) => passed.has(need))) return 0;
          passed.add(id);
          return shares[i]!;
        });
        assert.ok(earned.reduce((sum, one) => sum + one, 0) < points, `${failed}`);
        assert.ok(earnedPoints('fail', points, earned) < points);
      }
    });

    if (exercise.kind === 'claims') return;

    it('gives nothing for zeros, constants, random numbers and numbers in another order', async () => {
      const rng = random(7);
      const others: readonly ((v: number) => number)[] = [() => 0, () => 0.5, () => rng.normal(), (v) => v + 0.01];
      for (const change of others) {
        const wrong = (given: readonly Value[]) => combined((v) => change(v!), right(exercise)(given)) as Answer;
        const report = await reportOn(exercise, answering(wrong, exercise.returns));
        assert.equal(report.status, 'fail');
        assert.equal(report.points, 0, JSON.stringify(report.checks.map(({ id, status }) => [id, status])));
      }
    });

    it('gives full points for what is right, and fewer when its arguments change or it ends in trouble', async () => {
      const honest = answering(right(exercise), exercise.returns);
      const passed = await reportOn(exercise, honest);
      assert.deepEqual([passed.status, passed.points], ['pass', passed.of]);
      const changing: Session = {
        ...honest,
        ask: async (question) => (question.kind === 'given' ? { kind: 'value', value: [] } : honest.ask(question)),
      };
      const impure = await reportOn(exercise, changing);
      assert.equal(impure.status, 'fail');
      assert.ok(impure.points < impure.of && impure.points > 0);
      const ending = { ...(await honest.end()), trouble: { status: 'limit', code: 'prints' } } as const;
      const ended = await reportOn(exercise, { ...honest, end: async () => ending });
      assert.deepEqual([ended.status, ended.points], ['limit', ended.of - 1]);
    });
  });

describe('points', () => {
  it('are at least one for a check that has a weight, the rest by weight', () => {
    assert.deepEqual(sharedOut(10, [0, 4, 2, 1]), [0, 5, 3, 2]);
    assert.deepEqual(sharedOut(3, [5, 1, 1]), [1, 1, 1]);
    assert.throws(() => sharedOut(2, [1, 1, 1]), /2 points for 3 checks/);
  });
});
