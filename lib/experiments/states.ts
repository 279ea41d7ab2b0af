// What does the state remember? The hidden state over time, and how long one changed input echoes in it.

import { type Cell, typedOr } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { sizesFor, zeroStates } from '../equations/program.ts';
import { counted } from '../numbers/counted.ts';
import { type Matrix, norm } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import type { Claim, Figure, Result } from '../render/result.ts';
import { claim } from './claim.ts';
import { type Drive, spelt } from './drive.ts';
import { type EngineName, engineFor } from './engine.ts';
import { firstNonFinite, nonFiniteNotes, nonFiniteSays } from './non-finite.ts';
import type { Seeded } from './seeds.ts';
import { type StartOptions, startJson, startValues } from './start.ts';
import { type CellRun, echoLines, heatmapOf, linesOf, tableOf } from './states-figures.ts';

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
  /** Where the outputs stop being finite, in words. */
  readonly nonFinite?: string;
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
    throw new InputError('--perturb', `There is no step ${perturb}.`, {
      expected: `a step from 1 to ${steps}`,
      got: String(perturb),
      fix: `the sequence has ${counted(steps, 'step')}: choose one of them`,
    });
}

function resultOf(bySeed: readonly (readonly Remembered[])[], options: StatesOptions): Result {
  const { cells, drive, start, seed, seeds, perturb } = options;
  const steps = drive.inputs.length;
  const runs = cells.map((cell, c): CellRun => {
    const distances = bySeed.map((found) => found[c]!.distances).filter((each) => each !== undefined);
    const [outputs = []] = bySeed.map((found) => found[c]!.outputs).filter((each) => each !== undefined);
    const nonFinite = bySeed.map((found) => found[c]!.nonFinite);
    return { cell, outputs, distances: distances.length === 0 ? undefined : distances, nonFinite };
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
      ...runs.flatMap(({ cell, nonFinite }) => nonFiniteNotes(cell.name, nonFinite, seed)),
      'The weights are first values, not learned ones: what is remembered here is remembered by the form of the equations alone.',
      ...(canChange(drive)
        ? []
        : ['The text has only one distinct character, so no input can be changed and no echo is measured.']),
      ...(from === ''
        ? []
        : [
            `Changed at t=${shown}: ${spelt(from)} became ${spelt(to)}. The distance is ‖h − h′‖, h′ from the changed input.`,
          ]),
    ],
    next: nextStep(options),
  };
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
  const initial = zeroStates(cell.program, sizes);
  const outputsOf = (inputs: readonly Matrix[]): readonly Matrix[] =>
    runner.forward({ params, initial, inputs, readout: [] }).values.get(cell.program.output)!;
  const outputs = outputsOf(drive.inputs);
  const allFinite = outputs.every(({ data }) => data.every(Number.isFinite));
  const found = allFinite
    ? undefined
    : firstNonFinite(cell.backward, { params, initial, inputs: drive.inputs, readout: [] });
  const kept = {
    ...(k === 0 ? { outputs } : {}),
    ...(allFinite ? {} : { nonFinite: found === undefined ? 'the outputs are not finite' : nonFiniteSays(found) }),
  };
  if (perturb === undefined && !canChange(drive)) return { ...kept, distances: undefined };
  const changed = outputsOf(drive.changed(perturb ?? 1).inputs);
  return { ...kept, distances: outputs.map((h, t) => norm(minus(h, changed[t]!))) };
}

const minus = (a: Matrix, b: Matrix): Matrix => ({ ...a, data: a.data.map((v, i) => v - b.data[i]!) });

function checkUnits({ units, start }: StatesOptions): void {
  const wrong = units?.find((unit) => unit < 1 || unit > start.hidden);
  if (wrong !== undefined)
    throw new InputError('--units', `There is no unit ${wrong}.`, {
      expected: `units from 1 to ${start.hidden}`,
      got: String(wrong),
      fix: `choose others, or give the cell more with --hidden ${Math.max(wrong, 1)}`,
    });
}

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

function nextStep({ cells, perturb }: StatesOptions): { says: string; command: string } {
  const name = typedOr(cells[0], 'rnn');
  if (perturb === undefined)
    return { says: 'Change one input and watch the echo', command: `unroll states ${name} --perturb 1` };
  if (cells.some((cell) => cell.program.states.length === 0))
    return { says: 'How far back a gradient reaches is the same question', command: `unroll gradients rnn ${name}` };
  return {
    says: 'A net without recurrence forgets at once',
    command: `unroll states ${name} "h = tanh(W_x * x + b)" --perturb ${perturb}`,
  };
}
