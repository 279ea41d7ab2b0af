// A schedule as a timeline: a row a worker, a mark for the step, a letter for the layer where there is more than one.

import type { WeightName } from './nets.ts';
import type { TimelineFigure } from './result.ts';
import type { Placed } from './task-graph.ts';

export interface Scheduled {
  readonly title: string;
  readonly placed: readonly Placed[];
  readonly time: number;
  readonly operations: number;
  /** Layers or directions by name; one where there is nothing to tell apart. */
  readonly groups: readonly string[];
  readonly workers: number;
  readonly steps: number;
  /** Whether an operation is a whole step of a layer. */
  readonly whole: boolean;
  readonly weights: WeightName;
  /** Said behind the time. */
  readonly beside: string;
}

const digits = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = 'abcdefgh';

/** The most steps that have a mark of their own. */
export const mostMarks = digits.length;

export function timelineOf(scheduled: Scheduled): TimelineFigure {
  const { title, placed, time, operations, groups, workers, steps, whole, weights, beside } = scheduled;
  const isUnit = whole || weights === 'unit';
  const marks = groups.length > 1;
  return {
    kind: 'timeline',
    title: `${title}: ${operations} ${whole ? 'whole steps' : 'operations'}, time ${time}${isUnit ? '' : ' FLOPs'}${beside}`,
    settings: `T ${steps} · ${workers} worker${workers === 1 ? '' : 's'}`,
    rows: { label: 'workers', names: Array.from({ length: workers }, (_, w) => String(w + 1)) },
    time: { label: 'time', unit: whole ? 'whole steps' : isUnit ? 'operations' : 'FLOPs', end: time },
    groups: groups.map((name, group) => (marks ? `${letters[group]}: ${name}` : name)),
    key: 'a number is the step, behind the letter of its layer where there are several',
    bars: placed.map(({ task: { name, step, group, cost }, worker, start }) => ({
      row: worker,
      start,
      length: cost,
      name: `${whole ? '' : `${name}, `}step ${step}${marks ? ` ${groups[group]}` : ''}`,
      mark: `${marks ? letters[group] : ''}${digits[step - 1]}`,
      group,
    })),
  };
}
