// unroll truncation

import { builtIn } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { balancing } from '../../experiments/truncation/balancing.ts';
import { clippedAngle } from '../../experiments/truncation/clipped-angle.ts';
import { type Seeded, withNotes } from '../../experiments/kit/seeds.ts';
import { type Started, type StartedOptions, truncation } from '../../experiments/truncation/truncation.ts';
import { cellArguments, cellWords } from '../../options/cell-argument.ts';
import { checkStart, radiiFrom, radiusOption, startFrom, startOptions } from '../../options/initialisation.ts';
import type { Arguments } from '../../options/option.ts';
import { flag, type Given, text } from '../../options/option.ts';
import { runOptions, seedFrom, seedsFrom, seedsOption } from '../../options/runs.ts';
import { noiseOption, noiseSizeFrom, sequenceFrom, sequenceOptions } from '../../options/sequence-options.ts';
import { wholeNumber, wholeNumberList } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import { environment } from '../environment.ts';
import { outputOptions } from '../output.ts';

const options = {
  ...sequenceOptions('100'),
  ...noiseOption,
  ...startOptions(16),
  ...radiusOption,
  windows: text('Run', 'the windows k to compare', '1,10,50'),
  balancing: flag('Instead', 'influence balancing, where a window learns the wrong way'),
  clip: flag('Instead', 'how far clipping turns a gradient'),
  seed: runOptions.seed,
  ...seedsOption(10),
  ...outputOptions,
};

type TruncationArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const truncationCommand: Command = {
  places: { cells: [cellWords, 'lstm, b_f chrono, and rnn, ρ 0.9'] },
  options,
  examples: [
    ['unroll truncation', 'a cell that remembers beside one that forgets'],
    ['unroll truncation rnn --radius .5,.9,1', 'the longer the memory, the longer the window'],
    ['unroll truncation --balancing', 'where a short window learns the wrong way'],
    ['unroll truncation --clip', 'clipping by norm and by element'],
  ],
  result: async (typed) => {
    const args = typed as TruncationArguments;
    return args.balancing === true
      ? balancing({ windows: windowsFrom(args, 200) ?? [10, 40, 41, 50, 100] })
      : undefined;
  },
  experiment,
};

async function experiment(typed: Arguments): Promise<Seeded<unknown>> {
  const args = typed as TruncationArguments;
  const { notes, ...options } = await startedFrom(args);
  return args.clip === true
    ? withNotes(clippedAngle(options), notes)
    : withNotes(truncation({ ...options, windows: windowsOf(args, options.steps) }), notes);
}

async function startedFrom(args: TruncationArguments): Promise<StartedOptions & { readonly notes: readonly string[] }> {
  const given = await sequenceFrom(args, environment);
  const steps =
    given?.inputs.length ??
    wholeNumber('--steps', args.steps, 2, 2000, 'the time grows with its square, and fewer say as much') ??
    100;
  if (steps < 2 || steps > 2000)
    throw new InputError(
      '--steps',
      steps < 2 ? 'One step has no way back to cut.' : `${steps} steps are too many: the time grows with their square.`,
      {
        expected: '2 to 2000 steps',
        got: String(steps),
        fix: steps < 2 ? 'give a longer sequence' : 'take fewer with --steps 100',
      },
    );
  const lines = linesFrom(args, steps);
  return {
    lines,
    steps,
    input: noiseSizeFrom(args.input, given !== undefined) ?? lines[0]!.start.hidden,
    seed: seedFrom(args, environment),
    seeds: seedsFrom(args, 10, environment),
    notes: given?.notes ?? [],
    ...(given === undefined ? {} : { sequence: given }),
  };
}

/** Without more, the two cells between which the difference is seen: one that starts with a long memory and one with a short. */
function linesFrom(args: TruncationArguments, steps: number): Started[] {
  const start = startFrom(args, steps);
  const radii = radiiFrom(args.radius);
  if ((args.cells ?? []).length === 0 && radii === undefined && start.init === undefined) {
    const forgetBias = start.forgetBias ?? { chrono: Math.max(3, steps) };
    const said = typeof forgetBias === 'number' ? forgetBias : 'chrono';
    return [
      { name: `lstm, b_f ${said}`, cell: builtIn('lstm'), start: { ...start, forgetBias } },
      { name: 'rnn, ρ 0.9', cell: builtIn('rnn'), start: { hidden: start.hidden, radius: 0.9 } },
    ];
  }
  const cells = cellArguments(args.cells ?? [], radii === undefined ? ['lstm', 'rnn'] : ['rnn'], environment);
  checkStart(cells, radii === undefined ? start : { ...start, radius: radii[0]! });
  for (const { name, program } of cells)
    if (program.parameters.length === 0)
      throw new InputError(name, `${name} has no parameters, so there is no gradient to cut.`, {
        expected: 'a cell with parameters',
        got: 'none',
        fix: 'write a matrix into its equations, or choose another:  unroll cell list',
      });
  return cells.flatMap((cell) =>
    radii === undefined
      ? [{ name: cell.name, cell, start }]
      : radii.map((radius) => ({ name: `${cell.name}, ρ ${radius}`, cell, start: { ...start, radius } })),
  );
}

const windowsOf = (args: TruncationArguments, steps: number): number[] =>
  windowsFrom(args, steps) ?? [1, 10, 50].filter((k) => k < steps);

/** Ascending, each once. */
function windowsFrom({ windows }: TruncationArguments, most: number): number[] | undefined {
  const list = wholeNumberList('--windows', windows, 1, most);
  return list === undefined ? undefined : [...new Set(list)].sort((a, b) => a - b);
}
