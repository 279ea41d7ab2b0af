// unroll parallel

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { nearest } from '../../equations/nearest.ts';
import { type WeightName, weightNames } from '../../experiments/nets.ts';
import { parallel } from '../../experiments/parallel.ts';
import { mostMarks } from '../../experiments/parallel-figures.ts';
import type { ThreadTimes } from '../../experiments/parallel-measured.ts';
import { cellArguments } from '../cell-argument.ts';
import type { Command } from '../command.ts';
import { once, type Typed, wholeNumber } from '../numbers.ts';
import { type OutputArguments, outputOptions, present } from '../output.ts';
import { type RunArguments, runOptions, seedFrom, seedsFrom } from '../run-options.ts';
import { threadTimes } from '../two-threads.ts';

interface ParallelArguments extends RunArguments, OutputArguments {
  readonly cells?: readonly string[];
  readonly steps?: Typed;
  readonly workers?: Typed;
  readonly layers?: Typed;
  readonly length?: Typed;
  readonly weights?: Typed;
  readonly hidden?: Typed;
  readonly input?: Typed;
  readonly measure?: boolean;
}

const option = (describe: string, group: string) => ({ type: 'string', requiresArg: true, describe, group }) as const;

export const parallelCommand: Command = {
  options: {
    steps: option('T of the drawings (8)', 'Net:'),
    length: option('T of the tables, and of the scan (1024)', 'Net:'),
    layers: option('layers of the stack (3)', 'Net:'),
    hidden: option('H, and d of attention (16)', 'Net:'),
    input: option('D (as H)', 'Net:'),
    workers: option('p, how many things are done at once (4)', 'Run:'),
    weights: option(`what an operation costs: ${weightNames.join(' or ')}`, 'Run:'),
    seed: runOptions.seed,
    seeds: option('so many random runs of the scan beside the loop (5)', 'Run:'),
    measure: { type: 'boolean', describe: 'also on two threads of this machine, timed', group: 'Run:' },
    ...outputOptions,
  },
  examples: [
    ['unroll parallel', 'an rnn, a linear recurrence and attention over four workers'],
    ['unroll parallel lstm gru', 'what waits, in other cells'],
    ['unroll parallel "h = sigmoid(U * x) .* h_prev + V * x"', 'is it linear? Then a scan runs it'],
    ['unroll parallel --workers 16', 'who waits for the chain gains nothing'],
    ['unroll parallel --measure', 'and what two threads of this machine make of it'],
  ],
  run: async (typed) => {
    const args = typed as ParallelArguments;
    const hidden = wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? 16;
    const cells = cellArguments(args.cells ?? [], ['rnn', 'mingru']);
    const result = parallel({
      cells,
      steps: wholeNumber('--steps', args.steps, 2, mostMarks, 'more fills no screen: --length takes longer ones') ?? 8,
      length: wholeNumber('--length', args.length, 2, 2048, 'attention has T² pairs') ?? 1024,
      workers: wholeNumber('--workers', args.workers, 1, 64, 'more fills no screen') ?? 4,
      layers: wholeNumber('--layers', args.layers, 2, 8, 'more fills no screen') ?? 3,
      weights: weightsFrom(args.weights),
      hidden,
      input: wholeNumber('--input', args.input, 1, 256, 'more takes long') ?? hidden,
      seed: seedFrom(args),
      seeds: seedsFrom(args, 5),
      ...(args.measure === true ? { measured: await measured(cells[0]!) } : {}),
    });
    return present(result, args);
  },
};

/** Wide enough that a step is more than the call of it. */
const wide = 64;
const long = 1024;

function measured(cell: Cell): Promise<ThreadTimes> {
  if (cell.program.states.length > 0) return threadTimes(cell, wide, long);
  throw new InputError({
    where: '--measure',
    says: `${cell.name} has no state, so none of its steps waits for another.`,
    expected: 'a cell with a state first',
    got: cell.name,
    mend: 'name another cell first, or take --measure out',
  });
}

function weightsFrom(typed: Typed): WeightName {
  const text = once('--weights', typed) ?? 'unit';
  const found = weightNames.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearest(text, weightNames);
  throw new InputError({
    where: '--weights',
    says: `There is no weight \`${text}\`.`,
    expected: weightNames.join(' or '),
    got: text,
    mend: near === undefined ? 'choose one of these' : `did you mean \`${near}\`?`,
  });
}
