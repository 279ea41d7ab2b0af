// What does one more token cost? The memory and the time of a token, for cells that carry a state and for attention that keeps a cache.
// Bytes are counted here; the clock is read in lib/cli.

import type { Cell } from '../cells/catalogue.ts';
import { printEquations } from '../equations/print.ts';
import { median } from '../numbers/statistics.ts';
import type { Claim, Result, Series, TableFigure } from '../render/result.ts';
import { attentionAt, attentionCell, attentionStream, attentionWhole } from './attention-stream.ts';
import { bandSeries } from './kit/band.ts';
import { claim } from './kit/claim.ts';
import { nonFiniteNotes } from './non-finite.ts';
import { recurrentStream, recurrentWhole, type Stream, streamError, streamNonFinite, tokens } from './streams.ts';
import { left, right } from './table-columns.ts';

export interface StreamingOptions {
  readonly cells: readonly Cell[];
  /** d: H of the cells, the width of a token, of a key and of a value. */
  readonly hidden: number;
  readonly tokens: number;
  /** The first of them: tokens and parameters are drawn from it. */
  readonly seed: number;
}

/** What lib/cli measured. A block is so many tokens of a stream, one after the other. */
interface StreamingTimes {
  readonly block: number;
  /** For each cell: microseconds a token in every block of the whole stream. */
  readonly cells: readonly (readonly number[])[];
  /** For each cell: those of a second stream from its beginning, in turn with the last blocks of the first. */
  readonly anew: readonly (readonly number[])[];
  /** For each position of the ladder: microseconds of the token there. */
  readonly attention: readonly number[];
}

/** What lib/cli counted while it ran. */
interface StreamingBytes {
  /** For each cell: the bytes of its states at each position of the ladder. */
  readonly cells: readonly (readonly number[])[];
  readonly attention: readonly number[];
}

/** 1, 2, 5, 10, … and the last token. */
export function ladder(last: number): number[] {
  const positions: number[] = [];
  for (let decade = 1; decade <= last; decade *= 10)
    for (const lead of [1, 2, 5]) if (lead * decade < last) positions.push(lead * decade);
  return [...positions, last];
}

/** As many tokens as the whole-sequence run of the check has. */
const checked = { cells: 2000, attention: 200 };

interface Checks {
  readonly cells: readonly number[];
  readonly attention: number;
  /** For each cell: where it stops being finite, in words; null where all is finite. */
  readonly nonFinite: readonly (string | null)[];
}

/** What one seed gave. */
export interface Streamed {
  readonly times: StreamingTimes;
  readonly bytes: StreamingBytes;
  readonly checks: Checks;
}

/** One token at a time against the whole sequence: worst differences over all cells, and of attention. */
export function streamingChecks({ cells, hidden, tokens: count, seed }: StreamingOptions): Checks {
  const from = tokens(hidden, seed);
  const [steps, rows] = [Math.min(count, checked.cells), Math.min(count, checked.attention)];
  const whole = attentionWhole(from, rows, seed);
  const token = attentionAt(rows, from, seed).next(from.at(rows - 1));
  const equations = token.reduce(
    (worst, value, j) => Math.max(worst, Math.abs(value - whole[(rows - 1) * hidden + j]!)),
    0,
  );
  const errors = cells.map((cell) =>
    streamError(recurrentStream(cell, hidden, seed), recurrentWhole(cell, from, steps, seed), from),
  );
  return {
    cells: errors,
    nonFinite: cells.map((cell, c) =>
      Number.isFinite(errors[c]!) ? null : (streamNonFinite(cell, from, steps, seed) ?? 'the outputs are not finite'),
    ),
    attention: Math.max(streamError(attentionStream(hidden, seed), whole, from), equations),
  };
}

/** The first position at which a cache of attention is larger than a state: by adding tokens until it is. */
export function memoryCrossover(stream: Stream, width: number, stateBytes: number): number {
  const token = new Float64Array(width);
  let position = 0;
  for (; stream.bytes <= stateBytes; position++) stream.next(token);
  return position;
}

/** Fewer tokens than this take so little time that the machine's noise decides which is slower. */
const unresolved = 20;

/**
 * The first position of the ladder from which on attention stays slower, as an index; null where it is not even at the last. Its time at a
 * position is the median of that, the one before and the one behind: one disturbed measurement moves this by one
 * position at most.
 */
export function timeCrossover(attention: readonly number[], cell: readonly number[]): number | null {
  const last = attention.length - 1;
  const around = (i: number): number => {
    const middle = Math.max(1, Math.min(last - 1, i));
    return median(attention.slice(middle - 1, middle + 2));
  };
  let from: number | null = null;
  for (let i = last; i >= 0 && around(i) > cell[i]!; i--) from = i;
  return from;
}

/** Microseconds of a cell at each position: the median of the blocks between half and twice the position, at least the first few. */
export function timesAlong(blocks: readonly number[], block: number, positions: readonly number[]): number[] {
  return positions.map((t) => {
    const [from, to] = [Math.floor(t / 2 / block), Math.ceil((2 * t) / block)];
    return median(blocks.slice(Math.min(from, Math.max(0, blocks.length - fewest)), Math.max(to, fewest)));
  });
}

const fewest = 5;

/** Of one seed or more, each measured by itself: bytes are the same in all of them, times are medians over them. */
export function streamingResult(options: StreamingOptions, found: readonly Streamed[]): Result {
  const { cells, hidden, tokens: last, seed } = options;
  const positions = ladder(last);
  const [{ bytes, times }] = found as readonly [Streamed];
  const cellSeries = cells.map(({ name }, c) =>
    bandSeries(
      name,
      found.map((one) => timesAlong(one.times.cells[c]!, one.times.block, positions)),
    ),
  );
  const attentionSeries = bandSeries(
    'attention',
    found.map((one) => one.times.attention),
  );
  const [cellTimes, attentionTimes] = [cellSeries.map(numbersOf), numbersOf(attentionSeries)];
  const crossings = cells.map((_, c) => ({
    memory: memoryCrossover(attentionStream(hidden, seed), hidden, bytes.cells[c]!.at(-1)!),
    time: timeCrossover(attentionTimes, cellTimes[c]!),
  }));
  const at = (index: number | null): string => {
    if (index === null) return 'not here';
    return positions[index]! <= unresolved ? `up to ${unresolved}` : `${positions[index - 1]} to ${positions[index]}`;
  };
  return {
    unroll: 1,
    experiment: 'streaming',
    question: 'What does one more token cost?',
    options: { cells: cells.map(({ name }) => name), hidden, tokens: last, seeds: found.length },
    seed,
    figures: [
      {
        kind: 'lines',
        title: `Time of a token, by its position${found.length > 1 ? `: median and range over ${found.length} seeds` : ''}`,
        settings: `d = H = ${hidden} · one layer · doubles`,
        x: { label: 't', values: positions, scale: 'log' },
        y: { label: 'microseconds', scale: 'log' },
        series: [...cellSeries, attentionSeries],
      },
      crossoverTable(),
      memoryTable(options, bytes),
      {
        kind: 'text',
        title: 'A token of attention, over a cache K, V of N = t rows',
        language: 'equations',
        lines: printEquations(attentionCell().program.equations, 80),
      },
    ],
    claims: [...claimsOf(options, found), ...cells.map((cell, c) => memoryClaim(cell, c))],
    notes: [
      ...cells.flatMap(({ name }, c) =>
        nonFiniteNotes(
          name,
          found.map(({ checks }) => checks.nonFinite[c] ?? undefined),
          seed,
        ),
      ),
      ...notesFor(times.block, last, found.length),
    ],
    next: { says: 'Why one is trained at once', command: `unroll parallel ${cells[0]?.typed ?? 'rnn'} mingru` },
  };

  function crossoverTable(): TableFigure {
    const ratio = (a: number | undefined, b: number | undefined) => a! / b!;
    return {
      kind: 'table',
      title: 'From which token on attention costs more',
      columns: [
        ...left('than'),
        ...right('in memory', 'in time'),
        { title: `memory at ${last}`, unit: 'times', align: 'right' },
        { title: `time at ${last}`, unit: 'times', align: 'right' },
      ],
      rows: cells.map(({ name }, c) => [
        name,
        crossings[c]!.memory,
        at(crossings[c]!.time),
        ratio(bytes.attention.at(-1), bytes.cells[c]!.at(-1)),
        ratio(attentionTimes.at(-1), cellTimes[c]!.at(-1)),
      ]),
    };
  }

  function memoryClaim(cell: Cell, c: number): Claim {
    const state = bytes.cells[c]!.at(-1)!;
    return claim(
      `${cell.name}-memory`,
      `the cache of attention, 2·d·t numbers, is larger than the state of ${cell.name}, ${state / 8} numbers, from this token on`,
      crossings[c]!.memory,
      '=',
      Math.floor(state / 8 / (2 * hidden)) + 1,
    );
  }
}

/** A series that has a value everywhere. */
const numbersOf = ({ values }: Series): number[] => values.map((value) => value!);

function memoryTable({ cells, tokens: last }: StreamingOptions, bytes: StreamingBytes): TableFigure {
  const positions = ladder(last);
  const shown = positions.flatMap((t, i) => (/^10*$/.test(String(t)) || t === last ? [i] : []));
  return {
    kind: 'table',
    title: 'What is kept of the tokens so far, in kB (1000 bytes)',
    columns: ['after', ...cells.map(({ name }) => name), 'attention'].map((title) => ({ title, align: 'right' })),
    rows: shown.map((i) => [
      `t = ${positions[i]!}`,
      ...[...bytes.cells, bytes.attention].map((counted) => counted[i]! / 1000),
    ]),
  };
}

/** Late blocks may take so much longer than early ones, in turn with them, for what else the machine does meanwhile. */
const noise = 2;
/** From so many tokens on the time of a token of attention is beyond doubt. */
const enough = 10_000;

/** Each of the seed where it holds least. */
function claimsOf({ cells, hidden, tokens: last }: StreamingOptions, found: readonly Streamed[]): Claim[] {
  const all = (of: (one: Streamed) => number): number[] => found.map(of);
  const flat = (blocks: readonly number[], anew: readonly number[]): number =>
    median(blocks.slice(-anew.length)) / median(anew);
  const spread = (counted: readonly number[]): number => Math.max(...counted) - Math.min(...counted);
  const needed = 2 * hidden * last;
  const cached = all(({ bytes }) => bytes.attention.at(-1)! / 8);
  return [
    claim(
      'memory-flat',
      `a state takes as many bytes after ${last} tokens as after one`,
      Math.max(...all(({ bytes }) => Math.max(...bytes.cells.map(spread)))),
      '=',
      0,
    ),
    claim('cache', `after ${last} tokens the cache has 2·d·t numbers`, furthest(cached, needed), '=', needed),
    ...cells.map(({ name }, c) =>
      claim(
        `${name}-time-flat`,
        `a token of ${name} takes as long at the end of the stream as at the beginning of another, within a factor of ${noise}: ratio of the times`,
        // What takes infinities and NaN says nothing of how long the cell takes.
        Math.max(
          ...all(({ times, checks }) =>
            checks.nonFinite[c] == null ? flat(times.cells[c]!, times.anew[c]!) : Number.NaN,
          ),
        ),
        '<=',
        noise,
      ),
    ),
    ...(last < enough
      ? []
      : [
          claim(
            'time-grows',
            `a token of attention takes more than 10 times as long at ${last} as at 100: ratio of the times`,
            Math.min(...all(({ times }) => times.attention.at(-1)! / times.attention[ladder(last).indexOf(100)]!)),
            '>',
            10,
          ),
        ]),
    claim(
      'streaming-is-whole',
      'one token at a time gives the numbers of the whole sequence at once, in every cell and in attention',
      Math.max(...all(({ checks }) => Math.max(...checks.cells, checks.attention))),
      '<',
      1e-12,
    ),
  ];
}

const furthest = (values: readonly number[], from: number): number =>
  values.reduce((worst, value) => (Math.abs(value - from) > Math.abs(worst - from) ? value : worst));

function notesFor(block: number, last: number, seeds: number): string[] {
  return [
    ...(seeds > 1
      ? [
          `${seeds} seeds, one after the other, for what runs beside a measurement is measured with it. Each claim is of the seed where it holds least.`,
        ]
      : []),
    `Sampled: each cell runs all ${last} tokens, and its time at t is the median of blocks of ${block} tokens from t/2 to 2t. Attention runs the token at the positions drawn, over a full cache: in one layer no output enters another token's key or value, so the tokens left out change nothing. All are compiled from their equations by the same engine; one thread. Times are of this machine, now.`,
    `Attention is slower from where it stays slower, in medians of three neighbouring positions. Below t = ${unresolved} a token takes so little that the machine decides: a crossover there is only said to be in that range.`,
    'With L layers both sides grow L-fold: 2·L·d·t numbers of cache beside L states. In single precision both halve.',
    `Checked against the whole sequence on the first ${checked.cells} tokens of each cell and ${checked.attention} of attention.`,
    'A state of fixed size must forget: what an RNN saves here it pays when something far back is asked for word by word (Jelassi et al. 2024). The cache forgets nothing, and pays for that with every token.',
    'Neither is strictly more powerful. As inputs grow, attention of fixed depth loses parity and nesting (Hahn 2020: hard attention cannot, soft attention no longer with confidence), which a recurrence follows; in finite precision an LSTM counts and a GRU does not (Weiss, Goldberg & Yahav 2018). A text longer than its state holds no recurrence can copy; a cache can.',
  ];
}
