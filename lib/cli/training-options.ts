// The options that say how a model is trained: --rate, --clip and --clip-by, --truncate, --layers.

import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { counted } from '../numbers/counted.ts';
import type { Truncation } from '../training/bptt.ts';
import type { Clip } from '../training/clipping.ts';
import { once, realNumber, type Typed, wholeNumber } from './numbers.ts';

export interface TrainingArguments {
  readonly rate?: Typed;
  readonly clip?: Typed;
  readonly clipBy?: Typed;
  readonly truncate?: Typed;
  readonly layers?: Typed;
}

export const clipKinds = ['norm', 'element'] as const;

export const layersFrom = (args: TrainingArguments): number =>
  wholeNumber('--layers', args.layers, 1, 16, 'deeper ones hardly learn') ?? 1;

export function rateFrom(args: TrainingArguments): number | undefined {
  const rate = realNumber('--rate', args.rate, 0, 1000);
  if (rate !== 0) return rate;
  throw new InputError({
    where: '--rate',
    says: 'At a rate of 0 nothing moves.',
    expected: 'a number above 0',
    got: '0',
    mend: 'write, for instance, --rate 0.01',
  });
}

export function clipFrom(args: TrainingArguments): Clip | undefined {
  const by = chosen('--clip-by', args.clipBy, clipKinds);
  const typed = once('--clip', args.clip);
  if (typed !== 'none') {
    const most = realNumber('--clip', typed, 0, 1e9) ?? 1;
    if (most > 0) return { by: by ?? 'norm', most };
  } else if (by === undefined) return undefined;
  throw new InputError({
    where: '--clip',
    says:
      typed === 'none'
        ? '--clip-by says how to clip, and --clip none not to.'
        : 'A gradient clipped at 0 moves nothing.',
    expected: 'a number above 0, or none',
    got: `--clip ${typed}`,
    mend: typed === 'none' ? 'take one of them out' : 'write --clip none for no clipping',
  });
}

export function truncationFrom(args: TrainingArguments, steps: number, directions: 1 | 2): Truncation | undefined {
  const typed = once('--truncate', args.truncate);
  if (typed === undefined) return undefined;
  const [window, stride, more] = typed.split(',');
  if (directions === 2 || more !== undefined)
    throw new InputError({
      where: '--truncate',
      says: more === undefined ? 'Two directions read a whole sequence at once.' : `\`${typed}\` is not K or K,STRIDE.`,
      expected: more === undefined ? '--truncate or --bidirectional' : 'one or two whole numbers, such as 20,5',
      got: more === undefined ? 'both' : typed,
      mend: more === undefined ? 'take one of them out' : 'write, for instance, --truncate 20,5',
    });
  const most = wholeNumber(
    '--truncate',
    window,
    1,
    steps,
    `a sequence has ${counted(steps, 'step')}: --steps takes more`,
  )!;
  return {
    window: most,
    stride: wholeNumber('--truncate', stride, 1, most, 'the stride is at most the window') ?? most,
  };
}

/** One of some names, or undefined when the option is not given. */
export function chosen<Name extends string>(option: string, typed: Typed, names: readonly Name[]): Name | undefined {
  const text = once(option, typed);
  const found = names.find((name) => name === text);
  if (text === undefined || found !== undefined) return found;
  const near = nearest(text, names);
  throw new InputError({
    where: option,
    says: `There is no ${option} \`${text}\`.`,
    expected: names.join(', '),
    got: text,
    mend: near === undefined ? 'choose one of these' : `did you mean \`${near}\`?`,
  });
}
