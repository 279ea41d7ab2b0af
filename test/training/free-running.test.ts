import {
  constantSchedule,
  exponentialSchedule,
  inverseSigmoidSchedule,
  linearSchedule,
  type Schedule,
} from '../../lib/training/schedules.ts';
// Free running and scheduled sampling: what a model hears is what it said, where the coin says so, and the truth elsewhere.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { random } from '../../lib/numbers/random.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import { argmax, sampleClass } from '../../lib/training/free-running.ts';
import { createModel } from '../../lib/training/model.ts';
import { evaluateModel } from '../../lib/training/scores.ts';
import { type Sampling, train, trainNow } from '../../lib/training/training-loop.ts';

const labels = tasks.get('labels')!;
const sines = tasks.get('two-sines')!;
const modelFor = (task: typeof labels) =>
  createModel(
    { cells: [builtIn('gru')], directions: 1, hidden: 5, inputs: task.inputs, outputs: task.outputs },
    random(3),
  );

describe('running freely', () => {
  it('from a step on, every input is the likeliest label of the step before, and the truth until then', () => {
    const options = { rng: random(4), sequences: 6, steps: 12 };
    const { batch, outputs } = evaluateModel(modelFor(labels), labels, { ...options, freeFrom: 5 });
    const truth = labels.batch(random(4), 6, 12);
    assert.deepEqual(batch.targets, truth.targets);
    for (let t = 1; t < 12; t++)
      for (let b = 0; b < 6; b++) {
        const row = t * 6 + b;
        const heard = argmax(batch.inputs.subarray(row * 8 + 4, row * 8 + 8));
        const said = argmax(outputs.subarray((row - 6) * 4, (row - 5) * 4));
        assert.equal(heard, t >= 5 ? said : truth.targets[row - 6]);
        // The observation stays.
        assert.deepEqual(batch.inputs.slice(row * 8, row * 8 + 4), truth.inputs.slice(row * 8, row * 8 + 4));
      }
  });
  it('a series hears the very numbers that it said', () => {
    const { batch, outputs } = evaluateModel(modelFor(sines), sines, {
      rng: random(4),
      sequences: 3,
      steps: 20,
      freeFrom: 8,
    });
    for (let row = 8 * 3; row < 20 * 3; row++) assert.equal(batch.inputs[row], outputs[row - 3]);
  });
  it('is refused where a prediction is no input, and where there are two directions', () => {
    const adding = tasks.get('adding')!;
    const options = { rng: random(4), sequences: 3, steps: 20, freeFrom: 1 };
    assert.throws(() => evaluateModel(modelFor(adding), adding, options), RangeError);
    const both = createModel({ cells: [builtIn('rnn')], directions: 2, hidden: 2, inputs: 1, outputs: 1 }, random(1));
    assert.throws(() => evaluateModel(both, sines, options), RangeError);
  });
  it('draws classes by their probability, and the likeliest at low temperature', () => {
    const y = [0, Math.log(2), Math.log(5)];
    const counts = (temperature: number) => {
      const rng = random(1);
      const seen = [0, 0, 0];
      for (let i = 0; i < 8000; i++) seen[sampleClass(y, { rng, temperature })]!++;
      return seen.map((n) => n / 8000);
    };
    for (const [j, p] of counts(1).entries()) assert.ok(Math.abs(p - [1, 2, 5][j]! / 8) < 0.02);
    assert.ok(counts(0.1)[2]! > 0.999);
  });
});

describe('scheduled sampling', () => {
  it('has the three schedules of the paper', () => {
    const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-14);
    close(linearSchedule(1, { fall: 0.01, lowest: 0.2 })(30), 0.7);
    close(linearSchedule(1, { fall: 0.01, lowest: 0.2 })(300), 0.2);
    close(exponentialSchedule(1, { gamma: 0.99 })(50), 0.99 ** 50);
    close(inverseSigmoidSchedule(20)(60), 20 / (20 + Math.exp(3)));
    for (const truth of [exponentialSchedule(1, { gamma: 0.9 }), linearSchedule(1, { fall: 0.1 })]) close(truth(0), 1);
  });

  const lossesOf = async (sampling?: Sampling): Promise<number[]> => {
    const losses: number[] = [];
    const run = train(modelFor(labels), {
      task: labels,
      rng: random(2),
      steps: 12,
      batch: 8,
      updates: 12,
      rate: constantSchedule(0.01),
      ...(sampling === undefined ? {} : { sampling }),
    });
    for (const { loss } of run) losses.push(loss);
    return losses;
  };
  it('with ε = 1 is teacher forcing, and otherwise sees the same data', async () => {
    const forced = await lossesOf();
    assert.deepEqual(await lossesOf({ truth: constantSchedule(1), by: 'step', own: 'sampled' }), forced);
    // The truth of the first three updates is enough to tell that the coins do not move the data.
    const later: Schedule = (i) => (i < 3 ? 1 : 0);
    const own = await lossesOf({ truth: later, by: 'step', own: 'sampled' });
    assert.deepEqual(own.slice(0, 3), forced.slice(0, 3));
    assert.notDeepEqual(own.slice(3), forced.slice(3));
  });
  it('by sequence tosses one coin for all steps of a sequence, by step one for each', () => {
    // A model without training says anything but the truth, most of the time.
    const untouched = (by: Sampling['by']): number => {
      const [truth, heard] = [labels.batch(random(1), 200, 20), labels.batch(random(1), 200, 20)];
      const given = { ...labels, batch: () => heard };
      const sampling: Sampling = { truth: constantSchedule(0.5), by, own: 'sampled' };
      const options = { rng: random(2), steps: 20, batch: 200, updates: 1, rate: constantSchedule(0.01), sampling };
      trainNow(modelFor(labels), { ...options, task: given });
      const isTrue = (b: number) => {
        for (let row = b; row < 4000; row += 200)
          for (let j = row * 8; j < row * 8 + 8; j++) if (heard.inputs[j] !== truth.inputs[j]) return false;
        return true;
      };
      return Array.from({ length: 200 }, (_, b) => b).filter(isTrue).length;
    };
    const bySequence = untouched('sequence');
    assert.ok(bySequence > 70 && bySequence < 130, `${bySequence} of 200`);
    assert.ok(untouched('step') <= 2);
  });
  it('runs by step and by sequence to different ends, the same each time', async () => {
    const half = (by: Sampling['by']) => lossesOf({ truth: constantSchedule(0.5), by, own: 'sampled' });
    const [step, sequence] = [await half('step'), await half('sequence')];
    assert.notDeepEqual(step, sequence);
    assert.deepEqual(await half('step'), step);
    assert.deepEqual(await half('sequence'), sequence);
  });
});
