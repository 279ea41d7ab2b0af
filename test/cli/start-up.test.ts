// --help evaluates no mathjs, no kernel and no renderer.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { program } from './run-unroll.ts';

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
});
