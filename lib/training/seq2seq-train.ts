// Teacher forcing for sequence to sequence: the decoder hears the true output before. And what a model has learned, decoding alone.

import { lengthOf } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';
import type { Pair, PairTask } from '../tasks/task.ts';
import { clip } from './clipping.ts';
import { lossOf } from './loss.ts';
import { adam } from './optimisers.ts';
import type { Seq2seq } from './seq2seq.ts';
import { type Decoded, type Seq2seqUnrolled, unrollSeq2seq } from './seq2seq-unroll.ts';

interface Seq2seqTrainOptions {
  readonly task: PairTask;
  /** Of the data alone. */
  readonly rng: Random;
  /** S */
  readonly steps: number;
  /** The encoder reads the source from its end (Sutskever, Vinyals & Le 2014, section 3.3). */
  readonly reversed: boolean;
  readonly batch: number;
  readonly updates: number;
  /** Of Adam; the gradient is clipped at norm 1. */
  readonly rate: number;
}

/**
 * Trains a model in place, an update for every value yielded: its loss in nats an output, before the step. Ends early with what was the
 * first to be infinite or NaN.
 */
export function* trainSeq2seq(
  model: Seq2seq,
  options: Seq2seqTrainOptions,
): Generator<number, 'loss' | 'gradient' | undefined, undefined> {
  const { task, rng, steps, reversed, batch, updates, rate } = options;
  const learning = learningStep(model, { sourceSteps: steps, targetSteps: task.targetSteps(steps), batch });
  const optimiser = adam()(model.parameters.length);
  for (let update = 0; update < updates; update++) {
    const pairs = Array.from({ length: batch }, () => task.pair(rng, steps));
    const loss = learning.gradientsOf(pairs, reversed);
    const { gradients } = learning.unrolled;
    const norm = lengthOf(gradients);
    if (!Number.isFinite(loss)) return 'loss';
    if (!Number.isFinite(norm)) return 'gradient';
    clip(gradients, { by: 'norm', most: 1 }, norm);
    optimiser.step(model.parameters, gradients, rate);
    yield loss;
  }
  return undefined;
}

interface LearningStep {
  readonly unrolled: Seq2seqUnrolled;
  /** The mean cross-entropy over all outputs; its gradients are in `unrolled.gradients`. As many pairs as the batch has sequences. */
  gradientsOf(pairs: readonly Pair[], reversed: boolean): number;
}

export function learningStep(
  model: Seq2seq,
  sizes: { readonly sourceSteps: number; readonly targetSteps: number; readonly batch: number },
): LearningStep {
  const unrolled = unrollSeq2seq(model, sizes);
  const rows = sizes.targetSteps * sizes.batch;
  const loss = lossOf('cross-entropy', model.design.targetSymbols, { rows, gradients: true });
  const targets = new Float64Array(rows);
  const weights = new Float64Array(rows).fill(1);
  return {
    unrolled,
    gradientsOf(pairs, reversed) {
      writeSources(unrolled, pairs, reversed);
      writeHeard(unrolled, pairs);
      for (const [b, { target }] of pairs.entries())
        for (const [t, symbol] of target.entries()) targets[t * sizes.batch + b] = symbol;
      unrolled.forward();
      const found = loss({ outputs: unrolled.outputs, targets, weights }, unrolled.outputGradients);
      unrolled.backward();
      return found;
    },
  };
}

/** What it says to these sources when it hears nothing but itself. */
export function decodePairs(model: Seq2seq, pairs: readonly Pair[], reversed: boolean): Decoded {
  const [{ source, target }] = pairs as [Pair];
  const sizes = { sourceSteps: source.length, targetSteps: target.length, batch: pairs.length };
  const unrolled = unrollSeq2seq(model, { ...sizes, gradients: false });
  writeSources(unrolled, pairs, reversed);
  return unrolled.decode();
}

function writeSources(
  { sources, batch, sourceSteps, model }: Seq2seqUnrolled,
  pairs: readonly Pair[],
  reversed: boolean,
): void {
  const width = model.design.sourceSymbols;
  sources.fill(0);
  for (const [b, { source }] of pairs.entries())
    for (const [j, symbol] of source.entries()) {
      const t = reversed ? sourceSteps - 1 - j : j;
      sources[(t * batch + b) * width + symbol] = 1;
    }
}

/** At the first step nothing was said yet: zeros. */
function writeHeard({ heard, batch, targetSteps, model }: Seq2seqUnrolled, pairs: readonly Pair[]): void {
  const width = model.design.targetSymbols;
  heard.fill(0);
  for (const [b, { target }] of pairs.entries())
    for (let t = 1; t < targetSteps; t++) heard[(t * batch + b) * width + target[t - 1]!] = 1;
}
