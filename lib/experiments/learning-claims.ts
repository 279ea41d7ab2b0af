// What is known of a task beforehand, held against the median of the seeds. Only under the task's usual settings, and Adam clipped at norm 1: the
// bounds were chosen on seeds 1 to 20 so that they hold on each of them with room. What half of the seeds learn is no claim.

import type { Claim } from '../render/result.ts';
import { claimOfMedian } from './claim.ts';
import type { Learner, LearningOptions } from './learning-curve.ts';
import { linesFor } from './learning-lines.ts';

interface Known {
  readonly cell: string;
  readonly measure: 'loss' | 'accuracy';
  readonly relation: '<' | '>';
  readonly bound: number;
  /** What it is put as: `gru` + says. */
  readonly says: string;
  /** Where the cell's forget bias, or both directions, are what it is about. */
  readonly forgetBias?: number;
  readonly directions?: 2;
}

const below = (cell: string, bound: number, says: string): Known => ({
  cell,
  measure: 'loss',
  relation: '<',
  bound,
  says: `${says}: its loss is below ${bound}`,
});
const above = (cell: string, bound: number, says: string): Known => ({
  cell,
  measure: 'loss',
  relation: '>',
  bound,
  says: `${says}: its loss stays above ${bound}`,
});
const right = (cell: string, bound: number, says = 'learns it'): Known => ({
  cell,
  measure: 'accuracy',
  relation: '>',
  bound,
  says: `${says}: more than ${Math.round(100 * bound)} % right`,
});
const wrong = (cell: string, bound: number, says: string): Known => ({
  cell,
  measure: 'accuracy',
  relation: '<',
  bound,
  says: `${says}: less than ${Math.round(100 * bound)} % right`,
});

const known: Readonly<Record<string, readonly Known[]>> = {
  adding: [below('gru', 0.02, 'learns it'), above('rnn', 0.1, 'does not learn it')],
  // One of eight symbols is right by chance.
  'copying-memory': [right('gru', 0.2, 'remembers some of it')],
  latch: [
    right('lstm', 0.95),
    { ...wrong('lstm', 0.65, 'forgets it at forget bias 0'), forgetBias: 0 },
    ...[0.9, 1.2].map((radius) => right(`rnn ρ ${radius}`, 0.95)),
    wrong('rnn ρ 0.2', 0.65, 'forgets it'),
  ],
  'temporal-order': [right('gru', 0.95)],
  parity: [right('gru', 0.95), right('lstm', 0.95)],
  counting: [right('gru', 0.95), right('lstm', 0.95)],
  reber: [right('lstm', 0.9)],
  majority: ['rnn', 'gru', 'lstm'].flatMap((cell) => [
    wrong(cell, 0.8, 'cannot know the future'),
    { ...right(cell, 0.99, 'knows it, reading both ways'), directions: 2 },
  ]),
  labels: ['rnn', 'gru', 'lstm'].map((cell) => right(cell, 0.88)),
  copy: [right('rnn', 0.95), right('gru', 0.8, 'learns most of it'), right('lstm', 0.8, 'learns most of it')],
  reversal: ['rnn', 'gru', 'lstm'].map((cell) => right(cell, 0.6, 'learns most of it')),
  'mackey-glass': ['rnn', 'gru', 'lstm'].map((cell) => below(cell, 0.01, 'learns it')),
  'logistic-map': ['rnn', 'gru', 'lstm'].map((cell) => below(cell, 0.01, 'learns it')),
  'two-sines': [below('rnn', 0.01, 'learns it'), below('gru', 0.005, 'learns it'), below('lstm', 0.005, 'learns it')],
};

export function learningClaims(bySeed: readonly (readonly Learner[])[], options: LearningOptions): Claim[] {
  if (!isUsual(options)) return [];
  const { task, seed, start, directions } = options;
  const lines = linesFor(options);
  return (known[task.name] ?? []).flatMap(
    ({ cell, measure, relation, bound, says, forgetBias, directions: both = 1 }) => {
      const c = lines.findIndex((line) => line.cell.name === cell);
      if (c < 0 || both !== directions || forgetBias !== start.forgetBias) return [];
      const values = bySeed.map((learners) => {
        const { loss, score } = learners[c]!.scores!;
        return measure === 'loss' ? loss : score;
      });
      const id = `${cell.replace(' ρ ', '-radius-')}-${task.name}-${relation === '<' ? 'below' : 'above'}-${bound}`;
      return [claimOfMedian(id, `${cell} ${says}`, values, relation, bound, seed)];
    },
  );
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
