// Bars over time, looked at as strings.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { svg } from '../../../lib/render/charts.ts';
import { renderFigure } from '../../../lib/render/figure.ts';
import type { TimelineFigure } from '../../../lib/render/result.ts';
import { resultCsv } from '../../../lib/render/result-csv.ts';

const look = { width: 40, height: 24, colour: false, unicode: true };
const figure: TimelineFigure = {
  kind: 'timeline',
  title: 'Two workers',
  rows: { label: 'worker', names: ['1', '2'] },
  time: { label: 'time', unit: 'operations', end: 4 },
  groups: ['a: below', 'b: above'],
  key: 'a number is the step',
  bars: [
    { row: 0, start: 0, length: 1, name: 'step 1', mark: 'a1', group: 0 },
    { row: 0, start: 1, length: 2, name: 'step 2', mark: 'a2', group: 0 },
    { row: 1, start: 3, length: 1, name: 'step 1', mark: 'b1', group: 1 },
  ],
};
const result = {
  unroll: 1,
  experiment: '',
  question: '',
  options: {},
  seed: 1,
  figures: [figure],
  claims: [],
  notes: [],
} as const;
const drawn = (changed: Partial<TimelineFigure> = {}, width = 40, unicode = true): string[] =>
  renderFigure({ ...figure, ...changed }, { ...look, width, unicode }).split('\n');
const many = (count: number): Partial<TimelineFigure> => ({
  time: { label: 'time', end: count },
  bars: Array.from({ length: count }, (_, i) => ({
    row: 0,
    start: i,
    length: 1,
    name: 'n',
    mark: String(i % 10),
    group: 0,
  })),
});

describe('a timeline', () => {
  it('is a row a worker: marks where they begin, a rule while they last, a dot for nothing to do', () => {
    assert.deepEqual(drawn().slice(0, 4), ['Two workers', '    0     2', '1 │ a1 a2─── ·', '2 │ ·  ·  ·  b1']);
    assert.match(drawn().join('\n'), /── a: below {3}── b: above/);
    assert.match(drawn({}, 80).join('\n'), /one row a worker, time to the right \(operations\); a number is the step/);
  });

  it('is ASCII where it must be', () => {
    assert.deepEqual(drawn({}, 40, false).slice(1, 4), ['    0     2', '1 | a1 a2--- .', '2 | .  .  .  b1']);
  });

  it('leaves the blanks out, then goes on below, then draws to a scale', () => {
    assert.equal(drawn(many(18))[2], '1 │ 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7');
    assert.equal(drawn(many(36))[2], '1 │ 012345678901234567890123456789012345');
    const below = drawn(many(40)).filter((line) => line.startsWith('1 │'));
    assert.equal(below.length, 3);
    assert.equal(below.join(' ').replace(/1 │|\s/g, ''), '0123456789'.repeat(4));
    const scaled = drawn(many(400)).filter((line) => line.startsWith('1 │'));
    assert.equal(scaled.length, 1);
    assert.ok(scaled[0]!.length <= 40);
  });

  it('says in words what each does, and how long', () => {
    const words = renderFigure(figure, { ...look, width: 200, plain: true });
    assert.match(words, /worker 1, busy 3 of 4 operations: step 1; step 2\./);
    assert.match(words, /worker 2, busy 1 of 4 operations: step 1\./);
  });

  it('is a record a bar in CSV', () => {
    assert.match(resultCsv(result), /1,Two workers,timeline,1,1,step 2,2,,/);
  });

  it('says so when there is nothing', () => {
    assert.match(drawn({ bars: [] }).join('\n'), /Nothing to draw/);
  });
});

describe('a timeline on a page', () => {
  it('has a box a bar, marked where the mark fits', () => {
    const page = svg(result);
    // The paper is a box too.
    assert.equal(page.match(/<rect/g)?.length, 1 + figure.bars.length);
    assert.match(page, />b1</);
  });
});
