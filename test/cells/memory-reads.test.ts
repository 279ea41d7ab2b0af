// Cells that read a memory: what is written, that both engines and PyTorch agree on it, and what holds for any read.
// fixtures/attention/make.py made the vectors.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { builtIn, builtInNames, cellOf } from '../../lib/cells/catalogue.ts';
import { attending, readNames } from '../../lib/cells/memory-reads.ts';
import { InputError } from '../../lib/equations/input-error.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { printEquations, printProgram } from '../../lib/equations/print.ts';
import { readProgram } from '../../lib/equations/read.ts';
import type { EngineInputs } from '../../lib/equations/trace.ts';
import { readVectors, vectorsJson } from '../../lib/equations/vectors.ts';
import { numbersFor } from '../../lib/experiments/cell-check.ts';
import { fastEngine } from '../../lib/kernels/kernel-engine.ts';
import { matrix } from '../../lib/numbers/matrix.ts';
import { random } from '../../lib/numbers/random.ts';
import { numbersOf, worstDifference } from '../kernels/compare.ts';

const composed = readNames().flatMap((read) => builtInNames().map((name) => attending(builtIn(name), read)));

describe('a cell that reads a memory', () => {
  it('is the read in front of the cell, whose gates take what was read beside the input', () => {
    const lines = printEquations(attending(builtIn('gru'), 'dot').program.equations).map((line) =>
      line.replace(/ *#.*/, ''),
    );
    assert.deepEqual(lines, [
      'M = M_prev',
      "e = M' * h_prev",
      'alpha = softmax(e)',
      'context = M * alpha',
      'z = sigmoid(W_z * h_prev + U_z * x + C_z * context + b_z)',
      'r = sigmoid(W_r * h_prev + U_r * x + C_r * context + b_r)',
      'n = tanh(W_n * (r .* h_prev) + U_n * x + C_n * context + b_n)',
      'h = z .* h_prev + (1 - z) .* n',
    ]);
  });
  it('keeps the first values of the cell, and reads back as it is printed', () => {
    for (const { program } of composed) {
      const again = readProgram(printProgram(program)).program!;
      assert.equal(printProgram(again), printProgram(program));
    }
    assert.ok(attending(builtIn('lstm'), 'additive').program.initialisers.some(({ pattern }) => pattern === 'b_f'));
  });
  it('has no parameter whose size depends on the length of the memory, and draws none of it', () => {
    for (const { program } of composed)
      for (const name of program.parameters) {
        const { rows, columns } = program.shapes.get(name)!;
        assert.ok(rows !== 'S' && columns !== 'S', name);
      }
  });
  it('is refused, with what to do, for a cell that cannot be one', () => {
    const refused = {
      'h = tanh(W * h_prev + x)\nx : H': /otherwise than as `U \* x`/,
      's = tanh(W * s_prev + U * x)': /no state `h`/,
      'alpha = sigmoid(U * x)\nh = alpha .* h_prev': /both have a `alpha`/,
      'h = tanh(P * Q * h_prev + U * x)\nP : H S\nQ : S H': /both have a `S`/,
    };
    for (const [text, says] of Object.entries(refused))
      assert.throws(
        () => attending(cellOf('mine', text), 'additive'),
        (error) => error instanceof InputError && says.test(error.problem.says),
      );
  });
  it('gives one matrix of its own to each matrix that meets the input', () => {
    const mine = cellOf('mine', 'a = sigmoid(U * x)\nb = tanh(U * x + V * x)\nh = a .* h_prev + (1 - a) .* b');
    assert.deepEqual(attending(mine, 'dot').program.parameters, ['U', 'C', 'V', 'C_1']);
  });
});

describe('both engines', () => {
  for (const cell of composed)
    it(`${cell.name}: within 1e-12 of each other, values and gradients`, () => {
      for (const [hidden, input] of [
        [1, 1],
        [5, 3],
        [16, 8],
      ] as const) {
        const given = numbersFor(cell, hidden, input, 4, random(hidden));
        // As many columns as the source has symbols, which is not H.
        const columns = 7;
        const memory = numbersFor(cell, hidden * columns, 1, 1, random(2)).initial.get('h')!;
        const initial = new Map([...given.initial, ['M', matrix(hidden, columns, memory.data)]]);
        const all: EngineInputs = { ...given, initial };
        const fast = numbersOf(fastEngine(cell.program, cell.backward).gradients(all));
        const { worst, where } = worstDifference(fast, numbersOf(mathjsEngine(cell.backward).gradients(all)));
        assert.ok(worst <= 1e-12, `H = ${hidden}: ${where}`);
      }
    });
});

describe('any read', () => {
  const H = 5;
  const S = 6;
  const run = (name: string, memory: Float64Array) => {
    const cell = attending(builtIn('gru'), name);
    const given = numbersFor(cell, H, 3, 1, random(4));
    const initial = new Map([...given.initial, ['M', matrix(H, memory.length / H, memory)]]);
    const { values } = fastEngine(cell.program, cell.backward).forward({ ...given, initial });
    const of = (value: string) => Array.from(values.get(value)![0]!.data);
    return { alpha: of('alpha'), context: of('context'), memory: of('M') };
  };
  const columns = Array.from({ length: S }, (_, j) => Array.from({ length: H }, (_, i) => Math.sin(3 * j + i * i)));
  const memoryOf = (order: readonly number[]) =>
    Float64Array.from(
      { length: H * order.length },
      (_, at) => columns[order[at % order.length]!]![Math.floor(at / order.length)]!,
    );
  const order = [0, 1, 2, 3, 4, 5];
  const turned = [4, 0, 5, 2, 1, 3];
  const close = (a: readonly number[], b: readonly number[]) => {
    assert.equal(a.length, b.length);
    for (const [i, value] of a.entries()) assert.ok(Math.abs(value - b[i]!) < 1e-14);
  };
  for (const name of readNames()) {
    it(`${name}: weights are positive and sum to 1; the context is their mean of the columns; the memory stays`, () => {
      const { alpha, context, memory } = run(name, memoryOf(order));
      assert.ok(alpha.every((a) => a > 0));
      close([alpha.reduce((a, b) => a + b, 0)], [1]);
      close(
        context,
        context.map((_, i) => alpha.reduce((sum, a, j) => sum + a * columns[j]![i]!, 0)),
      );
      close(memory, [...memoryOf(order)]);
    });
    it(`${name}: has no notion of order: columns in another order, weights in that order, and the same context`, () => {
      const [one, other] = [run(name, memoryOf(order)), run(name, memoryOf(turned))];
      close(
        other.alpha,
        turned.map((j) => one.alpha[j]!),
      );
      close(other.context, one.context);
    });
    it(`${name}: a memory of one column is read as it is`, () => {
      const { alpha, context } = run(name, memoryOf([3]));
      close(alpha, [1]);
      close(context, columns[3]!);
    });
  }
});

interface Vectors {
  readonly cell: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, unknown>>;
}

const numbersIn = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(numbersIn) : [value as number]);

describe("PyTorch's float64 numbers, to 1e-10", () => {
  const all = JSON.parse(readFileSync('fixtures/attention/decoders.json', 'utf8')) as readonly Vectors[];
  for (const vectors of all) {
    const [name, read] = vectors.cell.split('+') as [string, string];
    const cell = attending(builtIn(name), read);
    for (const engine of [mathjsEngine(cell.backward), fastEngine(cell.program, cell.backward)])
      it(`${vectors.cell}, ${engine.name}: alignment, context, states, loss and every gradient`, () => {
        const { given } = readVectors(cell.program, vectors, 'decoders.json');
        const got = vectorsJson(cell.program, engine.gradients(given)) as unknown as Vectors;
        const close = (what: string, mine: unknown, theirs: unknown) => {
          const [a, b] = [numbersIn(mine), numbersIn(theirs)];
          assert.equal(a.length, b.length, what);
          for (const [i, x] of a.entries())
            assert.ok(Math.abs(x - b[i]!) < 1e-10, `${what}[${i}]: ${x}, PyTorch ${b[i]}`);
        };
        close('loss', got.loss, vectors.loss);
        for (const [value, wanted] of Object.entries(vectors.values)) close(value, got.values[value], wanted);
        for (const [of, wanted] of Object.entries(vectors.gradients)) close(`∂${of}`, got.gradients[of], wanted);
      });
  }
});
