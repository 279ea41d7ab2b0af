// What the diagrams say: how far information travels, and where a gradient is cut, against the numbers of a run.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../../lib/cells/catalogue.ts';
import { attentionDiagram } from '../../../lib/experiments/diagram/attention-diagram.ts';
import { diagram } from '../../../lib/experiments/diagram/diagram.ts';
import { arrowsBetween } from '../../../lib/experiments/diagram/net-drawing.ts';
import { seq2seqDiagram } from '../../../lib/experiments/diagram/seq2seq-diagram.ts';
import { truncatedDiagram, windowsAgainstWhole } from '../../../lib/experiments/diagram/truncated-diagram.ts';
import type { DiagramFigure, Result } from '../../../lib/render/result.ts';

const figureOf = ({ figures }: Result): DiagramFigure => figures.find((figure) => figure.kind === 'diagram')!;
const holds = ({ claims }: Result): void =>
  assert.deepEqual(
    claims.filter((c) => !c.holds),
    [],
  );

describe('windows of truncated backpropagation', () => {
  for (const [steps, window] of [
    [4, 1],
    [4, 2],
    [5, 3],
    [6, 4],
    [3, 9],
  ] as const)
    it(`${steps} steps in windows of ${window}: a gradient arrow within each, none between`, async () => {
      const result = await truncatedDiagram.answered({
        cell: builtIn('lstm'),
        steps,
        truncated: window,
        seed: 1,
        engine: 'fast',
      });
      const back = figureOf(result).edges.filter(({ style }) => style === 'gradient');
      assert.equal(back.length, steps - Math.ceil(steps / window));
      for (const { to } of back) assert.notEqual(Number(to.slice('cell '.length)) % window, 0);
      holds(result);
    });

  it('cut nothing when one window holds all, and more the shorter they are', async () => {
    const cell = cellOf('slow', 'h = 0.9 * h_prev + W * x');
    const lost = async (window: number) => (await windowsAgainstWhole(cell, 12, window, 1, 'fast')).gradients;
    assert.ok((await lost(12)) < 1e-14);
    const [long, short] = [await lost(6), await lost(1)];
    assert.ok(long > 0.01 && short > long, `${long} and ${short}`);
  });

  it('are the same in both engines', async () => {
    const [fast, slow] = await Promise.all(
      (['fast', 'mathjs'] as const).map((engine) => windowsAgainstWhole(builtIn('gru'), 6, 2, 3, engine)),
    );
    assert.ok(Math.abs(fast!.gradients - slow!.gradients) < 1e-12);
    assert.ok(fast!.states < 1e-15 && slow!.states < 1e-15);
  });
});

describe('two directions in one drawing', () => {
  it('name every state by the direction it runs in', async () => {
    const options = { cell: builtIn('lstm'), steps: 3, bidirectional: true, teacherForcing: false };
    const { nodes, edges } = figureOf(await diagram.answered({ ...options, seed: 1, engine: 'fast' }));
    const said = edges.flatMap(({ says }) => says ?? []);
    assert.deepEqual(said, ['→c_1, →h_1', '→c_2, →h_2', '←c_3, ←h_3', '←c_2, ←h_2']);
    const starts = nodes.filter(({ id }) => id.startsWith('start')).map(({ label }) => label);
    assert.deepEqual(starts, ['→c_0, →h_0', '←c_4, ←h_4']);
  });
});

describe('ways through a drawing', () => {
  const cell = builtIn('gru');
  it('grow with the source without attention, and stay with it', async () => {
    for (const steps of [1, 2, 3, 4]) {
      const plain = await seq2seqDiagram.answered({ cell, seq2seq: true, steps });
      const looking = await attentionDiagram.answered({ cell, attention: true, steps });
      assert.equal(arrowsBetween(figureOf(plain), 'x 1', 'y 1'), steps + 2);
      for (let j = 1; j <= steps; j++) assert.equal(arrowsBetween(figureOf(looking), `x ${j}`, 'out'), 4);
      holds(plain);
      holds(looking);
    }
  });

  it('are not those of what is fed back', async () => {
    const figure = figureOf(await seq2seqDiagram.answered({ cell, seq2seq: true, steps: 3 }));
    assert.equal(arrowsBetween(figure, 'y 1', 'y 2'), Number.POSITIVE_INFINITY);
  });
});
