// What a model is to learn and then continue on its own: --series, --csv with --column, --file; the labels otherwise.

import { type Measure, measureOf } from '../experiments/forced-and-free.ts';
import { type ColumnSource, sourceFrom } from '../options/data-source.ts';
import type { Environment } from '../options/environment.ts';
import { columnAsTask, mostRows, textAsTask } from '../options/given-task.ts';
import { noSuchName } from '../options/names.ts';
import { type Given, text } from '../options/option.ts';
import { tasks } from '../tasks/catalogue.ts';
import labelling from '../tasks/labels.ts';
import type { Task } from '../tasks/task.ts';

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

type SubjectArguments = Given<typeof subjectOptions>;

export interface Subject {
  readonly kind: 'labels' | 'series' | 'text';
  readonly task: Task;
  readonly measure: Measure;
  readonly notes: readonly string[];
}

const mostBytes = 1_000_000;

/** Throws InputError for more than one input, a name that is none, and data that is too short. */
export async function subjectFrom(args: SubjectArguments, environment: Environment): Promise<Subject> {
  const limits = { bytes: mostBytes, rows: mostRows };
  const source = await sourceFrom(args, ['series', 'csv', 'file'], limits, environment);
  switch (source?.kind) {
    case 'column':
      return fromColumn(source, environment);
    case 'text': {
      const task = textAsTask(source, 'give a longer text', environment);
      return { kind: 'text', task, measure: measureOf(task), notes: [...task.notes, keptApart('tenth')] };
    }
    case 'name':
      return builtIn(source.name);
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

function fromColumn(source: ColumnSource, environment: Environment): Subject {
  const task = columnAsTask(source, environment);
  const { scale, unit, notes = [] } = task;
  const { name } = source.column;
  const outside = scale.values.subarray(Math.floor(0.8 * scale.values.length)).filter((value) => Math.abs(value) > 2);
  return {
    kind: 'series',
    // The name of a column is somebody else's: it must not be taken for a built-in series.
    task: { ...task, name: `column ${name.replace(/^column /, '')}` },
    measure: {
      ...measureOf(task, unit?.deviation),
      label: `RMSE of ${name}${unit === undefined ? ' in deviations' : ''}`,
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
