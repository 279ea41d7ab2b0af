// What a reader of `variants` must know beside the numbers, what Greff et al. found, and what to try next.

import { typedOr } from '../cells/catalogue.ts';
import { median } from '../numbers/statistics.ts';
import type { Result, TableFigure } from '../render/result.ts';
import { left, right } from './table-columns.ts';
import type { Learner, LearningOptions } from './train/learners.ts';
import { divergences } from './train/notes.ts';
import type { Variant } from './variants.ts';

const allThree = 'worse on all three';
const notMusic = 'worse on speech and handwriting, not on music';
const same = 'no significant difference';

/** Greff et al. 2017, section V-B: speech (TIMIT), handwriting (IAM Online) and music (JSB Chorales). */
const greff: Readonly<Record<string, string>> = {
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

export function variantsNotes(
  all: readonly Variant[],
  bySeed: readonly (readonly Learner[])[],
  options: LearningOptions,
): string[] {
  const { task, cells, rate, updates, seeds, steps } = options;
  const comparisons = cells.length - 1;
  const notes = [
    ...divergences(bySeed, options),
    `${task.name}: ${task.says}.${hard[task.name] ?? ''}`,
    `This is one rate (Adam, ${rate}) and ${updates} updates: it tells who learns fast here, not who ends best.`,
  ];
  if (!isAnyAtBaseline(all, options))
    notes.push(
      `None of them has come to the baseline yet (${(task.heldOut ?? task).baseline(steps).says}): what is ranked is how fast they begin. More --updates show who gets there.`,
    );
  if (cells.some(({ name }) => name in greff))
    notes.push(
      'Greff et al. searched 200 settings for every variant on every task. They found none that is significantly better than the whole cell, and that the forget gate and the output activation matter most. A tiny task need not agree: where nothing has to be forgotten, or the cell state has to grow, other parts matter.',
    );
  if (seeds > 1)
    notes.push(
      `The intervals lie between two of the sorted seeds, and so hold the true median as often as is said whatever its distribution. p is the exact sign test of one comparison${comparisons > 1 ? `; for ${comparisons} at once hold it against 0.05 / ${comparisons} = ${Number((0.05 / comparisons).toPrecision(2))}` : ''}.${tooFew(seeds, comparisons)}`,
    );
  return notes;
}

/** What there is to know of a task to read the table. */
const hard: Readonly<Record<string, string>> = {
  reber: ' Its accuracy is that of the one letter that needs long memory; its loss is of all letters.',
  counting:
    ' A counter has to grow. With coupled gates c is a mean of its past, f c + (1 - f) g, and never leaves -1 … 1, like h of a GRU (Weiss, Goldberg & Yahav 2018).',
};

function tooFew(seeds: number, comparisons: number): string {
  let wanted = 1;
  for (let p = 1; p > 0.05 / comparisons; p /= 2) wanted++;
  return seeds < wanted ? ` Fewer than ${wanted} seeds cannot go below that: --seeds ${wanted} or more can.` : '';
}

export function variantsNext({ task, cells }: LearningOptions): NonNullable<Result['next']> {
  const names = cells.map((cell) => typedOr(cell, ''));
  const isGreff = cells.some(({ name }) => name in greff);
  if (isGreff && task.name === 'reber')
    return { says: 'A task that another part is needed for', command: 'unroll variants --task counting' };
  if (isGreff) return { says: 'And where forgetting is all', command: 'unroll variants' };
  if (names.every((name) => name !== '') && task.name !== 'adding')
    return { says: 'On another task', command: `unroll variants ${names.join(' ')} --task adding` };
  return { says: 'The LSTM, part by part', command: 'unroll variants' };
}
