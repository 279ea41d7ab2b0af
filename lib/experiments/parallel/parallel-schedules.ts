// A schedule as a timeline: a row a worker, a mark for the step, a letter for the layer where there is more than one.

import { counted } from '../../numbers/counted.ts';
import type { TimelineFigure } from '../../render/result.ts';
import { linearStates } from './linear-scan.ts';
import { attentionNet, bidirectionalNet, layerNet, type Net, scannedNet, stackedNet, type WeightName } from './nets.ts';
import { type ParallelOptions, stepMarks } from './options.ts';
import { Chains, listSchedule, type Placed, type ScheduledTask, wholeSteps } from './task-graph.ts';

interface Scheduled {
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

const letters = 'abcdefgh';

function timelineOf(scheduled: Scheduled): TimelineFigure {
  const { title, placed, time, operations, groups, workers, steps, whole, weights, beside } = scheduled;
  const isUnit = whole || weights === 'unit';
  const marks = groups.length > 1;
  return {
    kind: 'timeline',
    title: `${title}: ${operations} ${whole ? 'whole steps' : 'operations'}, time ${time}${isUnit ? '' : ' FLOPs'}${beside}`,
    settings: `T ${steps} · ${counted(workers, 'worker')}`,
    rows: { label: 'worker', names: Array.from({ length: workers }, (_, w) => String(w + 1)) },
    time: { label: 'time', unit: whole ? 'whole steps' : isUnit ? 'operations' : 'FLOPs', end: time },
    groups: groups.map((name, group) => (marks ? `${letters[group]}: ${name}` : name)),
    key: 'a number is the step, behind the letter of its layer where there are several',
    bars: placed.map(({ task: { name, step, group, cost }, worker, start }) => ({
      row: worker,
      start,
      length: cost,
      name: `${whole ? '' : `${name} of `}step ${step}${marks ? `, ${groups[group]}` : ''}`,
      mark: `${marks ? letters[group] : ''}${stepMarks[step - 1]}`,
      group,
    })),
  };
}

export interface ScheduleDrawing {
  readonly figure: TimelineFigure;
  readonly time: number;
  readonly chains: Chains;
}

export function drawings(options: ParallelOptions): ScheduleDrawing[] {
  const { cells, layers, workers } = options;
  const first = cells[0]!;
  const draw = (title: string, net: Net, groups: readonly string[], whole = false, beside = ''): ScheduleDrawing => {
    const tasks: ScheduledTask[] = [];
    net((task) => tasks.push(task) - 1, options);
    const all = whole ? wholeSteps(tasks) : tasks;
    const chains = new Chains();
    for (const task of all) chains.add(task);
    const { placed, time } = listSchedule(all, workers);
    const figure = timelineOf({
      title,
      placed,
      time,
      groups,
      workers,
      steps: options.steps,
      whole,
      weights: options.weights,
      operations: chains.operations,
      beside,
    });
    return { figure, time, chains };
  };
  return [
    ...cells.map((cell) => {
      if (linearStates(cell).length === 0) return draw(cell.name, layerNet(cell), ['']);
      const loop = draw(cell.name, layerNet(cell), ['']);
      return draw(
        `${cell.name} by scan`,
        scannedNet(cell, 'hillis-steele'),
        [''],
        false,
        `; step by step ${loop.time}`,
      );
    }),
    draw(
      `${first.name} in ${layers} layers`,
      stackedNet(first, layers),
      Array.from({ length: layers }, (_, l) => `layer ${l + 1}`),
      true,
    ),
    draw(`${first.name} in both directions`, bidirectionalNet(first), ['forwards', 'backwards'], true),
    draw('attention', attentionNet('tree'), ['']),
  ];
}
