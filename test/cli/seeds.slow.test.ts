// Seeds side by side: on one core or on several the same bytes, whatever the data came through; and Ctrl-C keeps the seeds that are done.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { Result, TableFigure } from '../../lib/render/result.ts';
import { program, unroll } from './run-unroll.ts';

const series = `Year,CO2\n${Array.from({ length: 400 }, (_, i) => `${i},${(i % 12) + i / 100}`).join('\n')}\n`;

describe('--jobs', () => {
  // Long enough that other threads are asked to help.
  const lines: readonly (readonly [line: string, input?: string])[] = [
    ['exposure --compare forced,free --seeds 6'],
    ['exposure gru --csv - --column CO2 --steps 20 --seeds 4', series],
    ['sampling --epsilon 1,.5,0 --seeds 5'],
    ['train adding rnn gru --seeds 4'],
    ['attention --task reversal --seeds 4 --step 2'],
    ['bidirectional --seeds 4'],
    ['variants lstm gru mgu --seeds 5'],
    ['homework verify gru-step --seeds 6'],
    [
      'train text --file - --hidden 24 --seeds 4 --updates 100',
      'the bank of the river, the bank on the corner; '.repeat(40),
    ],
  ];
  for (const [line, input = ''] of lines)
    it(`does not change a byte of ${line}`, () => {
      const [one, three] = ['1', '3'].map((jobs) =>
        unroll([...line.split(' '), '--format', 'json', '--quiet', '--jobs', jobs], { input }),
      );
      assert.equal(one!.err, '');
      assert.equal(one!.code, 0);
      assert.equal(three!.err, '');
      assert.equal(three!.out, one!.out);
    });
  it('is a whole number', () => {
    const { code, err } = unroll(['exposure', '--jobs', 'all']);
    assert.equal(code, 2);
    assert.match(err, /--jobs: `all` is not a whole number/);
  });
});

describe('--engine mathjs', () => {
  it('trains to the same numbers', () => {
    const cells = (engine: string): number[] => {
      const line = `train labels rnn --updates 3 --steps 5 --batch 4 --seeds 1 --format json --engine ${engine}`;
      const { figures } = JSON.parse(unroll(line.split(' ')).out) as Result;
      return (figures[1] as TableFigure).rows[0]!.slice(2).map(Number);
    };
    const [fast, slow] = [cells('fast'), cells('mathjs')];
    for (const [i, value] of fast.entries()) assert.ok(Math.abs(value - slow[i]!) < 1e-9, `${value} and ${slow[i]}`);
  });
});

describe('Ctrl-C', () => {
  const interrupted = async (line: string, after: (err: string) => boolean) => {
    const child = spawn(process.execPath, [program, ...line.split(' ')], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err, sent] = ['', '', false];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      if (!sent && after(err)) sent = child.kill('SIGINT');
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  };
  for (const jobs of [1, 2])
    it(`keeps the seeds that are done, with --jobs ${jobs}`, async () => {
      const line = `exposure --seeds 1000 --updates 100 --format json --jobs ${jobs}`;
      // After some seconds a line says how far it is.
      const { code, out, err } = await interrupted(line, (said) => /\d+ of 1000 seeds/.test(said));
      assert.equal(code, 130);
      const [, kept] = /interrupted after (\d+) of 1000 seeds/.exec(err)!;
      const result = JSON.parse(out) as Result;
      assert.ok(Number(kept) > 0);
      assert.match(result.notes[0]!, new RegExp(`^Interrupted: ${kept} of 1000 seeds were done`));
      assert.equal(result.options.seeds, Number(kept));
      assert.deepEqual(result.claims, []);
    });
  it('before the first seed leaves nothing, and says so', async () => {
    const line = 'exposure --updates 100000 --steps 100';
    const { code, out, err } = await interrupted(line, (said) => said.includes('0 of 10 seeds'));
    assert.equal(code, 130);
    assert.equal(out, '');
    assert.match(err, /interrupted before the first seed was done: nothing was written/);
  });
});
