// A model that has learned a text says it again, and says more that is new the warmer it is.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { random } from '../../lib/numbers/random.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';
import { textTask } from '../../lib/tasks/text-task.ts';
import { generate } from '../../lib/training/free-running.ts';
import { createModel } from '../../lib/training/model.ts';
import { constantSchedule } from '../../lib/training/schedules.ts';
import { trainNow } from '../../lib/training/training-loop.ts';

const text = 'the cat sat on the mat. ';
const task = textTask('cats', text.repeat(20));
const size = task.classes.length;
const model = createModel(
  { cells: [builtIn('gru')], directions: 1, hidden: 24, inputs: size, outputs: size },
  random(1),
);
trainNow(model, { task, rng: random(2), steps: 40, batch: 8, updates: 150, rate: constantSchedule(0.02) });

const beginning = Array.from('the c', (character) => task.classes.indexOf(character));
const said = (temperature: number, seed = 3): string =>
  [...generate(model, task, { beginning, count: 60, temperature, rng: random(seed) })]
    .map((i) => task.classes[i])
    .join('');

describe('a model that talks', () => {
  it('goes on with what it has learned', () => {
    assert.equal(said(0.05), text.repeat(4).slice(5, 65));
  });
  it('says the same for the same seed, and something else when hot', () => {
    assert.equal(said(5), said(5));
    assert.notEqual(said(5), said(5, 4));
    assert.notEqual(said(5), said(0.05));
  });
  it('is refused for other tasks and other words', () => {
    const first = (options: object, of = task as typeof task | ReturnType<typeof tasks.get>) =>
      generate(model, of!, { beginning, count: 3, temperature: 1, rng: random(1), ...options }).next();
    assert.throws(() => first({}, tasks.get('labels')), RangeError);
    assert.throws(() => first({ beginning: [] }), RangeError);
    assert.throws(() => first({ beginning: [99] }), RangeError);
    assert.throws(() => first({ temperature: 0 }), RangeError);
  });
});
