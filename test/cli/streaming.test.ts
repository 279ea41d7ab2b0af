// `unroll streaming`: what it prints and what it refuses. Its times are of the machine; no test here holds them to anything.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { resultSchema } from '../../lib/render/render.ts';
import { stackTrace, unroll } from './run-unroll.ts';

const small = ['streaming', 'rnn', 'mingru', '--tokens', '1000', '--hidden', '8'];

describe('unroll streaming', () => {
  it('counts bytes exactly and streams the numbers of the whole sequence', () => {
    const { code, out, err } = unroll([...small, '--format', 'json']);
    assert.equal(err, '');
    assert.equal(code, 0);
    const result = JSON.parse(out) as { claims: { id: string; holds: boolean; measured: number }[] };
    assert.ok(new Ajv2020({ strict: false }).compile(resultSchema)(result));
    const exact = result.claims.filter(({ id }) => !id.endsWith('time-flat'));
    assert.deepEqual(
      exact.map(({ id, holds }) => [id, holds]),
      ['memory-flat', 'cache', 'streaming-is-whole', 'rnn-memory', 'mingru-memory'].map((id) => [id, true]),
    );
    assert.equal(exact[1]!.measured, 2 * 8 * 1000);
  });

  it('measures several seeds one after the other, with what all of them gave', () => {
    const { code, out, err } = unroll([...small, '--seeds', '3', '--format', 'json']);
    assert.equal(err, '');
    assert.equal(code, 0);
    const { options, figures } = JSON.parse(out) as {
      options: { seeds: number };
      figures: { series?: { band?: { low: number[]; high: number[] } }[] }[];
    };
    assert.equal(options.seeds, 3);
    for (const { band } of figures[0]!.series!) assert.ok(band!.low.some((low, i) => low < band!.high[i]!));
  });

  for (const extra of [[], ['--width', '40'], ['--ascii'], ['--plain', '--ascii']])
    it(`is legible ${extra.join(' ')}`, () => {
      const { code, out, err } = unroll([...small, ...extra]);
      assert.equal(err, '');
      assert.equal(code, 0);
      assert.doesNotMatch(out, stackTrace);
      assert.match(out, /From which token on attention costs more/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what ASCII is
      if (extra.includes('--ascii')) assert.match(out, /^[\u0000-\u007f]*$/);
      if (extra.includes('--width'))
        for (const line of out.split('\n')) if (!line.includes('unroll ')) assert.ok(line.length <= 40, line);
    });

  for (const [args, says] of [
    [['--tokens', '10'], /--tokens 10 is too small/],
    [['--tokens', '1000000', '--hidden', '256', '--seed', '1', 'rnn'], /does not fit into memory/],
    [['ltsm'], /did you mean `lstm`/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const { code, out, err } = unroll(['streaming', ...args]);
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
      assert.equal(out, '');
      assert.equal(code, 2);
    });
});
