// Fifty updates of PyTorch in float64, from its own safetensors file: the same losses, for every cell, one layer and two, one
// direction and both, every optimiser, both ways to clip, and all schedules. fixtures/training/make.py made the vectors.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { random } from '../../lib/numbers/random.ts';
import type { LossKind, Task } from '../../lib/tasks/task.ts';
import type { Clip } from '../../lib/training/clipping.ts';
import { emptyModel } from '../../lib/training/model.ts';
import { adam, momentum, type OptimiserOf, rmsprop, sgd } from '../../lib/training/optimisers.ts';
import { takeTensors } from '../../lib/training/pytorch.ts';
import { foundIn } from '../../lib/training/pytorch-module.ts';
import { readSafetensors } from '../../lib/training/safetensors.ts';
import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  type Schedule,
  stepSchedule,
} from '../../lib/training/schedules.ts';
import { train } from '../../lib/training/training-loop.ts';
import { unroll } from '../../lib/training/unroll.ts';

interface Run {
  readonly name: string;
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly loss: LossKind;
  readonly optimiser: string;
  readonly options: { readonly lr: number; readonly momentum?: number };
  readonly clip: Clip | null;
  readonly schedule: string | null;
  readonly batches: readonly Record<'inputs' | 'targets' | 'weights', readonly number[]>[];
  readonly losses: readonly number[];
  readonly outputs: readonly number[];
}

const folder = 'fixtures/training';
const { steps, batch, inputs, hidden, runs } = JSON.parse(readFileSync(`${folder}/runs.json`, 'utf8')) as {
  steps: number;
  batch: number;
  inputs: number;
  hidden: number;
  runs: readonly Run[];
};

const optimisers: Record<string, OptimiserOf> = { Adam: adam(), RMSprop: rmsprop(), SGD: sgd };
const rates: Record<string, (rate: number) => Schedule> = {
  step: (rate) => stepSchedule(rate, { every: 10, gamma: 0.5 }),
  exponential: (rate) => exponentialSchedule(rate, { gamma: 0.95 }),
  cosine: (rate) => cosineSchedule(rate, { updates: 50, lowest: 0.001 }),
};

/** The fixture's batches in their order, as a task. */
function taskOf({ name, loss, batches }: Run, outputs: number): Task {
  let next = 0;
  return {
    name,
    says: '',
    source: '',
    inputs,
    outputs,
    loss,
    score: 'squared error',
    shortest: 1,
    usual: { steps, hidden, batch, updates: 50, rate: 0.01 },
    batch: () => {
      const given = batches[next++ % batches.length]!;
      return {
        inputs: Float64Array.from(given.inputs),
        targets: Float64Array.from(given.targets),
        weights: Float64Array.from(given.weights),
      };
    },
    baseline: () => ({ loss: 0, score: 0, says: '' }),
  };
}

describe('fifty updates of PyTorch', () => {
  for (const run of runs)
    it(`${run.name}, ${run.optimiser}, ${run.loss}`, async () => {
      const file = `${folder}/${run.name}.safetensors`;
      const found = foundIn(readSafetensors(readFileSync(file), file).tensors, file);
      const outputs = run.loss === 'squared error' ? 1 : 3;
      assert.deepEqual(found, { ...found, layers: run.layers, directions: run.directions, hidden, inputs, outputs });
      const cells = Array.from({ length: found.layers }, () => builtIn(found.cell));
      const model = emptyModel({ cells, directions: found.directions, hidden, inputs, outputs });
      takeTensors(model, found.tensors, file);
      const { lr, momentum: mu } = run.options;
      const losses: number[] = [];
      for (const { loss } of train(model, {
        task: taskOf(run, outputs),
        rng: random(1),
        steps,
        batch,
        updates: 50,
        rate: run.schedule === null ? constantSchedule(lr) : rates[run.schedule]!(lr),
        optimiser: mu === undefined ? optimisers[run.optimiser]! : momentum({ mu }),
        ...(run.clip === null ? {} : { clip: run.clip }),
      }))
        losses.push(loss);
      assert.equal(losses.length, 50);
      for (const [i, loss] of losses.entries())
        assert.ok(Math.abs(loss - run.losses[i]!) < 1e-9, `update ${i + 1}: ${loss} and ${run.losses[i]}`);
      const unrolled = unroll(model, { steps, batch, gradients: false });
      unrolled.inputs.set(run.batches[0]!.inputs);
      unrolled.forward();
      for (const [i, y] of unrolled.outputs.entries()) assert.ok(Math.abs(y - run.outputs[i]!) < 1e-9);
    });
});
