// A model goes to a file and comes back as it was: as JSON, and as safetensors under PyTorch's names. What is no such file is refused.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { builtIn, builtInNames, cellOf } from '../../lib/cells/catalogue.ts';
import { InputError } from '../../lib/equations/input-error.ts';
import { random } from '../../lib/numbers/random.ts';
import { createModel, type Model } from '../../lib/training/model.ts';
import { takeTensors, tensorsOf } from '../../lib/training/pytorch.ts';
import { foundIn } from '../../lib/training/pytorch-module.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../lib/training/safetensors.ts';
import { loadModel, saveModel } from '../../lib/training/saved-model.ts';
import { unroll } from '../../lib/training/unroll.ts';

const modelOf = (cell: string, layers = 1, directions: 1 | 2 = 1, seed = 1, readout?: string): Model =>
  createModel(
    {
      cells: Array.from({ length: layers }, () => builtIn(cell)),
      directions,
      hidden: 4,
      inputs: 3,
      outputs: 2,
      ...(readout === undefined ? {} : { readout }),
    },
    random(seed),
  );

function outputsOf(model: Model): Float64Array {
  const unrolled = unroll(model, { steps: 5, batch: 2, gradients: false });
  const rng = random(7);
  for (let i = 0; i < unrolled.inputs.length; i++) unrolled.inputs[i] = rng.normal();
  unrolled.forward();
  return unrolled.outputs;
}

const trainable = builtInNames().filter((name) => builtIn(name).program.readsInput);
const layouts = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
] as const;

describe('a model as JSON', () => {
  for (const cell of trainable)
    it(`${cell} comes back to the byte`, () => {
      const model = modelOf(cell, 2, 2);
      const { model: back, about } = loadModel(JSON.stringify(saveModel(model, { task: 'adding' })), 'm.json');
      assert.deepEqual(back.parameters, model.parameters);
      assert.deepEqual(back.places, model.places);
      assert.deepEqual(outputsOf(back), outputsOf(model));
      assert.deepEqual(about, { task: 'adding' });
    });
  it('keeps the equations of a cell and a readout of one’s own', () => {
    const cell = cellOf('mine', 'h = tanh(alpha * h_prev + W_x * x)\nalpha : 1');
    const readout = 'u = tanh(A * x)\ny = V * u\nA : D D\nV : O D';
    const model = createModel({ cells: [cell], directions: 1, hidden: 3, inputs: 3, outputs: 2, readout }, random(1));
    const { model: back } = loadModel(JSON.stringify(saveModel(model)), 'm.json');
    assert.deepEqual(outputsOf(back), outputsOf(model));
  });
  it('refuses what is none, naming the file', () => {
    const good = JSON.parse(JSON.stringify(saveModel(modelOf('rnn'))));
    const without = { ...good, parameters: { ...good.parameters, 'l0.W_h': [1] } };
    for (const json of [
      null,
      3,
      [],
      {},
      { ...good, version: 2 },
      { ...good, layers: [] },
      { ...good, hidden: 1e9 },
      without,
    ])
      assert.throws(
        () => loadModel(JSON.stringify(json), 'm.json'),
        (error) => error instanceof InputError && error.problem.where === 'm.json',
      );
    const broken = modelOf('rnn');
    broken.parameters[0] = Number.NaN;
    assert.throws(() => saveModel(broken), RangeError);
  });
});

describe('weights as safetensors', () => {
  for (const cell of trainable)
    for (const [layers, directions] of layouts)
      it(`${cell}, ${layers} layers, ${directions} directions: there and back`, () => {
        const model = modelOf(cell, layers, directions);
        const { tensors } = readSafetensors(writeSafetensors(tensorsOf(model)), 'm.safetensors');
        const other = modelOf(cell, layers, directions, 2);
        assert.notDeepEqual(other.parameters, model.parameters);
        takeTensors(other, tensors, 'm.safetensors');
        assert.deepEqual(other.parameters, model.parameters);
      });
  it('have PyTorch’s names and shapes', () => {
    const shapes = (model: Model) =>
      Object.fromEntries([...tensorsOf(model)].map(([name, { shape }]) => [name, shape.join()]));
    assert.deepEqual(shapes(modelOf('gru-reset-after', 2)), {
      weight_ih_l0: '12,3',
      weight_hh_l0: '12,4',
      bias_ih_l0: '12',
      bias_hh_l0: '12',
      weight_ih_l1: '12,4',
      weight_hh_l1: '12,4',
      bias_ih_l1: '12',
      bias_hh_l1: '12',
      'readout.weight': '2,4',
      'readout.bias': '2',
    });
    assert.equal(shapes(modelOf('lstm', 2, 2)).weight_ih_l1_reverse, '16,8');
    assert.ok('l0.W_z' in shapes(modelOf('gru')));
  });
  it('of a module with names of its own are found, and a missing readout stays as it is', () => {
    const file = 'fixtures/training/lstm-two-both.safetensors';
    const { tensors } = readSafetensors(readFileSync(file), file);
    const expected = { cell: 'lstm', layers: 2, directions: 2, hidden: 4, inputs: 2, outputs: 1 };
    const found = ({ tensors: _, notes: __, ...rest } = foundIn(tensors, file)) => rest;
    assert.deepEqual(found(), expected);
    const renamed = new Map(
      [...tensors].map(([name, tensor]): [string, Tensor] => [
        name.replace('recurrent.', '').replace('readout', 'fc'),
        tensor,
      ]),
    );
    assert.deepEqual(found(foundIn(renamed, file)), expected);
    const alone = new Map([...renamed].filter(([name]) => !name.startsWith('fc')));
    const { outputs: _, ...rest } = expected;
    assert.deepEqual(found(foundIn(alone, file)), { ...rest, outputs: undefined });
    const model = modelOf('lstm', 2, 2);
    assert.throws(() => takeTensors(model, alone, file), InputError);
    const fitting = createModel(
      { cells: [builtIn('lstm'), builtIn('lstm')], directions: 2, hidden: 4, inputs: 2, outputs: 1 },
      random(1),
    );
    const before = fitting.parameter('readout.V').slice();
    takeTensors(fitting, foundIn(alone, file).tensors, file);
    assert.deepEqual(fitting.parameter('readout.V'), before);
  });
  it('that do not fit leave the model as it was', () => {
    const model = modelOf('lstm');
    const before = model.parameters.slice();
    for (const other of [modelOf('rnn'), modelOf('gru-reset-after'), modelOf('gru')])
      assert.throws(() => takeTensors(model, tensorsOf(other), 'm.safetensors'), InputError);
    assert.deepEqual(model.parameters, before);
    assert.throws(() => foundIn(tensorsOf(modelOf('gru')), 'm.safetensors'), InputError);
  });
  it('broken anywhere are refused, not read', () => {
    const file = writeSafetensors(tensorsOf(modelOf('rnn')));
    const header = (text: string) => {
      const bytes = new TextEncoder().encode(text);
      const made = new Uint8Array(8 + bytes.length);
      new DataView(made.buffer).setBigUint64(0, BigInt(bytes.length), true);
      made.set(bytes, 8);
      return made;
    };
    const entry = (value: object) => header(JSON.stringify({ a: value }));
    const broken = [
      new Uint8Array(0),
      file.subarray(0, 20),
      file.subarray(0, file.length - 1),
      new Uint8Array(64).fill(255),
      header('{'),
      header('[]'),
      header('null'),
      header('{"a":null}'),
      entry({ dtype: 'BF16', shape: [0], data_offsets: [0, 0] }),
      entry({ dtype: 'F64', shape: [-1], data_offsets: [0, 0] }),
      entry({ dtype: 'F64', shape: [1], data_offsets: [0, 8] }),
      entry({ dtype: 'F64', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 8] }),
      entry({ dtype: 'F64', shape: [1] }),
    ];
    for (const bytes of broken) assert.throws(() => readSafetensors(bytes, 'm.safetensors'), InputError);
    assert.equal(readSafetensors(header('{"__metadata__":{"format":"pt"}}'), 'm').tensors.size, 0);
  });
});
