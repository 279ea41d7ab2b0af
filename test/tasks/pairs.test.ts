// Pairs of sequences: what is wanted, where it comes from, and what may be typed.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import { pairTasks } from '../../lib/tasks/catalogue.ts';
import type { Pair, PairTask } from '../../lib/tasks/task.ts';

const [copy, reversal, dates] = ['copy', 'reversal', 'dates'].map((name) => pairTasks.get(name)!) as [
  PairTask,
  PairTask,
  PairTask,
];
const sourceText = (task: PairTask, { source }: Pair) => source.map((j) => task.sourceSymbols[j]).join('');
const targetText = (task: PairTask, { target }: Pair) => target.map((j) => task.targetSymbols[j]).join('');
const said = (task: PairTask, text: string) => targetText(task, task.pairOf(text)!);

describe('pairs', () => {
  it('are what their names say', () => {
    assert.equal(said(copy, 'badcafe'), 'badcafe');
    assert.equal(said(reversal, 'badcafe'), 'efacdab');
    assert.equal(said(dates, '3 March 1994'), '1994-03-03');
    assert.equal(said(dates, '30 September 2049'), '2049-09-30');
    assert.equal(said(dates, '1 May 1950'), '1950-05-01');
  });
  for (const task of pairTasks.values())
    it(`${task.name}: 500 of them: as long as they should be, and every digit and letter stands where it comes from`, () => {
      const rng = random(1);
      for (let k = 0; k < 500; k++) {
        const steps = task.onlySteps ?? 2 + (k % 9);
        const pair = task.pair(rng, steps);
        const text = sourceText(task, pair);
        assert.equal(text.length, steps);
        assert.equal(pair.target.length, task.targetSteps(steps));
        assert.equal(pair.gold.length, pair.target.length);
        assert.equal(text.replaceAll('_', '').length, pair.length);
        assert.deepEqual(task.pairOf(text.replaceAll('_', '')), pair);
        for (const [i, from] of pair.gold.entries())
          if (from.length === 1) assert.equal(text[from[0]!], task.targetSymbols[pair.target[i]!]);
      }
    });
  it('of dates: year and day stand in the source, the month is any letter of its name, the rest is from nowhere', () => {
    const { gold } = dates.pairOf('3 March 1994')!;
    const month = [2, 3, 4, 5, 6];
    assert.deepEqual(gold, [[8], [9], [10], [11], [], month, month, [], [], [0]]);
  });
  it('of dates are real days, every month and both ends of the years among them', () => {
    const rng = random(2);
    const seen = Array.from({ length: 20_000 }, () => targetText(dates, dates.pair(rng, 17)));
    for (const text of seen) assert.equal(new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10), text);
    assert.equal(new Set(seen.map((text) => text.slice(5, 7))).size, 12);
    assert.deepEqual(
      [
        seen.map((text) => text.slice(0, 4)).sort()[0],
        seen
          .map((text) => text.slice(0, 4))
          .sort()
          .at(-1),
      ],
      ['1950', '2049'],
    );
  });
  it('are refused where they are none', () => {
    for (const text of ['30 February 1990', '0 May 1990', '03 May 1990', '3 May 1949', '3 may 1990', 'May 3 1990', ''])
      assert.equal(dates.pairOf(text), undefined, text);
    for (const text of ['a', 'abi', 'ab c', '']) assert.equal(copy.pairOf(text), undefined, text);
  });
  it('are the same for the same seed', () => assert.deepEqual(dates.pair(random(7), 17), dates.pair(random(7), 17)));
});
