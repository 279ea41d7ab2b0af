// What does the state remember? The hidden state over time, and how long one changed input echoes in it.

import type { Cell } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { sizesFor, zeroStates } from '../equations/program.ts';
import { counted } from '../numbers/counted.ts';
import { type Matrix, norm } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { greatest, median } from '../numbers/statistics.ts';
import { cells } from '../options/cell-argument.ts';
import { engineFor } from '../options/engine.ts';
import { initialisation, startValues } from '../options/initialisation.ts';
import { type InputSequence, spelt } from '../options/input-sequence.ts';
import { group, numberOption, single, textOption } from '../options/option.ts';
import { runs } from '../options/runs.ts';
import { sequence } from '../options/sequence-options.ts';
import { type Typed, wholeNumber, wholeNumberList } from '../options/typed.ts';
import type { Claim, Figure } from '../render/result.ts';
import { bandSeries } from './kit/band.ts';
import { claim } from './kit/claim.ts';
import { experiment, type ValuesOf } from './kit/experiment.ts';
import { aboutZero } from './kit/scale.ts';
import { inTurn } from './kit/seeds.ts';
import { firstNonFinite, nonFiniteNotes, nonFiniteSays } from './non-finite.ts';
import { left, right } from './table-columns.ts';

const options = {
  cells: cells('rnn'),
  sequence,
  start: initialisation(16),
  /** Units drawn as lines, counted from 1; by default the three that move most. What is drawn of an echo are distances, not units. */
  units: group({
    options: { units: textOption('Cell', 'units to draw as lines: 1,4,7', 'those that move most') },
    read: (args: { readonly units?: Typed; readonly perturb?: Typed }) =>
      args.perturb === undefined ? wholeNumberList('--units', args.units, 1, 512) : undefined,
  }),
  /** The step, counted from 1, whose input is changed to see the echo. */
  perturb: single(
    'perturb',
    numberOption('Run', 'change the input of this step and follow the echo'),
    (typed, { sequence: { inputs } }: { readonly sequence: InputSequence }) =>
      wholeNumber('--perturb', typed, 1, inputs.length, choose(inputs.length)),
  ),
  ...runs(1),
  /** How many the echo is measured on. */
  seeds: { ...runs(1).seeds, first: true as const },
};
type Options = ValuesOf<typeof options>;

const choose = (steps: number): string => `the sequence has ${counted(steps, 'step')}: choose one of them`;

const noBand = (seeds: number): InputError =>
  new InputError(
    '--seeds',
    'Unit 3 of one seed has nothing to do with unit 3 of another, so there is no band to draw.',
    {
      expected: '--perturb T, whose distance can be compared over seeds',
      got: `--seeds ${seeds}`,
      fix: 'add --perturb 1',
    },
  );

/** What one seed finds of a cell. */
interface Found {
  /** T outputs; of the first seed only. */
  readonly outputs?: readonly Matrix[];
  /** ‖h_t − h'_t‖ when one input is changed; undefined where no input can be. */
  readonly distances: readonly number[] | undefined;
  /** Where the outputs stop being finite, in words. */
  readonly nonFinite?: string;
}

export const states = experiment({
  name: 'states',
  describe: 'the hidden state over time, and how long an input echoes',
  order: 10,
  question: 'What does the state remember?',
  examples: [
    ['unroll states lstm --text "the bank of the river"', 'what an LSTM makes of a text'],
    ['unroll states rnn lstm --perturb 1 --seeds 20', 'how long the first input echoes'],
    ['unroll states "h = tanh(W * h_prev + U * x)" --signal sine', 'a cell of your own'],
  ],
  options,
  check,
  seed: (options, k, watch) => inTurn(options.cells, watch, (cell) => runCell(cell, options, k)),
  answer(bySeed, options) {
    const { cells, sequence, seed, seeds, perturb } = options;
    const steps = sequence.inputs.length;
    const runs = cells.map((cell, c): CellRun => {
      const distances = bySeed.map((found) => found[c]!.distances).filter((each) => each !== undefined);
      const [outputs = []] = bySeed.map((found) => found[c]!.outputs).filter((each) => each !== undefined);
      const nonFinite = bySeed.map((found) => found[c]!.nonFinite);
      return { cell, outputs, distances: distances.length === 0 ? undefined : distances, nonFinite };
    });
    const shown = perturb ?? 1;
    const { from, to } = steps > 0 && canChange(sequence) ? sequence.changed(shown) : { from: '', to: '' };
    return {
      question: perturb === undefined ? undefined : 'How long does one changed input echo?',
      figures: [
        perturb !== undefined && echoLines(runs, options, perturb),
        // The echo is a question of its own: the states themselves would only stand in its way.
        ...(perturb === undefined ? runs : []).flatMap((run) => [
          linesOf(run, options, cells.length > 1),
          heatmapOf(run, options, cells.length > 1),
        ]),
        tableOf(runs),
      ],
      claims: runs.flatMap((run) => claimsOf(run, shown, steps, seeds)),
      notes: [
        ...runs.flatMap(({ cell, nonFinite }) => nonFiniteNotes(cell.name, nonFinite, seed)),
        'The weights are first values, not learned ones: what is remembered here is remembered by the form of the equations alone.',
        !canChange(sequence) &&
          'The text has only one distinct character, so no input can be changed and no echo is measured.',
        from !== '' &&
          `Changed at t=${shown}: ${spelt(from)} became ${spelt(to)}. The distance is ‖h − h′‖, h′ from the changed input.`,
      ],
      next: nextStep(options),
    };
  },
});

export default states;

function check({ units, start, perturb, sequence, seeds }: Options): void {
  if (seeds > 1 && perturb === undefined) throw noBand(seeds);
  const wrong = units?.find((unit) => unit < 1 || unit > start.hidden);
  if (wrong !== undefined)
    throw new InputError('--units', `There is no unit ${wrong}.`, {
      expected: `units from 1 to ${start.hidden}`,
      got: String(wrong),
      fix: `choose others, or give the cell more with --hidden ${Math.max(wrong, 1)}`,
    });
  const steps = sequence.inputs.length;
  if (perturb !== undefined && (perturb < 1 || perturb > steps))
    throw new InputError('--perturb', `There is no step ${perturb}.`, {
      expected: `a step from 1 to ${steps}`,
      got: String(perturb),
      fix: choose(steps),
    });
}

const canChange = (sequence: InputSequence): boolean =>
  sequence.unit !== 'character' || new Set(sequence.names).size > 1;

async function runCell(cell: Cell, { sequence, start, seed, perturb, engine }: Options, k: number): Promise<Found> {
  const runner = await engineFor(cell, engine);
  const sizes = sizesFor(cell.program, start.hidden, sequence.size);
  const params = startValues(cell, sizes, start, random(seed + k));
  const initial = zeroStates(cell.program, sizes);
  const outputsOf = (inputs: readonly Matrix[]): readonly Matrix[] =>
    runner.forward({ params, initial, inputs, readout: [] }).values.get(cell.program.output)!;
  const outputs = outputsOf(sequence.inputs);
  const allFinite = outputs.every(({ data }) => data.every(Number.isFinite));
  const found = allFinite
    ? undefined
    : firstNonFinite(cell.backward, { params, initial, inputs: sequence.inputs, readout: [] });
  const kept = {
    ...(k === 0 ? { outputs } : {}),
    ...(allFinite ? {} : { nonFinite: found === undefined ? 'the outputs are not finite' : nonFiniteSays(found) }),
  };
  if (perturb === undefined && !canChange(sequence)) return { ...kept, distances: undefined };
  const changed = outputsOf(sequence.changed(perturb ?? 1).inputs);
  return { ...kept, distances: outputs.map((h, t) => norm(minus(h, changed[t]!))) };
}

const minus = (a: Matrix, b: Matrix): Matrix => ({ ...a, data: a.data.map((v, i) => v - b.data[i]!) });

/** A cell without states forgets at once, exactly; one with states does not. Both are measured on every seed. */
function claimsOf({ cell, distances, nonFinite }: CellRun, at: number, steps: number, seeds: number): Claim[] {
  if (distances === undefined || at >= steps) return [];
  // Of a run that overflows nothing is claimed to hold, though its first steps were finite.
  const after = distances.map((d, k) => (nonFinite[k] === undefined ? d[at]! : Number.NaN));
  const count = seeds === 1 ? '' : ` in each of ${seeds} seeds`;
  if (cell.program.states.length === 0)
    return [
      claim(
        `${cell.name}-no-memory`,
        `${cell.name} has no state: one step after the changed input the difference is exactly 0${count}`,
        Math.max(...after),
        '=',
        0,
      ),
    ];
  return [
    claim(
      `${cell.name}-memory`,
      `${cell.name} remembers: one step after the changed input its state still differs${count}`,
      Math.min(...after),
      '>',
      0,
    ),
  ];
}

function nextStep({ cells, perturb }: Options): { says: string; command: string } {
  const name = cells[0]?.typed ?? 'rnn';
  if (perturb === undefined)
    return { says: 'Change one input and watch the echo', command: `unroll states ${name} --perturb 1` };
  if (cells.some((cell) => cell.program.states.length === 0))
    return { says: 'How far back a gradient reaches is the same question', command: `unroll gradients rnn ${name}` };
  return {
    says: 'A net without recurrence forgets at once',
    command: `unroll states ${name} "h = tanh(W_x * x + b)" --perturb ${perturb}`,
  };
}

interface CellRun {
  readonly cell: Cell;
  /** T outputs, of the first seed. */
  readonly outputs: readonly Matrix[];
  /** distances[seed][t]: ‖h_t − h'_t‖ when one input is changed; undefined where no input can be. */
  readonly distances: readonly (readonly number[])[] | undefined;
  /** Of each seed: where its outputs stop being finite, in words. */
  readonly nonFinite: readonly (string | undefined)[];
}

const settingsOf = ({ sequence, start }: Options): string =>
  `H ${start.hidden} · ${counted(sequence.inputs.length, sequence.unit)}`;

/** The units with the widest range, widest first, in the order of their numbers. */
function liveliest(outputs: readonly Matrix[], count: number): number[] {
  const units = outputs[0]?.rows ?? 0;
  const range = (i: number): number => {
    const values = outputs.map((h) => h.data[i]!).filter(Number.isFinite);
    return greatest(values) + greatest(values.map((value) => -value));
  };
  return Array.from({ length: units }, (_, i) => i + 1)
    .sort((a, b) => range(b - 1) - range(a - 1) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

function linesOf({ cell, outputs }: CellRun, options: Options, several: boolean): Figure {
  const units = (options.units ?? liveliest(outputs, 3)).filter((unit) => unit <= (outputs[0]?.rows ?? 0));
  const { output } = cell.program;
  return {
    kind: 'lines',
    title: `${several ? `${cell.name}: ` : ''}${options.units === undefined ? 'the units that move most' : 'the chosen units'}`,
    settings: settingsOf(options),
    x: { label: 't', values: outputs.map((_, t) => t + 1) },
    y: { label: output, scale: 'linear' },
    series: units.map((unit) => ({ name: `${output} ${unit}`, values: outputs.map((h) => h.data[unit - 1]!) })),
  };
}

function heatmapOf({ cell, outputs }: CellRun, options: Options, several: boolean): Figure {
  const units = outputs[0]?.rows ?? 0;
  const values = Array.from({ length: units }, (_, i) => outputs.map((h) => h.data[i]!));
  const { output } = cell.program;
  return {
    kind: 'heatmap',
    title: `${several ? `${cell.name}: ` : ''}all units under what drives them`,
    settings: settingsOf(options),
    rows: { label: 'unit', names: values.map((_, i) => `${output} ${i + 1}`) },
    columns: { label: options.sequence.unit, names: options.sequence.names },
    values,
    scale: aboutZero(values),
  };
}

function echoLines(runs: readonly CellRun[], options: Options, perturb: number): Figure {
  const steps = options.sequence.inputs.length;
  return {
    kind: 'lines',
    title: `‖h − h′‖ after the input at t=${perturb} is changed, log scale`,
    settings: `H ${options.start.hidden} · ${options.seeds === 1 ? `seed ${options.seed}` : `median of ${options.seeds} seeds`}`,
    x: { label: 't', values: Array.from({ length: steps }, (_, t) => t + 1).slice(perturb - 1) },
    y: { label: '‖h − h′‖', scale: 'log' },
    // Before the change the distance is exactly 0.
    series: runs.map(({ cell, distances }) =>
      bandSeries(
        cell.name,
        distances!.map((d) => d.slice(perturb - 1)),
      ),
    ),
  };
}

/** Steps after the largest distance until it is below 1 % of it; null when the sequence ends before, NaN where a distance is not finite. */
function echoLength(distances: readonly number[]): number | null {
  const peak = greatest(distances);
  if (!Number.isFinite(peak)) return Number.NaN;
  if (peak === 0) return 0;
  const at = distances.indexOf(peak);
  const gone = distances.findIndex((d, t) => t > at && d < 0.01 * peak);
  return gone < 0 ? null : gone - at;
}

function tableOf(runs: readonly CellRun[]): Figure {
  return {
    kind: 'table',
    title: 'What one changed input leaves behind: ‖h − h′‖',
    columns: [
      ...left('cell', 'states'),
      ...right('largest |h|', 'at its peak', 'at the end'),
      { title: 'below 1 % in', unit: 'steps', align: 'right' },
    ],
    rows: runs.map(({ cell, outputs, distances }) => {
      const largest = greatest([0, ...outputs.map((h) => greatest(h.data.map(Math.abs)))]);
      if (distances === undefined)
        return [cell.name, cell.program.states.join(', ') || 'none', largest, null, null, null];
      const lengths = distances.map(echoLength);
      const ended = lengths.filter((length) => length !== null);
      const length = ended.length === lengths.length ? median(ended) : `over ${distances[0]!.length - 1}`;
      return [
        cell.name,
        cell.program.states.join(', ') || 'none',
        largest,
        median(distances.map(greatest)),
        median(distances.map((d) => d.at(-1)!)),
        length,
      ];
    }),
  };
}
