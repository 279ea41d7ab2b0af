// The options that say what drives a cell: --text, --file, --csv with --column, --signal.

import { InputError } from '../equations/input-error.ts';
import { type Drive, type SignalName, seriesDrive, signalNames, signals, textDrive } from '../experiments/drive.ts';
import { counted } from '../numbers/counted.ts';
import { readColumn } from './csv.ts';
import { readText } from './files.ts';
import { once, type Typed, wholeNumber } from './numbers.ts';
import { oneInput } from './one-input.ts';
import { number, text } from './options.ts';

/** `steps`: how many are taken where --steps does not say it. */
export const driveOptions = (steps: string) => ({
  text: text('Input', 'a text, read character by character'),
  file: text('Input', 'a text file; - is standard input'),
  csv: text('Input', 'a CSV file with a heading line; - is standard input'),
  column: text('Input', 'the column of the CSV file'),
  signal: text('Input', `a built-in signal: ${signalNames.join(', ')}`),
  steps: number('Input', 'T, how many steps of it to take', steps),
});

export const noiseOption = {
  input: number('Input', 'D, the size of the noise that drives the cells otherwise', 'H'),
};

export interface DriveArguments {
  readonly text?: Typed;
  readonly file?: Typed;
  readonly csv?: Typed;
  readonly column?: Typed;
  readonly signal?: Typed;
  readonly steps?: Typed;
}

/** D of the noise; undefined where it is not given. Throws InputError beside a sequence, which has a size of its own. */
export function noiseSizeFrom(typed: Typed, driven: boolean): number | undefined {
  const size = wholeNumber('--input', typed, 1, 512);
  if (!driven || size === undefined) return size;
  throw new InputError({
    where: '--input',
    says: 'The size of the input follows from the text or the series.',
    expected: 'no --input',
    got: `--input ${size}`,
    mend: 'take it out',
  });
}

/** What more than 200 steps of a text or a series would show does not fit on a screen; --steps says otherwise. */
const stepsShown = 200;
export const mostSteps = 100_000;

/** The sequence that the options ask for, and what a reader should know about it; undefined when none of them is given. */
export async function driveFrom(args: DriveArguments): Promise<{ drive: Drive; notes: string[] } | undefined> {
  const given = oneInput({ ...args }, ['text', 'file', 'csv', 'signal'] as const);
  const steps = stepsFrom(args.steps);
  switch (given) {
    case 'text':
      return fromText(once('--text', args.text)!, '--text', steps, false);
    case 'file': {
      const name = once('--file', args.file)!;
      const { text, more } = readText(name, 4 * (steps ?? stepsShown) + 4);
      // One line feed at the end belongs to the file, not to the text.
      return fromText(more ? text : text.replace(/\r?\n$/, ''), name, steps, more);
    }
    case 'csv': {
      const name = once('--csv', args.csv)!;
      const { values, more, column } = await readColumn(name, once('--column', args.column), steps ?? stepsShown);
      const notes = more ? [`The first ${counted(values.length, 'row')} of ${name}; --steps takes more.`] : [];
      return {
        drive: seriesDrive('series', values, true),
        notes: [`${column}, brought to mean 0 and deviation 1.`, ...notes],
      };
    }
    case 'signal':
      return { drive: signalDrive(once('--signal', args.signal)!, steps ?? 64), notes: [] };
    default:
      return undefined;
  }
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
): { drive: Drive; notes: string[] } {
  const characters = Array.from(text);
  if (characters.length === 0)
    throw new InputError({
      where,
      says: 'The text is empty.',
      expected: 'at least one character',
      got: 'none',
      mend: 'give a text',
    });
  const shown = characters.slice(0, steps ?? stepsShown);
  const cut = more || shown.length < characters.length;
  const notes = cut ? [`The first ${counted(shown.length, 'character')}; --steps takes more.`] : [];
  return { drive: textDrive(shown.join('')), notes };
}

function signalDrive(name: string, steps: number): Drive {
  if (!isSignal(name))
    throw new InputError({
      where: '--signal',
      says: `There is no signal \`${name}\`.`,
      expected: signalNames.join(', '),
      got: name,
      mend: 'choose one of these',
    });
  return seriesDrive(name, signals[name](steps), false);
}

const isSignal = (name: string): name is SignalName => (signalNames as string[]).includes(name);
