// unroll probe

import { InputError } from '../../equations/input-error.ts';
import { withNotes } from '../../experiments/kit/seeds.ts';
import { fewestCharacters, probe } from '../../experiments/probe.ts';
import { type PropertyName, propertyNames } from '../../experiments/properties.ts';
import { counted } from '../../numbers/counted.ts';
import { random } from '../../numbers/random.ts';
import { cellWords, learnerArgument } from '../../options/cell-argument.ts';
import { sourceFrom } from '../../options/data-source.ts';
import { checkSteps, textAsTask } from '../../options/given-task.ts';
import { oneOf } from '../../options/names.ts';
import { type Given, number, text } from '../../options/option.ts';
import { runFrom, runOptions, seedsOption } from '../../options/runs.ts';
import { once, type Typed, wholeNumber } from '../../options/typed.ts';
import { speechText } from '../../tasks/speech-text.ts';
import { type TextTask, textTask } from '../../tasks/text-task.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';

/** The text made by rule: of its characters a tenth is held out, and it is the same whatever the seed of the model. */
const ruleCharacters = 20_000;
const ruleSeed = 1;
const mostBytes = 1_000_000;
const steps = 40;

const options = {
  file: text('Input', 'a text file; - is standard input', 'a text made by rule'),
  text: text('Input', 'the text itself'),
  property: text('Probe', `shade by the best unit for one of: ${propertyNames.join(', ')}`, 'quotes'),
  unit: number('Probe', 'shade by this unit of the first seed'),
  at: number('Probe', 'look into the prediction behind this character of the shown text', 'the last'),
  hidden: number('Cell', 'H, how many units', '16'),
  updates: number('Run', 'updates of Adam', '400'),
  ...runOptions,
  ...seedsOption(3),
  ...outputOptions,
};

type ProbeArguments = Given<typeof options> & { readonly cell?: string };

export const probeCommand: Command = {
  places: { cell: [cellWords, 'lstm'] },
  options,
  examples: [
    ['unroll probe', 'which unit of an LSTM knows that somebody speaks?'],
    ['unroll probe gru --property space', 'which unit of a GRU foresees the end of a word?'],
    ['unroll probe --at 60', 'what the prediction behind character 60 listens to'],
    ['unroll probe --file book.txt --hidden 64 --updates 3000', 'a text of your own, and minutes'],
  ],
  experiment: async (typed) => {
    const args = typed as ProbeArguments;
    const { task, notes } = await textFrom(args);
    const cell = learnerArgument(args.cell ?? 'lstm', environment);
    const length = Math.min(steps, task.heldOut.usual.steps);
    checkSteps(task, length);
    const unit = wholeNumber('--unit', args.unit, 1, 256);
    const property = propertyFrom(args.property);
    const at = wholeNumber('--at', args.at, 1, 1000);
    const asked = probe({
      task,
      cell,
      start: { hidden: wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? 16 },
      steps: length,
      batch: 16,
      updates: wholeNumber('--updates', args.updates, 1, 100_000, 'more takes hours') ?? 400,
      rate: 0.02,
      ...(property === undefined ? {} : { property }),
      ...(unit === undefined ? {} : { unit }),
      ...(at === undefined ? {} : { at }),
      ...runFrom(args, 3, environment),
    });
    return withNotes(asked, notes);
  },
};

async function textFrom(args: ProbeArguments): Promise<{ readonly task: TextTask; readonly notes: readonly string[] }> {
  const source = await sourceFrom(args, ['text', 'file'], { bytes: mostBytes }, environment);
  if (source === undefined) {
    const task = textTask('rule', speechText(ruleCharacters, random(ruleSeed)));
    return { task, notes: [] };
  }
  checkLength(source.where, source.text);
  const task = textAsTask(source, 'give a text of several different characters', environment);
  return { task, notes: task.notes };
}

function checkLength(where: string, text: string): void {
  const count = Array.from(text).length;
  if (count >= fewestCharacters) return;
  throw new InputError(where, `The text has ${counted(count, 'character')}: too few to tell a result from chance.`, {
    expected: `at least ${fewestCharacters} characters, of which a tenth is held out`,
    got: String(count),
    fix: 'give a longer text, or none: one is generated',
  });
}

function propertyFrom(typed: Typed): PropertyName | undefined {
  const name = once('--property', typed);
  return name === undefined ? undefined : oneOf(name, { where: '--property', what: 'property', names: propertyNames });
}
