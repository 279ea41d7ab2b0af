// What do the gates do? Every value of a cell whose outermost function is a sigmoid, and the cell state, over time.

import { type Cell, typedOr } from '../cells/catalogue.ts';
import { sizesFor, zeroStates } from '../equations/program.ts';
import { counted } from '../numbers/counted.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { quantile } from '../numbers/statistics.ts';
import type { Claim, Figure, Result } from '../render/result.ts';
import { bandSeries } from './band.ts';
import { claim } from './claim.ts';
import type { Drive } from './drive.ts';
import { type EngineName, engineFor } from './engine.ts';
import { firstNonFinite, nonFiniteNotes, nonFiniteSays } from './non-finite.ts';
import { aboutZero } from './scale.ts';
import type { Seeded } from './seeds.ts';
import { type StartOptions, startJson, startValues } from './start.ts';
import { left, right, rightColumn } from './table-columns.ts';

export interface GatesOptions {
  readonly cells: readonly Cell[];
  readonly drive: Drive;
  readonly start: StartOptions;
  readonly seed: number;
  readonly seeds: number;
  readonly engine: EngineName;
}

/** The gates of a cell, in the order of its equations. */
export const gatesOf = (cell: Cell): string[] =>
  cell.program.equations
    .filter(({ value }) => value.kind === 'apply' && value.op === 'sigmoid')
    .map(({ name }) => name);

/** What the gates guard: `c` where the cell has it, else its first state that is no gate. */
export const guardedState = (cell: Cell): string | undefined =>
  cell.program.states.includes('c') ? 'c' : cell.program.states.find((state) => !gatesOf(cell).includes(state));

/** What one seed finds of a cell. */
export interface GatesFound {
  readonly values: Values;
  readonly kept: Claim | undefined;
  /** Where a gate or what it guards stops being finite, in words. */
  readonly nonFinite?: string;
}

export function gates(options: GatesOptions): Seeded<readonly GatesFound[]> {
  const { cells, seeds } = options;
  return {
    seeds,
    async run(k, watch) {
      const found: GatesFound[] = [];
      for (const cell of cells) {
        found.push({ ...(await valuesOf(cell, options, k)), kept: await keepsExactly(cell, options) });
        await watch.tick(found.length, cells.length);
        if (watch.stopped()) return undefined;
      }
      return found;
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }),
  };
}

function resultOf(found: readonly (readonly GatesFound[])[], options: GatesOptions): Result {
  const { cells, drive, start, seed, seeds } = options;
  const figures: Figure[] = [];
  const claims: Claim[] = [];
  const notes: string[] = [];
  const rows: (string | number)[][] = [];
  for (const [c, cell] of cells.entries()) {
    const names = gatesOf(cell);
    const state = guardedState(cell);
    if (names.length === 0) notes.push(`${cell.name} has no gate: no equation is a sigmoid.`);
    const perSeed = found.map((each) => each[c]!.values);
    const several = cells.length > 1 ? `${cell.name}: ` : '';
    if (names.length > 0) figures.push(meanLines(`${several}the gates, mean over the units`, names, perSeed, options));
    for (const name of names)
      figures.push(heatmap(`${several}${captionOf(cell, name)}`, name, perSeed[0]!, options, 'gate'));
    if (state !== undefined)
      figures.push(heatmap(`${several}${captionOf(cell, state)}`, state, perSeed[0]!, options, 'state'));
    for (const name of names) rows.push([cell.name, name, ...spread(perSeed.flatMap((values) => values.get(name)!))]);
    claims.push(...openClaims(cell, names, perSeed));
    notes.push(
      ...nonFiniteNotes(
        cell.name,
        found.map((each) => each[c]!.nonFinite),
        seed,
      ),
    );
    const { kept } = found[0]![c]!;
    if (kept !== undefined) claims.push(kept);
  }
  if (rows.length > 0) figures.push(gateTable(rows));
  const [first] = cells;
  return {
    unroll: 1,
    experiment: 'gates',
    question: 'What do the gates do?',
    options: {
      cells: cells.map((c) => c.name),
      input: drive.kind,
      ...drive.data,
      steps: drive.inputs.length,
      ...startJson(start),
      seeds,
      engine: options.engine,
    },
    seed,
    figures,
    claims,
    notes: [
      'The weights are initial values, not learned ones.',
      ...notes,
      ...(cells.some((cell) => guardedState(cell) === 'c' && gatesOf(cell).includes('f'))
        ? [
            'The LSTM of Hochreiter & Schmidhuber 1997 had two gates, i and o, and cut the gradient at them (unroll cell show lstm-1997); the forget gate is of Gers, Schmidhuber & Cummins 2000.',
          ]
        : []),
    ],
    next: nextOf(first, start),
  };
}

function nextOf(first: Cell | undefined, { forgetBias }: StartOptions): { says: string; command: string } {
  if (first === undefined || !first.program.parameters.includes('b_f'))
    return { says: 'See the gates of an LSTM', command: 'unroll gates lstm' };
  const name = typedOr(first, 'lstm');
  return forgetBias === undefined
    ? { says: 'Open the forget gate and see what stays', command: `unroll gates ${name} --forget-bias 3` }
    : {
        says: 'What an open forget gate does for the gradient',
        command: `unroll gradients rnn ${name} --forget-bias 3`,
      };
}

type Values = ReadonlyMap<string, readonly Matrix[]>;

async function valuesOf(
  cell: Cell,
  { drive, start, seed, engine }: GatesOptions,
  k: number,
): Promise<Omit<GatesFound, 'kept'>> {
  const runner = await engineFor(cell, engine);
  const sizes = sizesFor(cell.program, start.hidden, drive.size);
  const params = startValues(cell, sizes, start, random(seed + k));
  const initial = zeroStates(cell.program, sizes);
  const given = { params, initial, inputs: drive.inputs, readout: [] };
  const { values } = runner.forward(given);
  const shown = [...gatesOf(cell), ...[guardedState(cell)].filter((state) => state !== undefined)];
  if (shown.every((name) => values.get(name)!.every(({ data }) => data.every(Number.isFinite)))) return { values };
  const first = firstNonFinite(cell.backward, given);
  return { values, nonFinite: first === undefined ? 'its values are not finite' : nonFiniteSays(first) };
}

const mean = (m: Matrix): number => m.data.reduce((a, b) => a + b, 0) / m.data.length;

function meanLines(
  title: string,
  names: readonly string[],
  perSeed: readonly Values[],
  { drive, start }: GatesOptions,
): Figure {
  const series = names.map((name) =>
    bandSeries(
      name,
      perSeed.map((values) => values.get(name)!.map(mean)),
    ),
  );
  return {
    kind: 'lines',
    title,
    settings: `H ${start.hidden} · ${counted(drive.inputs.length, drive.unit)}`,
    x: { label: 't', values: drive.inputs.map((_, t) => t + 1) },
    y: { label: 'open', scale: 'linear', range: { low: 0, high: 1 } },
    series,
  };
}

function captionOf(cell: Cell, name: string): string {
  const caption = cell.program.equations.find((e) => e.name === name)?.caption;
  return caption === undefined ? name : `${name}, ${caption}`;
}

function heatmap(
  title: string,
  name: string,
  values: Values,
  { drive, start }: GatesOptions,
  kind: 'gate' | 'state',
): Figure {
  const steps = values.get(name)!;
  const units = steps[0]?.rows ?? 0;
  const rows = Array.from({ length: units }, (_, i) => steps.map((m) => m.data[i]!));
  return {
    kind: 'heatmap',
    title,
    settings: `H ${start.hidden}`,
    rows: { label: 'unit', names: rows.map((_, i) => `${name} ${i + 1}`) },
    columns: { label: drive.unit, names: drive.names },
    values: rows,
    scale: kind === 'gate' ? { kind: 'sequential', low: 0, high: 1 } : aboutZero(rows),
  };
}

/** 5 %, 50 % and 95 % of all values, and the share that is nearly shut or nearly open; NaN where a value is. */
function spread(steps: readonly Matrix[]): number[] {
  const all = steps.flatMap((m) => Array.from(m.data));
  const share = (test: (v: number) => boolean) =>
    all.some(Number.isNaN) ? Number.NaN : (100 * all.filter(test).length) / all.length;
  return [quantile(all, 0.05), quantile(all, 0.5), quantile(all, 0.95), share((v) => v < 0.1), share((v) => v > 0.9)];
}

function gateTable(rows: readonly (string | number)[][]): Figure {
  return {
    kind: 'table',
    title: 'How far the gates stand open',
    columns: [
      ...left('cell', 'gate'),
      ...right('5 % below', 'median', '95 % below'),
      rightColumn('shut, < 0.1', '%'),
      rightColumn('open, > 0.9', '%'),
    ],
    rows,
  };
}

/** A gate is a sigmoid: strictly a factor between 0 and 1. */
function openClaims(cell: Cell, names: readonly string[], perSeed: readonly Values[]): Claim[] {
  if (names.length === 0) return [];
  let outside = 0;
  let notFinite = 0;
  for (const values of perSeed)
    for (const name of names)
      for (const { data } of values.get(name)!)
        for (const value of data) {
          if (!Number.isFinite(value)) notFinite++;
          else if (value < 0 || value > 1) outside++;
        }
  return [
    claim(
      `${cell.name}-gates-in-range`,
      `every gate of ${cell.name} stays between 0 and 1`,
      notFinite > 0 ? Number.NaN : outside,
      '=',
      0,
      notFinite > 0 ? `${counted(notFinite, 'value')} not finite` : `${counted(outside, 'value')} outside`,
    ),
  ];
}

/**
 * With f = 1 and i = 0 an LSTM keeps c exactly (Gers et al. 2000): both gates are driven to their ends through their biases,
 * and the cell state after the whole sequence is compared with the first one.
 */
async function keepsExactly(cell: Cell, { drive, start, seed, engine }: GatesOptions): Promise<Claim | undefined> {
  const { program } = cell;
  const gateNames = gatesOf(cell);
  if (!program.states.includes('c') || !gateNames.includes('i') || !program.parameters.includes('b_i'))
    return undefined;
  if (gateNames.includes('f') && !program.parameters.includes('b_f')) return undefined;
  const sizes = sizesFor(program, start.hidden, drive.size);
  const params = startValues(cell, sizes, start, random(seed));
  const hold = (name: string, value: number) => {
    const old = params.get(name)!;
    params.set(name, { ...old, data: old.data.map(() => value) });
  };
  hold('b_i', -1000);
  if (gateNames.includes('f')) hold('b_f', 1000);
  const rng = random(seed).fork('first cell state');
  const first = zeros(start.hidden, 1);
  first.data.forEach((_, i) => {
    first.data[i] = rng.normal();
  });
  const runner = await engineFor(cell, engine);
  const trace = runner.forward({ params, initial: new Map([['c', first]]), inputs: drive.inputs, readout: [] });
  const last = trace.values.get('c')!.at(-1)!;
  const moved = Math.max(...last.data.map((v, i) => Math.abs(v - first.data[i]!)));
  const says = `with ${gateNames.includes('f') ? 'the forget gate at 1 and ' : ''}the input gate at 0, ${cell.name} keeps c exactly over ${counted(drive.inputs.length, 'step')}`;
  return claim(`${cell.name}-keeps-exactly`, says, moved, '=', 0);
}
