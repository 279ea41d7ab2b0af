// unroll parallel

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { type WeightName, weightNames } from '../../experiments/parallel/nets.ts';
import { parallel } from '../../experiments/parallel/parallel.ts';
import { mostMarks } from '../../experiments/parallel/schedules.ts';
import type { ThreadTimes } from '../../experiments/parallel-measured.ts';
import { cellArguments, cellWords } from '../../options/cell-argument.ts';
import { oneOf } from '../../options/names.ts';
import { flag, type Given, number, text } from '../../options/option.ts';
import { runOptions, seedFrom, seedsFrom } from '../../options/runs.ts';
import { once, type Typed, wholeNumber } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';
import { threadTimes } from '../two-threads.ts';

const options = {
  steps: number('Net', 'T of the drawings', '8'),
  length: number('Net', 'T of the tables, and of the scan', '1024'),
  layers: number('Net', 'layers of the stack', '3'),
  hidden: number('Net', 'H, and d of attention', '16'),
  input: number('Net', 'D', 'H'),
  workers: number('Run', 'p, how many things are done at once', '4'),
  weights: text('Run', `what an operation costs: ${weightNames.join(' or ')}`, 'unit'),
  seed: runOptions.seed,
  seeds: number('Run', 'so many random runs of the scan beside the loop', '5'),
  measure: flag('Run', 'also on two threads of this machine, timed'),
  ...outputOptions,
};

type ParallelArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const parallelCommand: Command = {
  places: { cells: [cellWords, 'rnn mingru'] },
  options,
  examples: [
    ['unroll parallel', 'an rnn, a linear recurrence and attention over four workers'],
    ['unroll parallel lstm gru', 'what waits, in other cells'],
    ['unroll parallel "h = sigmoid(U * x) .* h_prev + V * x"', 'is it linear? Then a scan runs it'],
    ['unroll parallel --workers 16', 'who waits for the chain gains nothing'],
    ['unroll parallel --measure', 'and what two threads of this machine make of it'],
  ],
  result: async (typed) => {
    const args = typed as ParallelArguments;
    const hidden = wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? 16;
    const cells = cellArguments(args.cells ?? [], ['rnn', 'mingru'], environment);
    return parallel({
      cells,
      steps: wholeNumber('--steps', args.steps, 2, mostMarks, 'more fills no screen: --length takes longer ones') ?? 8,
      length: wholeNumber('--length', args.length, 2, 2048, 'attention has T² pairs') ?? 1024,
      workers: wholeNumber('--workers', args.workers, 1, 64, 'more fills no screen') ?? 4,
      layers: wholeNumber('--layers', args.layers, 2, 8, 'more fills no screen') ?? 3,
      weights: weightsFrom(args.weights),
      hidden,
      input: wholeNumber('--input', args.input, 1, 256, 'more takes long') ?? hidden,
      seed: seedFrom(args, environment),
      seeds: seedsFrom(args, 5, environment),
      ...(args.measure === true ? { measured: await measured(cells[0]!) } : {}),
    });
  },
};

/** Wide enough that a step is more than the call of it. */
const wide = 64;
const long = 1024;

function measured(cell: Cell): Promise<ThreadTimes> {
  if (cell.program.states.length > 0) return threadTimes(cell, wide, long);
  throw new InputError('--measure', `${cell.name} has no state, so none of its steps waits for another.`, {
    expected: 'a cell with a state first',
    got: cell.name,
    fix: 'name another cell first, or take --measure out',
  });
}

function weightsFrom(typed: Typed): WeightName {
  return oneOf(once('--weights', typed) ?? 'unit', { where: '--weights', what: 'weight', names: weightNames });
}
