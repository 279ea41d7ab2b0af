// A sentence about a result is printed where the numbers say so, and not where they came out otherwise.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alignmentNotes, orderNote } from '../../lib/experiments/attention/attention-notes.ts';
import type { AttentionFound, WayFound } from '../../lib/experiments/attention/source-access.ts';
import { growthNotes, regimeNotes } from '../../lib/experiments/exposure/exposure-notes.ts';
import type { ForcedAndFree } from '../../lib/experiments/forced-and-free.ts';
import { tradeNotes as sweepNotes } from '../../lib/experiments/sampling.ts';
import { notLearned } from '../../lib/experiments/train/learning-notes.ts';
import { isAnyAtBaseline, worseIn } from '../../lib/experiments/variants/variants-comparison.ts';
import { pairTasks, tasks } from '../../lib/tasks/catalogue.ts';
import { variantsOptions } from './variants-options.ts';

/** Errors over nine steps. */
const run = (forced: number, freeAt: readonly number[]): ForcedAndFree => ({
  forcedAt: freeAt.map(() => forced),
  freeAt,
  forced,
  free: freeAt.reduce((a, b) => a + b, 0) / freeAt.length,
});
const flat = (error: number) => new Array<number>(9).fill(error);
const labels = { task: tasks.get('labels')!, seeds: 1 };
const sines = { task: tasks.get('two-sines')!, seeds: 3 };

describe('exposure', () => {
  it('speaks of a bias where free running errs half as much again, and of a plateau where there is one', () => {
    assert.match(growthNotes([run(10, flat(50))], labels)[0]!, /is 5\.00 times .*, and levels off: exposure bias/);
    assert.match(
      growthNotes([run(10, flat(10.3))], labels)[0]!,
      /is 1\.03 times .*: hardly any exposure bias in this run\./,
    );
    const growing = growthNotes([run(10, [10, 20, 30, 40, 50, 60, 70, 80, 90])], labels)[0]!;
    assert.match(growing, /is 5\.00 times .* and is still growing in the last third/);
    assert.doesNotMatch(growing, /levels off/);
  });
  it('says of a series that errors are fed back where they grow', () => {
    assert.match(
      growthNotes([run(1, flat(4))], sines)[0]!,
      /4\.00 times .*median of the seeds.*fed back .* differ by 0\.71/,
    );
    assert.doesNotMatch(growthNotes([run(1, flat(1.1))], sines)[0]!, /fed back|0\.71/);
  });
  it('says nothing of what is not finite', () => {
    assert.deepEqual(growthNotes([run(Number.NaN, flat(Number.NaN))], labels), []);
    assert.deepEqual(
      regimeNotes({ regime: 'free', runs: [run(Number.NaN, flat(1))] }, [run(1, flat(1))], labels.task),
      [],
    );
  });
  it('calls a trade what helps one error and costs the other', () => {
    const before = [run(10, flat(50))];
    const notes = (forced: number, free: number, task = labels.task) =>
      regimeNotes({ regime: 'scheduled', runs: [run(forced, flat(free))] }, before, task)[0]!;
    assert.match(notes(20, 25), /0\.50 times, the teacher-forced error 2\.00 times .* That is a trade/);
    for (const note of [notes(20, 60), notes(10, 25), notes(9, 60)]) assert.doesNotMatch(note, /trades/);
    assert.match(notes(20, 60, sines.task), /so it learns to be vague/);
    assert.doesNotMatch(notes(10, 60, sines.task), /vague/);
  });
});

describe('sampling', () => {
  it('calls a trade what helps one error and costs the other', () => {
    const swept = (forced: number, free: number) => [
      { epsilon: 1, runs: [run(10, flat(50))] },
      { epsilon: 0, runs: [run(forced, flat(free))] },
    ];
    assert.match(sweepNotes(swept(20, 25))[0]!, /At ε = 0 .* 0\.50 times that at ε = 1, .* 2\.00 times: a trade-off/);
    for (const other of [swept(10, 50), swept(5, 25), swept(20, 60)])
      assert.match(sweepNotes(other)[0]!, /no trade-off in this run/);
    assert.deepEqual(sweepNotes(swept(Number.NaN, 1)), []);
  });
});

describe('attention', () => {
  const of = (task: string, error: number, bidirectional = false) =>
    alignmentNotes({ task: pairTasks.get(task)!, bidirectional }, error).join();
  it('calls a map an alignment, or none, by its error', () => {
    assert.match(of('copy', 0.01), /nearly an alignment/);
    assert.match(of('copy', 0.8), /80 % of the outputs attend elsewhere/);
    assert.match(of('reversal', 0.8), /80 % of the outputs attend elsewhere/);
    assert.match(of('reversal', 0.1), /nearly an alignment/);
    assert.doesNotMatch(of('reversal', 0.8, true), /nearly an alignment/);
    assert.equal(of('copy', Number.NaN), '');
  });
  it('says what turning the source round did, from five points on', () => {
    const found = (plain: number, reversed: number): AttentionFound[] => [
      { ways: [plain, reversed].map((right) => ({ right }) as WayFound) },
    ];
    const note = (plain: number, reversed: number, task = 'copy') =>
      orderNote(found(plain, reversed), { ways: ['plain', 'reversed'], task: pairTasks.get(task)! });
    assert.equal(note(0.4, 0.6), ' Here it gains 20 percentage points.');
    assert.match(note(0.6, 0.4, 'reversal'), /loses 20 percentage points: for reversal the original order/);
    assert.equal(note(0.6, 0.62), '');
    assert.equal(note(Number.NaN, 0.62), '');
  });
});

describe('train', () => {
  const { task, steps } = variantsOptions('reber', []);
  const { loss } = task.baseline(steps);
  const learner = (of: number) => ({
    name: 'gru',
    parameters: new Float64Array(),
    losses: [1, 1],
    scores: { loss: of, score: 0, scoreAt: [] },
  });
  it('names the seeds that are above the baseline', () => {
    const notes = (...losses: number[]) =>
      notLearned(
        losses.map((of) => [learner(of)]),
        { task, steps, seed: 4 },
      );
    assert.deepEqual(notes(loss / 2, loss / 3), []);
    assert.match(
      notes(loss / 2, 2 * loss)[0]!,
      /^gru has not learned the task after 2 updates: .* above the baseline .*, in seed 5\.$/,
    );
    assert.match(notes(1e163)[0]!, /above the baseline \([^)]*\)\.$/);
    assert.deepEqual(notes(Number.NaN), []);
  });
});

describe('variants', () => {
  const options = variantsOptions('reber', []);
  const { loss } = options.task.baseline(options.steps);
  const variant = (losses: readonly number[]) => ({ name: 'it', learners: [], losses, differences: losses });
  it('are at the baseline where one is, though another diverged', () => {
    assert.ok(isAnyAtBaseline([variant([Number.NaN]), variant([loss / 2])], options));
    assert.ok(!isAnyAtBaseline([variant([Number.NaN]), variant([2 * loss])], options));
  });
  it('are counted as worse only where there is a difference', () => {
    assert.equal(worseIn(variant([1, -1, Number.NaN])), '1 of 2');
  });
});
