// unroll exposure

import { exposure } from '../../experiments/exposure.ts';
import { withNotes } from '../../experiments/kit/seeds.ts';
import { labelStart } from '../../experiments/trained.ts';
import { type WayName, wayNames } from '../../experiments/ways.ts';
import { cellWords, learnerArgument } from '../../options/cell-argument.ts';
import { checkSteps } from '../../options/given-task.ts';
import { oneOf } from '../../options/names.ts';
import { type Given, number, text } from '../../options/option.ts';
import { runFrom, runOptions, seedsOption } from '../../options/runs.ts';
import { once, type Typed, wholeNumber } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import { type Subject, subjectFrom, subjectOptions } from '../learned-subject.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';

/** Settings with which the bias is to be seen in seconds: those of the course for labels and series. */
const usual: Readonly<Record<Subject['kind'], Usual>> = {
  labels: { cell: 'rnn', hidden: 8, steps: 30, prefix: 0, updates: 300, seeds: 10, sequences: 256 },
  series: { cell: 'gru', hidden: 16, steps: 50, prefix: 20, updates: 400, seeds: 4, sequences: 256 },
  text: { cell: 'gru', hidden: 32, steps: 40, prefix: 20, updates: 300, seeds: 2, sequences: 128 },
};

interface Usual {
  readonly cell: string;
  readonly hidden: number;
  readonly steps: number;
  readonly prefix: number;
  readonly updates: number;
  readonly seeds: number;
  readonly sequences: number;
}

const options = {
  ...subjectOptions,
  steps: number('Input', 'T, how many steps a sequence has', '30 for labels'),
  prefix: number('Input', 'steps it hears before it is left alone', '0 for labels'),
  hidden: number('Cell', 'H, how many units', '8 for labels'),
  compare: text('Run', `ways to train, one or more: ${wayNames.join(',')}`, 'forced'),
  updates: number('Run', 'updates of Adam', '300 for labels'),
  ...runOptions,
  ...seedsOption('10 for labels'),
  ...outputOptions,
};

type ExposureArguments = Given<typeof options> & { readonly cell?: string };

export const exposureCommand: Command = {
  places: { cell: [cellWords, 'rnn for labels, else gru'] },
  options,
  examples: [
    ['unroll exposure', 'labels seen through noise: the truth, then its own words'],
    ['unroll exposure --compare forced,scheduled,free', 'three ways to train'],
    ['unroll exposure --series two-sines', 'a series that is left alone'],
    ['unroll exposure lstm --csv co2.csv --column CO2', 'a series of your own'],
    ['unroll exposure --file book.txt', 'the next character of a text'],
  ],
  experiment: async (typed) => {
    const args = typed as ExposureArguments;
    const { kind, task, measure, notes } = await subjectFrom(args, environment);
    const otherwise = usual[kind];
    const steps = wholeNumber('--steps', args.steps, 4, 1000, 'more takes long and fills no screen') ?? usualSteps();
    checkSteps(task, steps);
    const prefix =
      wholeNumber('--prefix', args.prefix, 0, steps - 2, `of ${steps} steps at least two are run alone`) ??
      Math.min(otherwise.prefix, Math.floor(0.4 * steps));
    const hidden = wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? otherwise.hidden;
    const cell = learnerArgument(args.cell ?? otherwise.cell, environment);
    const asked = exposure({
      task,
      measure,
      cell,
      start: kind === 'labels' ? labelStart(cell, hidden) : { hidden },
      steps,
      prefix,
      batch: 16,
      updates: wholeNumber('--updates', args.updates, 1, 100_000, 'more takes hours') ?? otherwise.updates,
      rate: 0.01,
      sequences: otherwise.sequences,
      ways: waysFrom(args.compare),
      ...runFrom(args, otherwise.seeds, environment),
    });
    return withNotes(asked, notes);

    /** What is kept apart of a short series may have fewer. */
    function usualSteps(): number {
      return Math.min(otherwise.steps, (task.heldOut ?? task).usual.steps);
    }
  },
};

function waysFrom(typed: Typed): WayName[] {
  const names = once('--compare', typed)
    ?.split(',')
    .map((name) => name.trim()) ?? ['forced'];
  const naming = { where: '--compare', what: 'way to train named', names: wayNames, fix: 'choose from these' };
  const ways = names.map((name) => oneOf(name, naming));
  return wayNames.filter((way) => ways.includes(way));
}
