// What does the state remember? The hidden state over time, and how long one changed input echoes in it.

import { type Cell, typedOr } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { sizesFor } from '../equations/sizes.ts';
import type { Engine } from '../equations/trace.ts';
import { counted } from '../numbers/counted.ts';
import { type Matrix, norm } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { greatest, median } from '../numbers/statistics.ts';
import { bandSeries } from './band.ts';
import { claim } from './claim.ts';
import type { Drive } from './drive.ts';
import { type EngineName, engineFor } from './engine.ts';
import type { Claim, Figure, Result } from './result.ts';
import type { Seeded } from './seeds.ts';
import { type StartOptions, startJson, startValues } from './start.ts';

export interface StatesOptions {
  readonly cells: readonly Cell[];
  readonly drive: Drive;
  readonly start: StartOptions;
  /** Units drawn as lines, counted from 1; by default the three that move most. */
  readonly units?: readonly number[];
  /** The step, counted from 1, whose input is changed to see the echo. */
  readonly perturb?: number;
  readonly seed: number;
  /** How many seeds the echo is measured on. */
  readonly seeds: number;
  readonly engine: EngineName;
}

/** What one seed finds of a cell. */
export interface Remembered {
  /** T outputs; of the first seed only. */
  readonly outputs?: readonly Matrix[];
  /** ‖h_t − h'_t‖ when one input is changed; undefined where no input can be. */
  readonly distances: readonly number[] | undefined;
}

/** Throws InputError for a unit or a step that there is none of. */
export function states(options: StatesOptions): Seeded<readonly Remembered[]> {
  const { cells, seeds } = options;
  check(options);
  return {
    seeds,
    async run(k, watch) {
      const found: Remembered[] = [];
      for (const cell of cells) {
        found.push(await runCell(cell, options, k));
        await watch.tick(found.length, cells.length);
        if (watch.stopped()) return undefined;
      }
      return found;
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }),
  };
}

function check(options: StatesOptions): void {
  const { drive, perturb } = options;
  checkUnits(options);
  const steps = drive.inputs.length;
  if (perturb !== undefined && (perturb < 1 || perturb > steps))
    throw new InputError({
      where: '--perturb',
      says: `There is no step ${perturb}.`,
      expected: `a step from 1 to ${steps}`,
      got: String(perturb),
      mend: `the sequence has ${counted(steps, 'step')}: choose one of them`,
    });
}

function resultOf(bySeed: readonly (readonly Remembered[])[], options: StatesOptions): Result {
  const { cells, drive, start, seed, seeds, perturb } = options;
  const steps = drive.inputs.length;
  const runs = cells.map((cell, c): CellRun => {
    const distances = bySeed.map((found) => found[c]!.distances).filter((each) => each !== undefined);
    const [outputs = []] = bySeed.map((found) => found[c]!.outputs).filter((each) => each !== undefined);
    return { cell, outputs, distances: distances.length === 0 ? undefined : distances };
  });
  const echo = perturb === undefined ? [] : [echoLines(runs, options, perturb)];
  const figures: Figure[] = [
    ...echo,
    // The echo is a question of its own: the states themselves would only stand in its way.
    ...(perturb === undefined ? runs : []).flatMap((run) => [
      linesOf(run, options, cells.length > 1),
      heatmapOf(run, options, cells.length > 1),
    ]),
    tableOf(runs),
  ];
  const shown = perturb ?? 1;
  const { from, to } = steps > 0 && canChange(drive) ? drive.changed(shown) : { from: '', to: '' };
  return {
    unroll: 1,
    experiment: 'states',
    question: perturb === undefined ? 'What does the state remember?' : 'How long does one changed input echo?',
    options: {
      cells: cells.map((c) => c.name),
      input: drive.kind,
      ...drive.data,
      steps,
      ...startJson(start),
      ...(options.units === undefined ? {} : { units: options.units }),
      ...(perturb === undefined ? {} : { perturb }),
      seeds,
      engine: options.engine,
    },
    seed,
    figures,
    claims: runs.flatMap((run) => claimsOf(run, shown, steps, seeds)),
    notes: [
      'The weights are first values, not learned ones: what is remembered here is remembered by the form of the equations alone.',
      ...(from === ''
        ? []
        : [
            `Changed at t=${shown}: \`${from}\` became \`${to}\`. The distance is ‖h − h′‖, h′ from the changed input.`,
          ]),
    ],
    next: nextStep(options),
  };
}

interface CellRun {
  readonly cell: Cell;
  /** T outputs, of the first seed. */
  readonly outputs: readonly Matrix[];
  /** distances[seed][t]: ‖h_t − h'_t‖ when one input is changed; undefined where no input can be. */
  readonly distances: readonly (readonly number[])[] | undefined;
}

const canChange = (drive: Drive): boolean => drive.unit !== 'character' || new Set(drive.names).size > 1;

async function runCell(
  cell: Cell,
  { drive, start, seed, perturb, engine }: StatesOptions,
  k: number,
): Promise<Remembered> {
  const runner = await engineFor(cell, engine);
  const sizes = sizesFor(cell.program, start.hidden, drive.size);
  const params = startValues(cell, sizes, start, random(seed + k));
  const outputs = outputsOf(runner, cell, params, drive.inputs);
  const kept = k === 0 ? { outputs } : {};
  if (perturb === undefined && !canChange(drive)) return { ...kept, distances: undefined };
  const changed = outputsOf(runner, cell, params, drive.changed(perturb ?? 1).inputs);
  return { ...kept, distances: outputs.map((h, t) => norm(minus(h, changed[t]!))) };
}

function outputsOf(
  engine: Engine,
  cell: Cell,
  params: ReadonlyMap<string, Matrix>,
  inputs: readonly Matrix[],
): readonly Matrix[] {
  return engine.forward({ params, initial: new Map(), inputs, readout: [] }).values.get(cell.program.output)!;
}

const minus = (a: Matrix, b: Matrix): Matrix => ({ ...a, data: a.data.map((v, i) => v - b.data[i]!) });

function checkUnits({ units, start }: StatesOptions): void {
  const wrong = units?.find((unit) => unit < 1 || unit > start.hidden);
  if (wrong !== undefined)
    throw new InputError({
      where: '--units',
      says: `There is no unit ${wrong}.`,
      expected: `units from 1 to ${start.hidden}`,
      got: String(wrong),
      mend: `choose others, or give the cell more with --hidden ${Math.max(wrong, 1)}`,
    });
}

const settingsOf = (cell: Cell, { drive, start }: StatesOptions, several: boolean): string =>
  `${several ? `${cell.name} · ` : ''}H ${start.hidden} · ${counted(drive.inputs.length, drive.unit)}`;

/** The units with the widest range, widest first, in the order of their numbers. */
function liveliest(outputs: readonly Matrix[], count: number): number[] {
  const units = outputs[0]?.rows ?? 0;
  const range = (i: number): number => {
    const values = outputs.map((h) => h.data[i]!);
    return greatest(values) + greatest(values.map((value) => -value));
  };
  return Array.from({ length: units }, (_, i) => i + 1)
    .sort((a, b) => range(b - 1) - range(a - 1) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

function linesOf({ cell, outputs }: CellRun, options: StatesOptions, several: boolean): Figure {
  const units = (options.units ?? liveliest(outputs, 3)).filter((unit) => unit <= (outputs[0]?.rows ?? 0));
  const { output } = cell.program;
  return {
    kind: 'lines',
    title: `${several ? `${cell.name}: ` : ''}${options.units === undefined ? 'the units that move most' : 'the chosen units'}`,
    settings: settingsOf(cell, options, false),
    x: { label: 't', values: outputs.map((_, t) => t + 1) },
    y: { label: output, scale: 'linear' },
    series: units.map((unit) => ({ name: `${output} ${unit}`, values: outputs.map((h) => h.data[unit - 1]!) })),
  };
}

function heatmapOf({ cell, outputs }: CellRun, options: StatesOptions, several: boolean): Figure {
  const units = outputs[0]?.rows ?? 0;
  const values = Array.from({ length: units }, (_, i) => outputs.map((h) => h.data[i]!));
  const largest = greatest([...values.map((row) => greatest(row.map(Math.abs))), Number.MIN_VALUE]);
  const { output } = cell.program;
  return {
    kind: 'heatmap',
    title: `${several ? `${cell.name}: ` : ''}all units under what drives them`,
    settings: settingsOf(cell, options, false),
    rows: { label: 'unit', names: values.map((_, i) => `${output} ${i + 1}`) },
    columns: { label: options.drive.unit, names: options.drive.names },
    values,
    scale: { kind: 'diverging', low: -largest, high: largest },
  };
}

function echoLines(runs: readonly CellRun[], options: StatesOptions, perturb: number): Figure {
  const steps = options.drive.inputs.length;
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

/** Steps after the largest distance until it is below 1 % of it; null when the sequence ends before. */
function echoLength(distances: readonly number[]): number | null {
  const peak = greatest(distances);
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
      { title: 'cell', align: 'left' },
      { title: 'states', align: 'left' },
      { title: 'largest |h|', align: 'right' },
      { title: 'at its peak', align: 'right' },
      { title: 'at the end', align: 'right' },
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

/** A cell without states forgets at once, exactly; one with states does not. Both are measured on every seed. */
function claimsOf({ cell, distances }: CellRun, at: number, steps: number, seeds: number): Claim[] {
  if (distances === undefined || at >= steps) return [];
  const after = distances.map((d) => d[at]!);
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

function nextStep({ cells, perturb }: StatesOptions): { says: string; command: string } {
  const name = typedOr(cells[0], 'rnn');
  if (perturb === undefined)
    return { says: 'Change one input and watch the echo', command: `unroll states ${name} --perturb 1` };
  if (cells.some((cell) => cell.program.states.length === 0))
    return { says: 'How far back a gradient reaches is the same question', command: 'unroll gradients rnn lstm' };
  return {
    says: 'A net without recurrence forgets at once',
    command: `unroll states ${name} "h = tanh(W_x * x + b)" --perturb ${perturb}`,
  };
}
