// A token at a time: the same numbers as all at once, counted bytes, and crossovers that one can work out by hand.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, builtInNames, cellOf } from '../../lib/cells/catalogue.ts';
import { attentionAt, attentionStream, attentionWhole } from '../../lib/experiments/attention-stream.ts';
import {
  ladder,
  memoryCrossover,
  type Streamed,
  type StreamingOptions,
  streamingChecks,
  streamingResult,
  timeCrossover,
  timesAlong,
} from '../../lib/experiments/streaming-result.ts';
import { recurrentStream, tokens } from '../../lib/experiments/streams.ts';

const options: StreamingOptions = { cells: [builtIn('rnn'), builtIn('lstm')], hidden: 4, tokens: 2000, seed: 1 };

describe('a stream', () => {
  it('gives the numbers of the whole sequence, in every built-in cell and in attention', () => {
    const echo = cellOf('echo', 'h = 0.5 * h_prev + 1 - alpha');
    const { cells, attention } = streamingChecks({
      ...options,
      cells: [...builtInNames().map(builtIn), echo],
      tokens: 300,
    });
    assert.equal(cells.length, builtInNames().length + 1);
    for (const error of [...cells, attention]) assert.ok(error < 1e-13, `${error}`);
  });

  it('of attention by hand: one token is its own value, equal keys share alike', () => {
    const from = tokens(3, 5);
    const one = attentionStream(3, 5);
    const first = one.next(from.at(0));
    assert.ok(first.every((value, j) => Math.abs(value - attentionWhole(from, 1, 5)[j]!) < 1e-15));
    const twice = attentionStream(3, 5);
    twice.next(from.at(0));
    const again = twice.next(from.at(0));
    assert.ok(again.every((value, j) => Math.abs(value - first[j]!) < 1e-15));
    assert.ok(one.next(from.at(1)).some((value, j) => Math.abs(value - first[j]!) > 1e-3));
  });

  it('of attention is what its equations say, over a cache longer than the tokens that were drawn', () => {
    const from = tokens(4, 3);
    const stream = attentionStream(4, 3);
    for (let t = 0; t < 2500; t++) {
      const output = stream.next(from.at(t));
      if (![0, 1, 1023, 1024, 2499].includes(t)) continue;
      const compiled = attentionAt(t + 1, from, 3);
      assert.equal(compiled.bytes, stream.bytes);
      for (const [j, value] of compiled.next(from.at(t)).entries())
        assert.ok(Math.abs(value - output[j]!) < 1e-13, `${t}: ${value} ${output[j]}`);
    }
  });

  it('begins again where it began', () => {
    const from = tokens(4, 2);
    const stream = recurrentStream(builtIn('gru'), 4, 2);
    const run = () => Array.from({ length: 5 }, (_, t) => [...stream.next(from.at(t))]);
    const first = run();
    assert.notDeepEqual(run(), first);
    stream.restart();
    assert.deepEqual(run(), first);
  });

  it('takes H numbers, 2H in the LSTM, and 2·d·t in the cache', () => {
    assert.equal(recurrentStream(builtIn('rnn'), 7, 1).bytes, 7 * 8);
    assert.equal(recurrentStream(builtIn('lstm'), 7, 1).bytes, 2 * 7 * 8);
    assert.equal(attentionAt(50, tokens(7, 1), 1).bytes, 2 * 7 * 50 * 8);
  });
});

describe('the crossovers', () => {
  it('in memory come with the first token that makes the cache larger', () => {
    for (const [state, position] of [
      [8, 1],
      [63, 1],
      [64, 2],
      [128, 3],
      [1000, 16],
    ] as const)
      assert.equal(memoryCrossover(attentionStream(4, 1), 4, state), position);
  });

  it('in time are the position from which on attention stays slower, in medians of three', () => {
    assert.equal(timeCrossover([1, 1, 2, 5, 9], [3, 3, 3, 3, 3]), 3);
    assert.equal(timeCrossover([4, 5, 6], [3, 3, 3]), 0);
    assert.equal(timeCrossover([1, 2, 2], [3, 3, 3]), null);
  });

  it('in time are moved by one disturbed measurement by one position at most, wherever it is', () => {
    const [calm, cell] = [[1, 1, 1, 1, 5, 9, 20, 40], new Array<number>(8).fill(3)];
    assert.equal(timeCrossover(calm, cell), 4);
    for (const t of calm.keys())
      for (const disturbed of [0, 100])
        assert.ok(Math.abs(timeCrossover(calm.with(t, disturbed), cell)! - 4) <= 1, `${disturbed} at ${t}`);
  });

  it('are looked for on a ladder that ends with the last token', () => {
    assert.deepEqual(ladder(100), [1, 2, 5, 10, 20, 50, 100]);
    assert.deepEqual(ladder(30), [1, 2, 5, 10, 20, 30]);
  });

  it('take medians of the blocks around a position', () => {
    const blocks = Array.from({ length: 100 }, (_, i) => i);
    assert.deepEqual(timesAlong(blocks, 10, [1, 100, 1000]), [2, 12, 74.5]);
  });
});

describe('the result', () => {
  const positions = ladder(options.tokens);
  const one = (late: number): Streamed => ({
    times: {
      block: 100,
      cells: [Array(20).fill(2), [...Array(10).fill(4), ...Array(10).fill(late)]],
      anew: [Array(10).fill(2), Array(10).fill(4)],
      attention: positions.map((t) => 1 + t / 10),
    },
    bytes: {
      cells: [positions.map(() => 32), positions.map(() => 64)],
      attention: positions.map((t) => 2 * 4 * t * 8),
    },
    checks: { cells: [0, 1e-16], attention: 1e-16, nonFinite: [null, null] },
  });
  const result = (late: number) => streamingResult(options, [one(late)]);

  it('names the crossovers', () => {
    const table = result(4).figures.find((figure) => figure.kind === 'table');
    assert.ok(table?.kind === 'table');
    assert.deepEqual(table.rows, [
      ['rnn', 1, 'up to 20', 4000, 201 / 2],
      ['lstm', 2, '20 to 50', 2000, 201 / 4],
    ]);
  });

  it('holds its claims, and not the one on time where the end is three times as slow', () => {
    const broken = (late: number) => result(late).claims.flatMap(({ id, holds }) => (holds ? [] : [id]));
    assert.deepEqual(broken(4), []);
    assert.deepEqual(broken(12), ['lstm-time-flat']);
  });
  it('over seeds draws medians and ranges, and holds each claim where it holds least', () => {
    const { figures, claims } = streamingResult(options, [one(4), one(12), one(6)]);
    const [lines] = figures;
    assert.ok(lines?.kind === 'lines');
    const lstm = lines.series[1]!;
    assert.deepEqual([lstm.values.at(-1), lstm.band?.low.at(-1), lstm.band?.high.at(-1)], [6, 4, 12]);
    const flat = claims.find(({ id }) => id === 'lstm-time-flat');
    assert.deepEqual([flat?.measured, flat?.holds], [3, false]);
  });
});
