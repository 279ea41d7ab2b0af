// What `exposure` claims, what a reader must know beside the numbers, and what to try next.

import { counted } from '../../numbers/counted.ts';
import { mean, median } from '../../numbers/statistics.ts';
import type { GivenTask } from '../../options/given-task.ts';
import type { Claim, Result } from '../../render/result.ts';
import type { Task } from '../../tasks/task.ts';
import { divergedNotes } from '../diverged.ts';
import type { ForcedAndFree, Measure } from '../forced-and-free.ts';
import { claimOfMedian } from '../kit/claim.ts';
import { isMeasuredAt, notClaimed } from '../kit/measured-at.ts';
import type { TrainedOptions } from '../trained.ts';
import { type RegimeName, regimeWords } from '../training-regimes.ts';

export interface ExposureOptions extends TrainedOptions {
  /** `measure`: where its error is not called as that of any other task. */
  readonly task: GivenTask & { readonly measure?: Measure | undefined };
  readonly regimes: readonly RegimeName[];
  /** Steps of each sequence that the model hears the truth of before it is left alone; below `steps`. */
  readonly prefix: number;
  /** How many sequences an error is measured on. */
  readonly sequences: number;
  readonly seed: number;
  readonly seeds: number;
}

/** One way of training on every seed. */
export interface Trained {
  readonly regime: RegimeName;
  readonly runs: readonly ForcedAndFree[];
}

/**
 * What is claimed of the tasks that come with their data. Every bound is held against the median of the seeds; it was measured on 20 seeds
 * (test/experiments/exposure/exposure.deep.test.ts), and leaves room.
 */
export function exposureClaims(found: readonly Trained[], options: ExposureOptions): Claim[] {
  const bounds = options.task.exposure;
  if (bounds === undefined || !isMeasuredAt(bounds.at, options)) return [];
  const { grows, after, plateau, costs, helps, hurts } = bounds;
  const runsOf = (regime: RegimeName): readonly ForcedAndFree[] | undefined =>
    found.find((each) => each.regime === regime)?.runs;
  const { seed } = options;
  const [forced, scheduled] = [runsOf('forced'), runsOf('scheduled')];
  const claims: Claim[] = [];
  const holds = (id: string, says: string, values: readonly number[], relation: '<' | '>', bound: number) =>
    claims.push(claimOfMedian(id, says, values, relation, bound, seed));
  if (forced !== undefined) {
    const growth = forced.map((run) =>
      after === undefined ? run.free / run.forced : run.freeAt[after - 1]! / run.forcedAt[after - 1]!,
    );
    const where = after === undefined ? '' : ` after ${after} steps on its own`;
    const times = `teacher forcing: the error on its own words is more than ${grows} times that on the truth${where}`;
    holds('grows', times, growth, '>', grows);
    if (plateau !== undefined) {
      const stays = `and then it stays: over the last third of the steps it is less than ${plateau} points above the middle third`;
      holds('plateau', stays, forced.map(lastGrowth), '<', plateau);
    }
  }
  if (forced !== undefined && scheduled !== undefined) {
    const ratios = (of: 'forced' | 'free') => scheduled.map((run, k) => run[of] / forced[k]![of]);
    const own = 'the error on its own words is';
    if (helps !== undefined) {
      const says = `scheduled sampling: ${own} below ${helps} of teacher forcing's`;
      holds('scheduled-helps', says, ratios('free'), '<', helps);
    }
    if (hurts !== undefined) {
      const says = `scheduled sampling hurts: ${own} more than ${hurts} times teacher forcing's`;
      holds('scheduled-hurts', says, ratios('free'), '>', hurts);
    }
    const price = helps === undefined ? 'scheduled sampling' : 'its price';
    const says = `${price}: the error on the truth is more than ${costs} times teacher forcing's`;
    holds('scheduled-costs', says, ratios('forced'), '>', costs);
  }
  return claims;
}

/** How far the free-running error of the last third of the steps is above that of the middle one. */
const lastGrowth = ({ freeAt }: ForcedAndFree): number => meanOf(freeAt, 2 / 3, 1) - meanOf(freeAt, 1 / 3, 2 / 3);

const meanOf = (values: readonly number[], from: number, to: number): number =>
  mean(values.slice(Math.floor(from * values.length), Math.floor(to * values.length)));

/** Why nothing is claimed, where that is so. */
function unclaimed(options: ExposureOptions): string[] {
  const at = options.task.exposure?.at;
  return at !== undefined && isMeasuredAt(at, options) ? [] : [notClaimed(at)];
}

export function exposureNotes(found: readonly Trained[], options: ExposureOptions): string[] {
  const { steps, prefix, sequences } = options;
  const runs = found.flatMap(({ regime, runs: each }) =>
    each.map(({ diverged }, k) => ({ name: regimeWords[regime], k, diverged })),
  );
  const forced = found.find(({ regime }) => regime === 'forced')?.runs;
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
    ...found.filter(({ regime }) => regime !== 'forced').flatMap((each) => regimeNotes(each, forced, options.task)),
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
  const later = median(runs.map(lastGrowth));
  if (!(later < level)) return [`${measured}, and is still growing in the last third of the steps.`];
  return [
    `${measured}, and levels off: exposure bias is not the same as accumulating errors.${task.name === 'labels' ? ' Each new observation carries information about its label, whatever was predicted before.' : ''}`,
  ];
}

/** What training on its own predictions changed; a trade where one error falls and the other rises by a tenth (Huszár 2015, section 3). */
export function regimeNotes(
  { regime, runs }: Trained,
  forced: readonly ForcedAndFree[] | undefined,
  { name, classes }: Pick<Task, 'name' | 'classes'>,
): string[] {
  if (forced === undefined) return [];
  const ratio = (of: 'forced' | 'free'): number => median(runs.map((run, k) => run[of] / forced[k]![of]));
  const [free, truth] = [ratio('free'), ratio('forced')];
  if (!Number.isFinite(free + truth)) return [];
  const measured = `${regimeWords[regime]}: the free-running error is ${free.toFixed(2)} times, the teacher-forced error ${truth.toFixed(2)} times that of teacher forcing.`;
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

export function exposureNext({ task, regimes }: ExposureOptions): NonNullable<Result['next']> {
  if (regimes.length === 1 && task.name === 'labels')
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
