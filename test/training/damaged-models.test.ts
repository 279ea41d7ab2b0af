// Model files that were damaged or doctored: whatever they hold, the answer is an InputError or a CellError about the file (exit 2), or a
// model that runs. Never another error, never a number that is not finite.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { builtIn, CellError } from '../../lib/cells/catalogue.ts';
import { InputError } from '../../lib/equations/input-error.ts';
import { type Random, random } from '../../lib/numbers/random.ts';
import { createModel, emptyModel, type Model } from '../../lib/training/model.ts';
import { takeTensors, tensorsOf } from '../../lib/training/pytorch.ts';
import { foundIn, isModule } from '../../lib/training/pytorch-module.ts';
import { readSafetensors, writeSafetensors } from '../../lib/training/safetensors.ts';
import { loadModel, saveModel } from '../../lib/training/saved-model.ts';
import { unroll } from '../../lib/training/unroll.ts';

const where = 'm';
const deep = process.env.UNROLL_DEEP === '1' ? 10 : 1;
const model = createModel(
  { cells: [builtIn('lstm'), builtIn('gru')], directions: 1, hidden: 3, inputs: 2, outputs: 2 },
  random(1),
);
const about = { task: 'text', seed: 1, updates: 10, characters: 'ab' };

const isRefused = (error: unknown): boolean =>
  error instanceof CellError ||
  (error instanceof InputError && error.problem.says.length > 0 && error.problem.fix.length > 0);

/** What a file comes to: its model, or undefined where it is refused as it should be. */
function modelOr(load: () => Model, what: () => string): Model | undefined {
  let loaded: Model;
  try {
    loaded = load();
  } catch (error) {
    assert.ok(isRefused(error), `${what()}\n${error instanceof Error ? error.stack : error}`);
    return undefined;
  }
  assert.ok(loaded.parameters.every(Number.isFinite), what());
  unroll(loaded, { steps: 2, batch: 1, gradients: true }).forward();
  return loaded;
}

const pick = <T>(rng: Random, from: readonly T[]): T => from[rng.below(from.length)]!;

/** What somebody could write at any place. */
const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 2, 3, 1.5, 65_536, 65_537, 1e308, -0, 2 ** 53],
  ...['', 'NaN', '__proto__', 'constructor', '\u0000', '\u001b[31m', '\ud800', '💥', '1', 'x'.repeat(70_000)],
  ...[
    'h = tanh(W * h_prev)',
    'y = V * x + h_prev',
    'h = x',
    'y = 1',
    'h = W * x; W : H 7',
    'h = tanh(W *',
    'M = M_prev + x',
  ],
  ...[
    'h = tanh(U * x + W * h_prev)\nU : H D',
    `h = ${'('.repeat(900)}x${')'.repeat(900)}`,
    'h = x + y_prev; y = V * h',
  ],
  ...[[], {}, [[]], [null], [1, 2, 3], ['a'], { length: 3 }, { cell: 'a', equations: 'h = tanh(x + W * h_prev)' }],
];
const keys = ['__proto__', 'constructor', 'toString', '', 'l0.W_i', 'optimiser', 'version', 'cell', 'length'];

/** One change at one place, which is chosen from all of them. */
function changed(json: unknown, rng: Random): unknown {
  const places: { readonly of: Record<string, unknown>; readonly key: string }[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ of: value as Record<string, unknown>, key });
      if (places.length < 400) walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(json);
  // A number of a matrix is as likely as a field of its own, not a hundred times as likely.
  const fields = places.filter(({ of }) => !Array.isArray(of) || typeof of[0] !== 'number');
  const { of, key } = pick(rng, rng.below(8) === 0 || fields.length === 0 ? places : fields);
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(of, name, { value, enumerable: true, configurable: true, writable: true });
  };
  switch (rng.below(5)) {
    case 0:
      if (Array.isArray(of)) of.splice(Number(key), 1);
      else delete of[key];
      break;
    case 1:
      if (Array.isArray(of)) of.push(of[0]);
      else define(pick(rng, keys), of[key]);
      break;
    case 2:
      define(key, pick(rng, places).of);
      break;
    default:
      define(key, pick(rng, values));
  }
  return json;
}

/** Without the values that JSON cannot hold: a change may have made a circle. */
function textOf(json: unknown): string | undefined {
  try {
    return JSON.stringify(json);
  } catch {
    return undefined;
  }
}

/** Bytes exchanged, cut, doubled or added. */
function damaged(bytes: Uint8Array, rng: Random): Uint8Array {
  const made = Buffer.from(bytes);
  const at = rng.below(Math.max(1, made.length));
  switch (rng.below(5)) {
    case 0:
      return made.subarray(0, at);
    case 1:
      return Buffer.concat([made.subarray(0, at), made.subarray(rng.below(made.length))]);
    case 2:
      return Buffer.concat([made, Buffer.alloc(1 + rng.below(20), rng.below(256))]);
    default:
      for (let i = rng.below(4); i >= 0; i--) made[rng.below(Math.min(made.length, 700))] = rng.below(256);
      return made;
  }
}

describe('a saved model', () => {
  const text = JSON.stringify(saveModel(model, about));

  it('with anything in any place is refused, or runs', () => {
    const rng = random(1);
    let refused = 0;
    const times = 1500 * deep;
    for (let i = 0; i < times; i++) {
      let json: unknown = JSON.parse(text);
      for (let changes = rng.below(3); changes >= 0; changes--) json = changed(json, rng);
      const doctored = textOf(json);
      if (doctored === undefined) continue;
      if (
        modelOr(
          () => loadModel(doctored, where).model,
          () => doctored.slice(0, 3000),
        ) === undefined
      )
        refused++;
    }
    assert.ok(refused > times / 2 && refused < times, `${refused} of ${times} are refused`);
  });

  it('with damaged bytes is refused, or runs', () => {
    const rng = random(2);
    const bytes = new TextEncoder().encode(text);
    for (let i = 0; i < 300 * deep; i++) {
      const doctored = new TextDecoder().decode(damaged(bytes, rng));
      modelOr(
        () => loadModel(doctored, where).model,
        () => doctored.slice(0, 3000),
      );
    }
  });

  it('says what is wrong with it', () => {
    const good = JSON.parse(text);
    const cases: readonly (readonly [object, RegExp])[] = [
      [{ layers: [{ cell: 'a', equations: 'h = tanh(W * h_prev)' }] }, /`a` do not read the input/],
      [{ readout: 'z = z_prev + A * x\ny = V * z\nV : O H' }, /readout is not a function of its input/],
      [{ readout: 'y = V * x\nV : D D' }, /do not match: the readout gives 3 numbers, not 2/],
      [{ hidden: 60_000 }, /do not match: \d{10,} parameters are more than there is room for/],
      [{ hidden: 1.5 }, /`hidden` is not a size/],
      [{ version: 2 }, /Its version is 2/],
      [{ optimiser: { m: [1] } }, /`optimiser` is not part of a saved model/],
      [{ about: { updates: -3 } }, /`about\.updates` is -3, not a whole number/],
      [{ about: { characters: ['a'] } }, /`about` is not an object of strings/],
      [{ parameters: { ...good.parameters, 'l2.W': [1] } }, /has `l2\.W`, which no equation reads/],
      [{ parameters: { ...good.parameters, 'l0.b_i': [1, null, 2] } }, /`l0\.b_i` holds null at \[1\]/],
      [{ parameters: { ...good.parameters, 'l0.b_i': [1] } }, /no `l0\.b_i` of the right size/],
    ];
    for (const [change, says] of cases)
      assert.throws(
        () => loadModel(JSON.stringify({ ...good, ...change }), where),
        (error) => error instanceof InputError && says.test(error.problem.says),
        String(says),
      );
    assert.throws(() => loadModel(text.replace('"hidden":3', '"hidden":4,"hidden":3'), where), /key `hidden` twice/);
    assert.throws(() => loadModel('['.repeat(100_000) + ']'.repeat(100_000), where), InputError);
  });
});

describe('a safetensors file', () => {
  const lstm = createModel({ cells: [builtIn('lstm')], directions: 2, hidden: 3, inputs: 2, outputs: 2 }, random(1));
  const ours = writeSafetensors(tensorsOf(lstm), { unroll: JSON.stringify(about) });
  const files = [
    ours,
    ...['lstm-embedding', 'rnn-both'].map((name) => readFileSync(`fixtures/modules/${name}.safetensors`)),
  ];

  function loaded(bytes: Uint8Array): Model {
    const { tensors } = readSafetensors(bytes, where);
    if (!isModule(tensors)) throw new InputError(where, 'it asks which cell', { fix: 'name it' });
    const { cell, layers, directions, hidden, inputs, outputs = 1, ...found } = foundIn(tensors, where);
    const cells = Array.from({ length: layers }, () => builtIn(cell));
    const empty = emptyModel({ cells, directions, hidden, inputs, outputs });
    takeTensors(empty, found.tensors, where);
    return empty;
  }

  const withHeader = (text: string, data: Uint8Array): Uint8Array => {
    const head = Buffer.alloc(8);
    head.writeBigUInt64LE(BigInt(Buffer.byteLength(text)));
    return Buffer.concat([head, Buffer.from(text), data]);
  };

  it('with anything in its header, or damaged bytes, is refused, or runs', () => {
    const rng = random(3);
    let refused = 0;
    const times = 1500 * deep;
    for (let i = 0; i < times; i++) {
      const file = pick(rng, files);
      const end = 8 + Number(Buffer.from(file).readBigUInt64LE());
      let doctored: Uint8Array | undefined = damaged(file, rng);
      if (rng.below(2) === 0) {
        const header = textOf(changed(JSON.parse(Buffer.from(file.subarray(8, end)).toString()), rng));
        doctored = header === undefined ? undefined : withHeader(header, file.subarray(end));
      }
      if (doctored === undefined) continue;
      const bytes = doctored;
      if (
        modelOr(
          () => loaded(bytes),
          () => Buffer.from(bytes.subarray(0, 900)).toString(),
        ) === undefined
      )
        refused++;
    }
    assert.ok(refused > times / 2 && refused < times, `${refused} of ${times} are refused`);
  });

  it('is refused for what the reference implementation refuses', () => {
    const a = (offsets: string, shape = '[1]', dtype = '"F64"') =>
      `"a":{"dtype":${dtype},"shape":${shape},"data_offsets":${offsets}}`;
    const b = (offsets: string) => `"b":{"dtype":"F64","shape":[1],"data_offsets":${offsets}}`;
    const one = new Uint8Array(8);
    const two = new Uint8Array(16);
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      [`{${a('[0,8]')}}`, two, /8 bytes more than its header/],
      [`{${a('[0,8]')},${b('[0,8]')}}`, one, /`b` begin at byte 0, not 8: an overlap/],
      [`{${a('[0,8]')},${b('[8,16]')}}`, one, /truncated: it has 8 of 16 bytes/],
      [`{${a('[8,16]')}}`, two, /begin at byte 8, not 0: a gap/],
      [`{${a('[0,8]')},${a('[0,8]')}}`, one, /the key `a` twice/],
      [`{"__metadata__":{},"__metadata__":{},${a('[0,8]')}}`, one, /twice/],
      [`{"__metadata__":{"x":1},${a('[0,8]')}}`, one, /__metadata__/],
      [`{"__metadata__":[],${a('[0,8]')}}`, one, /__metadata__/],
      [` {${a('[0,8]')}}`, one, /does not begin with `\{`/],
      [`\ufeff{${a('[0,8]')}}`, one, /does not begin with `\{`/],
      [`{${a('[0,8]')}} x`, one, /not JSON/],
      [`{${a('[0,8]', '[1.0]')}}`, one, /the number 1\.0 where only whole/],
      [`{${a('[0,8]', '[-1]')}}`, one, /the number -1 where/],
      [`{${a('[0,8]', '[1e0]')}}`, one, /the number 1e0 where/],
      [`{${a('[0,8]', '[4294967296,4294967296]')}}`, one, /4294967296×4294967296, but its data_offsets span 8/],
      [`{${a('[0,8]', '[0,1e400]')}}`, one, /the number/],
      [`{${a('[0,8]', '[1]', '"F65"')}}`, one, /type `F65`, which safetensors does not have/],
      [`{${a('[0,8]', '[1]', 'null')}}`, one, /entry for `a` is damaged/],
      [`{${a('[8,0]')}}`, one, /its data_offsets span -8 bytes/],
      [`{"a\\ud800":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`, one, /half of a surrogate pair/],
      [`{${a('[0,2]', '[1]', '"BF16"')}}`, one.subarray(0, 2), /type BF16/],
      [`{${a('[0,8]', '[1]', '"I64"')}}`, one, /type I64, which is not a type of weights/],
    ];
    for (const [header, data, says] of cases)
      assert.throws(
        () => readSafetensors(withHeader(header, data), where),
        (error) => error instanceof InputError && says.test(error.problem.says),
        header,
      );
    const advice = (dtype: string): unknown => {
      try {
        return readSafetensors(withHeader(`{${a('[0,2]', '[1]', dtype)}}`, new Uint8Array(2)), where);
      } catch (error) {
        return (error as InputError).problem.fix;
      }
    };
    assert.match(String(advice('"F16"')), /module\.float\(\)\.state_dict\(\)/);
    // Padding, an order of its own and a tensor without numbers are allowed.
    const { tensors } = readSafetensors(
      withHeader(`{${b('[8,16]')},${a('[0,8]')},"z":{"dtype":"F32","shape":[0,3],"data_offsets":[8,8]}}   `, two),
      where,
    );
    assert.deepEqual([...tensors.keys()], ['b', 'a', 'z']);
  });

  it('is refused for a number that is not finite, with its place', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const data = Float64Array.of(1, 2, 3, 4, value, 6);
      assert.throws(
        () => readSafetensors(writeSafetensors(new Map([['fc.weight', { shape: [2, 3], data }]])), where),
        (error) => error instanceof InputError && error.problem.says === `\`fc.weight\` holds ${value} at [1, 1].`,
      );
    }
  });
});
