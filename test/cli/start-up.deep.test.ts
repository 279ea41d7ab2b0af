// What a start costs, beside an empty node: medians of pairs run in turn, on a machine that does nothing else.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { program } from './run-unroll.ts';

const milliseconds = (args: readonly string[]): number => {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
};

/** The median over pairs run in turn: the machine's speed drifts. */
function ratio(args: readonly string[], pairs: number): number {
  const ratios = Array.from({ length: pairs }, () => milliseconds([program, ...args]) / milliseconds(['-e', '0']));
  return ratios.sort((a, b) => a - b)[Math.floor(pairs / 2)]!;
}

describe('start-up', () => {
  it('shows the help in at most 2 times, and the default gradients in at most 4 times, the time of an empty node', () => {
    const [help, gradients] = [ratio(['--help'], 21), ratio(['gradients'], 21)];
    console.log(`--help ${help.toFixed(2)}, gradients ${gradients.toFixed(2)} times node -e 0`);
    assert.ok(help <= 2, `${help}`);
    assert.ok(gradients <= 4, `${gradients}`);
  });
});
