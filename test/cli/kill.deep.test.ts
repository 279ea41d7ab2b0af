// Killed at any moment, a run leaves a whole file under the name that was asked for, or none.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import { program } from './run-unroll.ts';

const kills = 40;

it(`leaves no half of a file in ${kills} kills`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-kill-'));
  const rng = random(1);
  const files = ['result.json', 'model.json'].map((name) => join(folder, name));
  const run = async (after?: number): Promise<number> => {
    const line = 'train adding gru --hidden 128 --updates 2 --seeds 1 --quiet --format json';
    const [out, save] = files as [string, string];
    const began = performance.now();
    const child = spawn(process.execPath, [program, ...line.split(' '), '--out', out, '--save', save], {
      stdio: 'ignore',
    });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
    await once(child, 'exit');
    clearTimeout(timer);
    return performance.now() - began;
  };
  try {
    const whole = await run();
    let [absent, there] = [0, 0];
    for (let i = 0; i < kills; i++) {
      for (const file of files) rmSync(file, { force: true });
      // Most of them about the end, where the files are written.
      await run(whole * (0.6 + 0.6 * rng.uniform()));
      for (const file of files) {
        if (existsSync(file)) JSON.parse(readFileSync(file, 'utf8'));
        if (existsSync(file)) there++;
        else absent++;
      }
    }
    console.log(`${there} whole files, ${absent} times none`);
    assert.ok(there > 0 && absent > 0, 'the kills came all too early, or all too late');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
