// What `truncation` looks at: cells with initial values on one sequence, and a loss of its own for every step of it.

import { builtIn } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { random } from '../../numbers/random.ts';
import { cellArguments, cellWords } from '../../options/cell-argument.ts';
import {
  checkStart,
  type InitialisedCell,
  initialisedCells,
  radiiFrom,
  radiusOption,
  type StartArguments,
  startFrom,
  startJson,
  startOptions,
  startValues,
} from '../../options/initialisation.ts';
import { sequenceOr } from '../../options/input-sequence.ts';
import type { Arguments, Group } from '../../options/option.ts';
import { seedRuns } from '../../options/runs.ts';
import { sequenceOrNoise } from '../../options/sequence-options.ts';
import { type Typed, wholeNumber, wholeNumberList } from '../../options/typed.ts';
import { seedsShown } from '../kit/band.ts';
import type { ValuesOf } from '../kit/experiment.ts';
import { type NonFinite, nonFiniteSays } from '../non-finite.ts';
import { type GradientByLag, gradientByLag } from './gradient-by-lag.ts';

/** Without more, the two cells between which the difference is seen: one that starts with a long memory and one with a short. */
const lines: Group<readonly InitialisedCell[], { readonly steps: number }> = {
  places: { 'cells..': [cellWords, 'lstm, b_f chrono, and rnn, ρ 0.9'] },
  options: { ...startOptions(16), ...radiusOption },
  read(args, { steps }, environment) {
    const start = startFrom(args as StartArguments, steps);
    const radii = radiiFrom(args.radius as Typed);
    const given = (args.cells ?? []) as readonly string[];
    if (given.length === 0 && radii === undefined && start.init === undefined) {
      const forgetBias = start.forgetBias ?? { chrono: Math.max(3, steps) };
      const shown = typeof forgetBias === 'number' ? forgetBias : 'chrono';
      return [
        { name: `lstm, b_f ${shown}`, cell: builtIn('lstm'), start: { ...start, forgetBias } },
        { name: 'rnn, ρ 0.9', cell: builtIn('rnn'), start: { hidden: start.hidden, radius: 0.9 } },
      ];
    }
    const cells = cellArguments(given, radii === undefined ? ['lstm', 'rnn'] : ['rnn'], environment);
    checkStart(cells, radii === undefined ? start : { ...start, radius: radii[0] });
    for (const { name, program } of cells)
      if (program.parameters.length === 0)
        throw new InputError(name, `${name} has no parameters, so there is no gradient to cut.`, {
          expected: 'a cell with parameters',
          got: 'none',
          fix: 'write a matrix into its equations, or choose another:  unroll cell list',
        });
    return initialisedCells(cells, start, radii, ({ name }, radius) => `${name}, ρ ${radius}`);
  },
  json: (value) => ({
    lines: value.map(({ name, cell, start }) => ({ name, cell: cell.name, ...startJson(start) })),
  }),
};

export const lossOptions = {
  lines,
  ...sequenceOrNoise(
    100,
    (steps) => {
      if (steps >= 2 && steps <= 2000) return;
      const short = steps < 2;
      throw new InputError(
        '--steps',
        short ? 'One step has no way back to cut.' : `${steps} steps are too many: the time grows with their square.`,
        {
          expected: '2 to 2000 steps',
          got: String(steps),
          fix: short ? 'give a longer sequence' : 'take fewer with --steps 100',
        },
      );
    },
    (typed) => wholeNumber('--steps', typed, 2, 2000, 'the time grows with its square, and fewer say as much'),
  ),
  ...seedRuns(10),
};
export type LossOptions = ValuesOf<typeof lossOptions>;

/** Ascending, each once. */
export function windowsFrom({ windows }: Arguments, most: number): number[] | undefined {
  const list = wholeNumberList('--windows', windows as Typed, 1, most);
  return list === undefined ? undefined : [...new Set(list)].sort((a, b) => a - b);
}

/** The losses of the k-th seed: L = Σ_t v_t · h_t with every entry of every v_t from N(0, 1), so that no step's loss is another's. */
export function lossesOf({ cell, start }: InitialisedCell, options: LossOptions, k: number): GradientByLag {
  const rng = random(options.seed + k);
  const { inputs, size } = sequenceOr(options.sequence, options.steps, options.input, rng);
  const sizes = sizesFor(cell.program, start.hidden, size);
  const params = startValues(cell, sizes, start, rng);
  const width = sizeOf(shapeOf(cell.program, cell.program.output).rows, sizes);
  const directions = rng.fork('readouts');
  const readouts = inputs.map(() => Float64Array.from({ length: width }, directions.normal));
  return gradientByLag({ cell, sizes, params, inputs, readouts });
}

export function lossSettings({ lines, steps, ...runs }: LossOptions): string {
  const hidden = [...new Set(lines.map(({ start }) => start.hidden))].join(', ');
  return `H ${hidden} · T ${steps} · ${seedsShown(runs)}`;
}

/** Of the first seed in which line `i` is not finite; empty where there is none. */
export function nonFiniteNote(
  name: string,
  i: number,
  found: readonly (readonly { readonly nonFinite?: NonFinite | undefined }[])[],
  seed: number,
): string[] {
  const wrong = found.findIndex((one) => one[i]!.nonFinite !== undefined);
  if (wrong < 0) return [];
  return [`${name} is not finite: ${nonFiniteSays(found[wrong]![i]!.nonFinite!)} (seed ${seed + wrong}).`];
}
