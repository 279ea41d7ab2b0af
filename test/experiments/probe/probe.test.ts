// What units know is found where it was put, measured where it was not chosen, and listened to as finite differences say.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { environment } from '../../../lib/cli/process-environment.ts';
import { runSeeded } from '../../../lib/experiments/kit/seeds.ts';
import { probe } from '../../../lib/experiments/probe/probe.ts';
import { type ProbeText, probeText, properties } from '../../../lib/experiments/probe/text-properties.ts';
import { connectivity, ranked, thresholdOf, turned, unitsOver, worthOf } from '../../../lib/experiments/probe/units.ts';
import { random } from '../../../lib/numbers/random.ts';
import type { HeatmapFigure, Result } from '../../../lib/render/result.ts';
import { speechText } from '../../../lib/tasks/speech-text.ts';
import { textTask } from '../../../lib/tasks/text-task.ts';
import { createModel } from '../../../lib/training/model.ts';
import { unroll } from '../../../lib/training/unroll.ts';

const task = probeText(textTask('rule', speechText(20_000, random(1))));
const modelOf = (cell: string, hidden = 6) =>
  createModel({ cells: [builtIn(cell)], directions: 1, hidden, inputs: task.inputs, outputs: task.outputs }, random(5));

describe('the properties of', () => {
  const labels = (name: keyof typeof properties, text: string) => properties[name].of([...text]).join('');
  it('a quotation: from the opening mark to the character before the closing one', () => {
    assert.equal(labels('quotes', 'a "bc" d'), '00111000');
    assert.equal(labels('quotes', '“a” «b»'), '1100110');
    assert.equal(labels('quotes', '"a\n\nb'), '11100');
  });
  it('a place: how far from the last break or blank', () => {
    assert.equal(labels('line', 'ab\nab c'), '1201234');
    assert.equal(labels('word', 'ab\nabc d'), '12012301');
  });
  it('a character and the one behind it', () => {
    assert.equal(labels('space', 'ab a'), '0100');
    assert.equal(labels('vowel', 'dOg I'), '01001');
  });
});

describe('the ranking of units', () => {
  const labels = Array.from({ length: 400 }, (_, t) => (t % 20 < 7 ? 1 : 0));
  const rng = random(2);
  const noise = () => Float64Array.from({ length: 400 }, () => rng.normal());
  const planted = Float64Array.from(labels, (label) => -3 * label + rng.normal());
  it('finds the unit that was made to know, though it falls with the property', () => {
    const [best, ...others] = ranked([noise(), noise(), planted, noise()], labels);
    assert.equal(best!.unit, 2);
    assert.equal(best!.sign, -1);
    assert.ok(best!.measured > 0.95);
    for (const { measured } of others) assert.ok(Math.abs(measured - 0.5) < 0.12);
  });
  it('is inflated on the half that it was chosen by, and not on the other: 64 units of noise, 20 times', () => {
    const best = Array.from({ length: 20 }, () => ranked(Array.from({ length: 64 }, noise), labels)[0]!);
    const mean = (of: 'chosen' | 'measured') => best.reduce((sum, each) => sum + each[of], 0) / best.length;
    assert.ok(mean('chosen') > 0.57, String(mean('chosen')));
    assert.ok(Math.abs(mean('measured') - 0.5) < 0.03, String(mean('measured')));
  });
  it('has a threshold that parts what was made to part', () => {
    const at = thresholdOf(planted, labels, -1);
    const right = labels.filter((label, t) => planted[t]! < at === label > 0).length;
    assert.ok(right > 350, String(right));
  });
  it('turns labels within their halves', () => {
    assert.deepEqual(turned([1, 2, 3, 4, 5, 6, 7, 8]), [3, 4, 1, 2, 7, 8, 5, 6]);
  });
});

describe('what a prediction listens to', () => {
  for (const cell of ['rnn', 'lstm', 'gru'])
    it(`${cell}: ‖∂y/∂x_t‖ is what finite differences say`, () => {
      const model = modelOf(cell);
      const characters = task.keptApart.slice(0, 12);
      const { says, norms } = connectivity(model, task, characters);
      const [steps, D, O] = [characters.length, task.inputs, task.outputs];
      const unrolled = unroll(model, { steps, batch: 1, gradients: false });
      for (const [t, character] of characters.entries()) unrolled.inputs[t * D + task.classes.indexOf(character)] = 1;
      const step = 1e-5;
      const at = (place: number, moved: number): number => {
        const before = unrolled.inputs[place]!;
        unrolled.inputs[place] = before + moved;
        unrolled.forward();
        unrolled.inputs[place] = before;
        return unrolled.outputs[(steps - 1) * O + says]!;
      };
      for (let t = 0; t < steps; t++) {
        let squares = 0;
        for (let j = 0; j < D; j++) {
          const slope = (at(t * D + j, step) - at(t * D + j, -step)) / (2 * step);
          squares += slope * slope;
        }
        assert.ok(Math.abs(Math.sqrt(squares) - norms[t]!) < 1e-8, `step ${t}`);
      }
      assert.ok(norms[0]! > 0);
    });
  it('a unit that the readout and the others do not read costs nothing; the model is left as it was', () => {
    const model = modelOf('lstm');
    for (const name of ['l0.W_f', 'l0.W_i', 'l0.W_o', 'l0.W_g', 'readout.V']) {
      const matrix = model.parameter(name);
      for (let i = 2; i < matrix.length; i += 6) matrix[i] = 0;
    }
    const before = model.parameters.slice();
    const { costs } = worthOf(model, task, task.keptApart.slice(0, 100));
    assert.equal(costs[2], 0);
    assert.ok(costs.filter((cost) => cost !== 0).length === 5);
    assert.deepEqual(model.parameters, before);
  });
  it('looks at the cell state of an LSTM, and at the output of the others', () => {
    const [lstm, gru] = ['lstm', 'gru'].map((cell) => unitsOver(modelOf(cell), task, task.keptApart.slice(0, 300)));
    assert.equal(gru!.length, 6);
    assert.equal(lstm![0]!.length, 300);
    assert.ok(gru!.every((unit) => unit.every((value) => Math.abs(value) < 1)));
  });
});

const optionsFor = (text: ProbeText) => ({
  task: text,
  cell: builtIn('gru'),
  property: text.known[0]!.name,
  at: text.shown,
  start: { hidden: 5 },
  steps: 20,
  batch: 4,
  updates: 4,
  rate: 0.02,
  seed: 1,
  seeds: 1,
  engine: 'fast' as const,
});
const asked = optionsFor(task);

describe('probe', () => {
  it('gives the numbers of the fast engine with the engine that can be followed', async () => {
    const short = optionsFor(probeText(textTask('text', speechText(1200, random(1)))));
    const mapsOf = async (engine: 'fast' | 'mathjs'): Promise<number[]> =>
      (await runSeeded(probe.seeded({ ...short, engine }))).figures
        .filter((figure): figure is HeatmapFigure => figure.kind === 'heatmap')
        .flatMap(({ values }) => values.flat());
    const [fast, slow] = [await mapsOf('fast'), await mapsOf('mathjs')];
    assert.ok(fast.length > 150);
    for (const [i, value] of fast.entries()) assert.ok(Math.abs(value - slow[i]!) < 1e-8);
  });
  it('shades what it is told to shade, and looks where it is told to look', async () => {
    const result: Result = await runSeeded(probe.seeded({ ...asked, unit: 3, at: 60, property: 'line' }));
    const [shade, heard] = result.figures as HeatmapFigure[];
    assert.match(shade!.rows.names[0]!, /^−?h 3$/);
    assert.equal(shade!.rows.names[1], 'line');
    assert.deepEqual(heard!.columns.names, shade!.columns.names.slice(12, 60));
    assert.match(heard!.title, /after character 60: .*the likeliest next character$/);
    assert.deepEqual(result.claims, []);
    assert.match(result.notes[0]!, /^Nothing is claimed/);
  });
  it('takes the first property that changes, leaves out what does not, and refuses to be asked for it', async () => {
    const words = Array.from({ length: 400 }, (_, i) => ['rain', 'road', 'old'][(i * i) % 3]).join(' ');
    const typed = { text: words, cell: 'gru', hidden: '5', updates: '4', seed: '1', seeds: '1' };
    const result = await runSeeded(await probe.seeds(typed, environment));
    assert.equal(result.options.property, 'space');
    assert.ok(result.notes.some((note) => /Left out.*inside quotes, position in line\./.test(note)));
    await assert.rejects(probe.seeds({ ...typed, property: 'quotes' }, environment), /does not change/);
    assert.throws(() => probe.seeded({ ...asked, unit: 6 }), /no unit 6/);
    assert.throws(() => probe.seeded({ ...asked, at: 121 }), /no character 121/);
    assert.throws(() => probeText(textTask('text', words.slice(0, 300))), RangeError);
  });
});
