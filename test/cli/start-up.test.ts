// --help evaluates no mathjs, no kernel and no renderer.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { program, unroll } from './run-unroll.ts';

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

describe('compiled code', () => {
  const kept = (mode: number): number => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-cache-'));
    try {
      chmodSync(folder, mode);
      const { code, err } = unroll(['cell', 'show', 'rnn'], {
        env: { XDG_CACHE_HOME: folder },
      });
      assert.equal(err, '');
      assert.equal(code, 0);
      return readdirSync(folder, { recursive: true }).length;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  it('is kept in the cache folder of the user, where Node can', () => {
    assert.equal(kept(0o700) > 0, 'enableCompileCache' in module);
  });
  it('is not kept where others could leave code of theirs', () => {
    assert.equal(kept(0o777), 0);
  });
});
