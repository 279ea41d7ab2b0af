// What a reader of `exposure` must know beside the numbers, and what to try next.

import { counted } from '../numbers/counted.ts';
import { median } from '../numbers/statistics.ts';
import type { Result } from '../render/result.ts';
import type { Task } from '../tasks/task.ts';
import { divergedNotes } from './diverged.ts';
import type { ExposureOptions, Trained } from './exposure.ts';
import { meanOf, unclaimed } from './exposure-claims.ts';
import type { ForcedAndFree } from './forced-and-free.ts';
import { waySays } from './ways.ts';

export function exposureNotes(found: readonly Trained[], options: ExposureOptions): string[] {
  const { steps, prefix, sequences } = options;
  const runs = found.flatMap(({ way, runs: each }) =>
    each.map(({ diverged }, k) => ({ name: waySays[way], k, diverged })),
  );
  const forced = found.find(({ way }) => way === 'forced')?.runs;
  return [
    ...unclaimed(options),
    ...divergedNotes(runs, options),
    `Measured on ${counted(sequences, 'sequence')} that no model was trained on${prefix > 0 ? `: ${counted(prefix, 'step')} of the ground truth, then ${steps - prefix} of free running` : ''}. Running freely, a model is fed its likeliest prediction.`,
    ...(options.task.classes !== undefined && options.task.name !== 'labels'
      ? [
          'A generated text that differs from this one need not be wrong: the free-running error counts how often they differ.',
        ]
      : []),
    ...(forced === undefined ? [] : growthNotes(forced, options)),
    ...found.filter(({ way }) => way !== 'forced').flatMap((each) => tradeNotes(each, forced, options.task)),
  ];
}

/** The free-running error is called larger from half as much again on; it levels off where the last third is below this many points above the middle one. */
const [larger, level] = [1.5, 10];

/** What free running did to the model that was trained with teacher forcing, in the median of the seeds. */
export function growthNotes(
  runs: readonly ForcedAndFree[],
  { task, seeds }: Pick<ExposureOptions, 'task' | 'seeds'>,
): string[] {
  const ratio = median(runs.map(({ free, forced }) => free / forced));
  if (!Number.isFinite(ratio)) return [];
  const inMedian = seeds > 1 ? ', in the median of the seeds' : '';
  const measured = `After teacher forcing the free-running error is ${ratio.toFixed(2)} times the teacher-forced one${inMedian}`;
  if (ratio < larger) return [`${measured}: hardly any exposure bias in this run.`];
  const remark = task.exposure?.remark;
  if (task.score !== 'accuracy')
    return [
      `${measured}. The model has no input but the previous value, so an error is fed back as if it were the ground truth.${remark === undefined ? '' : ` ${remark}`}`,
    ];
  const later = median(runs.map(({ freeAt }) => meanOf(freeAt, 2 / 3, 1) - meanOf(freeAt, 1 / 3, 2 / 3)));
  if (!(later < level)) return [`${measured}, and is still growing in the last third of the steps.`];
  return [
    `${measured}, and levels off: exposure bias is not the same as accumulating errors.${task.name === 'labels' ? ' Each new observation carries information about its label, whatever was predicted before.' : ''}`,
  ];
}

/** What training on its own predictions changed; a trade where one error falls and the other rises by a tenth (Huszár 2015, section 3). */
export function tradeNotes(
  { way, runs }: Trained,
  forced: readonly ForcedAndFree[] | undefined,
  { name, classes }: Pick<Task, 'name' | 'classes'>,
): string[] {
  if (forced === undefined) return [];
  const ratio = (of: 'forced' | 'free'): number => median(runs.map((run, k) => run[of] / forced[k]![of]));
  const [free, truth] = [ratio('free'), ratio('forced')];
  if (!Number.isFinite(free + truth)) return [];
  const measured = `${waySays[way]}: the free-running error is ${free.toFixed(2)} times, the teacher-forced error ${truth.toFixed(2)} times that of teacher forcing.`;
  if (!(truth > 1.1)) return [measured];
  if (name === 'labels')
    return [
      free < 0.9
        ? `${measured} That is a trade: it relies less on the previous label, which was often wrong.`
        : measured,
    ];
  const what = classes === undefined ? 'value' : 'character';
  const lost = classes === undefined ? 'that has lost its phase' : 'that has begun another sentence';
  return [
    `${measured} Its target after a wrong ${what} is the true next one. For a model ${lost} no such target is right, so it learns to be vague.`,
  ];
}

export function exposureNext({ task, ways }: ExposureOptions): NonNullable<Result['next']> {
  if (ways.length === 1 && task.name === 'labels')
    return {
      says: 'Let it hear its own words while it learns',
      command: 'unroll exposure --compare forced,scheduled,free',
    };
  if (task.name === 'labels')
    return {
      says: 'A series on which the same medicine makes things worse',
      command: 'unroll exposure --series mackey-glass --compare forced,scheduled',
    };
  if (task.name === 'two-sines' || task.name === 'mackey-glass')
    return { says: 'Where an error doubles at every step', command: 'unroll exposure --series logistic-map' };
  return { says: 'How often should it hear the truth?', command: 'unroll sampling' };
}
