// How a decoder is given the source: in one state, read forwards or backwards, or with a look back at every step; and what one seed finds of
// each.

import type { Cell } from '../../cells/catalogue.ts';
import { attending, readNames } from '../../cells/memory-reads.ts';
import { counted } from '../../numbers/counted.ts';
import { type Random, random } from '../../numbers/random.ts';
import { mean } from '../../numbers/statistics.ts';
import type { Pair, PairTask } from '../../tasks/task.ts';
import { createSeq2seq, type Seq2seq } from '../../training/seq2seq.ts';
import { decodePairs, trainSeq2seq } from '../../training/seq2seq-train.ts';
import { firstNonFiniteOf } from '../diverged.ts';
import type { Watch } from '../kit/seeds.ts';
import { type AlignmentMeasures, measuresOf } from './alignment.ts';

/** `plain`, `reversed`, and every read of lib/cells/reads. */
export const readingWays = (): string[] => ['plain', 'reversed', ...readNames()];

export const attends = (way: string): boolean => way !== 'plain' && way !== 'reversed';

export const decoderOf = (cell: Cell, way: string): Cell => (attends(way) ? attending(cell, way) : cell);

export const wayInWords = (way: string): string =>
  attends(way) ? `${way} attention` : way === 'reversed' ? 'source reversed' : 'no attention';

export interface AttentionOptions {
  readonly task: PairTask;
  readonly cell: Cell;
  /** Of `readingWays`. */
  readonly ways: readonly string[];
  /** H of encoder and decoder */
  readonly hidden: number;
  /** The encoder reads from both ends, with H/2 from each. */
  readonly bidirectional?: boolean | undefined;
  /** S, for all but the chart over lengths. */
  readonly steps: number;
  /** Source lengths of which each gets models of its own, `steps` among them; for a task of one length, that alone. */
  readonly lengths: readonly number[];
  readonly batch: number;
  readonly updates: number;
  /** Of Adam. */
  readonly rate: number;
  /** How many pairs each model is tried on. */
  readonly sequences: number;
  /** The pair that is drawn, of `steps` source symbols; if absent, the first that is said without a mistake, or else the first. */
  readonly shown?: Pair | undefined;
  /** The output whose weights are drawn as bars, from 1. */
  readonly output?: number | undefined;
  readonly seed: number;
  readonly seeds: number;
}

/** What one seed found. */
export interface AttentionFound {
  /** In the order of `ways`. */
  readonly ways: readonly WayFound[];
}

export interface WayFound {
  /** Share of outputs that are right, decoding alone, and of sequences without a mistake. */
  readonly right: number;
  readonly whole: number;
  /** Over source length: the share of outputs that are right. */
  readonly over: readonly { readonly length: number; readonly right: number }[];
  /** Where the decoder attends. */
  readonly alignment?: AlignmentMeasures | undefined;
  readonly shown: Shown;
  /** Why what it is worth is NaN, of the lengths where it is. */
  readonly diverged?: string | undefined;
}

/** One pair, what was said to it, and where the decoder looked. */
export interface Shown extends Pick<Pair, 'source' | 'target' | 'gold'> {
  /** -1 where its outputs are not finite. */
  readonly said: readonly number[];
  /** [T][S]; empty without attention. */
  readonly alpha: Float64Array;
}

export async function trainAndDecode(
  options: AttentionOptions,
  seed: number,
  watch: Watch,
): Promise<AttentionFound | undefined> {
  const { ways, lengths, steps, updates } = options;
  const all = ways.length * lengths.length * updates;
  let done = 0;
  const found: WayFound[] = [];
  for (const way of ways) {
    const over: { length: number; right: number }[] = [];
    let main: Omit<WayFound, 'over'> | undefined;
    let diverged: string | undefined;
    for (const length of lengths) {
      let updated = 0;
      const model = modelOf(options, way, random(seed));
      const run = trainSeq2seq(model, {
        ...options,
        rng: random(seed).fork('data'),
        steps: length,
        reversed: way === 'reversed',
      });
      let next = run.next();
      for (let update = 0; !next.done; next = run.next(), update++) {
        const values = [{ name: way, value: next.value }];
        await watch.tick(++done, all, { values, count: `${length} source symbols` });
        if (watch.stopped()) return undefined;
        updated = update + 1;
      }
      const tried = triedOn(model, options, way, length, random(seed).fork('evaluation'), next.value !== undefined);
      if (Number.isNaN(tried.right)) {
        const when =
          next.value === undefined
            ? 'on new pairs'
            : updated === 0
              ? 'before the first update'
              : `after ${counted(updated, 'update')}`;
        const what = next.value === undefined ? 'the outputs are' : `the ${next.value} was`;
        diverged ??= `with ${counted(length, 'source symbol')}, ${when} ${what} not finite: ${tried.cause()}`;
      }
      over.push(...(options.task.onlySteps === undefined ? [{ length, right: tried.right }] : tried.byLength));
      if (length === steps) main = tried;
    }
    const { right, whole, alignment, shown } = main!;
    found.push({ right, whole, over, shown, alignment, diverged });
  }
  return { ways: found };
}

/** Models of all ways begin with the same encoder and the same readout. */
function modelOf({ task, cell, hidden, bidirectional = false }: AttentionOptions, way: string, rng: Random): Seq2seq {
  const [sourceSymbols, targetSymbols] = [task.sourceSymbols.length, task.targetSymbols.length];
  const design = { encoder: cell, decoder: decoderOf(cell, way), hidden, bidirectional, sourceSymbols, targetSymbols };
  return createSeq2seq(design, rng.fork('model'));
}

function triedOn(
  model: Seq2seq,
  { task, sequences, steps, shown }: AttentionOptions,
  way: string,
  S: number,
  rng: Random,
  diverged: boolean,
) {
  const pairs = Array.from({ length: sequences }, () => task.pair(rng, S));
  const given = shown !== undefined && S === steps ? [shown] : [];
  const all = [...pairs, ...given];
  const T = task.targetSteps(S);
  const { said, alignment } = decodePairs(model, all, way === 'reversed');
  const spoken = all.map(({ source, target, gold }, b): Shown => {
    const alpha = new Float64Array(attends(way) ? T * S : 0).fill(Number.NaN);
    for (let t = 0; t < T && alpha.length > 0 && !diverged; t++) {
      const at = (t * all.length + b) * S;
      alpha.set(alignment.subarray(at, at + S), t * S);
    }
    return { source, target, gold, said: target.map((_, t) => said[t * all.length + b]!), alpha };
  });
  const tried = spoken.slice(0, pairs.length);
  const rightIn = ({ said, target }: Shown): number =>
    diverged || said.includes(-1) ? Number.NaN : said.filter((symbol, t) => symbol === target[t]).length / T;
  const rights = tried.map(rightIn);
  const lengths = [...new Set(pairs.map(({ length }) => length))].sort((a, b) => a - b);
  return {
    right: mean(rights),
    whole: mean(rights.map((right) => (Number.isNaN(right) ? right : right === 1 ? 1 : 0))),
    byLength: lengths.map((length) => ({ length, right: mean(rights.filter((_, b) => pairs[b]!.length === length)) })),
    shown: given.length > 0 ? spoken.at(-1)! : (tried[rights.indexOf(1)] ?? tried[0]!),
    alignment: attends(way) ? measuresOf(tried, S) : undefined,
    cause: () =>
      firstNonFiniteOf(
        model,
        pairs.map(({ source }) => source),
        tried.map(({ said }) => said),
        way === 'reversed',
      ),
  };
}
