// A text or a column of numbers that somebody gives, as a task.

import { InputError } from '../equations/input-error.ts';
import { random } from '../numbers/random.ts';
import { type GivenSeries, givenSeries } from '../tasks/given-series.ts';
import type { Task } from '../tasks/task.ts';
import { textTask } from '../tasks/text-task.ts';
import type { ColumnSource, TextSource } from './data-source.ts';
import type { Environment } from './environment.ts';
import { seriesNotes } from './sequence-options.ts';

/** A task of the catalogue has none of these. */
export interface GivenTask extends Task {
  /** How its data was read. */
  readonly notes?: readonly string[] | undefined;
  /** Of a series: what its numbers are called, and their deviation. */
  readonly unit?: { readonly name: string; readonly deviation: number } | undefined;
  /** Of a text: how it begins, in classes. */
  readonly beginning?: readonly number[] | undefined;
}

/** Rows of a column that are read. */
export const mostRows = 100_000;

/** `fix`: what to do where the text is refused. Throws InputError. */
export function textAsTask({ where, text, more, limit }: TextSource, fix: string, { dropped }: Environment) {
  const cut = `Only the first ${limit / 1_000_000} MB of ${where} are read.`;
  const task = withInput(where, () => textTask('text', text), fix, more ? `${cut} In them ` : '');
  const beginning = Array.from(text.slice(0, 40), (character) => task.classes.indexOf(character)).slice(0, 12);
  return { ...task, beginning, notes: more ? [dropped(cut)] : [] };
}

/** With what a reader should know about the column. Throws InputError. */
export function columnAsTask({ where, column }: ColumnSource, { dropped }: Environment): GivenTask & GivenSeries {
  const { values, more, name } = column;
  const task = withInput(where, () => givenSeries(name, values), 'give a longer series, and numbers of similar size');
  const part = `the training part of ${name} (the first four fifths)`;
  const cut = more ? [dropped(`Only the first ${values.length} rows of ${where} are read.`)] : [];
  const notes = [...seriesNotes(column, task.scale, part), ...cut];
  const { deviation } = task.scale;
  if (deviation > 1e-290 && deviation < 1e290) return { ...task, notes, unit: { name, deviation } };
  const own = `Errors are in standard deviations of ${name}: in its own units they could overflow or underflow a double.`;
  return { ...task, notes: [...notes, own] };
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

/** Throws InputError when the data that is kept apart, or the task itself, has no sequence of so many steps. */
export function checkSteps({ heldOut, ...task }: Task, steps: number): void {
  withInput('--steps', () => (heldOut ?? task).batch(random(0), 1, steps), 'give more data, or take fewer --steps');
}
