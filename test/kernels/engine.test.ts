// The fast engine gives what mathjs gives: every value and every gradient, for cells that nobody has thought of, at all sizes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { builtIn, builtInNames, cellOf } from '../../lib/cells/catalogue.ts';
import { derive } from '../../lib/equations/derive.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { type Program, type Sizes, shapeOf, sizeOf } from '../../lib/equations/program.ts';
import type { EngineInputs, Gradients, Trace } from '../../lib/equations/trace.ts';
import { compile } from '../../lib/kernels/kernel.ts';
import { fastEngine } from '../../lib/kernels/kernel-engine.ts';
import { matrix } from '../../lib/numbers/matrix.ts';
import { random } from '../../lib/numbers/random.ts';
import { arbitraryProgram } from '../equations/arbitrary-program.ts';
import * as fc from '../fast-check.ts';
import { numbersOf, worstDifference } from './compare.ts';
import { lossesOf } from './kernel-of.ts';

/** Numbers between -0.8 and 0.8 for a program, in the sizes given. */
function numbersFor(program: Program, sizes: Sizes, steps: number, seed: number): EngineInputs {
  const rng = random(seed);
  const of = (name: string) => {
    const { rows, columns } = shapeOf(program, name);
    const [r, c] = [sizeOf(rows, sizes), sizeOf(columns, sizes)];
    return matrix(
      r,
      c,
      Float64Array.from({ length: r * c }, () => 1.6 * rng.uniform() - 0.8),
    );
  };
  const perStep = (name: string) => Array.from({ length: steps }, () => of(name));
  return {
    params: new Map(program.parameters.map((name) => [name, of(name)])),
    initial: new Map(program.states.map((name) => [name, of(name)])),
    inputs: program.readsInput ? perStep('x') : Array.from({ length: steps }, () => matrix(1, 1, [0])),
    readout: perStep(program.output),
  };
}

function sizesIn(program: Program, { params, initial, inputs }: EngineInputs): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const [name, { rows, columns }] of [...params, ...initial, ['x', inputs[0]!] as const]) {
    const shape = program.shapes.get(name);
    if (typeof shape?.rows === 'string') sizes.set(shape.rows, rows);
    if (typeof shape?.columns === 'string') sizes.set(shape.columns, columns);
  }
  return sizes;
}

function compare(program: Program, given: EngineInputs): { worst: number; where: string } {
  const backward = derive(program);
  const [fast, slow] = [fastEngine(program, backward), mathjsEngine(backward)];
  const wanted = numbersOf(slow.gradients(given));
  return worstDifference(numbersOf(fast.gradients(given)), wanted);
}

test('500 random programs: every value and gradient within 1e-12 of mathjs', () => {
  fc.assert(
    fc.property(arbitraryProgram(), ({ text, program, given }) => {
      const { worst, where } = compare(program, given);
      assert.ok(worst <= 1e-12, `${where}\n${text}`);
    }),
    { numRuns: 500, seed: 20 },
  );
});

/** The same program for several sequences at once, as one trace for each; the gradients of parameters are in the first. */
function sideBySide(program: Program, given: readonly EngineInputs[]): (Trace & Gradients)[] {
  const [first] = given as [EngineInputs];
  const [T, B] = [first.inputs.length, given.length];
  const backward = derive(program);
  const kernel = compile(program, backward, sizesIn(program, first), { steps: T, batch: B });
  for (const name of program.parameters) kernel.parameter(name).set(first.params.get(name)!.data);
  for (const [b, { initial, inputs, readout }] of given.entries()) {
    for (const [name, { data }] of initial) kernel.initial(name).set(data, b * data.length);
    for (let t = 0; t < T; t++) {
      if (program.readsInput) kernel.inputs.set(inputs[t]!.data, (t * B + b) * inputs[t]!.data.length);
      kernel.readouts.set(readout[t]!.data, (t * B + b) * readout[t]!.data.length);
    }
  }
  kernel.forward();
  kernel.backward();
  const losses = lossesOf(kernel, program.output);
  const column = (data: Float64Array) => matrix(data.length, 1, data);
  const perStep = (at: (t: number) => Float64Array) => first.inputs.map((_, t) => column(at(t)));
  const width = kernel.inputs.length / (T * B);
  return given.map((_, b) => ({
    values: new Map(program.equations.map(({ name }) => [name, perStep((t) => kernel.value(name, t, b))])),
    loss: losses[b]!,
    params: new Map(b > 0 ? [] : program.parameters.map((name) => [name, column(kernel.gradient(name))])),
    inputs: perStep((t) => kernel.inputGradients.subarray((t * B + b) * width, (t * B + b + 1) * width)),
    initial: new Map(program.states.map((name) => [name, column(kernel.initialGradient(name, b))])),
    sentBack: new Map(program.states.map((name) => [name, perStep((t) => kernel.sentBack(name, t, b))])),
    totals: new Map([...backward.totals.keys()].map((name) => [name, perStep((t) => kernel.total(name, t, b))])),
  }));
}

test('500 random programs on two to four sequences side by side: within 1e-12 of mathjs on each', () => {
  fc.assert(
    fc.property(arbitraryProgram(), fc.integer({ min: 2, max: 4 }), ({ text, program, given }, batch) => {
      const all = Array.from({ length: batch }, (_, b): EngineInputs => {
        const rotated = <T>(list: readonly T[]): T[] => list.map((_, t) => list[(t + b) % list.length]!);
        return { ...given, inputs: rotated(given.inputs), readout: rotated(given.readout) };
      });
      const engine = mathjsEngine(derive(program));
      const wanted = all.map((one) => engine.gradients(one));
      const sum = new Map(
        program.parameters.map((name) => {
          const parts = wanted.map(({ params }) => params.get(name)!.data);
          return [
            name,
            matrix(
              parts[0]!.length,
              1,
              parts[0]!.map((_, i) => parts.reduce((s, part) => s + part[i]!, 0)),
            ),
          ];
        }),
      );
      for (const [b, got] of sideBySide(program, all).entries()) {
        const { inputs, ...rest } = wanted[b]!;
        const one = { ...rest, params: b > 0 ? new Map() : sum, inputs: inputs ?? got.inputs! };
        const { worst, where } = worstDifference(numbersOf(got), numbersOf(one));
        assert.ok(worst <= 1e-12, `sequence ${b} of ${batch}: ${where}\n${text}`);
      }
    }),
    { numRuns: 500, seed: 21 },
  );
});

test('100 random programs at sizes up to 40, longer than their tiles', () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 1, max: 12 }),
  );
  fc.assert(
    fc.property(arbitraryProgram(), sizes, fc.nat(), ({ text, program }, [H, D, K], seed) => {
      const given = numbersFor(program, new Map(Object.entries({ H, D, K })), 3, seed);
      const wanted = numbersOf(mathjsEngine(derive(program)).gradients(given));
      // At sizes that the program was not made for, sums may leave the range where a comparison means anything.
      fc.pre([...wanted.values()].every((list) => list.every((x) => Math.abs(x) < 1e6)));
      const { worst, where } = compare(program, given);
      assert.ok(worst <= 1e-11, `${where}\n${text}`);
    }),
    { numRuns: 100, seed: 20 },
  );
});

for (const name of builtInNames())
  test(`${name}: within 1e-12 of mathjs at several sizes`, () => {
    const { program } = builtIn(name);
    for (const [hidden, input] of [
      [1, 1],
      [2, 5],
      [7, 3],
      [16, 16],
      [33, 2],
    ] as const) {
      const given = numbersFor(program, new Map(Object.entries({ H: hidden, D: input })), 6, hidden);
      const { worst, where } = compare(program, given);
      assert.ok(worst <= 1e-12, `H = ${hidden}, D = ${input}: ${where}`);
    }
  });

const odd: Readonly<Record<string, string>> = {
  'a state that is another one, before': 'a = tanh(W * b_prev + x0 .* a_prev)\nb = a_prev\nh = a + b\nx0 : H',
  'a state that is the input': 'h = x + 0 * h_prev\nx : H',
  'values that no state enters': 'y = tanh(U * x)\nz = softmax(y)\nh = z .* y',
  'a number for a value': 'k = 2\nh = tanh(k * W * h_prev)',
  'an output behind the states': 's = tanh(W * s_prev + U * x + b)\ny = softmax(V * s + c)',
  'two names for one value': 'a = tanh(W * h_prev)\nh = tanh(W * h_prev)',
  'a weight used twice': 'h = tanh(W * (W * h_prev) + W * h_prev + U * x)',
  'a weight and its transpose': "h = tanh(W * h_prev + W' * h_prev)",
  'a weight under a function': 'h = tanh((W .* sigmoid(M)) * h_prev + exp(W) * (U * x))\nM : H H',
  'a weight of low rank': "h = tanh(P * Q' * h_prev + U * x)\nP : H K\nQ : H K",
  'fast weights': "S = 0.9 * S_prev + h_prev * x'\nh = tanh(S * x + W * h_prev)\nS : H D",
  'nothing but scalars': 'h = tanh(w * h_prev + u * x + b)\nh : 1\nx : 1\nw : 1\nu : 1\nb : 1',
  'a scalar for a gate': "g = sigmoid(v' * h_prev + u' * x)\nh = g * h_prev + (1 - g) * tanh(U * x)",
  'a norm': 'n = sqrt(sum(h_prev .* h_prev) + 1)\nh = tanh(W * h_prev) ./ n + U * x',
};
// Each of its derivatives reads the one before it three times: whoever follows every path never ends.
const chain = Array.from({ length: 60 }, (_, i) => `a${i + 1} = 0.5 * a${i} .* a${i} + 0.25 * a${i}`);

for (const [what, text] of Object.entries({
  ...odd,
  'a chain of sixty': ['a0 = 0.6 * tanh(W * h_prev + U * x)', ...chain, 'h = a60 + a0'].join('\n'),
}))
  test(`${what}: within 1e-12 of mathjs`, (t) => {
    const cell = cellOf(what, text);
    for (const H of [1, 4, 9]) {
      const given = numbersFor(cell.program, new Map(Object.entries({ H, D: 3, K: 2 })), 5, H);
      const { worst, where } = compare(cell.program, given);
      t.diagnostic(`H = ${H}: ${worst.toExponential(1)}`);
      assert.ok(worst <= 1e-12, `H = ${H}: ${where}`);
    }
  });

test('overflow is the same in both: infinities and NaN where mathjs has them', () => {
  const { program } = cellOf('overflow', 'h = exp(x) .* h_prev + log(x) .* x\nx : H');
  const given: EngineInputs = {
    params: new Map(),
    initial: new Map([['h', matrix(3, 1, [1, 2, 3])]]),
    inputs: [matrix(3, 1, [800, 0, -1]), matrix(3, 1, [1, 1, 1])],
    readout: [matrix(3, 1, [1, 1, 1]), matrix(3, 1, [1, 0, 1])],
  };
  assert.ok(compare(program, given).worst <= 1e-15);
});

test('no steps: nothing comes out, and the gradients are zero', () => {
  const { program, backward } = builtIn('lstm');
  const given = numbersFor(program, new Map(Object.entries({ H: 3, D: 2 })), 0, 1);
  const { loss, values, params, initial } = fastEngine(program, backward).gradients(given);
  assert.equal(loss, 0);
  assert.deepEqual([...values.values()].flat(), []);
  assert.ok([...params.values(), ...initial.values()].every(({ data }) => data.every((x) => x === 0)));
});

test('an engine that is asked again forgets what it was given before', () => {
  const { program, backward } = builtIn('gru');
  const sizes = new Map(Object.entries({ H: 4, D: 2 }));
  const engine = fastEngine(program, backward);
  const [first, second] = [numbersFor(program, sizes, 7, 1), numbersFor(program, sizes, 3, 2)];
  engine.gradients(first);
  const again = engine.gradients({ ...second, initial: new Map(), readout: [] });
  const fresh = fastEngine(program, backward).gradients({ ...second, initial: new Map(), readout: [] });
  assert.deepEqual(numbersOf(again), numbersOf(fresh));
});

test('the engine loads nothing but its own: mathjs is not behind it', () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type)[^;]*? from '([^']+)';/gms,
    )) {
      assert.ok(from!.startsWith('.'), `${file} imports ${from}`);
      visit(join(dirname(file), from!));
    }
  };
  visit(fileURLToPath(new URL('../../lib/kernels/kernel-engine.ts', import.meta.url)));
  assert.ok(![...seen].some((file) => file.endsWith('mathjs.ts') || file.endsWith('ops.ts')), [...seen].join('\n'));
});
