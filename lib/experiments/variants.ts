// Which part of a cell matters? The whole cell and others with one thing changed learn the same task from the same seeds; ranked, and set
// beside the whole one seed by seed. In the manner of Greff, Srivastava, Koutník, Steunebrink & Schmidhuber 2017.

import { log } from '../numbers/elementary.ts';
import { median, medianInterval, signTest } from '../numbers/statistics.ts';
import { startJson } from '../options/initialisation.ts';
import type { HeatmapFigure, Json, Result, TableFigure } from '../render/result.ts';
import { picked } from './kit/picked.ts';
import { aboutZero } from './kit/scale.ts';
import type { Seeded } from './kit/seeds.ts';
import { left, right, rightColumn } from './table-columns.ts';
import { curvesOf } from './train/figures.ts';
import { type Learned, type Learner, type LearningOptions, learn, sequencesFor } from './train/learners.ts';
import { variantsClaims } from './variants-claims.ts';
import { greffTable, isAnyAtBaseline, variantsNext, variantsNotes, worseIn } from './variants-words.ts';

/** One cell on all seeds. */
export interface Variant {
  readonly name: string;
  readonly learners: readonly Learner[];
  /** On new data, of every seed. */
  readonly losses: readonly number[];
  /** These less those of the whole cell, seed by seed. */
  readonly differences: readonly number[];
}

/** The first cell is the whole one, beside which the others are set. */
export function variants(options: LearningOptions): Seeded<Learned> {
  const { seeds } = options;
  return {
    seeds,
    async run(k, watch) {
      const learned = await learn(options, k, watch, (learners) => curvesOf([learners], options));
      return learned?.whole ? learned : undefined;
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }),
  };
}

function resultOf(found: readonly Learned[], options: LearningOptions): Result {
  const { task, cells, start, seeds, seed, engine } = options;
  const all = variantsOf(found);
  const [whole, ...others] = all;
  return {
    unroll: 1,
    experiment: 'variants',
    question: `Which part of ${whole!.name} matters?`,
    options: {
      task: task.name,
      cells: cells.map(({ name }) => name),
      ...startJson(start),
      ...picked(options, 'steps', 'batch', 'updates', 'rate'),
      sequences: sequencesFor(options),
      seeds,
      engine,
    } satisfies { [name: string]: Json },
    seed,
    figures: [
      ratiosFigure(whole!, others, options),
      rankedTable(all, options),
      pairedTable(whole!, others),
      ...greffTable(whole!, others),
    ],
    claims: variantsClaims(all, options),
    notes: variantsNotes(
      all,
      found.map(({ learners }) => learners),
      options,
    ),
    next: variantsNext(options),
  };
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
function ratiosFigure(whole: Variant, others: readonly Variant[], options: LearningOptions): HeatmapFigure {
  const { task, start, steps, batch, updates, seeds, seed } = options;
  const rows = ranked(others);
  const short = rows.every(({ name }) => name.startsWith('lstm-')) ? 'lstm-'.length : 0;
  const values = rows.map(({ losses }) => losses.map((loss, k) => doublings(loss, whole.losses[k]!)));
  return {
    kind: 'heatmap',
    title: `Loss on ${task.name} after ${updates} updates beside ${whole.name}, seed by seed: +1 is twice as much, -1 half`,
    settings: `H ${start.hidden} · T ${steps} · B ${batch} · ${seeds > 1 ? `${seeds} seeds` : `seed ${seed}`}`,
    rows: { label: 'cell', names: rows.map(({ name }) => name.slice(short)) },
    columns: { label: 'seed', names: whole.losses.map((_, k) => `${seed + seeds > 10 ? 'seed ' : ''}${seed + k}`) },
    values,
    scale: aboutZero(values),
    unit: 'doublings',
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function rankedTable(all: readonly Variant[], options: LearningOptions): TableFigure {
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

function pairedTable(whole: Variant, others: readonly Variant[]): TableFigure {
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
