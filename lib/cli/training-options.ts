// The options that say how a model is trained: --steps, --batch, --updates, --rate, --clip and --clip-by, --truncate, --layers.

import { InputError } from '../equations/input-error.ts';
import type { LearningOptions } from '../experiments/learning-curve.ts';
import { counted } from '../numbers/counted.ts';
import { random } from '../numbers/random.ts';
import { oneOf } from '../options/names.ts';
import { number } from '../options/option.ts';
import { mostSteps } from '../options/sequence-options.ts';
import { once, realNumber, type Typed, wholeNumber } from '../options/typed.ts';
import { numeral } from '../render/numerals.ts';
import type { Task, Usual } from '../tasks/task.ts';
import type { Truncation } from '../training/bptt.ts';
import type { Clip } from '../training/clipping.ts';
import { withInput } from './task-argument.ts';

export interface TrainingArguments {
  readonly steps?: Typed;
  readonly batch?: Typed;
  readonly updates?: Typed;
  readonly rate?: Typed;
  readonly clip?: Typed;
  readonly clipBy?: Typed;
  readonly truncate?: Typed;
  readonly layers?: Typed;
}

export const lengthOptions = {
  steps: number('Data', 'T, how many steps a sequence has', 'by task'),
  batch: number('Data', 'B, sequences in an update', 'by task'),
};

export const speedOptions = {
  updates: number('Training', 'how often the parameters move', 'by task'),
  rate: number('Training', 'the learning rate', 'by task'),
};

export type Lengths = Pick<Usual, 'steps' | 'batch' | 'updates' | 'rate'>;

/** What is not said is usual. Throws InputError, also for sequences that the task or its data do not have. */
export function lengthsFrom(args: TrainingArguments, task: Task, usual: Lengths = task.usual): Lengths {
  const { heldOut } = task;
  const most = 'more would take hours; train again with --load';
  const steps =
    wholeNumber('--steps', args.steps, task.shortest, mostSteps, 'every value of every step is kept') ??
    Math.min(usual.steps, heldOut?.usual.steps ?? usual.steps);
  // Drawn once, so that a sequence that the data cannot fill is refused before anything is built.
  withInput(
    '--steps',
    () => [task, heldOut ?? task].map((source) => source.batch(random(1), 1, steps)),
    `a smaller --steps, or more data`,
  );
  return {
    steps,
    batch: wholeNumber('--batch', args.batch, 1, 4096, 'a mean over more is hardly another') ?? usual.batch,
    updates: wholeNumber('--updates', args.updates, 1, 1_000_000, most) ?? usual.updates,
    rate: rateFrom(args) ?? usual.rate,
  };
}

export const clipKinds = ['norm', 'element'] as const;

export const layersFrom = (args: TrainingArguments): number =>
  wholeNumber('--layers', args.layers, 1, 16, 'deeper ones hardly learn') ?? 1;

function rateFrom(args: TrainingArguments): number | undefined {
  const rate = realNumber('--rate', args.rate, 0, 1000);
  if (rate !== 0) return rate;
  throw new InputError('--rate', 'At a rate of 0 nothing moves.', {
    expected: 'a number above 0',
    got: '0',
    fix: 'write, for instance, --rate 0.01',
  });
}

export function clipFrom(args: TrainingArguments): Clip | undefined {
  const by = chosen('--clip-by', args.clipBy, clipKinds);
  const typed = once('--clip', args.clip);
  if (typed !== 'none') {
    const most = realNumber('--clip', typed, 0, 1e9) ?? 1;
    if (most > 0) return { by: by ?? 'norm', most };
  } else if (by === undefined) return undefined;
  throw new InputError(
    '--clip',
    typed === 'none' ? '--clip-by says how to clip, and --clip none not to.' : 'A gradient clipped at 0 moves nothing.',
    {
      expected: 'a number above 0, or none',
      got: `--clip ${typed}`,
      fix: typed === 'none' ? 'take one of them out' : 'write --clip none for no clipping',
    },
  );
}

export function truncationFrom(args: TrainingArguments, steps: number, directions: 1 | 2): Truncation | undefined {
  const typed = once('--truncate', args.truncate);
  if (typed === undefined) return undefined;
  const [window, stride, more] = typed.split(',');
  if (directions === 2 || more !== undefined)
    throw new InputError(
      '--truncate',
      more === undefined ? 'Two directions read a whole sequence at once.' : `\`${typed}\` is not K or K,STRIDE.`,
      {
        expected: more === undefined ? '--truncate or --bidirectional' : 'one or two whole numbers, such as 20,5',
        got: more === undefined ? 'both' : typed,
        fix: more === undefined ? 'take one of them out' : 'write, for instance, --truncate 20,5',
      },
    );
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
  return text === undefined ? undefined : oneOf(text, { where: option, what: option, names });
}

const mostBytes = 2e9;

/** A rough count of what is kept: every value of every step, there and back. */
export function checkMemory({
  cells,
  layers,
  directions,
  start,
  steps,
  batch,
  truncation,
  task,
}: LearningOptions): void {
  const equations = Math.max(...cells.map(({ program }) => program.equations.length));
  const perStep = layers * directions * start.hidden * (3 * equations + 4) + 3 * (task.inputs + task.outputs);
  const bytes = 8 * batch * ((truncation?.window ?? steps) * perStep + steps * (task.inputs + task.outputs));
  if (bytes <= mostBytes) return;
  throw new InputError(
    '--steps',
    `${steps} steps of ${batch} sequences keep about ${numeral(bytes / 1e9)} GB at H = ${start.hidden}.`,
    {
      expected: `at most ${mostBytes / 1e9} GB`,
      got: `T ${steps}, B ${batch}, H ${start.hidden}`,
      fix: 'a smaller --batch, or --truncate, whose memory does not grow with T',
    },
  );
}
