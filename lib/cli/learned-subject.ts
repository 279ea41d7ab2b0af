// What a model is to learn and then continue on its own: --series, --csv with --column, --file; the labels otherwise.

import { type Measure, measureOf } from '../experiments/forced-and-free.ts';
import { random } from '../numbers/random.ts';
import { noSuchName } from '../options/names.ts';
import { oneInput } from '../options/one-input.ts';
import { type Given, text } from '../options/option.ts';
import { once } from '../options/typed.ts';
import { tasks } from '../tasks/catalogue.ts';
import labelling from '../tasks/labels.ts';
import type { Task } from '../tasks/task.ts';
import { seriesTaskFrom, textTaskFrom, withInput } from './task-argument.ts';

/** Whoever is left alone with a series can go on for ever; a Reber string, which is fed back too, ends, and is no question for this. */
const own: ReadonlyMap<string, Task> = new Map(
  [...tasks].filter(([, task]) => task === labelling || task.feedback?.kind === 'value'),
);

export const subjectOptions = {
  series: text('Input', `a built-in one: ${[...own.keys()].join(', ')}`, 'labels'),
  csv: text('Input', 'a CSV file; - is standard input'),
  column: text('Input', 'its column: the name, or the number from 1'),
  file: text('Input', 'a text file, by character; - is standard input'),
};

export type SubjectArguments = Given<typeof subjectOptions>;

export interface Subject {
  readonly kind: 'labels' | 'series' | 'text';
  readonly task: Task;
  readonly measure: Measure;
  readonly notes: readonly string[];
}

const mostBytes = 1_000_000;

/** Throws InputError for more than one input, a name that is none, and data that is too short. */
export async function subjectFrom(args: SubjectArguments): Promise<Subject> {
  const given = oneInput(args, ['series', 'csv', 'file'] as const);
  switch (given) {
    case 'csv':
      return fromCsv(once('--csv', args.csv)!, once('--column', args.column));
    case 'file': {
      const { task, notes } = textTaskFrom(args, mostBytes, 'give a longer text');
      return { kind: 'text', task, measure: measureOf(task), notes: [...notes, keptApart('tenth')] };
    }
    case 'series':
      return builtIn(once('--series', args.series)!);
    default:
      return { kind: 'labels', task: labelling, measure: measureOf(labelling), notes: [] };
  }
}

function builtIn(name: string): Subject {
  const task = own.get(name);
  if (task !== undefined)
    return { kind: task === labelling ? 'labels' : 'series', task, measure: measureOf(task), notes: [] };
  const fix = 'choose one of these, or give your own with --csv FILE';
  throw noSuchName(name, { where: '--series', what: 'series', names: [...own.keys()], fix });
}

async function fromCsv(file: string, wanted: string | undefined): Promise<Subject> {
  const { task, notes, column, unit } = await seriesTaskFrom(file, wanted);
  const { values } = task.scale;
  const outside = values.subarray(Math.floor(0.8 * values.length)).filter((value) => Math.abs(value) > 2);
  return {
    kind: 'series',
    // The name of a column is somebody else's: it must not be taken for a built-in series.
    task: { ...task, name: `column ${column.replace(/^column /, '')}` },
    measure: {
      ...measureOf(task, unit?.deviation),
      label: `RMSE of ${column}${unit === undefined ? ' in deviations' : ''}`,
    },
    notes: [
      ...notes,
      keptApart('fifth'),
      ...(outside.length > 0
        ? [
            `${outside.length} of the values kept apart are more than two deviations from the mean of those learned from: the model is asked about what it has never seen, and that alone makes an error.`,
          ]
        : []),
    ],
  };
}

const keptApart = (part: string): string => `The last ${part} is kept apart, and the errors are measured on it.`;

/** Throws InputError when the data that is kept apart, or the task itself, has no sequence of so many steps. */
export function checkSteps({ heldOut, ...task }: Task, steps: number): void {
  withInput('--steps', () => (heldOut ?? task).batch(random(0), 1, steps), 'give more data, or take fewer --steps');
}
