// The task's bounds, held against the median of the seeds. They were chosen on seeds 1 to 20 so that they hold on each of them with room. What
// half of the seeds learn is no claim.

import type { Claim } from '../render/result.ts';
import { claimOfMedian } from './kit/claim.ts';
import type { Learner, LearningOptions } from './learning-curve.ts';
import { linesFor } from './learning-lines.ts';

export function learningClaims(bySeed: readonly (readonly Learner[])[], options: LearningOptions): Claim[] {
  if (!isUsual(options)) return [];
  const { task, seed, start, directions } = options;
  const lines = linesFor(options);
  return (task.learned ?? []).flatMap(({ cell, measure, relation, bound, says, forgetBias, directions: both = 1 }) => {
    const c = lines.findIndex((line) => line.cell.name === cell);
    if (c < 0 || both !== directions || forgetBias !== start.forgetBias) return [];
    const values = bySeed.map((learners) => {
      const { loss, score } = learners[c]!.scores!;
      return measure === 'loss' ? loss : score;
    });
    const id = `${cell.replace(' ρ ', '-radius-')}-${task.name}-${relation === '<' ? 'below' : 'above'}-${bound}`;
    return [claimOfMedian(id, `${cell} ${says}`, values, relation, bound, seed)];
  });
}

/** One layer of the usual size and start, on the usual data, and nothing chosen otherwise. */
function isUsual(options: LearningOptions): boolean {
  const { task, layers, start, steps, batch, updates, rate, optimiser, schedule, clip, truncation, from } = options;
  const { usual } = task;
  return (
    task.heldOut === undefined &&
    layers === 1 &&
    start.hidden === usual.hidden &&
    start.init === undefined &&
    steps === usual.steps &&
    batch === usual.batch &&
    updates === usual.updates &&
    rate === usual.rate &&
    optimiser === 'adam' &&
    schedule === 'constant' &&
    clip?.by === 'norm' &&
    clip.most === 1 &&
    truncation === undefined &&
    from === undefined
  );
}
