// unroll streaming

import { InputError } from '../../equations/input-error.ts';
import { attentionAt } from '../../experiments/attention-stream.ts';
import { breathe } from '../../experiments/breathe.ts';
import {
  ladder,
  type StreamingBytes,
  type StreamingOptions,
  type StreamingTimes,
  streamingChecks,
  streamingResult,
} from '../../experiments/streaming.ts';
import { recurrentStream, type Stream, tokens } from '../../experiments/streams.ts';
import { cellArguments, cellWords } from '../cell-argument.ts';
import type { Command } from '../command.ts';
import { type Typed, wholeNumber } from '../numbers.ts';
import { number } from '../options.ts';
import { type OutputArguments, outputOptions } from '../output.ts';
import { type RunArguments, runOptions, seedFrom } from '../run-options.ts';
import { microsecondsOf } from '../timing.ts';

interface StreamingArguments extends RunArguments, OutputArguments {
  readonly cells?: readonly string[];
  readonly tokens?: Typed;
  readonly hidden?: Typed;
}

const block = 100;
/** Tokens that run before any counts, so that the compilers of V8 are done. */
const warmUp = 5000;

export const streamingCommand: Command = {
  places: { cells: [cellWords, 'rnn gru lstm'] },
  options: {
    tokens: number('Run', 'how long the stream is', '100000'),
    hidden: number('Cell', 'H, and d of attention', '32'),
    seed: runOptions.seed,
    ...outputOptions,
  },
  examples: [
    ['unroll streaming', 'rnn, gru and lstm beside attention, over 100000 tokens'],
    ['unroll streaming lstm --hidden 128', 'one cell, wider'],
    ['unroll streaming mingru --tokens 20000', 'a cell that is trained by a scan, run step by step'],
  ],
  result: async (typed) => {
    const args = typed as StreamingArguments;
    const options: StreamingOptions = {
      cells: cellArguments(args.cells ?? [], ['rnn', 'gru', 'lstm']),
      tokens: wholeNumber('--tokens', args.tokens, 1000, 1_000_000, 'more takes long') ?? 100_000,
      hidden: wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? 32,
      seed: seedFrom(args),
    };
    const { times, bytes } = await measured(options);
    return streamingResult(options, times, bytes, streamingChecks(options));
  },
};

async function measured(
  options: StreamingOptions,
): Promise<{ readonly times: StreamingTimes; readonly bytes: StreamingBytes }> {
  const { cells, hidden, seed, tokens: last } = options;
  const from = tokens(hidden, seed);
  const positions = ladder(last);
  const attention = { times: [] as number[], bytes: [] as number[] };
  // The largest first: what does not fit is known at once.
  for (const t of positions.toReversed()) {
    const stream = cacheAt(t, options);
    const token = from.at(t - 1);
    attention.times.unshift(...(await microsecondsOf([() => stream.next(token)], { repeats: 9, warmUp: 5, least: 2 })));
    attention.bytes.unshift(stream.bytes);
  }
  const runs: { times: number[]; anew: number[]; bytes: number[] }[] = [];
  for (const cell of cells) {
    const [stream, another] = [recurrentStream(cell, hidden, seed), recurrentStream(cell, hidden, seed)];
    for (const each of [stream, another]) {
      for (let t = 0; t < warmUp; t++) each.next(from.at(t));
      each.restart();
    }
    const run = { times: [] as number[], anew: [] as number[], bytes: [] as number[] };
    const tail = Math.max(1000, last / 10);
    for (let t = 0; t < last; t += block) {
      const to = Math.min(last, t + block);
      run.times.push(timed(stream, t, to));
      // In turn, so that what else the machine does meets both.
      if (t >= last - tail) run.anew.push(timed(another, t, to));
      for (const position of positions) if (position > t && position <= to) run.bytes.push(stream.bytes);
      if (run.times.length % 64 === 0) await breathe();
    }
    runs.push(run);
  }
  return {
    times: {
      block,
      cells: runs.map(({ times }) => times),
      anew: runs.map(({ anew }) => anew),
      attention: attention.times,
    },
    bytes: { cells: runs.map(({ bytes }) => bytes), attention: attention.bytes },
  };

  /** Microseconds a token. */
  function timed(stream: Stream, first: number, end: number): number {
    const begin = performance.now();
    for (let i = first; i < end; i++) stream.next(from.at(i));
    return ((performance.now() - begin) * 1000) / (end - first);
  }

  function cacheAt(t: number, { hidden, seed }: StreamingOptions): Stream {
    try {
      return attentionAt(t, from, seed);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new InputError({
        where: '--tokens',
        says: `The cache of ${t} tokens does not fit into memory.`,
        expected: 'at most 4 GB: about 2·d·t numbers of 8 bytes, held twice',
        got: `${t} tokens, d = ${hidden}`,
        mend: 'make --tokens or --hidden smaller',
      });
    }
  }
}
