// Equations on lists: the numbers are those of mathjs, step by step, and what does not fit is said.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { drawnGates, drawnVector } from '../../lib/homework/exercise-kit/draws.ts';
import { Misfit, matrixOf, matrixRows, runOnce, runSteps } from '../../lib/homework/run-program.ts';
import { random } from '../../lib/numbers/random.ts';

const { program, backward } = builtIn('lstm');
const rng = random(7);
const sizes = { H: 3, D: 2 };
const weights = drawnGates(rng, 'fiog', sizes);
const start = { h_prev: drawnVector(rng, 3), c_prev: drawnVector(rng, 3) };
const xs = Array.from({ length: 5 }, () => drawnVector(rng, 2));

describe('a program on lists', () => {
  it('gives what mathjs gives, at every step', () => {
    const { values } = mathjsEngine(backward).forward({
      params: new Map(Object.entries(weights).map(([name, value]) => [name, matrixOf(value)])),
      initial: new Map([
        ['h', matrixOf(start.h_prev)],
        ['c', matrixOf(start.c_prev)],
      ]),
      inputs: xs.map(matrixOf),
      readout: [],
    });
    const got = runSteps(program, { ...weights, ...start }, xs, ['h', 'c', 'f']);
    for (const name of ['h', 'c', 'f'])
      for (const [t, { data }] of values.get(name)!.entries())
        for (const [j, value] of data.entries()) assert.ok(Math.abs((got[name]![t] as number[])[j]! - value) < 1e-14);
  });

  it('gives the first of many steps as it gives one, and keeps nothing between calls', () => {
    const given = { ...weights, ...start, x: xs[0]! };
    const once = runOnce(program, given, ['h', 'c']);
    const many = runSteps(program, given, xs, ['h', 'c']);
    assert.deepEqual(once, { h: many.h![0], c: many.c![0] });
    assert.deepEqual(runOnce(program, given, ['h', 'c']), once);
    assert.deepEqual(runSteps(program, given, [], ['h']), { h: [] });
  });

  it('gives a scalar as a number, a matrix as rows', () => {
    const { program: read } = cellOf('scalar', "k = a * a\nM = u * v'\nh = M * v\na : 1\nu : H\nv : H");
    assert.deepEqual(runOnce(read, { a: 3, u: [1, 2], v: [5, 7] }, ['k', 'M', 'h']), {
      k: 9,
      M: [
        [5, 7],
        [10, 14],
      ],
      h: [74, 148],
    });
  });

  it('passes over what the equations do not read', () => {
    const { program: read } = cellOf('deaf', 'h = tanh(b)');
    assert.deepEqual(runOnce(read, { x: [1, 2, 3], W_x: [[1]], b: [0, 0] }, ['h']), { h: [0, 0] });
  });

  it('says what does not fit', () => {
    const given = { ...weights, ...start, x: xs[0]! };
    const { x: _, ...inputless } = given;
    const cases: [() => unknown, string][] = [
      [() => runOnce(program, given, ['k']), 'the equations give no `k`; they give f, i, o, g, c, h'],
      [
        () => runOnce(program, { ...given, b_f: [1, 2] }, ['h']),
        '`b_f` is given as 2×1; to the equations it is H×1, and H is 3, D is 2',
      ],
      [() => runOnce(program, inputless, ['h']), 'the equations read `x`; given are '],
      [() => runOnce(program, { ...start, x: xs[0]! }, ['h']), 'the equations read `W_f`; given are h_prev, c_prev, x'],
      [
        () =>
          runOnce(
            cellOf('open', "h = W * ones\nW : H K\nones : K\nA = B * B'\nB : L L").program,
            { W: [[1]], ones: [1] },
            ['h'],
          ),
        'the equations read `B`; given are W, ones',
      ],
    ];
    for (const [run, says] of cases)
      assert.throws(run, (error) => error instanceof Misfit && error.message.startsWith(says));
  });

  it('turns lists into matrices and back', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    assert.deepEqual(matrixRows(matrixOf(rows).data, 3), rows);
    assert.deepEqual(matrixOf([1, 2]), { rows: 2, columns: 1, data: Float64Array.of(1, 2) });
    assert.throws(() => matrixOf([1, [2]]), RangeError);
    assert.throws(() => matrixOf('linear'), RangeError);
  });
});
