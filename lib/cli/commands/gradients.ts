// unroll gradients

import { InputError } from '../../equations/input-error.ts';
import { cliff } from '../../experiments/gradients/cliff.ts';
import { type FadingFound, gradients } from '../../experiments/gradients/gradients.ts';
import { matrixPowers } from '../../experiments/gradients/matrix-powers.ts';
import { type Seeded, withNotes } from '../../experiments/kit/seeds.ts';
import { cellArguments, cellWords } from '../../options/cell-argument.ts';
import { checkStart, radiiFrom, radiusOption, startFrom, startOptions } from '../../options/initialisation.ts';
import { matrixFrom } from '../../options/matrix-text.ts';
import { flag, type Given, text } from '../../options/option.ts';
import { engineFrom, runFrom, runOptions, seedsOption } from '../../options/runs.ts';
import {
  noiseOption,
  noiseSizeFrom,
  sequenceFrom,
  sequenceOptions,
  stepsFrom,
} from '../../options/sequence-options.ts';
import { numberList, once } from '../../options/typed.ts';
import type { Result } from '../../render/result.ts';
import type { Command } from '../command.ts';
import { environment } from '../environment.ts';
import { outputOptions } from '../output.ts';

const options = {
  ...sequenceOptions('64'),
  ...noiseOption,
  ...startOptions(16),
  ...radiusOption,
  decompose: flag('Run', 'the direct path through the cell state beside the whole'),
  matrix: text('Instead', 'the powers of one matrix, ".9 3; 0 .9"'),
  cliff: flag('Instead', "the wall of Pascanu's one unit"),
  bias: text('Instead', 'with --cliff: from,to'),
  ...runOptions,
  ...seedsOption(5),
  ...outputOptions,
};

type GradientsArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const gradientsCommand: Command = {
  places: { cells: [cellWords, 'rnn lstm'] },
  options,
  examples: [
    ['unroll gradients rnn lstm gru', 'three cells as they start'],
    ['unroll gradients rnn lstm --forget-bias 0', 'where the LSTM vanishes faster'],
    ['unroll gradients rnn --radius .5,.9,1,1.1', 'the fan over spectral radii'],
    ['unroll gradients lstm --decompose', 'the path through c alone'],
  ],
  experiment: (args) => experimentOf(args as GradientsArguments),
  result: async (typed) => {
    const args = typed as GradientsArguments;
    return args.matrix !== undefined || args.cliff === true ? insteadOf(args) : undefined;
  },
};

async function experimentOf(args: GradientsArguments): Promise<Seeded<FadingFound>> {
  if (args.bias !== undefined) throw alone('--bias', '--cliff');
  const given = await sequenceFrom(args, environment);
  const input = noiseSizeFrom(args.input, given !== undefined);
  const steps = given?.inputs.length ?? stepsFrom(args.steps) ?? 64;
  if (steps < 2)
    throw new InputError('--steps', 'One step has no way back.', {
      expected: 'at least two steps',
      got: String(steps),
      fix: 'give more steps, or a longer text',
    });
  const cells = cellArguments(args.cells ?? [], ['rnn', 'lstm'], environment);
  const start = startFrom(args, steps);
  const radii = radiiFrom(args.radius);
  checkStart(cells, radii === undefined ? start : { ...start, radius: radii[0]! });
  const asked = gradients({
    cells,
    steps,
    input: input ?? start.hidden,
    start,
    decompose: args.decompose === true,
    ...runFrom(args, 5, environment),
    ...(given === undefined ? {} : { sequence: given }),
    ...(radii === undefined ? {} : { radii }),
  });
  return withNotes(asked, given?.notes ?? []);
}

/** --matrix and --cliff are questions of their own; of two the other one is left unread, and so refused. */
async function insteadOf(args: GradientsArguments): Promise<Result> {
  if (args.matrix !== undefined)
    return matrixPowers({
      matrix: matrixFrom('--matrix', once('--matrix', args.matrix)!),
      steps: stepsFrom(args.steps) ?? 100,
    });
  const range = numberList('--bias', args.bias, -100, 100) ?? [-2.7, -1.9];
  if (range.length !== 2) throw alone('--bias', 'two numbers, from,to');
  const [from, to] = range as [number, number];
  return cliff({
    w: 5,
    from,
    to,
    points: 240,
    steps: stepsFrom(args.steps) ?? 50,
    at: [-2.61234136, -2],
    engine: engineFrom(args, 'fast'),
  });
}

const alone = (option: string, partner: string): InputError =>
  new InputError(option, `${option} goes with ${partner}.`, {
    expected: partner,
    got: option,
    fix: `add ${partner}, or take ${option} out`,
  });
