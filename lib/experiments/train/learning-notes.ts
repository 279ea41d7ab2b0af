// What a reader of `train` must know beside the numbers, and what to try next.

import { counted } from '../../numbers/counted.ts';
import type { Result } from '../../render/result.ts';
import type { OptimiserName } from '../../training/optimisers.ts';
import { type Learner, type LearningOptions, type ScheduleName, updatesBefore } from './learners.ts';
import { everyOf, lastOf } from './learning-figures.ts';

/** `asked`: how many seeds there were to be, where there are fewer. */
export function learningNotes(
  bySeed: readonly (readonly Learner[])[],
  options: LearningOptions,
  asked: number | undefined,
): string[] {
  return [
    ...interruption(bySeed, options, asked),
    ...divergences(bySeed, options),
    ...notLearned(bySeed, options),
    ...byHeart(bySeed, options),
    ...settingsNotes(bySeed, options),
  ];
}

function interruption(
  bySeed: readonly (readonly Learner[])[],
  { updates }: LearningOptions,
  asked: number | undefined,
): string[] {
  if (asked === undefined) return [];
  const done = Math.max(...bySeed[0]!.map(({ losses }) => losses.length));
  const kept =
    done < updates
      ? `Interrupted after ${done} of ${updates} updates${asked === 1 ? '' : ' of the first seed'}: this is as far as it came.`
      : `Interrupted: ${bySeed.length} of ${asked} seeds were done, and this is of ${bySeed.length === 1 ? 'that one' : 'these'}.`;
  return [`${kept} No claim is held against half a run.`];
}

/** Which runs diverged, when and why, and what may help. */
export function divergences(
  bySeed: readonly (readonly Learner[])[],
  { clip, seed, loaded }: LearningOptions,
): string[] {
  return bySeed.flatMap((learners, k) =>
    learners
      .filter(({ diverged }) => diverged !== undefined)
      .map(
        ({ name, losses, diverged }) =>
          `${name}${bySeed.length > 1 ? `, seed ${seed + k},` : ''} diverged: ${diverged}. ${losses.length > 0 ? `A smaller --rate may help${clip === undefined ? ', or --clip 1' : ''}.` : `No update was made, so the cause lies in ${loaded === undefined ? 'the initial values or the data' : 'the loaded model or the data'}, not in the learning rate.`} It has no scores.`,
      ),
  );
}

/** Which cells are not better on new data than what is reached without learning, and in which seeds. */
export function notLearned(
  bySeed: readonly (readonly Learner[])[],
  { task, steps, seed }: Pick<LearningOptions, 'task' | 'steps' | 'seed'>,
): string[] {
  const { loss, says } = (task.heldOut ?? task).baseline(steps);
  return bySeed[0]!.flatMap(({ name, losses }, c) => {
    const seeds = bySeed.flatMap((learners, k) => (learners[c]!.scores!.loss > loss ? [seed + k] : []));
    if (seeds.length === 0) return [];
    const which = bySeed.length === 1 ? '' : `, in ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
    return [
      `${name} has not learned the task after ${counted(losses.length, 'update')}: its loss on new data is above the baseline (${says})${which}.`,
    ];
  });
}

/** Where a text is short, the parameters hold it whole; and a series may go where it has never been. */
const muchMore = 1.5;

function byHeart(bySeed: readonly (readonly Learner[])[], { task }: LearningOptions): string[] {
  if (task.heldOut === undefined) return [];
  const last = lastOf(bySeed);
  return bySeed[0]!.flatMap(({ name, losses, scores }) => {
    const trained = losses.slice(-last).reduce((a, b) => a + b, 0) / last;
    const ratio = (scores?.loss ?? Number.NaN) / trained;
    if (!(ratio > muchMore)) return [];
    const why =
      task.unit === undefined
        ? 'it may have memorised part of the training text. A longer text or fewer updates may help.'
        : 'the last fifth of the series may differ from the rest (a trend), or the rest may be memorised.';
    return [`${name} loses ${ratio.toFixed(1)} times as much on held-out data as in training: ${why}`];
  });
}

const optimiserNames: Readonly<Record<OptimiserName, string>> = {
  sgd: 'Gradient descent',
  momentum: 'Gradient descent with momentum 0.9',
  rmsprop: 'RMSprop',
  adam: 'Adam',
};
const scheduleNotes: Readonly<Record<ScheduleName, string>> = {
  constant: '',
  step: ', a tenth of it after every third of the updates',
  exponential: ', falling evenly to a hundredth of it',
  cosine: ', falling to 0 by half a cosine',
};

function settingsNotes(bySeed: readonly (readonly Learner[])[], options: LearningOptions): string[] {
  const { task, optimiser, rate, schedule, clip, truncation, loaded } = options;
  const [every, last] = [everyOf(bySeed), lastOf(bySeed)];
  const before = updatesBefore(options);
  const clipped =
    clip === undefined
      ? 'no clipping'
      : clip.by === 'norm'
        ? `clipped at norm ${clip.most}`
        : `every element clipped at ${clip.most}`;
  const parts = [
    `${optimiserNames[optimiser]}, rate ${rate}${scheduleNotes[schedule]}, ${clipped}.`,
    every > 1 ? `A point of the curve is the mean of ${every} updates.` : '',
    last > 1 ? `Training loss is the mean of the last ${last}.` : '',
    truncation === undefined
      ? ''
      : `Gradients go back ${counted(truncation.window, 'step')}, every ${truncation.stride === 1 ? 'step' : `${truncation.stride} steps`}; each time is an update.`,
    loaded === undefined
      ? ''
      : `Training continues from the loaded model${before === 0 ? '' : ` (after ${counted(before, 'update')})`}; the state of the optimiser is initialised.`,
    task.unit === undefined ? '' : 'The series is scaled to mean 0 and deviation 1.',
  ];
  return [
    ...(task.remark === undefined ? [] : [task.remark]),
    `${task.name}: ${task.says}${task.source === task.name ? '' : ` (${task.source})`}.`,
    parts.filter((part) => part !== '').join(' '),
  ];
}

export function nextAfter(options: LearningOptions): NonNullable<Result['next']> {
  const { cells, task, steps, directions, loaded, updates, layers, radii } = options;
  const names = cells.map(({ name }) => name).filter((name) => /^[\w-]+$/.test(name));
  const next = (says: string, command: string) => ({ says, command });
  // Those whose data one can only have by naming a file.
  if (task.heldOut !== undefined) {
    const cell = cells[0]?.typed ?? 'gru';
    const data = task.beginning === undefined ? `series ${cell} --csv FILE` : `text ${cell} --file FILE`;
    if (loaded !== undefined) return next('Deeper:', `unroll train ${data} --layers 2`);
    return next('Train longer, and keep the model:', `unroll train ${data} --updates ${updates * 2} --save model.json`);
  }
  if (task.name === 'latch' && radii === undefined && names.includes('rnn'))
    return next('The same cell, started otherwise:', 'unroll train latch rnn --radius .2,.9,1.2');
  if (task.name === 'majority' && directions === 1)
    return next('And with the future in sight:', 'unroll train majority rnn --bidirectional');
  if (names.length === 1 && names[0] !== 'rnn')
    return next('Beside a cell without gates:', `unroll train ${task.name} rnn ${names[0]}`);
  if (layers > 1 || directions === 2)
    return next('Beside one plain layer:', `unroll train ${task.name} ${names.join(' ')}`.trimEnd());
  if (names.length === 1) return next('Beside a cell with gates:', `unroll train ${task.name} rnn gru`);
  return next('A longer lag:', `unroll train ${task.name} ${names.join(' ')} --steps ${steps * 2}`);
}
