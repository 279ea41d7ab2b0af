// The histogram of a class: what is known about a mistake is told apart, whatever kind of finding shows it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding, Report } from '../../../lib/homework/check-report.ts';
import { misconceptions } from '../../../lib/homework/grade/misconceptions.ts';
import type { Trouble } from '../../../lib/homework/session.ts';
import { strong } from './fake-class.ts';

function report(finding: Finding | undefined, trouble?: Trouble): Report {
  const check = { id: 'one', says: 'small numbers', points: 0, of: 4 };
  return {
    exercise: { id: 'gru-step', title: 'GRU' },
    submission: { file: 'gru-step.py', language: 'python', runtime: 'Python 3.11' },
    status: 'fail',
    points: 0,
    of: 4,
    checks: [{ ...check, status: 'fail', ...(finding && { finding }) }],
    ...(trouble && { trouble }),
    prints: { text: '', cut: false },
    isolation: strong,
    hints: 0,
  };
}

/** Each mistake, with the number of students. */
const bars = (reports: readonly Report[], exercise = 'gru-step') =>
  misconceptions(reports.map((report, i) => ({ student: `s${i}`, exercise, report }))).map(
    ({ says, exercise, count }) => [says, exercise, count],
  );

const values = (h: readonly number[], more: Partial<Finding> = {}): Report =>
  report({
    problem: { code: 'values' },
    call: { function: 'gru_step', parameters: ['x'], given: [[1, 2]] },
    got: { h },
    strips: [
      { name: 'h', errors: h.map(Math.abs) },
      { name: 'z', errors: [0, 0] },
    ],
    ...more,
  });

const shape = (expected: string, got: string, path = 'h'): Report =>
  report({ problem: { code: 'wrong-shape', path, expected, got } });

describe('the histogram of a class', () => {
  it('counts unmodified starters apart, whatever they compute', () => {
    const mistake = { id: 'm', says: 'a term is missing', wrong: [], right: [] };
    const starter = values([1, 2], { clue: { code: 'untouched' }, diagnosis: { mistake } });
    assert.deepEqual(bars([starter, values([1, 2], { diagnosis: { mistake } }), starter]), [
      ['unmodified starter', undefined, 2],
      ['a term is missing', 'gru-step', 1],
    ]);
  });

  it('puts together what gives the same numbers, however it was rounded, and tells groups of the same outputs apart', () => {
    const [a, b] = [values([0.1, 0.2]), values([0.3, 0.1])];
    assert.deepEqual(bars([a, values([0.1 + 1e-15, 0.2]), b, b, b, values([0.5, 0.6]), values([0.7, Number.NaN])]), [
      ['wrong h: the same unknown mistake (group 1)', 'gru-step', 3],
      ['wrong h: the same unknown mistake (group 2)', 'gru-step', 2],
      ['wrong h: unknown mistakes', 'gru-step', 2],
    ]);
    assert.deepEqual(bars([a, values([0.1, 0.2], { call: { function: '', parameters: [], given: [[1, 3]] } })]), [
      ['wrong h: unknown mistakes', 'gru-step', 2],
    ]);
  });

  it('says which outputs are wrong', () => {
    const strips = ['d_W', 'd_U', 'd_b', 'd_x', 'd_h'].map((name, i) => ({ name, errors: [i === 1 ? 0 : 1] }));
    assert.deepEqual(bars([values([1], { strips })])[0]![0], 'wrong d_W, d_b, d_x and others: unknown mistakes');
  });

  it('tells a clue instead of a number', () => {
    const clue = { code: 'order', own: ['h', 'x'] } as const;
    assert.deepEqual(bars([values([1, 2], { clue }), report({ problem: { code: 'promise' }, clue })]), [
      ['takes the arguments in another order', undefined, 2],
    ]);
  });

  it('puts together what is right by the same convention, and the same known line', () => {
    const convention = { code: 'convention', order: ['x', 'h_prev'], transposed: true } as const;
    const line = { code: 'line', id: 'for-each', line: 2, text: 'h.forEach(f)' } as const;
    const shaped = report({ problem: { code: 'wrong-shape', path: 'h', expected: '', got: '' }, clue: convention });
    assert.deepEqual(bars([values([1, 2], { clue: convention }), shaped, values([1], { clue: line })]), [
      ['right by another convention: another order of arguments, x W for W x', undefined, 2],
      ['uses forEach where map is needed', undefined, 1],
    ]);
  });

  for (const [says, expected, got, path] of [
    ['returns vectors as columns, (H, 1)', 'a list of 4 numbers', 'a list of 4 lists of 1 number'],
    [
      'returns vectors as columns, (H, 1)',
      'a list of 5 lists of 4 numbers',
      'a list of 5 lists of 4 lists of 1 number',
    ],
    ['returns vectors as rows, (1, H), or a batch of one', 'a list of 4 numbers', 'a list of 1 list of 4 numbers'],
    [
      'returns vectors as rows, (1, H), or a batch of one',
      'a list of 5 lists of 4 numbers',
      'a list of 1 list of 5 lists of 4 numbers',
    ],
    ['returns a matrix transposed', 'a list of 5 lists of 4 numbers', 'a list of 4 lists of 5 numbers'],
    [
      'returns a matrix for a vector, or a list of several results',
      'a list of 4 numbers',
      'a list of 2 lists of 4 numbers',
    ],
    ['returns too few dimensions, such as a number for a vector', 'a list of 4 numbers', 'a number'],
    ['returns one entry too many', 'a list of 5 lists of 4 numbers', 'a list of 6 lists of 4 numbers'],
    ['returns one entry too few', 'a list of 5 numbers', 'a list of 4 numbers'],
    ['returns a vector or list of the wrong length', 'a list of 5 numbers', 'a list of 9 numbers'],
    ['returns nothing, or a result is missing', 'a list of 5 numbers', 'nothing'],
    ['returns something besides the result, such as a cache', 'a list of 5 numbers', 'a list of 2 unlike things'],
    [
      'returns the wrong number of results',
      'h and c, in this order or by name',
      'a list of 3 numbers',
      'what came back',
    ],
    ['returns a record with the wrong names', 'a list of 5 numbers', 'a record of h, cache'],
    ['what comes back has another shape', 'a list of 5 numbers', 'a list of 5 texts'],
  ] as const)
    it(`tells ${got} for ${expected} apart`, () => {
      assert.deepEqual(bars([shape(expected, got, path)]), [[says, undefined, 1]]);
    });

  it('tells what waits from what computes', () => {
    const tooSlow = { status: 'timeout', code: 'too-slow', seconds: 2, loading: false } as const;
    assert.deepEqual(bars([report(undefined, tooSlow), report(undefined, { ...tooSlow, waits: true })]), [
      ['takes too long, as an endless loop does', undefined, 1],
      ['takes too long without computing: it waits for something', undefined, 1],
    ]);
  });
});
