// PyTorch's float64 numbers: the fast engine gives every value, the loss and every gradient.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import { readVectors, vectorsJson } from '../../lib/equations/vectors.ts';
import { fastEngine } from '../../lib/kernels/kernel-engine.ts';

const folder = new URL('../../fixtures/oracle/', import.meta.url);

interface Oracle {
  readonly cell: string;
  readonly equations: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, unknown>>;
}

const numbersIn = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(numbersIn) : [value as number]);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const oracle = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Oracle;
  for (const cell of [cellOf(`${file}'s equations`, oracle.equations.join('\n')), builtIn(oracle.cell)])
    test(`${cell.name}: PyTorch's values, loss and gradients to 1e-12`, () => {
      const { given } = readVectors(cell.program, oracle, file);
      const trace = fastEngine(cell.program, cell.backward).gradients(given);
      const got = vectorsJson(cell.program, trace) as unknown as Oracle;
      assert.deepEqual(Object.keys(got.gradients).sort(), Object.keys(oracle.gradients).sort());
      const close = (name: string, a: unknown, b: unknown) => {
        const [mine, theirs] = [numbersIn(a), numbersIn(b)];
        assert.equal(mine.length, theirs.length, name);
        for (const [i, x] of mine.entries())
          assert.ok(
            Math.abs(x - theirs[i]!) <= 1e-12 * Math.abs(theirs[i]!),
            `${name}[${i}]: ${x}, PyTorch ${theirs[i]}`,
          );
      };
      close('the loss', got.loss, oracle.loss);
      for (const [name, wanted] of Object.entries(oracle.values)) close(name, got.values[name], wanted);
      for (const [name, wanted] of Object.entries(oracle.gradients)) close(`∂${name}`, got.gradients[name], wanted);
    });
}
