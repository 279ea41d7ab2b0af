// The plain arithmetic gives the numbers of mathjs, and shares what two programs have in common.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { PlainRuns } from '../../lib/equations/evaluate.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { plain } from '../../lib/equations/plain-math.ts';
import { column } from '../../lib/numbers/matrix.ts';
import * as fc from '../fast-check.ts';
import { arbitraryProgram } from './arbitrary-program.ts';
import { programOf } from './cells.ts';

test('one step of a random program is what mathjs makes of it, to 1e-12', () => {
  fc.assert(
    fc.property(arbitraryProgram(), ({ program, given }) => {
      const inputs = given.inputs.slice(0, 1);
      const { values } = mathjsEngine(derive(program)).forward({ ...given, inputs, readout: [] });
      const previous = [...given.initial].map(([state, value]) => [`${state}_prev`, value] as const);
      const named = [...given.params, ...previous, ['x', inputs[0]!] as const];
      const found = new PlainRuns(new Map(named.map(([name, value]) => [name, plain(value)]))).values(program);
      for (const { name } of program.equations) {
        const value = found.get(name)!;
        const got = typeof value === 'number' ? [value] : [...value.data];
        const expected = [...values.get(name)![0]!.data];
        assert.equal(got.length, expected.length, name);
        for (const [i, entry] of expected.entries())
          assert.ok(
            Object.is(got[i], entry) || Math.abs(got[i]! - entry) <= 1e-12 * Math.max(1, Math.abs(entry)),
            `${name}[${i}]: ${got[i]}, mathjs ${entry}`,
          );
      }
    }),
    { numRuns: 300 },
  );
});

test('a second program computes only what reads something else', () => {
  const first = programOf('f = tanh(a)\ng = f .* b\nh = g + c\nh_2 = f - c');
  const second = first.equations.map((equation) =>
    equation.name === 'g'
      ? { ...equation, value: equation.value.kind === 'apply' ? equation.value.args[1]! : equation.value }
      : equation,
  );
  const runs = new PlainRuns(new Map(['a', 'b', 'c'].map((name, i) => [name, column([i + 1, 0.5])])));
  const before = runs.values(first);
  const after = runs.values({ equations: second });
  assert.equal(after.get('f'), before.get('f'));
  assert.equal(after.get('h_2'), before.get('h_2'));
  assert.deepEqual(after.get('h'), column([5, 1]));
});
