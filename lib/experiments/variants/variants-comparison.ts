// Cells that learned the same task from the same seeds, set beside the first of them seed by seed, and ranked.

import { log } from '../../numbers/elementary.ts';
import { median, medianInterval, signTest } from '../../numbers/statistics.ts';
import type { HeatmapFigure, TableFigure } from '../../render/result.ts';
import { seedsShown } from '../kit/band.ts';
import { aboutZero } from '../kit/scale.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import type { Learned, Learner, LearningOptions } from '../train/learners.ts';

/** One cell on all seeds. */
export interface Variant {
  readonly name: string;
  readonly learners: readonly Learner[];
  /** On new data, of every seed. */
  readonly losses: readonly number[];
  /** These less those of the whole cell, seed by seed. */
  readonly differences: readonly number[];
}

export function variantsOf(found: readonly Learned[]): Variant[] {
  const lossesOf = (c: number) => found.map(({ learners }) => learners[c]!.scores!.loss);
  const whole = lossesOf(0);
  return found[0]!.learners.map(({ name }, c) => {
    const losses = lossesOf(c);
    return {
      name,
      learners: found.map(({ learners }) => learners[c]!),
      losses,
      differences: losses.map((loss, k) => loss - whole[k]!),
    };
  });
}

/** The best first; of equals, as they were given; last those with a run that diverged. */
const ranked = (all: readonly Variant[]): Variant[] => {
  const rank = ({ losses }: Variant): number => (losses.some(Number.isNaN) ? Number.MAX_VALUE : median(losses));
  return [...all].sort((a, b) => rank(a) - rank(b));
};

/** How many times as much as another, in doublings. */
const doublings = (loss: number, other: number): number => log(loss / other) / log(2);

/** One row a cell, one column a seed, in the order of the table; names without what they all begin with, for narrow screens. */
export function ratiosFigure(whole: Variant, others: readonly Variant[], options: LearningOptions): HeatmapFigure {
  const { task, start, steps, batch, updates, seeds, seed } = options;
  const rows = ranked(others);
  const short = rows.every(({ name }) => name.startsWith('lstm-')) ? 'lstm-'.length : 0;
  const values = rows.map(({ losses }) => losses.map((loss, k) => doublings(loss, whole.losses[k]!)));
  return {
    kind: 'heatmap',
    title: `Loss on ${task.name} after ${updates} updates beside ${whole.name}, seed by seed: +1 is twice as much, -1 half`,
    settings: `H ${start.hidden} · T ${steps} · B ${batch} · ${seedsShown({ seed, seeds })}`,
    rows: { label: 'cell', names: rows.map(({ name }) => name.slice(short)) },
    columns: { label: 'seed', names: whole.losses.map((_, k) => `${seed + seeds > 10 ? 'seed ' : ''}${seed + k}`) },
    values,
    scale: aboutZero(values),
    unit: 'doublings',
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

export function rankedTable(all: readonly Variant[], options: LearningOptions): TableFigure {
  const { task, steps, updates, seeds } = options;
  const several = seeds > 1;
  const scored = task.score === 'accuracy';
  const base = (task.heldOut ?? task).baseline(steps);
  const rows = ranked(all).map(({ name, learners, losses }) => {
    const { low, high } = medianInterval(losses);
    const scores = learners.map((learner) => learner.scores!.score);
    const bounds = several ? [low, high] : [];
    return [name, learners[0]!.parameters.length, median(losses), ...bounds, ...(scored ? [median(scores)] : [])];
  });
  const interval = several
    ? `, median of ${seeds} seeds and its ${percent(medianInterval(all[0]!.losses).coverage)} interval`
    : '';
  const early = isAnyAtBaseline(all, options) ? '' : '; none is at the baseline yet';
  return {
    kind: 'table',
    title: `After ${updates} updates, the best first: loss${interval}${early}`,
    columns: [
      ...left('cell'),
      ...right('parameters', 'loss'),
      ...(several ? right('from', 'to') : []),
      ...(scored ? right('accuracy') : []),
    ],
    rows: [...rows, ['baseline', null, base.loss, ...(several ? [null, null] : []), ...(scored ? [base.score] : [])]],
  };
}

export function pairedTable(whole: Variant, others: readonly Variant[]): TableFigure {
  const several = whole.losses.length > 1;
  return {
    kind: 'table',
    title: `Loss less that of ${whole.name} from the same seed${several ? `: median, its ${percent(medianInterval(whole.losses).coverage)} interval, sign test` : ''}`,
    columns: [
      ...left('cell'),
      ...right('difference'),
      ...(several ? [...right('from', 'to', 'worse in'), { ...rightColumn('p'), digits: 2 }] : []),
    ],
    rows: ranked(others).map((variant) => {
      const { name, differences } = variant;
      const { low, high } = medianInterval(differences);
      return [name, median(differences), ...(several ? [low, high, worseIn(variant), signTest(differences)] : [])];
    }),
  };
}

const allThree = 'worse on all three';
const notMusic = 'worse on speech and handwriting, not on music';
const same = 'no significant difference';

/** Greff et al. 2017, section V-B: speech (TIMIT), handwriting (IAM Online) and music (JSB Chorales). */
export const greff: Readonly<Record<string, string>> = {
  'lstm-no-forget-gate': allThree,
  'lstm-no-output-activation': allThree,
  'lstm-no-input-gate': notMusic,
  'lstm-no-output-gate': notMusic,
  'lstm-no-input-activation': notMusic,
  'lstm-coupled': same,
  'lstm-no-peepholes': same,
  'lstm-full-gate-recurrence': 'worse on music alone',
};

/** In how many seeds a cell loses more than the whole one, of those in which neither diverged. */
export function worseIn({ differences }: Variant): string {
  const known = differences.filter((d) => !Number.isNaN(d));
  return `${known.filter((d) => d > 0).length} of ${known.length}`;
}

/** Their finding beside this one, for cells that they had; none where the whole cell is another. */
export function greffTable(whole: Variant, others: readonly Variant[]): TableFigure[] {
  const theirs = others.filter(({ name }) => name in greff);
  if (whole.name !== 'lstm-peephole' || theirs.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Speech, handwriting and music in Greff et al. 2017, and this task here',
      columns: [...left('cell', 'there'), ...right('here worse in')],
      rows: Object.keys(greff).flatMap((name) => {
        const variant = theirs.find((each) => each.name === name);
        return variant === undefined ? [] : [[name, greff[name]!, worseIn(variant)]];
      }),
    },
  ];
}

/** Whether the best of them does what can be done without learning; else the order is one of how they begin. */
export function isAnyAtBaseline(all: readonly Variant[], { task, steps }: LearningOptions): boolean {
  const { loss } = (task.heldOut ?? task).baseline(steps);
  return all.some(({ losses }) => median(losses) < loss);
}
