// A conversation with a child that cuts what it writes wherever it likes.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Child } from '../../../lib/homework/sandbox/child.ts';
import { type LineReply, Lockstep } from '../../../lib/homework/sandbox/lockstep.ts';
import { Prints } from '../../../lib/homework/sandbox/prints.ts';
import { longestLine } from '../../../lib/homework/sandbox/reply-lines.ts';
import fc from '../../fast-check.ts';

const limits = { seconds: 60, memory: 256 };

/** A child that says what a test has it say. `shared`: it prints where it answers. `used`: milliseconds of the processor it says it has had. */
function talking(shared = false, seconds = limits.seconds, used: () => number | undefined = () => 0, computes = true) {
  let asked = '';
  const prints = new Prints();
  const child = {
    onData: (_: Uint8Array): void => {},
    onFlood: (): void => {},
    exited: new Promise<never>(() => {}),
    prints,
    print: (chunk: Uint8Array): void => void prints.add(chunk),
    send: (line: string): void => {
      asked = line;
    },
    kill: async (): Promise<void> => {},
    hangUp: (): void => {},
    processorUse: () => {
      const time = used();
      return time === undefined ? undefined : { time, computes };
    },
  };
  const lines = new Lockstep(child as unknown as Child, { ...limits, seconds }, shared);
  return {
    lines,
    prints,
    ask: (): Promise<LineReply> => lines.ask({ ask: 'call' }, ['return']),
    reply: (value: string): string => `{"id":"${JSON.parse(asked).id}","return":${value}}\n`,
    /** In pieces that end before these places, and in one that holds the rest. */
    say: (text: string, cuts: readonly number[] = []): void => {
      const bytes = Buffer.from(text);
      const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
      for (const [k, end] of ends.entries()) child.onData(new Uint8Array(bytes.subarray(ends[k - 1] ?? 0, end)));
    },
  };
}

describe('lockstep', () => {
  it('reads the same, wherever it is cut', async () => {
    const cuts = fc.array(fc.nat(1000), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async (cuts, shared) => {
        const { lines, prints, ask, reply, say } = talking(shared);
        const answered = ask();
        const printed = shared ? 'one\nand another, ümlaut\n' : '';
        say(printed + reply('[1.5, -2]'), cuts);
        const said = await answered;
        assert.equal(said.kind, 'said', JSON.stringify(said));
        assert.equal(prints.raw, printed);
        const again = ask();
        say(printed + reply('3'), cuts);
        assert.equal((await again).kind, 'said');
        assert.equal(prints.raw, printed + printed);
        assert.equal(lines.trouble, undefined);
      }),
    );
  });
  it('takes a megabyte in single bytes', { timeout: 60_000 }, async () => {
    const { ask, reply, say } = talking();
    const answered = ask();
    const text = reply(`[${'1,'.repeat(longestLine / 2 - 100)}1]`);
    say(
      text,
      Array.from(text, (_, k) => k),
    );
    assert.equal((await answered).kind, 'said');
  });
  it('ends a line that does not end, however it comes', async () => {
    for (const cuts of [[], [10, 1000, 500_000]]) {
      const { ask, say } = talking();
      const answered = ask();
      say(' '.repeat(longestLine + 1), cuts);
      assert.deepEqual(await answered, { kind: 'ended', trouble: { status: 'limit', code: 'reply-size' } });
    }
  });

  it('ends at its limit what has computed all the time, or of which nobody knows', async () => {
    for (const used of [() => 1000, () => undefined]) {
      const { ask } = talking(false, 0.2, used);
      const trouble = { status: 'timeout', code: 'too-slow', seconds: 0.2, loading: false };
      assert.deepEqual(await ask(), { kind: 'ended', trouble });
    }
  });
  it('says of what it ends that it had no processor, or waited', async () => {
    for (const [computes, why] of [
      [true, { starved: true }],
      [false, { waits: true }],
    ] as const) {
      const { ask } = talking(false, 0.2, () => 1, computes);
      const trouble = { status: 'timeout', code: 'too-slow', seconds: 0.2, loading: false, ...why };
      assert.deepEqual(await ask(), { kind: 'ended', trouble });
    }
  });
  it('counts the processor time of a child and of what it has started', {
    skip: process.platform !== 'linux',
  }, async () => {
    const burn = 'const start = process.cpuUsage(); while (process.cpuUsage(start).user < 1e5);';
    const more = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(burn)}], { stdio: 'inherit' })`;
    const outer = `${more}.on('exit', () => { console.log('done'); setInterval(() => {}, 1e6); }); ${burn}`;
    const child = new Child(
      {
        command: process.execPath,
        arguments: ['-e', outer],
        env: {},
        cwd: '/',
        inside: '/',
        tellsChild: false,
      },
      false,
    );
    await new Promise<void>((resolve) => {
      child.onData = () => resolve();
    });
    const used = child.processorUse()?.time;
    await child.kill();
    assert.ok(used !== undefined && used >= 190, String(used));
    assert.equal(child.processorUse(), undefined);
  });
});
