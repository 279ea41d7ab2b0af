// unroll streaming

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { attentionAt } from '../../experiments/attention-stream.ts';
import type { Watch } from '../../experiments/kit/seeds.ts';
import {
  ladder,
  type Streamed,
  type StreamingOptions,
  streamingChecks,
  streamingResult,
} from '../../experiments/streaming-result.ts';
import { recurrentStream, type Stream, type Tokens, tokens } from '../../experiments/streams.ts';
import { cellArguments, cellWords } from '../../options/cell-argument.ts';
import { type Given, numberOption } from '../../options/option.ts';
import { runOptions, seedFrom, seedsFrom } from '../../options/runs.ts';
import { wholeNumber } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';
import { microsecondsOf } from '../timing.ts';

const block = 100;
/** Tokens that run before any counts, so that the compilers of V8 are done. */
const warmUp = 5000;

const options = {
  tokens: numberOption('Run', 'how long the stream is', '100000'),
  hidden: numberOption('Cell', 'H, and d of attention', '32'),
  seed: runOptions.seed,
  seeds: numberOption('Run', 'so many times, each with tokens and parameters of its own', '1'),
  ...outputOptions,
};

type StreamingArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const streamingCommand: Command = {
  places: { cells: [cellWords, 'rnn gru lstm'] },
  options,
  examples: [
    ['unroll streaming', 'rnn, gru and lstm beside attention, over 100000 tokens'],
    ['unroll streaming lstm --hidden 128', 'one cell, wider'],
    ['unroll streaming mingru --tokens 20000', 'a cell that is trained by a scan, run step by step'],
  ],
  experiment: async (typed) => {
    const args = typed as StreamingArguments;
    const options: StreamingOptions = {
      cells: cellArguments(args.cells ?? [], ['rnn', 'gru', 'lstm'], environment),
      tokens: wholeNumber('--tokens', args.tokens, 1000, 1_000_000, 'more takes long') ?? 100_000,
      hidden: wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? 32,
      seed: seedFrom(args, environment),
    };
    return {
      seeds: seedsFrom(args, 1, environment),
      timed: true,
      run: async (k, watch) => {
        const one = { ...options, seed: options.seed + k };
        const measurement = await measured(one, watch);
        return measurement === undefined ? undefined : { ...measurement, checks: streamingChecks(one) };
      },
      result: (found) => streamingResult(options, found as Streamed[]),
    };
  },
};

/** Undefined when it was told to stop. */
async function measured(options: StreamingOptions, watch: Watch): Promise<Omit<Streamed, 'checks'> | undefined> {
  const { cells, hidden, seed, tokens: last } = options;
  const from = tokens(hidden, seed);
  const positions = ladder(last);
  const all = cells.length + 1;
  const attention = { times: [] as number[], bytes: [] as number[] };
  // The largest first: what does not fit is known at once.
  for (const t of positions.toReversed()) {
    const stream = cacheAt(t, from, options);
    const token = from.at(t - 1);
    attention.times.unshift(...(await microsecondsOf([() => stream.next(token)], { repeats: 9, warmUp: 5, least: 2 })));
    attention.bytes.unshift(stream.bytes);
    await watch.tick(attention.times.length / positions.length, all);
    if (watch.stopped()) return undefined;
  }
  const runs: CellRun[] = [];
  for (const cell of cells) {
    const run = await measuredCell(cell, options, from, (share) => watch.tick(runs.length + 1 + share, all));
    if (watch.stopped()) return undefined;
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
}

/** Microseconds a token in each block, those of a stream begun anew in turn with the last ones, and bytes along the ladder. */
interface CellRun {
  readonly times: number[];
  readonly anew: number[];
  readonly bytes: number[];
}

async function measuredCell(
  cell: Cell,
  { hidden, seed, tokens: last }: StreamingOptions,
  from: Tokens,
  tick: (share: number) => Promise<void>,
): Promise<CellRun> {
  const positions = ladder(last);
  const [stream, another] = [recurrentStream(cell, hidden, seed), recurrentStream(cell, hidden, seed)];
  for (const each of [stream, another]) {
    for (let t = 0; t < warmUp; t++) each.next(from.at(t));
    each.restart();
  }
  const run: CellRun = { times: [], anew: [], bytes: [] };
  const tail = Math.max(1000, last / 10);
  for (let t = 0; t < last; t += block) {
    const to = Math.min(last, t + block);
    run.times.push(timed(stream, t, to));
    // In turn, so that what else the machine does meets both.
    if (t >= last - tail) run.anew.push(timed(another, t, to));
    for (const position of positions) if (position > t && position <= to) run.bytes.push(stream.bytes);
    if (run.times.length % 64 === 0) await tick(to / last);
  }
  return run;

  /** Microseconds a token. */
  function timed(each: Stream, first: number, end: number): number {
    const begin = performance.now();
    for (let i = first; i < end; i++) each.next(from.at(i));
    return ((performance.now() - begin) * 1000) / (end - first);
  }
}

function cacheAt(t: number, from: Tokens, { hidden, seed }: StreamingOptions): Stream {
  try {
    return attentionAt(t, from, seed);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError('--tokens', `The cache of ${t} tokens does not fit into memory.`, {
      expected: 'at most 4 GB: about 2·d·t numbers of 8 bytes, held twice',
      got: `${t} tokens, d = ${hidden}`,
      fix: 'make --tokens or --hidden smaller',
    });
  }
}
