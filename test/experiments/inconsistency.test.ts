// Huszár 2015: what scheduled sampling learns from endless data, against numbers worked out by hand and against a search.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  divergenceOf,
  learnedRows,
  marginalOf,
  mutualInformation,
  sampledObjective,
} from '../../lib/experiments/inconsistency.ts';
import { example } from '../../lib/experiments/sampling.ts';
import { random } from '../../lib/numbers/random.ts';

const near = (a: number, b: number, by: number) => assert.ok(Math.abs(a - b) <= by, `${a} and ${b}`);
/** -p ln p - … in nats, with the platform's logarithm. */
const entropy = (p: readonly number[]) => p.reduce((sum, v) => sum - v * Math.log(v), 0);

describe('the optimum of scheduled sampling', () => {
  it('is away from the truth by the numbers of the course', () => {
    const expected = [
      [1, 0],
      [0.75, 0.0246],
      [0.5, 0.0826],
      [0.25, 0.166],
      [0, 0.2754],
    ] as const;
    for (const [epsilon, kl] of expected) near(divergenceOf(example, learnedRows(example, epsilon)), kl, 5e-5);
  });
  it('by hand: with ε = ½ the answer is half way between .9 and .55', () => {
    near(marginalOf(example)[0]!, 0.55, 1e-15);
    near(learnedRows(example, 0.5)[0]![0]!, 0.725, 1e-15);
  });
  it('forgets the first symbol at ε = 0: the distance is H(x₂) - H(x₂|x₁)', () => {
    const information = entropy([0.55, 0.45]) - (entropy([0.9, 0.1]) + entropy([0.2, 0.8])) / 2;
    near(mutualInformation(example), information, 1e-14);
    near(divergenceOf(example, learnedRows(example, 0)), information, 1e-14);
  });
  it('is the smallest value of the objective: no other rows come below it', () => {
    const rng = random(1);
    const chain = { first: [0.3, 0.5, 0.2], rows: [0, 1, 2].map(() => row(rng.uniform(), rng.uniform())) };
    for (const epsilon of [1, 0.7, 0.3, 0]) {
      const best = learnedRows(chain, epsilon);
      const least = sampledObjective(chain, epsilon, best);
      for (let trial = 0; trial < 200; trial++) {
        const size = trial % 2 === 0 ? 1e-3 : 0.3;
        const other = best.map((q) => normed(q.map((v) => v * (1 + size * (rng.uniform() - 0.5)))));
        assert.ok(sampledObjective(chain, epsilon, other) > least);
      }
    }
  });
});

const row = (a: number, b: number): number[] => normed([0.2 + a, 0.2 + b, 0.5]);
const normed = (v: readonly number[]): number[] => v.map((x) => x / v.reduce((a, b) => a + b, 0));
