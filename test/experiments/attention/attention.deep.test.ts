// The rows "Seq2seq" and "Bahdanau attention" over 20 seeds: ranges are printed, and every claim holds on all of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { attention } from '../../../lib/experiments/attention/attention.ts';
import type { AttentionFound, WayFound } from '../../../lib/experiments/attention/source-access.ts';
import { unwatched } from '../../../lib/experiments/kit/seeds.ts';
import { pairTasks } from '../../../lib/tasks/catalogue.ts';

const seeds = 20;
const common = { cell: builtIn('gru'), hidden: 16, batch: 16, rate: 0.01, sequences: 256, seed: 1, seeds } as const;

const measures: Readonly<Record<string, (way: WayFound) => number | undefined>> = {
  right: ({ right }) => right,
  'all right': ({ whole }) => whole,
  'alignment error': ({ alignment }) => alignment?.error,
  'one later': ({ alignment }) => alignment?.oneLater,
  entropy: ({ alignment }) => alignment?.entropy,
  crossing: ({ alignment }) => alignment?.crossing,
};

function range(values: readonly number[]): string {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort((a, b) => a - b);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((v) => v?.toFixed(3)).join(' … ');
}

for (const [name, updates, lengths, claimed, bidirectional] of [
  ['copy', 300, [2, 4, 6, 10], 8, false],
  ['reversal', 300, [6], 7, false],
  ['dates', 600, [17], 3, false],
  ['copy', 300, [2, 4, 6, 10], 5, true],
  ['reversal', 300, [6], 4, true],
  ['dates', 600, [17], 4, true],
] as const)
  describe(`${name}, ${bidirectional ? 'both directions' : 'one direction'}, over ${seeds} seeds`, () => {
    it('holds every claim', async () => {
      const task = pairTasks.get(name)!;
      const steps = task.onlySteps ?? 6;
      const ways = ['plain', 'reversed', 'additive', 'dot'];
      const seeded = attention.seeded({ ...common, task, ways, steps, lengths, updates, bidirectional });
      const found: AttentionFound[] = [];
      for (let k = 0; k < seeds; k++) found.push((await seeded.run(k, unwatched))!);
      for (const [w, way] of ways.entries()) {
        console.log(`\n${name}, ${way}: least … median … most`);
        for (const [measure, of] of Object.entries(measures)) {
          const values = found.flatMap(({ ways }) => of(ways[w]!) ?? []);
          if (values.length > 0) console.log(`  ${measure}: ${range(values)}`);
        }
        for (const length of [...new Set(found.flatMap(({ ways }) => ways[w]!.over.map((o) => o.length)))].sort(
          (a, b) => a - b,
        ))
          console.log(
            `  right at S=${length}: ${range(found.flatMap(({ ways }) => ways[w]!.over.filter((o) => o.length === length).map(({ right }) => right)))}`,
          );
      }
      const { claims } = seeded.result(found);
      for (const { id, measured, relation, bound } of claims) console.log(`${id}: ${measured} ${relation} ${bound}`);
      assert.equal(claims.length, claimed);
      assert.deepEqual(
        claims.filter(({ holds, says }) => !holds || says.includes('(not in')),
        [],
      );
    });
  });
