// `probe` on the text made by rule over 20 seeds: tables are printed, and every claim holds on all of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn } from '../../../lib/cells/catalogue.ts';
import { runSeeded } from '../../../lib/experiments/kit/seeds.ts';
import { probe } from '../../../lib/experiments/probe/probe.ts';
import { probeText } from '../../../lib/experiments/probe/text-properties.ts';
import { random } from '../../../lib/numbers/random.ts';
import { speechText } from '../../../lib/tasks/speech-text.ts';
import { textTask } from '../../../lib/tasks/text-task.ts';

const task = probeText(textTask('rule', speechText(20_000, random(1))));
const claims = { lstm: 4, gru: 4, rnn: 3 };

describe('over 20 seeds', () => {
  for (const [name, count] of Object.entries(claims))
    it(`${name}: units of a trained model know what those of an untrained one do not`, async () => {
      const result = await runSeeded(
        probe.seeded({
          task,
          property: 'quotes',
          at: task.shown,
          cell: builtIn(name),
          start: { hidden: 16 },
          steps: 40,
          batch: 16,
          updates: 400,
          rate: 0.02,
          seed: 1,
          seeds: 20,
          engine: 'fast',
        }),
      );
      console.log(`\n${name}`);
      for (const figure of result.figures)
        if (figure.kind === 'table')
          for (const row of [figure.columns.map(({ title }) => title), ...figure.rows])
            console.log(row.map((v) => (typeof v === 'number' ? v.toPrecision(3) : (v ?? ''))).join(' | '));
      for (const { id, measured, relation, bound } of result.claims)
        console.log(`${id}: ${measured.toPrecision(3)} ${relation} ${bound}`);
      assert.equal(result.claims.length, count);
      assert.deepEqual(
        result.claims.filter((claim) => !claim.holds),
        [],
      );
      // By chance nobody knows anything, however well chosen.
      const table = result.figures.find((figure) => figure.kind === 'table')!;
      for (const row of table.rows) assert.ok(Math.abs((row.at(-1) as number) - 0.5) < 0.1, String(row));
    });
});
