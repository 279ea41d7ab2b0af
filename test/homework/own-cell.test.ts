// The cell of one's own: what is handed out does not reach the mark, what is meant does, and nobody trains a monster.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { equations } from '../../lib/homework/exercise-kit/reference.ts';
import { fileOf } from '../../lib/homework/exercise-text.ts';
import ownCell from '../../lib/homework/exercises/own-cell.ts';
import { Misfit } from '../../lib/homework/run-program.ts';

const handedIn = (file: string) => equations(readFileSync(fileOf(ownCell, file), 'utf8'));

/** Of the seeds 1 to 5, as the exercise has it. */
const reached = (file: string) =>
  Array.from({ length: ownCell.seeds }, (_, k) => ownCell.attempt(handedIn(file), k + 1)).filter((one) => one.reached);

describe('own-cell', () => {
  it('passes its solution', () => assert.ok(reached('solution.cell').length >= ownCell.needed));

  it('fails its starter', () => assert.equal(reached('starter.cell').length, 0));

  it('says what is wrong with a cell that cannot be trained', () => {
    const many = Array.from({ length: 25 }, (_, k) => `W${k} * h_prev`).join(' + ');
    const long = Array.from({ length: 41 }, (_, k) => `a${k} = tanh(U * x)`).join('\n');
    const sums = Array.from({ length: 10 }, (_, k) => `a${k} = ${Array(150).fill('h_prev').join(' + ')}`).join('\n');
    const squares = Array(62).fill('Q').join(' * ');
    const cases: [string, RegExp][] = [
      ['h = tanh(W_h * h_prev + b)', /reads no input/],
      [`h = tanh(${many} + U * x)`, /parameters at H = 16; at most 4000/],
      [`${long}\nh = tanh(U * x)`, /42 equations; at most 40/],
      [
        `Q = h_prev * h_prev'\nA = ${squares}\nh = tanh(A * h_prev + U * x)`,
        /multiplications at H = 16; at most 10000/,
      ],
      [`${sums}\nh = tanh(a0 + U * x)`, /1493 operators; at most 1000/],
    ];
    for (const [text, says] of cases)
      assert.throws(
        () => ownCell.attempt(equations(text), 1),
        (error) => error instanceof Misfit && says.test(error.message),
      );
  });
});
