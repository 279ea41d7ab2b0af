// onnxruntime: a model of one LSTM node, written here byte by byte (onnx.proto); float32, one thread, forward only.

import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-node';
import { answer, numbers } from './answer.js';

const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
const whole = (field, value) => Buffer.from([...varint(field * 8), ...varint(value)]);
const bytes = (field, value) => {
  const content = Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
};
const join = (...parts) => Buffer.concat(parts.flat());

const float = 1;
const tensor = (name, dims, data) =>
  join(
    dims.map((d) => whole(1, d)),
    whole(2, float),
    bytes(8, name),
    bytes(9, Buffer.from(data.buffer)),
  );
const valueInfo = (name, dims) => {
  const shape = join(dims.map((d) => bytes(1, whole(1, d))));
  return join(bytes(1, name), bytes(2, bytes(1, join(whole(1, float), bytes(2, shape)))));
};

function lstmModel({ hidden, input, steps, batch }) {
  const draw = (name, dims) => {
    const count = dims.reduce((a, b) => a * b);
    return bytes(5, tensor(name, dims, numbers(count, 1 / Math.sqrt(hidden))));
  };
  const hiddenSize = join(bytes(1, 'hidden_size'), whole(3, hidden), whole(20, 2));
  const node = join(
    ['X', 'W', 'R', 'B'].map((name) => bytes(1, name)),
    bytes(2, 'Y'),
    bytes(4, 'LSTM'),
    bytes(5, hiddenSize),
  );
  const graph = join(
    bytes(1, node),
    bytes(2, 'lstm'),
    draw('W', [1, 4 * hidden, input]),
    draw('R', [1, 4 * hidden, hidden]),
    draw('B', [1, 8 * hidden]),
    bytes(11, valueInfo('X', [steps, batch, input])),
    bytes(12, valueInfo('Y', [steps, 1, batch, hidden])),
  );
  return join(whole(1, 8), bytes(7, graph), bytes(8, whole(2, 14)));
}

const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
await answer(`onnxruntime ${version}`, async (sizes) => {
  const { input, steps, batch } = sizes;
  const session = await ort.InferenceSession.create(lstmModel(sizes), { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const X = new ort.Tensor('float32', numbers(steps * batch * input, 1), [steps, batch, input]);
  return { forward: () => session.run({ X }) };
});
