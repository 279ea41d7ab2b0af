// A task on the command line: a name of the catalogue, or `text` and `series` with data that the user gives.

import { builtInNames } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { tasks } from '../tasks/catalogue.ts';
import type { Task } from '../tasks/task.ts';
import { sourceFrom } from './data-source.ts';
import type { Environment } from './environment.ts';
import { columnAsTask, type GivenTask, mostRows, textAsTask } from './given-task.ts';
import { didYouMean } from './names.ts';
import { type Arguments, type Group, type Options, textOption } from './option.ts';
import { once, type Typed } from './typed.ts';

export const taskNames: readonly string[] = [...tasks.keys(), 'series', 'text'];

const longestText = 4_000_000;
const dataOptions = ['text', 'file', 'csv', 'column'] as const;

export const taskDataOptions = {
  text: textOption('Data', 'for the task text: the text itself'),
  file: textOption('Data', 'for the task text: a text file; - is standard input'),
  csv: textOption('Data', 'for the task series: a CSV file; - is standard input'),
  column: textOption('Data', 'its column: the name, or the number from 1'),
};

type TaskArguments = { readonly [key in 'task' | (typeof dataOptions)[number]]?: Typed };

const taskGroup = (where: string, about: Partial<Group<GivenTask>>, otherwise?: string): Group<GivenTask> => ({
  ...about,
  first: true,
  read: (args, _, environment) => taskFrom(args, environment, where, otherwise),
  json: ({ name }) => ({ task: name }),
  notes: ({ notes = [] }) => notes,
});

/** The task as the first word, with data of one's own. */
export const taskPlace = taskGroup('unroll train', {
  places: { task: [taskNames.join(', ')] },
  options: taskDataOptions,
});

/** --task, where cells are words. `data`: the options for data of one's own. */
export const taskOption = (names: readonly string[], otherwise: string, data: Options = {}): Group<GivenTask> =>
  taskGroup('--task', { options: { task: textOption('Data', names.join(', '), otherwise), ...data } }, otherwise);

/** Throws InputError. `where` a task is named: a command, or an option. */
async function taskFrom(
  given: Arguments,
  environment: Environment,
  where: string,
  otherwise?: string,
): Promise<GivenTask> {
  const args = given as TaskArguments;
  const name = once('--task', args.task) ?? otherwise;
  if (name === undefined || !taskNames.includes(name)) throw noTask(name, args, where);
  const wanted = name === 'text' ? ['text', 'file'] : name === 'series' ? ['csv', 'column'] : [];
  const foreign = dataOptions.find((option) => args[option] !== undefined && !wanted.includes(option));
  if (foreign !== undefined)
    throw new InputError(`--${foreign}`, `The task \`${name}\` takes no --${foreign}.`, {
      expected:
        wanted.length === 0 ? `no data: ${name} makes its own` : wanted.map((option) => `--${option}`).join(' or '),
      got: `--${foreign}`,
      fix: `take it out, or train on the task \`${foreign === 'text' || foreign === 'file' ? 'text' : 'series'}\``,
    });
  if (name === 'text') return textFrom(args, environment);
  if (name === 'series') return seriesFrom(args, environment);
  return tasks.get(name)!;
}

/** A task of which a model of two directions does not see the answer. Throws InputError. */
export function checkBothWays(where: string, { name, feedback }: Task): void {
  if (feedback === undefined) return;
  throw new InputError(
    where,
    `In ${name} the answer is the next input, and a cell that reads from the end has seen it.`,
    {
      expected: 'one direction, or a task such as majority, copy or reversal',
      got: where === '--bidirectional' ? where : name,
      fix: 'see what it is for:  unroll bidirectional',
    },
  );
}

function noTask(name: string | undefined, args: TaskArguments, where: string): InputError {
  const is = where === '--task' ? '--task ' : 'unroll train ';
  return new InputError(where, name === undefined ? 'No task is given.' : `There is no task \`${name}\`.`, {
    expected: taskNames.join(', '),
    got: name,
    fix: name === undefined ? `for instance:  ${is}${fitting(args, 'gru')}` : meantBy(name, args, is),
  });
}

/** A task for the data that is given. */
function fitting({ text, file, csv }: TaskArguments, cell: string): string {
  if (csv !== undefined) return `series ${cell} --csv ${[csv].flat()[0]}`;
  if (file !== undefined) return `text ${cell} --file ${[file].flat()[0]}`;
  return text === undefined ? `adding ${cell}` : `text ${cell} --text "…"`;
}

/** The name of a file or of a cell may stand where a task is to be. */
function meantBy(name: string, args: TaskArguments, is: string): string {
  if (/\.(csv|tsv)$/i.test(name)) return `a file is data for the task series:  ${is}series --csv ${name}`;
  if (/\.\w+$/.test(name) && !name.endsWith('.cell'))
    return `a file is data for the task text:  ${is}text --file ${name}`;
  if (builtInNames().includes(name) || name.endsWith('.cell') || name.includes('='))
    return `this is a cell, and the task comes first:  ${is}${fitting(args, name.includes('=') ? `"${name}"` : name)}`;
  return didYouMean(name, taskNames) ?? `for instance:  ${is}${fitting(args, 'gru')}`;
}

async function textFrom(args: TaskArguments, environment: Environment): Promise<GivenTask> {
  if ((args.text === undefined) === (args.file === undefined))
    throw new InputError(
      'text',
      args.text === undefined ? 'The task `text` wants a text.' : 'There is more than one text.',
      {
        expected: 'one of --file FILE and --text "…"',
        got: args.text === undefined ? 'none' : 'both',
        fix: args.text === undefined ? 'add --file FILE, or --file - for standard input' : 'take one of them out',
      },
    );
  const source = await sourceFrom(args, ['text', 'file'], { bytes: longestText }, environment);
  return textAsTask(source!, 'give a longer text', environment);
}

async function seriesFrom(args: TaskArguments, environment: Environment): Promise<GivenTask> {
  if (args.csv === undefined)
    throw new InputError('series', 'The task `series` wants numbers.', {
      expected: '--csv FILE, and --column NAME where it has several',
      got: 'none',
      fix: 'add --csv FILE, or train on a series that is made here: two-sines, mackey-glass, logistic-map',
    });
  return columnAsTask((await sourceFrom(args, ['csv'], { rows: mostRows }, environment))!, environment);
}
