// What a start costs: --help evaluates no mathjs, no kernel and no renderer; a default chart is drawn in little more than a start.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  it('loads for --help one file, which holds no mathjs', () => {
    const hook = 'export async function load(u,c,n){process._rawDebug("loaded "+u);return n(u,c)}';
    const register = `import{register}from"node:module";register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)})`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(register)}`, program, '--help'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.match(stdout, /gradients/);
    const loaded = [...stderr.matchAll(/loaded (file:\S+)/g)].map((m) => m[1]!.replace(/^.*\//, ''));
    assert.deepEqual(loaded, ['unroll.js']);
    const text = readFileSync(program, 'utf8');
    for (const word of ['typed-function', 'asciichart', 'WebAssembly']) assert.ok(!text.includes(word), word);
  });

  it('shows the help in at most 2 times, and the default gradients in at most 4 times, the time of an empty node', () => {
    const [help, gradients] = [ratio(['--help'], 9), ratio(['gradients'], 9)];
    console.log(`--help ${help.toFixed(2)}, gradients ${gradients.toFixed(2)} times node -e 0`);
    // The tests share the machine with one another: the bounds leave room that a quiet machine does not need.
    assert.ok(help <= 2.6, `${help}`);
    assert.ok(gradients <= 5.5, `${gradients}`);
  });
});
