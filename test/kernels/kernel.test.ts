// What a kernel promises beyond its numbers: sequences side by side do not touch each other, windows add up to the whole, several
// readouts share one forward pass, and the same seed gives the same bytes.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { builtIn, builtInNames, type Cell, cellOf } from '../../lib/cells/catalogue.ts';
import { compile, type Kernel } from '../../lib/kernels/kernel.ts';
import { kernelOf, lossesOf, sizesOf } from './kernel-of.ts';

const closeTo = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number, what: string): void => {
  assert.equal(a.length, b.length, what);
  const scale = Array.from(b).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-300);
  for (let i = 0; i < a.length; i++)
    assert.ok(Math.abs(a[i]! - b[i]!) <= tolerance * scale, `${what}[${i}]: ${a[i]} and ${b[i]}`);
};

const general = cellOf(
  'general',
  "S = 0.9 * S_prev + h_prev * x'\ng = sigmoid(v' * h_prev)\np = softmax(W * h_prev)\nh = tanh(S * x + g * p + (P * Q') * h_prev)\nS : H D\nP : H K\nQ : H K",
);
const sizesWith = (hidden: number, input: number) => sizesOf(hidden, input).set('K', 2);

for (const cell of [builtIn('rnn'), builtIn('lstm'), builtIn('lstm-peephole'), builtIn('gru'), general])
  for (const [H, D, B] of [
    [3, 2, 2],
    [8, 8, 5],
    [5, 1, 7],
  ] as const)
    test(`${cell.name}, H = ${H}, ${B} sequences: each gives the bits it gives alone, and gradients add up`, () => {
      const sizes = sizesWith(H, D);
      const T = 6;
      const all = kernelOf(cell, sizes, { steps: T, batch: B });
      all.forward();
      all.backward();
      const one = kernelOf(cell, sizes, { steps: T, batch: 1 });
      const output = all.value(cell.program.output, 0).length;
      const sum = new Float64Array(all.gradients.length);
      for (let b = 0; b < B; b++) {
        for (let t = 0; t < T; t++) {
          one.inputs.set(all.inputs.subarray((t * B + b) * D, (t * B + b + 1) * D), t * D);
          const from = (t * B + b) * output;
          one.readouts.set(all.readouts.subarray(from, from + output), t * output);
        }
        for (const state of cell.program.states) {
          const size = one.initial(state).length;
          one.initial(state).set(all.initial(state).subarray(b * size, (b + 1) * size));
        }
        one.forward();
        one.backward();
        for (const [i, gradient] of one.gradients.entries()) sum[i]! += gradient;
        assert.equal(lossesOf(one, cell.program.output)[0], lossesOf(all, cell.program.output)[b]);
        for (let t = 0; t < T; t++) {
          for (const { name } of cell.program.equations)
            assert.deepEqual(one.value(name, t), all.value(name, t, b), `${name} at step ${t}`);
          for (const name of cell.backward.totals.keys())
            assert.deepEqual(one.total(name, t), all.total(name, t, b), `the gradient of ${name} at step ${t}`);
          const x = all.inputGradients.subarray((t * B + b) * D, (t * B + b + 1) * D);
          assert.deepEqual(one.inputGradients.subarray(t * D, (t + 1) * D), x, `the gradient of x at step ${t}`);
        }
        for (const state of cell.program.states)
          assert.deepEqual(one.initialGradient(state), all.initialGradient(state, b));
      }
      closeTo(sum, all.gradients, 1e-13, 'gradients');
    });

for (const name of builtInNames())
  test(`${name}: gradients of the kernel are central differences of its losses`, () => {
    const cell = builtIn(name);
    const kernel = kernelOf(cell, sizesOf(4, 3), { steps: 5, batch: 3 }, 3);
    kernel.forward();
    kernel.backward();
    const gradients = kernel.gradients.slice();
    const loss = () => {
      kernel.forward();
      return lossesOf(kernel, cell.program.output).reduce((sum, x) => sum + x, 0);
    };
    const differences = gradients.map((_, i) => {
      const [value, step] = [kernel.parameters[i]!, 1e-5];
      const at = (x: number) => {
        kernel.parameters[i] = x;
        return loss();
      };
      const slope = (at(value + step) - at(value - step)) / (2 * step);
      kernel.parameters[i] = value;
      return slope;
    });
    closeTo(gradients, differences, 1e-8, 'gradients');
  });

/** One long sequence in windows of `window` steps: forward all the way, then backward from the last window to the first. */
function inWindows(
  cell: Cell,
  whole: Kernel,
  window: number,
  D: number,
): { kernel: Kernel; gradients: Float64Array; outputs: number[] } {
  const kernel = kernelOf(cell, sizesWith(5, D), { steps: window, batch: 1 });
  const output = whole.value(cell.program.output, 0).length;
  const windows = Math.ceil(whole.steps / window);
  const load = (w: number): number => {
    const [from, to] = [w * window, Math.min(whole.steps, (w + 1) * window)];
    kernel.inputs.set(whole.inputs.subarray(from * D, to * D));
    kernel.readouts.set(whole.readouts.subarray(from * output, to * output));
    return to - from;
  };
  const starts: Map<string, Float64Array>[] = [];
  const outputs: number[] = [];
  const ends = new Map<string, Float64Array>();
  for (let w = 0; w < windows; w++) {
    const steps = load(w);
    kernel.forward({ steps, carry: w > 0, sameParameters: w > 0 });
    outputs.push(...kernel.values(cell.program.output));
    // The states in which this window began: initial, or the last window's.
    starts.push(new Map(cell.program.states.map((s) => [s, w === 0 ? kernel.initial(s).slice() : ends.get(s)!])));
    for (const s of cell.program.states) ends.set(s, kernel.value(s, steps - 1).slice());
  }
  const gradients = new Float64Array(kernel.gradients.length);
  for (let w = windows - 1; w >= 0; w--) {
    const steps = load(w);
    for (const [state, values] of starts[w]!) kernel.initial(state).set(values);
    kernel.forward({ steps });
    for (const state of cell.program.states)
      if (w < windows - 1) kernel.arriving(state).set(kernel.initialGradient(state).slice());
    kernel.backward();
    for (const [i, gradient] of kernel.gradients.entries()) gradients[i]! += gradient;
  }
  return { kernel, gradients, outputs };
}

for (const cell of [builtIn('lstm'), builtIn('gru'), general])
  for (const window of [1, 4, 7])
    test(`${cell.name} in windows of ${window} steps: the same values, and gradients of the whole`, () => {
      const whole = kernelOf(cell, sizesWith(5, 3), { steps: 22, batch: 1 });
      whole.forward();
      whole.backward();
      const { kernel, gradients, outputs } = inWindows(cell, whole, window, 3);
      assert.deepEqual(Float64Array.from(outputs), whole.values(cell.program.output));
      closeTo(gradients, whole.gradients, 1e-13, 'gradients');
      for (const state of cell.program.states)
        closeTo(
          kernel.initialGradient(state),
          whole.initialGradient(state),
          1e-13,
          `∂L/∂${state} before the first step`,
        );
    });

test('100 000 steps in windows of 100 need the memory of 100', () => {
  const kernel = kernelOf(builtIn('gru'), sizesOf(8, 2), { steps: 100, batch: 1 });
  kernel.forward();
  const before = process.memoryUsage().rss;
  for (let w = 0; w < 1000; w++) {
    kernel.forward({ carry: true, sameParameters: true });
    kernel.backward();
  }
  assert.ok(process.memoryUsage().rss - before < 8e6);
  assert.ok(kernel.bytes < 1e6);
});

test('gradients of parameters alone are those among all', () => {
  for (const cell of [builtIn('lstm'), builtIn('gru'), general]) {
    const options = { steps: 70, batch: 2 };
    const all = kernelOf(cell, sizesWith(5, 3), options);
    const some = kernelOf(cell, sizesWith(5, 3), { ...options, gradients: 'parameters' });
    for (const kernel of [all, some]) {
      kernel.forward();
      kernel.backward();
    }
    closeTo(some.gradients, all.gradients, 1e-14, 'gradients');
    for (const state of cell.program.states)
      closeTo(some.initialGradient(state, 1), all.initialGradient(state, 1), 1e-14, state);
    assert.equal(some.inputGradients.length, 0);
    assert.throws(() => some.total('h', 0), /no total named h/);
  }
});

test('the same seed gives the same bytes, on every machine', () => {
  const hash = createHash('sha256');
  for (const name of ['rnn', 'lstm', 'gru']) {
    const kernel = kernelOf(builtIn(name), sizesOf(9, 4), { steps: 30, batch: 3 }, 5);
    kernel.forward();
    kernel.backward();
    hash.update(kernel.values('h')).update(kernel.gradients).update(kernel.inputGradients);
  }
  assert.equal(hash.digest('hex'), '384537e2361bf9d64f488f869e7c5520442e7543e2b3e5deeba317070d054cff');
});

test('parameters that change are noticed, and those that are said to stay are not read again', () => {
  const kernel = kernelOf(builtIn('rnn'), sizesOf(4, 2), { steps: 3, batch: 1 });
  kernel.forward();
  const before = kernel.values('h');
  kernel.parameter('W_h').fill(0);
  kernel.forward({ sameParameters: true });
  assert.deepEqual(kernel.values('h'), before);
  kernel.forward();
  assert.notDeepEqual(kernel.values('h'), before);
});

test('what a kernel cannot do it refuses by name', () => {
  const { program, backward } = builtIn('rnn');
  const sizes = sizesOf(4, 2);
  const options = { steps: 3, batch: 1 };
  const kernel = compile(program, undefined, sizes, options);
  assert.throws(() => kernel.backward(), /this kernel has no backward pass/);
  assert.throws(() => kernel.parameter('W_f'), /no parameter named W_f/);
  assert.throws(() => kernel.value('g', 0), /no value named g/);
  assert.throws(() => kernel.value('h', 3), /there is no step 3 of sequence 0/);
  assert.throws(() => kernel.forward({ steps: 4 }), /compiled for 1 to 3/);
  assert.throws(() => compile(program, backward, new Map([['D', 2]]), options), /no size is given for dimension H/);
  assert.throws(() => compile(program, backward, sizes, { steps: 0, batch: 1 }), /steps is 0/);
  assert.throws(() => compile(program, backward, sizes, { steps: 1e8, batch: 1000 }), /more than 4 GB/);
});

test('names that mean something to JavaScript are ordinary names, and never in the code', () => {
  const text =
    'constructor = tanh(__proto__ * constructor_prev + toString * x)\nh = constructor\n__proto__ : H H\ntoString : H D';
  const kernel = kernelOf(cellOf('hostile', text), sizesOf(4, 2), { steps: 3, batch: 1 });
  kernel.forward();
  kernel.backward();
  assert.ok(kernel.gradient('__proto__').some((x) => x !== 0));
  assert.equal(kernel.parameter('__proto__').length, 16);
});
