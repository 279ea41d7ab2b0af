// PyTorch's float64 numbers: every value, the loss and every gradient.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { readVectors, vectorsJson } from '../../lib/equations/vectors.ts';
import { cellTexts, programOf } from './cells.ts';

const folder = new URL('../../fixtures/oracle/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

interface Oracle {
  readonly cell: string;
  readonly equations: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, unknown>>;
}

const numbersIn = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(numbersIn) : [value as number]);

/** max |a − b| / |b|, entry by entry. */
function relativeError(got: unknown, wanted: unknown): number {
  const [a, b] = [numbersIn(got), numbersIn(wanted)];
  assert.equal(a.length, b.length);
  return Math.max(...a.map((value, i) => (value === b[i] ? 0 : Math.abs((value - b[i]!) / b[i]!))));
}

test('there are five files of vectors', () => assert.equal(files.length, 5));

for (const file of files) {
  const json = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Oracle;
  const texts = { "the file's equations": json.equations.join('\n'), 'the built-in cell': cellTexts.get(json.cell)! };
  for (const [whose, text] of Object.entries(texts))
    test(`${json.cell}, ${whose}: PyTorch's values, loss and gradients to 1e-12`, (t) => {
      const program = programOf(text);
      const { given } = readVectors(program, json, file);
      const got = vectorsJson(program, mathjsEngine(derive(program)).gradients(given)) as unknown as Oracle;
      assert.deepEqual(Object.keys(got.gradients).sort(), Object.keys(json.gradients).sort());
      const errors = [
        ['loss', relativeError(got.loss, json.loss)] as const,
        ...Object.entries(json.values).map(
          ([name, wanted]) => [name, relativeError(got.values[name], wanted)] as const,
        ),
        ...Object.entries(json.gradients).map(
          ([n, wanted]) => [`∂${n}`, relativeError(got.gradients[n], wanted)] as const,
        ),
      ];
      const worst = errors.reduce((a, b) => (b[1] > a[1] ? b : a));
      t.diagnostic(`worst: ${worst[0]} ${worst[1].toExponential(1)}`);
      assert.ok(worst[1] <= 1e-12, `${worst[0]} differs by ${worst[1]}`);
    });
}
