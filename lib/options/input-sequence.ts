// What drives a cell: a text by character, a column of numbers or a built-in signal, as one column x_t a step.

import { InputError } from '../equations/input-error.ts';
import { sineWave } from '../numbers/angle.ts';
import { column, filled, type Matrix } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';
import { greatest } from '../numbers/statistics.ts';

/** A sequence and what its steps are called. */
export interface InputSequence {
  /** `text`, `series` or the name of a signal; goes into the options of a Result. */
  readonly kind: string;
  /** The text or the samples themselves, for the options of a Result; absent where kind, size and seed say it all. */
  readonly data?: { readonly text: string } | { readonly samples: readonly number[] };
  /** T columns of D×1. */
  readonly inputs: readonly Matrix[];
  /** T short names: characters, or samples. */
  readonly names: readonly string[];
  /** D */
  readonly size: number;
  /** What a step is, for axis labels: `character`, `sample`. */
  readonly unit: string;
  /** The same sequence with step t (from 1) changed: another character of the text, or the sample moved by one deviation. */
  readonly changed: (step: number) => {
    readonly inputs: readonly Matrix[];
    readonly from: string;
    readonly to: string;
  };
  /** How it was read, where it comes from the user's data. */
  readonly notes?: readonly string[] | undefined;
}

/** One-hot over the distinct characters of the text, in order of appearance; `part`: what it is in messages, where it is not all there is. */
export function textSequence(text: string, part = 'the text'): InputSequence {
  const characters = Array.from(text);
  const alphabet = [...new Set(characters)];
  const oneHot = (index: number): Matrix => {
    const x = new Float64Array(alphabet.length);
    x[index] = 1;
    return column(x);
  };
  const indexOf = new Map(alphabet.map((c, i) => [c, i]));
  const inputs = characters.map((c) => oneHot(indexOf.get(c)!));
  return {
    kind: 'text',
    data: { text },
    inputs,
    names: characters,
    size: alphabet.length,
    unit: 'character',
    changed: (step) => {
      const from = characters[step - 1]!;
      if (alphabet.length === 1)
        throw new InputError(
          '--text',
          `There is only one distinct character in ${part}, \`${from}\`, so no input can be changed.`,
          {
            expected: 'at least two different characters',
            got: 'one',
            fix: `give a text with two different characters${part === 'the text' ? '' : ', or take more with --steps'}`,
          },
        );
      const other = (indexOf.get(from)! + 1) % alphabet.length;
      return { inputs: inputs.with(step - 1, oneHot(other)), from, to: alphabet[other]! };
    },
  };
}

/** A series, with the samples that drive the cell: scaled, so that units do not saturate, or as they stand. */
export function seriesSequence(
  kind: string,
  values: readonly number[],
  samples: ArrayLike<number> = values,
): InputSequence {
  const inputs = Array.from(samples, (v) => column([v]));
  // What rounding leaves of a zero is called zero.
  const nothing = 1e-12 * Math.min(1, greatest(values.map(Math.abs)));
  return {
    kind,
    data: { samples: values },
    inputs,
    names: values.map((v) => (Math.abs(v) < nothing ? '0' : shortly(v))),
    size: 1,
    unit: 'sample',
    changed: (step) => {
      const moved = samples[step - 1]! + 1;
      return {
        inputs: inputs.with(step - 1, column([moved])),
        from: samples[step - 1]!.toPrecision(3),
        to: moved.toPrecision(3),
      };
    },
  };
}

/** The largest doubles would be rounded to infinity. */
function shortly(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Number.isFinite(rounded) ? String(rounded) : value.toPrecision(3);
}

/** T draws from N(0, 1) in D dimensions. */
function noiseSequence(steps: number, size: number, rng: Random): InputSequence {
  const inputs = Array.from({ length: steps }, () => filled(size, 1, rng.normal));
  return {
    kind: 'noise',
    inputs,
    names: inputs.map((x) => x.data[0]!.toFixed(1)),
    size,
    unit: 'step',
    changed: (step) => {
      const x = inputs[step - 1]!;
      const moved = { ...x, data: x.data.map((v) => v + 1) };
      return { inputs: inputs.with(step - 1, moved), from: 'x', to: 'x + 1' };
    },
  };
}

/** The sequence given, or else fresh noise from a stream of its own. */
export const sequenceOr = (
  sequence: InputSequence | undefined,
  steps: number,
  size: number,
  rng: Random,
): InputSequence => sequence ?? noiseSequence(steps, size, rng.fork('inputs'));

/** Cosine and sine of 2π/16, 2π/25 and 2π/11. */
const sixteenth = [0.9238795325112867, 0.3826834323650898] as const;
const twentyFifth = [0.9685831611286311, 0.2486898871648548] as const;
const eleventh = [0.8412535328311812, 0.5406408174555976] as const;

/** The built-in signals: T samples each. */
export const signals = {
  sine: (steps: number) => [...sineWave(steps, sixteenth)],
  'two-sines': (steps: number) => {
    const [slow, fast] = [sineWave(steps, twentyFifth), sineWave(steps, eleventh)];
    return Array.from(slow, (v, t) => 0.5 * v + 0.5 * fast[t]!);
  },
  impulse: (steps: number) => Array.from({ length: steps }, (_, t) => (t === 0 ? 1 : 0)),
  step: (steps: number) => Array.from({ length: steps }, (_, t) => (t < steps / 4 ? 0 : 1)),
  square: (steps: number) => Array.from({ length: steps }, (_, t) => (t % 16 < 8 ? 1 : -1)),
} as const satisfies Record<string, (steps: number) => number[]>;

export type SignalName = keyof typeof signals;
export const signalNames = Object.keys(signals) as SignalName[];

const blanks: Readonly<Record<string, string>> = {
  ' ': 'a space',
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\t': 'a tab',
};

/** A character as it is written in a sentence: a blank by its name, a combining mark on a dotted circle and not on the quote before it. */
export const spelt = (character: string): string =>
  blanks[character] ?? `\`${/^\p{M}/u.test(character) ? '\u25cc' : ''}${character}\``;
