// A task on the command line: a name of the catalogue, or `text` and `series` with data that the user gives.

import { builtInNames } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { didYouMean } from '../options/names.ts';
import { type Given, text } from '../options/option.ts';
import { seriesNotes } from '../options/sequence-options.ts';
import { once } from '../options/typed.ts';
import { tasks } from '../tasks/catalogue.ts';
import { type GivenSeries, givenSeries } from '../tasks/given-series.ts';
import type { Task } from '../tasks/task.ts';
import { type TextTask, textTask } from '../tasks/text.ts';
import { readColumn } from './csv.ts';
import { readText } from './files.ts';
import { dropped } from './output.ts';

/** For commands whose positionals are cells; `otherwise`: the task without it. */
export const taskOption = (names: readonly string[], otherwise: string) => ({
  task: text('Data', names.join(', '), otherwise),
});

export const taskDataOptions = {
  text: text('Data', 'for the task text: the text itself'),
  file: text('Data', 'for the task text: a text file; - is standard input'),
  csv: text('Data', 'for the task series: a CSV file; - is standard input'),
  column: text('Data', 'its column: the name, or the number from 1'),
};

export type TaskArguments = Given<typeof taskDataOptions> & { readonly task?: string };

export interface GivenTask {
  readonly task: Task;
  readonly notes: readonly string[];
  /** Of a series: what its numbers are called, and their deviation. */
  readonly unit?: { readonly name: string; readonly deviation: number };
  /** Of a text: its characters, in the order of the model's classes, and how it begins. */
  readonly text?: { readonly characters: readonly string[]; readonly beginning: readonly number[] };
}

export const taskNames: readonly string[] = [...tasks.keys(), 'series', 'text'];

const longestText = 4_000_000;
const mostRows = 100_000;
const dataOptions = ['text', 'file', 'csv', 'column'] as const;

/** Throws InputError. `where` a task is named: a command, or an option. */
export async function taskArgument(args: TaskArguments, where = 'unroll train'): Promise<GivenTask> {
  const name = args.task;
  if (name === undefined || !taskNames.includes(name)) throw noTask(args, where);
  const wanted = name === 'text' ? ['text', 'file'] : name === 'series' ? ['csv', 'column'] : [];
  const foreign = dataOptions.find((option) => args[option] !== undefined && !wanted.includes(option));
  if (foreign !== undefined)
    throw new InputError(`--${foreign}`, `The task \`${name}\` takes no --${foreign}.`, {
      expected:
        wanted.length === 0 ? `no data: ${name} makes its own` : wanted.map((option) => `--${option}`).join(' or '),
      got: `--${foreign}`,
      fix: `take it out, or train on the task \`${foreign === 'text' || foreign === 'file' ? 'text' : 'series'}\``,
    });
  if (name === 'text') return textFrom(args);
  if (name === 'series') return seriesFrom(args);
  return { task: tasks.get(name)!, notes: [] };
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

function noTask(args: TaskArguments, where: string): InputError {
  const { task: name } = args;
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

function textFrom(args: TaskArguments): GivenTask {
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
  const { task, notes, text } = textTaskFrom(args, longestText, 'give a longer text');
  const beginning = Array.from(text.slice(0, 40), (character) => task.classes.indexOf(character)).slice(0, 12);
  return { task, notes, text: { characters: task.classes, beginning } };
}

async function seriesFrom(args: TaskArguments): Promise<GivenTask> {
  const file = once('--csv', args.csv);
  if (file === undefined)
    throw new InputError('series', 'The task `series` wants numbers.', {
      expected: '--csv FILE, and --column NAME where it has several',
      got: 'none',
      fix: 'add --csv FILE, or train on a series that is made here: two-sines, mackey-glass, logistic-map',
    });
  const { column: _, ...given } = await seriesTaskFrom(file, once('--column', args.column));
  return given;
}

/** The column of a CSV file as a task, and what a reader should know about it. Throws InputError. */
export async function seriesTaskFrom(
  file: string,
  wanted: string | undefined,
): Promise<GivenTask & { readonly task: GivenSeries; readonly column: string }> {
  const column = await readColumn(file, wanted, mostRows);
  const { values, more, name } = column;
  const task = withInput(file, () => givenSeries(name, values), 'give a longer series, and numbers of similar size');
  const part = `the training part of ${name} (the first four fifths)`;
  const cut = more ? [dropped(`Only the first ${values.length} rows of ${file} are read.`)] : [];
  const notes = [...seriesNotes(column, task.scale, part), ...cut];
  const { deviation } = task.scale;
  if (deviation > 1e-290 && deviation < 1e290) return { task, column: name, notes, unit: { name, deviation } };
  const own = `Errors are in standard deviations of ${name}: in its own units they could overflow or underflow a double.`;
  return { task, column: name, notes: [...notes, own] };
}

/** The text of --text or --file as a task, of a file at most `limit` bytes. Throws InputError. */
export function textTaskFrom(
  args: Pick<TaskArguments, 'text' | 'file'>,
  limit: number,
  fix: string,
  check = (_where: string, _text: string): void => {},
): { readonly task: TextTask; readonly text: string; readonly notes: readonly string[] } {
  const typed = once('--text', args.text);
  const where = typed === undefined ? once('--file', args.file)! : '--text';
  const { text, more } = typed === undefined ? readText(where, limit) : { text: typed, more: false };
  check(where, text);
  const cut = `Only the first ${limit / 1_000_000} MB of ${where} are read.`;
  const task = withInput(where, () => textTask('text', text), fix, more ? `${cut} In them ` : '');
  return { task, text, notes: more ? [dropped(cut)] : [] };
}

/** What a task refuses is the input's fault. */
export function withInput<T>(where: string, make: () => T, fix: string, before = ''): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const says =
      before === '' ? `${error.message[0]!.toUpperCase()}${error.message.slice(1)}.` : `${before}${error.message}.`;
    throw new InputError(where, says, { fix });
  }
}
