// What the text of a submission tells of a failure: the untouched starter, another order, an unknown word or part.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Finding } from '../../lib/homework/check-report.ts';
import { fileOf } from '../../lib/homework/exercise-text.ts';
import gruStep from '../../lib/homework/exercises/gru-step.ts';
import rnnStep from '../../lib/homework/exercises/rnn-step.ts';
import samplingSchedule from '../../lib/homework/exercises/sampling-schedule.ts';
import { clueInText } from '../../lib/homework/find-clue.ts';

const values: Finding = { problem: { code: 'values' } };
const called = (finding: Finding, parameters: readonly string[], given: NonNullable<Finding['call']>['given']) => ({
  ...finding,
  call: { function: 'f', parameters, given },
});

describe('a clue in the text', () => {
  it('is looked for in 1 MB of blanks within half a second', () => {
    const start = performance.now();
    assert.equal(clueInText(rnnStep, 'python', `# ${' '.repeat(1024 * 1024)}x`, values), undefined);
    assert.equal(clueInText(rnnStep, 'javascript', `${'function rnnStep'.repeat(65_536)}(`, values), undefined);
    assert.ok(performance.now() - start < 500, `${performance.now() - start} ms`);
  });
  it('is the starter, whatever its line ends', () => {
    for (const [language, ending] of [
      ['javascript', 'js'],
      ['typescript', 'ts'],
      ['python', 'py'],
      ['cell', 'cell'],
    ] as const) {
      const text = readFileSync(fileOf({ id: 'rnn-step' }, `starter.${ending}`), 'utf8');
      assert.deepEqual(clueInText(rnnStep, language, text, values), { code: 'untouched' });
      const crlf = `${text.replaceAll('\n', '\r\n')}\n`;
      assert.deepEqual(clueInText(rnnStep, language, crlf, values), { code: 'untouched' });
      assert.equal(clueInText(rnnStep, language, `${text}x = 1`, values), undefined);
    }
  });
  it('is the order of arguments, in each way to write a function', () => {
    const own = ['x', 'h_prev', 'W_h', 'W_x', 'b'];
    for (const text of [
      'def rnn_step(x, h_prev, W_h, W_x, b):',
      'def rnn_step(\n    x: list,\n    h_prev: list,\n    W_h, W_x, b=0,\n):',
    ])
      assert.deepEqual(clueInText(rnnStep, 'python', text, values), { code: 'order', own });
    for (const text of [
      'export function rnnStep(x, h_prev, W_h, W_x, b) {',
      'export const rnn_step = (x, h_prev, W_h, W_x, b) => x;',
      'export function rnnStep(x: number[], h_prev: number[], W_h: number[], W_x: V, b: V): V {'.replace(
        /number\[\]/g,
        'V',
      ),
    ])
      assert.deepEqual(clueInText(rnnStep, 'typescript', text, values), { code: 'order', own });
  });
  it('is none where the order is right, or the names are others', () => {
    for (const text of [
      'def rnn_step(h_prev, x, W_h, W_x, b):',
      'def rnn_step(hPrev, x, Wh, Wx, b):',
      'def rnn_step(a, b, c, d, e):',
      'def rnn_step(x, h_prev):',
      'def other(x, h_prev, W_h, W_x, b):',
    ])
      assert.equal(clueInText(rnnStep, 'python', text, values), undefined);
  });
  it('is a word that the file never mentions', () => {
    const nothing: Finding = { problem: { code: 'wrong-shape', path: 'p', expected: 'a number', got: 'nothing' } };
    const finding = called(nothing, ['kind', 'i'], ['inverse sigmoid', 1]);
    const clue = clueInText(samplingSchedule, 'python', "if kind == 'inverse_sigmoid': return 1", finding);
    assert.deepEqual(clue, { code: 'word', parameter: 'kind', word: 'inverse sigmoid' });
    assert.equal(clueInText(samplingSchedule, 'python', "kind == 'inverse sigmoid'", finding), undefined);
  });
  it('is a part that the record has not', () => {
    const nan: Finding = { problem: { code: 'not-finite', path: 'h[0]', got: 'NaN' } };
    const finding = called(nan, ['h_prev', 'p'], [[1], { b_n: [1] }]);
    const read = (text: string) => clueInText(gruStep, 'javascript', text, finding);
    assert.deepEqual(read('a + p.bn[0]'), { code: 'part', read: 'p.bn', part: 'bn', parts: ['b_n'] });
    assert.deepEqual(read('a + p["B_n"]'), { code: 'part', read: 'p["B_n"]', part: 'B_n', parts: ['b_n'] });
    assert.equal(read('a + p.b_n[0]'), undefined);
  });
});
