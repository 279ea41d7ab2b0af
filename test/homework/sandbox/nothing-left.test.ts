import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { chooseSandbox } from '../../../lib/homework/sandbox/choose.ts';
import { below, foldersOf, hear, processesWith, withoutPython } from './machine.ts';

const limits = { seconds: 1, memory: 128 };
/** Milliseconds over the limit in which a submission has to be gone. */
const grace = 1000;

describe('after every ending nothing is left', { skip: below(3) }, async () => {
  const sandbox = await chooseSandbox({ limits });
  after(async () => {
    await sandbox.close();
    assert.deepEqual(foldersOf(process.pid), []);
  });
  let count = 0;
  const ends = async (
    name: 'a.js' | 'a.py',
    text: string,
    statuses: readonly (string | undefined)[],
  ): Promise<void> => {
    const started = performance.now();
    // Everything that it starts has its name in the command line.
    const mark = `mark${process.pid}x${count++}`;
    const heard = await hear(sandbox, name.replace('a', mark), text, [[[1]]]);
    const took = performance.now() - started;
    const trouble = heard.trouble ?? heard.ending.trouble;
    assert.ok(statuses.includes(trouble?.status), JSON.stringify(trouble));
    // Loading and answering are bounded each.
    assert.ok(took < 2 * limits.seconds * 1000 + grace, `${took} ms`);
    assert.deepEqual(processesWith(mark), []);
  };

  it('an honest one', () => ends('a.js', 'export const rnnStep = (h) => h;', [undefined]));
  it('an endless loop', () => ends('a.js', 'for (;;);', ['timeout']));
  it('an endless call', () => ends('a.js', 'export const rnnStep = () => { for (;;); };', ['timeout']));
  it('an endless print', () => ends('a.js', 'for (;;) console.log("x".repeat(1e6));', ['limit', 'timeout']));
  it('a full heap', () =>
    ends('a.js', 'const a = []; for (;;) a.push(new Array(1000).fill(1.5));', ['limit', 'timeout']));
  it('full buffers', () => ends('a.js', 'const a = []; for (;;) a.push(Buffer.alloc(1e7, 1));', ['limit', 'timeout']));
  it('one that ends itself', () => ends('a.js', 'process.kill(process.pid, "SIGKILL");', ['error']));
  it('one that ends everybody', () => ends('a.js', 'process.kill(-1, "SIGKILL");', ['error', undefined]));
  it('children that leave their group', { skip: withoutPython }, () =>
    ends(
      'a.py',
      `import os, time
for i in range(8):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
def rnn_step(h): return h
`,
      [undefined, 'error', 'violation'],
    ),
  );
  it('a fork bomb', { skip: withoutPython }, () =>
    ends('a.py', 'import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n', ['timeout']),
  );
  it('one that closes the channel', { skip: withoutPython }, () =>
    ends('a.py', 'import os\nos.close(3)\ndef rnn_step(h): return h\n', ['error']),
  );
  it('one that stops itself', { skip: withoutPython }, () =>
    ends('a.py', 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n', ['timeout', 'error']),
  );
});

describe('after the checker itself is killed', { skip: below(3) }, () => {
  it('its submissions end, and the next run removes its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
    const file = join(folder, 'endless.js');
    writeFileSync(file, 'for (;;);');
    const script = `
      import { chooseSandbox } from './lib/homework/sandbox/choose.ts';
      const sandbox = await chooseSandbox({ limits: { seconds: 60, memory: 128 }, languages: ['javascript'] });
      process.stdout.write('ready');
      await sandbox.open(${JSON.stringify(file)}, 'javascript', ['rnnStep']);
    `;
    const checker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(checker.stdout!, 'data');
    const mark = `-${checker.pid}-`;
    await until(() => processesWith(mark).length > 0);
    assert.equal(foldersOf(checker.pid!).length, 1);
    checker.kill('SIGKILL');
    await once(checker, 'exit');
    await until(() => processesWith(mark).length === 0);
    await (await chooseSandbox({ limits, languages: ['javascript'] })).close();
    assert.deepEqual(foldersOf(checker.pid!), []);
    rmSync(folder, { recursive: true });
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !isSo(); i++) await setTimeout(50);
  assert.ok(isSo());
}
