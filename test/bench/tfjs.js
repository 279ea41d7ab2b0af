// TensorFlow.js: an LSTM over basicLSTMCell, gradients of x, kernel and bias by tf.grads. `node tfjs.js wasm|cpu`

import * as tf from '@tensorflow/tfjs';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { answer, numbers } from './answer.js';

const backend = process.argv[2] ?? 'wasm';
if (backend === 'wasm') setThreadsCount(1);
await tf.setBackend(backend);
await tf.ready();

await answer(`tfjs ${tf.version.tfjs} ${backend}`, ({ hidden, input, steps, batch }) => {
  const tensor = (shape, bound) =>
    tf.tensor(
      numbers(
        shape.reduce((a, b) => a * b),
        bound,
      ),
      shape,
    );
  const bound = 1 / Math.sqrt(hidden);
  const x = tensor([steps, batch, input], 1);
  const readout = tensor([steps, batch, hidden], 1);
  const kernel = tensor([input + hidden, 4 * hidden], bound);
  const bias = tensor([4 * hidden], bound);
  const forgetBias = tf.scalar(0);
  const run = (xs, k, b) => {
    let c = tf.zeros([batch, hidden]);
    let h = tf.zeros([batch, hidden]);
    const hs = [];
    for (const step of tf.unstack(xs)) {
      [c, h] = tf.basicLSTMCell(forgetBias, k, b, step, c, h);
      hs.push(h);
    }
    return tf.stack(hs);
  };
  const gradients = tf.grads((xs, k, b) => tf.sum(tf.mul(readout, run(xs, k, b))));
  return {
    forward: () => tf.tidy(() => void run(x, kernel, bias)),
    train: () => tf.tidy(() => void gradients([x, kernel, bias])),
  };
});
