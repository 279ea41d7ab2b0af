// What `unroll parallel` is told.

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { cells } from '../../options/cell-argument.ts';
import type { ThreadTimes } from '../../options/environment.ts';
import { choice, flag, type Group, numberOption, single, textOption, wholeOption } from '../../options/option.ts';
import { seed, seedsFrom } from '../../options/runs.ts';
import { wholeNumber } from '../../options/typed.ts';
import type { ValuesOf } from '../kit/experiment.ts';
import { weightNames } from './nets.ts';

/** The marks of steps that are drawn. */
export const stepMarks = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const most = 'more fills no screen';
const [heading, from] = ['Net', 2];

/** Wide and long enough that a step is more than the call of it. */
const [wide, long] = [64, 1024];

const weightText = textOption('Run', `what an operation costs: ${weightNames.join(' or ')}`, 'unit');

export const parallelOptions = {
  cells: cells('rnn', 'mingru'),
  steps: wholeOption('steps', {
    ...{ heading, describe: 'T of the drawings', from, to: stepMarks.length, otherwise: 8 },
    why: `${most}: --length takes longer ones`,
  }),
  workers: wholeOption('workers', {
    ...{ heading: 'Run', describe: 'p, how many things are done at once', from: 1, to: 64, why: most, otherwise: 4 },
  }),
  layers: wholeOption('layers', { heading, describe: 'layers of the stack', from, to: 8, why: most, otherwise: 3 }),
  length: wholeOption('length', {
    ...{ heading, describe: 'T of the tables, and of the scan', from, to: 2048, otherwise: 1024 },
    why: 'attention has T² pairs',
  }),
  weights: choice('weights', 'weight', weightText, weightNames, 'unit'),
  hidden: {
    first: true,
    ...wholeOption('hidden', {
      ...{ heading, describe: 'H, and d of attention', from: 1, to: 256, why: 'more takes long', otherwise: 16 },
    }),
  } satisfies Group<number>,
  input: single(
    'input',
    numberOption(heading, 'D', 'H'),
    (typed, { hidden }: { readonly hidden: number }) =>
      wholeNumber('--input', typed, 1, 256, 'more takes long') ?? hidden,
  ),
  seed,
  /** Of the scan's numbers. */
  seeds: {
    options: { seeds: numberOption('Run', 'so many random runs of the scan beside the loop', '5') },
    read: (args, _, environment) => seedsFrom(args, 5, environment),
  } satisfies Group<number>,
  /** Of the first cell; outside of what the same seed gives again. */
  measure: {
    options: { measure: flag('Run', 'also on two threads of this machine, timed') },
    read: async (args, { cells: [first] }, { threadTimes }) => {
      if (args.measure !== true) return undefined;
      if (first!.program.states.length > 0) return threadTimes(first!, wide, long);
      throw new InputError('--measure', `${first!.name} has no state, so none of its steps waits for another.`, {
        expected: 'a cell with a state first',
        got: first!.name,
        fix: 'name another cell first, or take --measure out',
      });
    },
    json: () => ({}),
  } satisfies Group<ThreadTimes | undefined, { readonly cells: readonly Cell[] }>,
};

export type ParallelOptions = ValuesOf<typeof parallelOptions>;
