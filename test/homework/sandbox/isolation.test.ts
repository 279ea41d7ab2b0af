import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { packageFolder } from '../../../lib/cells/package-folder.ts';
import type { Language } from '../../../lib/homework/language.ts';
import { Child } from '../../../lib/homework/sandbox/child.ts';
import { chooseSandbox } from '../../../lib/homework/sandbox/choose.ts';
import { bubblewrap } from '../../../lib/homework/sandbox/confinements.ts';
import { type Find, findOnPath } from '../../../lib/homework/sandbox/machine.ts';
import type { IsolationReport } from '../../../lib/homework/session.ts';
import { unreadable } from '../../another-user.ts';
import { below, hear, limits, withoutPython } from './machine.ts';

const without =
  (...names: string[]): Find =>
  (name) =>
    names.includes(name) ? undefined : findOnPath(name);

/** What was measured, and whether an honest submission was answered. */
async function learner(find: Find, language: Language): Promise<{ isolation: IsolationReport; works: boolean }> {
  const sandbox = await chooseSandbox({ limits, find, languages: [language] });
  const [name, text] =
    language === 'python' ? ['a.py', 'def rnn_step(h): return h'] : ['a.js', 'export const rnnStep = (h) => h;'];
  const heard = await hear(sandbox, name!, text!, [[[1, 2]]]);
  await sandbox.close();
  const reply = heard.ending && heard.replies[0];
  return { isolation: sandbox.isolation, works: reply?.kind === 'value' && String(reply.value) === '1,2' };
}
const outcome = ({ attempts }: IsolationReport, attempt: string): string | undefined =>
  attempts.find((tried) => tried.attempt === attempt)?.outcome;

describe('the canary', () => {
  it('can do all of it where nothing is held, so that a refusal means something', async () => {
    const sandbox = await chooseSandbox({ limits, atMost: 0, languages: ['program'] });
    await sandbox.close();
    const { level } = sandbox.isolation;
    assert.equal(level, 0);
    for (const attempt of ['read a file', 'reach a port', 'fork past the limit', 'write outside'])
      assert.equal(outcome(sandbox.isolation, attempt), 'succeeded', attempt);
    // Root's submissions run as another user, who may not signal root's processes.
    const signal = process.getuid?.() === 0 ? 'refused' : 'succeeded';
    assert.equal(outcome(sandbox.isolation, 'signal the parent'), signal);
  });

  it('in Python, too', { skip: withoutPython }, async () => {
    const sandbox = await chooseSandbox({ limits, atMost: 0, languages: ['python'] });
    await sandbox.close();
    for (const attempt of ['read a file', 'reach a port', 'fork past the limit', 'write outside'])
      assert.equal(outcome(sandbox.isolation, attempt), 'succeeded', attempt);
  });

  it('can do none of it at level 3, in any language', { skip: below(3) }, async () => {
    const { isolation } = await chooseSandbox({ limits }).then(async (sandbox) => {
      await sandbox.close();
      return sandbox;
    });
    assert.equal(isolation.level, 3);
    for (const { attempt, outcome } of isolation.attempts) assert.equal(outcome, 'refused', attempt);
  });

  it('at level 1 is kept from files by Node alone', { skip: withoutPython }, async () => {
    const measured = await Promise.all(
      (['javascript', 'python'] as const).map(async (language) => {
        const sandbox = await chooseSandbox({ limits, atMost: 1, languages: [language] });
        await sandbox.close();
        return outcome(sandbox.isolation, 'read a file');
      }),
    );
    assert.deepEqual(measured, ['refused', 'succeeded']);
  });
});

describe('a learner is served', () => {
  it('without bubblewrap', { skip: below(3) }, async () => {
    const { isolation, works } = await learner(without('bwrap'), 'javascript');
    assert.equal(isolation.level, 2);
    assert.ok(works);
  });

  it('without bubblewrap and unshare', async () => {
    const { isolation, works } = await learner(without('bwrap', 'unshare'), 'javascript');
    assert.equal(isolation.level, 1);
    assert.ok(works);
  });

  it('without prlimit, and is told that processes are not bounded', { skip: below(3) || withoutPython }, async () => {
    const { isolation, works } = await learner(without('prlimit'), 'python');
    assert.equal(isolation.level, 1);
    assert.equal(outcome(isolation, 'fork past the limit'), 'succeeded');
    assert.equal(outcome(isolation, 'read a file'), 'refused');
    assert.ok(works);
  });

  it('without any tool at all', async () => {
    const { isolation, works } = await learner(() => undefined, 'javascript');
    assert.equal(isolation.level, 1);
    assert.ok(works);
  });

  it('whose program is none, without any tool at all', async () => {
    const sandbox = await chooseSandbox({ limits, find: () => undefined, languages: ['program'] });
    for (const text of ['#!/nowhere/python\n', '\u007fELF and no more'])
      for (const heard of [await hear(sandbox, 'program', text, [[[1]]])])
        assert.deepEqual(heard.trouble ?? heard.ending.trouble, { status: 'error', code: 'exited', exit: 127 });
    await sandbox.close();
  });

  it('but not in Python where there is none', async () => {
    const sandbox = await chooseSandbox({ limits, find: () => undefined, languages: ['javascript', 'python'] });
    const heard = await hear(sandbox, 'a.py', 'def rnn_step(h): return h', []);
    await sandbox.close();
    assert.deepEqual(heard.trouble, { status: 'refused', code: 'no-runtime', got: 'python' });
    assert.equal(sandbox.isolation.level, 1);
  });

  it('where the kernel refuses namespaces', { skip: below(3) }, () => {
    const script = `
      import { chooseSandbox } from './lib/homework/sandbox/choose.ts';
      const sandbox = await chooseSandbox({ limits: ${JSON.stringify(limits)}, languages: ['javascript'] });
      const opened = await sandbox.open(process.env.SUBMISSION, 'javascript', ['rnnStep']);
      const reply = await opened.session?.ask({ kind: 'call', function: 'rnnStep', arguments: [[1, 2]] });
      await opened.session?.end();
      await sandbox.close();
      process.stdout.write(JSON.stringify({ level: sandbox.isolation.level, reply, trouble: opened.trouble }));
    `;
    const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
    // Within this one no further namespace can be made.
    const container = ['--unshare-user', '--disable-userns', '--dev-bind', '/', '/', '--'];
    const submission = resolve('test/homework/sandbox/identity.js');
    const { stdout, stderr } = spawnSync('bwrap', [...container, ...node], {
      encoding: 'utf8',
      env: { ...process.env, SUBMISSION: submission },
    });
    assert.deepEqual(JSON.parse(stdout || stderr), { level: 1, reply: { kind: 'value', value: [1, 2] } });
  });
});

describe('what is shown at level 3', { skip: below(3) || unreadable(packageFolder()) }, () => {
  it('are the folders that a runtime needs, and never the solutions that come with us', async () => {
    const own = packageFolder();
    const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
    chmodSync(folder, 0o755);
    writeFileSync(
      join(folder, 'look'),
      `#!/bin/sh\necho own; ls ${own}; echo given; ls ${folder}; echo no >${own}/written\n`,
    );
    chmodSync(join(folder, 'look'), 0o755);
    const [confinement] = bubblewrap(findOnPath);
    const job = { kind: 'program', folder, runner: '', file: 'look', executable: '/bin/sh', limits } as const;
    const child = new Child(confinement!.launch({ ...job, needs: [own, folder], permission: true }), true);
    await child.exited;
    rmSync(folder, { recursive: true });
    assert.match(child.prints.raw, /^own\ngiven\nlook\n/);
    assert.match(child.prints.raw, /Read-only file system/);
  });
});

it('closing ends what is open', async () => {
  const sandbox = await chooseSandbox({ limits, languages: ['javascript'] });
  const opening = sandbox.open(resolve('test/homework/sandbox/endless.js'), 'javascript', ['rnnStep']);
  await setTimeout(100);
  await sandbox.close();
  const { trouble } = await opening;
  assert.equal(trouble?.status, 'error');
});
