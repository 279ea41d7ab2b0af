// The options that say what drives a cell: --text, --file, --csv with --column, --signal.

import { InputError } from '../equations/input-error.ts';
import { counted } from '../numbers/counted.ts';
import { type Standardised, standardised } from '../numbers/statistics.ts';
import { sourceFrom } from './data-source.ts';
import type { Column, Environment } from './environment.ts';
import { type HiddenArguments, hiddenFrom } from './initialisation.ts';
import {
  type InputSequence,
  type SignalName,
  seriesSequence,
  signalNames,
  signals,
  textSequence,
} from './input-sequence.ts';
import { type Given, type Group, group, numberOption, textOption } from './option.ts';
import { type Typed, wholeNumber } from './typed.ts';

/** `steps`: how many are taken where --steps does not say it. */
const sequenceOptions = (steps: string) => ({
  text: textOption('Input', 'a text, read character by character'),
  file: textOption('Input', 'a text file; - is standard input'),
  csv: textOption('Input', 'a CSV file; - is standard input'),
  column: textOption('Input', 'its column: the name, or the number from 1'),
  signal: textOption('Input', `a built-in signal: ${signalNames.join(', ')}`),
  steps: numberOption('Input', 'T, how many steps of it to take', steps),
});

type SequenceArguments = Given<ReturnType<typeof sequenceOptions>>;

/** What more than 200 steps of a text or a series would show does not fit on a screen; --steps says otherwise. */
const stepsShown = 200;
export const mostSteps = 100_000;

/** The sequence that the options ask for; undefined when none of them is given. Throws InputError, also for one shorter than --steps. */
async function sequenceFrom(args: SequenceArguments, environment: Environment): Promise<InputSequence | undefined> {
  const { dropped } = environment;
  const steps = stepsFrom(args.steps);
  const rows = steps ?? stepsShown;
  const source = await sourceFrom(args, ['text', 'file', 'csv', 'signal'], { bytes: 4 * rows + 4, rows }, environment);
  switch (source?.kind) {
    case 'text': {
      const { text, where, more } = source;
      // One line feed at the end belongs to the file, not to the text.
      const whole = more || where === '--text' ? text : text.replace(/\r?\n$/, '');
      return fromText(whole, where, steps, more, dropped);
    }
    case 'column': {
      const { values, more, name } = source.column;
      checkLength(source.where, 'row', values.length, steps);
      const scale = standardised(values);
      const cut = `Only the first ${counted(values.length, 'row')} of ${source.where}: --steps reads more.`;
      return {
        ...seriesSequence('series', values, scale.values),
        notes: [
          ...(scale.spread === 0 ? [] : [`${name} is standardised (zero mean, unit variance).`]),
          ...seriesNotes(source.column, scale),
          ...(more ? [dropped(cut)] : []),
        ],
      };
    }
    case 'name':
      return signalSequence(source.name, steps ?? 64);
    default:
      return undefined;
  }
}

/** The default input. */
export const someText = 'the bank of the river';

/** The sequence that the options ask for, or the built-in text, repeated where --steps asks for more of it. */
async function sequenceOrText(args: SequenceArguments, environment: Environment): Promise<InputSequence> {
  const given = await sequenceFrom(args, environment);
  if (given !== undefined) return given;
  const steps = stepsFrom(args.steps) ?? someText.length;
  const repeated = `${someText} `.repeat(Math.ceil(steps / someText.length)).slice(0, steps);
  const notes =
    steps > someText.length ? [`The built-in text has ${someText.length} characters: it is repeated to ${steps}.`] : [];
  return { ...textSequence(repeated), notes };
}

/** How a column was read, and whether its spread is above rounding. `part` is what was standardised. */
export function seriesNotes({ name, notes }: Column, { spread, mean }: Standardised, part = name): string[] {
  if (spread === 0) return [...notes, `${part} is constant: every value is ${mean}, standardised to 0.`];
  if (spread > 1e6 * Number.EPSILON) return [...notes];
  return [
    ...notes,
    `The standard deviation of ${part} is ${spread.toExponential(0)} times its largest value, close to the relative precision of a double (${Number.EPSILON.toExponential(0)}): smaller differences are lost to rounding.`,
  ];
}

/** The one rule for data that is given: it is not repeated. Throws InputError. */
function checkLength(where: string, noun: string, length: number, steps: number | undefined): void {
  if (steps === undefined || steps <= length) return;
  throw new InputError(
    '--steps',
    `--steps ${steps} is too large: ${where === '--text' ? 'the text' : where} has ${counted(length, noun)}.`,
    { expected: `at most ${length}`, got: String(steps), fix: 'use a smaller --steps, or give more data' },
  );
}

export const stepsFrom = (typed: Typed): number | undefined =>
  wholeNumber(
    '--steps',
    typed,
    1,
    mostSteps,
    'more would take minutes and gigabytes: every value of every step is kept',
  );

function fromText(
  text: string,
  where: string,
  steps: number | undefined,
  more: boolean,
  dropped: Environment['dropped'],
): InputSequence {
  const characters = Array.from(text);
  if (characters.length === 0)
    throw new InputError(where, 'The text is empty.', {
      expected: 'at least one character',
      got: 'none',
      fix: 'give a text',
    });
  if (!more) checkLength(where, 'character', characters.length, steps);
  const shown = characters.slice(0, steps ?? stepsShown);
  const cut = more || shown.length < characters.length;
  const part = `the first ${counted(shown.length, 'character')}`;
  const notes = cut ? [dropped(`Only ${part}: --steps reads more.`)] : [];
  return { ...textSequence(shown.join(''), cut ? `${part} of the text` : undefined), notes };
}

function signalSequence(name: string, steps: number): InputSequence {
  if (!isSignal(name))
    throw new InputError('--signal', `There is no signal \`${name}\`.`, {
      expected: signalNames.join(', '),
      got: name,
      fix: 'choose one of these',
    });
  return seriesSequence(name, signals[name](steps));
}

const isSignal = (name: string): name is SignalName => (signalNames as string[]).includes(name);

/** The sequence that is given, or the built-in text. */
export const sequence: Group<InputSequence> = group({
  options: sequenceOptions('at most 200'),
  first: true,
  read: (args, _, environment) => sequenceOrText(args, environment),
  json: ({ kind, data, inputs }) => ({ input: kind, ...data, steps: inputs.length }),
  notes: ({ notes }) => notes ?? [],
});

/**
 * A sequence that is given, or else noise that is fresh for every seed: `steps` steps, so many where nothing says it, in `input` dimensions,
 * H of the option --hidden where nothing says it. `check` throws InputError for a length that does not serve.
 */
export const sequenceOrNoise = (otherwise: number, check: (steps: number) => void, read = stepsFrom) => {
  const sequence: Group<InputSequence | undefined> = group({
    options: sequenceOptions(String(otherwise)),
    first: true,
    read: (args, _, environment) => sequenceFrom(args, environment),
    json: (given) => ({ input: given?.kind ?? 'noise', ...given?.data }),
    notes: (given) => given?.notes ?? [],
  });
  type Earlier = { readonly sequence?: InputSequence | undefined };
  const input: Group<number, Earlier> = {
    options: { input: numberOption('Input', 'D, the size of the noise that drives the cells otherwise', 'H') },
    first: true,
    read(args, { sequence }) {
      const size = wholeNumber('--input', args.input as Typed, 1, 512);
      if (sequence === undefined) return size ?? hiddenFrom(args as HiddenArguments, 16);
      if (size === undefined) return sequence.size;
      throw new InputError('--input', 'The size of the input follows from the text or the series.', {
        expected: 'no --input',
        got: `--input ${size}`,
        fix: 'take it out',
      });
    },
    json: (inputSize) => ({ inputSize }),
  };
  const steps: Group<number, Earlier> = {
    first: true,
    read(args, { sequence }) {
      const length = sequence?.inputs.length ?? read(args.steps as Typed) ?? otherwise;
      check(length);
      return length;
    },
  };
  return { sequence, input, steps };
};
