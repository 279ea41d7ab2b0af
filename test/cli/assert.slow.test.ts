// Every experiment over seeds holds what it claims with its defaults: none is listed here, they are asked for.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameOf } from '../../lib/cli/command.ts';
import { commands } from '../../lib/cli/commands.ts';
import { unroll } from './run-unroll.ts';

/** What a command cannot do without. `compare` has no claims but those of its two sides. */
const wants: Readonly<Record<string, string>> = { states: '--perturb 1', train: 'adding gru' };

describe('--assert --seeds 5', async () => {
  const loaded = await Promise.all(
    commands.map(async (listed) => ({ name: nameOf(listed), ...(await listed.load()) })),
  );
  const experiments = loaded
    .filter(
      ({ name, options }) => name !== 'compare' && ['seeds', 'assert'].every((option) => option in (options ?? {})),
    )
    .map(({ name }) => name);
  it('is asked of every experiment', () => assert.ok(experiments.length >= 13, experiments.join(' ')));
  for (const name of experiments)
    it(`holds for unroll ${name}`, () => {
      const more = wants[name]?.split(' ') ?? [];
      const { code, out, err } = unroll([name, ...more, '--assert', '--seeds', '5', '--quiet']);
      assert.equal(err, '');
      assert.equal(code, 0);
      assert.match(out, /✓/);
    });
});
