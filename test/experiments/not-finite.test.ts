// A cell that overflows, in every experiment that runs one: the step and the cause are named, and nothing measured on it is held to be true.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import { attention } from '../../lib/experiments/attention/attention.ts';
import { bidirectional } from '../../lib/experiments/bidirectional/bidirectional.ts';
import { cellCheck, numbersFor } from '../../lib/experiments/cell-check.ts';
import { cellRun } from '../../lib/experiments/cell-run.ts';
import { diagram } from '../../lib/experiments/diagram/diagram.ts';
import { exposure } from '../../lib/experiments/exposure/exposure.ts';
import { gates } from '../../lib/experiments/gates.ts';
import { claim, claimOfMedian } from '../../lib/experiments/kit/claim.ts';
import { runSeeded } from '../../lib/experiments/kit/seeds.ts';
import { probe } from '../../lib/experiments/probe/probe.ts';
import { probeText } from '../../lib/experiments/probe/text-properties.ts';
import { sampling } from '../../lib/experiments/sampling.ts';
import { states } from '../../lib/experiments/states.ts';
import { streamingChecks } from '../../lib/experiments/streaming-result.ts';
import { trainExperiment as training } from '../../lib/experiments/train/train.ts';
import { clippedAngle } from '../../lib/experiments/truncation/clipped-angle.ts';
import { variants } from '../../lib/experiments/variants/variants.ts';
import { random } from '../../lib/numbers/random.ts';
import { median, medianInterval, signTest } from '../../lib/numbers/statistics.ts';
import { engineFor } from '../../lib/options/engine.ts';
import { textSequence } from '../../lib/options/input-sequence.ts';
import { render } from '../../lib/render/render.ts';
import type { Result } from '../../lib/render/result.ts';
import { pairTasks, tasks } from '../../lib/tasks/catalogue.ts';
import { speechText } from '../../lib/tasks/speech-text.ts';
import { textTask } from '../../lib/tasks/text-task.ts';
import { argmax, sampleClass } from '../../lib/training/free-running.ts';
import { variantsOptions } from './variants-options.ts';

const overflowing = cellOf('boom', 'h = exp(W * h_prev + U * x)');
const gated = cellOf('boom', 'a = exp(W * h_prev + U * x)\nf = sigmoid(a)\nh = f .* a');
const sequence = textSequence('the bank of the river');
const one = { seed: 1, seeds: 1, engine: 'fast' } as const;
const labels = tasks.get('labels')!;
const trained = { cell: overflowing, start: { hidden: 8 }, updates: 2, batch: 4, rate: 0.01, sequences: 16 };

/** The claims that hold, in a text in which every number that is not finite is called so. */
function holding(result: Result, says: RegExp): string[] {
  const text = render(result, { format: 'text', width: 100, height: 40, colour: 0, unicode: true });
  assert.doesNotMatch(text, /NaN|undefined/);
  assert.match(text.replace(/\s+/g, ' '), says);
  return result.claims.filter(({ holds }) => holds).map(({ id }) => id);
}

const overflow = /the forward pass overflows at t = \d+, in (h|a)/;
const beforeTraining =
  /diverged: (before the first update|after \d updates?) the loss was not finite: the forward pass overflows/;

describe('a cell that overflows holds no claim and is named with step and cause in', () => {
  it('states', async () =>
    assert.deepEqual(
      holding(
        await runSeeded(states.seeded({ cells: [overflowing], sequence, start: { hidden: 16 }, ...one })),
        overflow,
      ),
      [],
    ));
  it('gates', async () =>
    assert.deepEqual(
      holding(await runSeeded(gates.seeded({ cells: [gated], sequence, start: { hidden: 16 }, ...one })), overflow),
      [],
    ));
  it('cell check, whichever entry comes last', async () =>
    assert.deepEqual(
      holding(
        await cellCheck({ cells: [overflowing], hidden: 4, input: 3, steps: 12, seed: 1, engine: 'fast' }),
        overflow,
      ),
      [],
    ));
  it('cell run', async () => {
    const given = numbersFor(overflowing, 4, 3, 12, random(1));
    const trace = (await engineFor(overflowing, 'mathjs')).gradients(given);
    holding(cellRun(overflowing, given, trace, 'mathjs'), /boom is not finite: .* The loss .* is not finite/);
  });
  it('diagram', async () => {
    const steeper = cellOf('boom', 'h = exp(exp(exp(W * h_prev + U * x)))');
    const options = { steps: 6, bidirectional: false, teacherForcing: false, seed: 1, engine: 'fast' } as const;
    assert.deepEqual(holding(await diagram.answered({ cell: steeper, ...options }), overflow), []);
  });
  it('streaming', () => {
    const { cells, nonFinite } = streamingChecks({ cells: [overflowing], hidden: 8, tokens: 100, seed: 1 });
    assert.ok(Number.isNaN(cells[0]!));
    assert.match(nonFinite[0]!, overflow);
  });
  it('exposure', async () => {
    const options = {
      ...trained,
      task: labels,
      steps: 30,
      prefix: 0,
      regimes: ['forced'] as const,
    };
    assert.deepEqual(holding(await runSeeded(exposure.seeded({ ...options, ...one })), beforeTraining), []);
  });
  it('truncation --clip', async () => {
    const lines = [{ name: 'boom', cell: overflowing, start: { hidden: 16 } }];
    assert.deepEqual(
      holding(await runSeeded(clippedAngle.seeded({ clip: true, lines, steps: 40, input: 16, ...one })), overflow),
      [],
    );
  });
  it('exposure, where the backward pass alone is not defined', async () => {
    // The derivative of sqrt is 1/0 at h_prev = 0, the initial state: at t = 1, where the backward pass ends.
    const cell = cellOf('root', 'h = tanh(sqrt(abs(W * h_prev)) + U * x)');
    const options = { ...trained, cell, task: labels, steps: 30, prefix: 0 };
    const result = await runSeeded(exposure.seeded({ ...options, regimes: ['forced'], ...one }));
    assert.deepEqual(
      holding(result, /the gradient was not finite: the backward pass divides by 0 at t = 1, in db_h/),
      [],
    );
  });
  it('sampling: what is exact still holds', async () => {
    const { sequences: _, ...settings } = trained;
    const options = { ...settings, steps: 30, epsilons: [1, 0] };
    assert.deepEqual(holding(await runSeeded(sampling.seeded({ ...options, ...one })), beforeTraining), [
      'proper',
      'improper',
      'independent',
    ]);
  });
  it('bidirectional: what is counted still holds', async () => {
    const options = { ...trained, task: tasks.get('majority')!, steps: 12 };
    const ids = holding(await runSeeded(bidirectional.seeded({ ...options, ...one })), beforeTraining);
    assert.deepEqual(ids, [
      'ceiling',
      'ceiling-nats',
      'layer-doubles',
      'head-input-doubles',
      'width',
      'net-more-than-doubles',
    ]);
  });
  it('bidirectional, also where the backward pass alone is not defined', async () => {
    const cell = cellOf('root', 'h = tanh(sqrt(abs(W * h_prev)) + U * x)');
    const options = { ...trained, cell, task: tasks.get('majority')!, steps: 12 };
    const ids = holding(
      await runSeeded(bidirectional.seeded({ ...options, ...one })),
      /the backward pass divides by 0 at t = /,
    );
    assert.ok(!ids.includes('one-streams') && !ids.includes('both-wait'));
  });
  it('probe, which ends', async () => {
    const task = probeText(textTask('rule', speechText(12_000, random(1))));
    const options = { ...trained, task, property: 'quotes', at: task.shown, steps: 40, ...one } as const;
    assert.deepEqual(holding(await runSeeded(probe.seeded(options)), beforeTraining), []);
  });
  it('attention', async () => {
    const options = { ...trained, hidden: 8, ways: ['plain', 'additive'], steps: 6, lengths: [6] };
    const ids = holding(
      await runSeeded(attention.seeded({ ...options, task: pairTasks.get('copy')!, seed: 1, seeds: 1 })),
      /additive attention diverged: with 6 source symbols, before the first update the loss was not finite: .* overflows/,
    );
    assert.deepEqual(ids, []);
  });
  it('train and variants, with the seed; and the others are ranked before it', async () => {
    const cells = [overflowing, builtIn('gru')];
    const options = { ...variantsOptions('reber', [], { updates: 3, batch: 4, sequences: 16 }), cells, seed: 5 };
    const train = await runSeeded(training.seeded(options));
    assert.deepEqual(holding(train, /boom, seed 6, diverged: .* It has no scores\./), []);
    const result = await runSeeded(variants.seeded({ ...options, cells: cells.toReversed() }));
    assert.deepEqual(holding(result, /boom, seed 5, diverged/), []);
    const ranked = result.figures.find((figure) => figure.kind === 'table')!;
    assert.deepEqual(ranked.kind === 'table' && ranked.rows.map(([name]) => name), ['gru', 'boom', 'baseline']);
  });
  it('train before its first update: the learning rate is not blamed', async () => {
    const steep = cellOf('boom', 'h = exp(exp(exp(W * h_prev + U * x)))');
    const options = {
      ...variantsOptions('reber', [], { updates: 3, batch: 4, sequences: 16, seeds: 1 }),
      cells: [steep],
    };
    const { notes } = await runSeeded(training.seeded(options));
    assert.match(notes[0]!, /before the first update .* not in the learning rate/);
    assert.doesNotMatch(notes.join(), /smaller --rate/);
  });
});

describe('what is not finite', () => {
  const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
  it('holds against no bound', () => {
    for (const relation of ['<', '<=', '=', '>=', '>'] as const)
      for (const [measured, bound] of [
        [none, 0],
        [infinite, 0],
        [-infinite, 0],
        [infinite, infinite],
      ] as const)
        assert.ok(!claim('it', 'it', measured, relation, bound).holds);
    assert.ok(!claimOfMedian('it', 'it', [infinite, infinite, 2], '>', 1, 1).holds);
  });
  it('is no class, likeliest or drawn', () => {
    assert.equal(argmax([1, none, 3]), -1);
    assert.equal(argmax([infinite, 0]), -1);
    assert.equal(argmax([1, 3, 3]), 1);
    assert.equal(sampleClass([0, none], { rng: random(1), temperature: 1 }), -1);
  });
  it('has no median, interval or sign test', () => {
    assert.ok(Number.isNaN(median([1, none, 2])));
    assert.ok(Number.isNaN(medianInterval([1, none, 2]).low));
    assert.ok(Number.isNaN(signTest([1, none, 2])));
    assert.equal(median([1, 5, 2]), 2);
  });
});
