// What do the gates do? Every value of a cell whose outermost function is a sigmoid, and the cell state, over time.

import type { Cell } from '../cells/catalogue.ts';
import { gateNames, guardedState } from '../cells/gate-names.ts';
import { sizesFor, zeroStates } from '../equations/program.ts';
import { counted } from '../numbers/counted.ts';
import { type Matrix, zeros } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { quantile } from '../numbers/statistics.ts';
import { cells } from '../options/cell-argument.ts';
import { engineFor } from '../options/engine.ts';
import { initialisation, type StartOptions, startValues } from '../options/initialisation.ts';
import { runs } from '../options/runs.ts';
import { sequence } from '../options/sequence-options.ts';
import type { Claim, Figure } from '../render/result.ts';
import { bandSeries } from './kit/band.ts';
import { claim } from './kit/claim.ts';
import { experiment, type ValuesOf } from './kit/experiment.ts';
import { aboutZero } from './kit/scale.ts';
import { inTurn } from './kit/seeds.ts';
import { firstNonFinite, nonFiniteNotes, nonFiniteSays } from './non-finite.ts';
import { left, right, rightColumn } from './table-columns.ts';

const options = { cells: cells('lstm'), sequence, start: initialisation(16), ...runs(1) };
type Options = ValuesOf<typeof options>;

/** What one seed finds of a cell. */
interface Found {
  readonly values: Values;
  readonly kept: Claim | undefined;
  /** Where a gate or what it guards stops being finite, in words. */
  readonly nonFinite?: string;
}

export const gates = experiment({
  name: 'gates',
  describe: 'every gate and the cell state over time',
  order: 20,
  question: 'What do the gates do?',
  examples: [
    ['unroll gates lstm', 'forget, input and output gate, and the cell state'],
    ['unroll gates lstm --forget-bias 3', 'a forget gate that starts open'],
    ['unroll gates gru mgu --signal impulse', 'two cells on one impulse'],
  ],
  options,
  seed: (options, k, watch) =>
    inTurn(options.cells, watch, async (cell) => ({
      ...(await valuesOf(cell, options, k)),
      kept: await keepsExactly(cell, options),
    })),
  answer: (found, options) => {
    const each = options.cells.map((cell, c) =>
      answerOf(
        cell,
        found.map((bySeed) => bySeed[c]!),
        options,
      ),
    );
    const rows = each.flatMap((one) => one.rows);
    const isGuarded = (cell: Cell): boolean => guardedState(cell) === 'c' && gateNames(cell).includes('f');
    return {
      figures: [...each.flatMap((one) => one.figures), rows.length > 0 && gateTable(rows)],
      claims: each.flatMap((one) => one.claims),
      notes: [
        'The weights are initial values, not learned ones.',
        ...each.flatMap((one) => one.notes),
        options.cells.some(isGuarded) &&
          'The LSTM of Hochreiter & Schmidhuber 1997 had two gates, i and o, and cut the gradient at them (unroll cell show lstm-1997); the forget gate is of Gers, Schmidhuber & Cummins 2000.',
      ],
      next: nextOf(options.cells[0], options.start),
    };
  },
});

export default gates;

/** What is found of one cell: `found[k]` belongs to seed k. */
function answerOf(cell: Cell, found: readonly Found[], options: Options) {
  const names = gateNames(cell);
  const state = guardedState(cell);
  const perSeed = found.map(({ values }) => values);
  const several = options.cells.length > 1 ? `${cell.name}: ` : '';
  const map = (name: string, kind: 'gate' | 'state') =>
    heatmap(`${several}${captionOf(cell, name)}`, name, perSeed[0]!, options, kind);
  const { kept } = found[0]!;
  return {
    figures: [
      names.length > 0 && meanLines(`${several}the gates, mean over the units`, names, perSeed, options),
      ...names.map((name) => map(name, 'gate')),
      state !== undefined && map(state, 'state'),
    ],
    rows: names.map((name) => [cell.name, name, ...spread(perSeed.flatMap((values) => values.get(name)!))]),
    claims: [...openClaims(cell, names, perSeed), kept],
    notes: [
      names.length === 0 && `${cell.name} has no gate: no equation is a sigmoid.`,
      ...nonFiniteNotes(
        cell.name,
        found.map(({ nonFinite }) => nonFinite),
        options.seed,
      ),
    ],
  };
}

function nextOf(first: Cell | undefined, { forgetBias }: StartOptions): { says: string; command: string } {
  if (first === undefined || !first.program.parameters.includes('b_f'))
    return { says: 'See the gates of an LSTM', command: 'unroll gates lstm' };
  const name = first?.typed ?? 'lstm';
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
  { sequence, start, seed, engine }: Options,
  k: number,
): Promise<Omit<Found, 'kept'>> {
  const runner = await engineFor(cell, engine);
  const sizes = sizesFor(cell.program, start.hidden, sequence.size);
  const params = startValues(cell, sizes, start, random(seed + k));
  const initial = zeroStates(cell.program, sizes);
  const given = { params, initial, inputs: sequence.inputs, readout: [] };
  const { values } = runner.forward(given);
  const shown = [...gateNames(cell), ...[guardedState(cell)].filter((state) => state !== undefined)];
  if (shown.every((name) => values.get(name)!.every(({ data }) => data.every(Number.isFinite)))) return { values };
  const first = firstNonFinite(cell.backward, given);
  return { values, nonFinite: first === undefined ? 'its values are not finite' : nonFiniteSays(first) };
}

const mean = (m: Matrix): number => m.data.reduce((a, b) => a + b, 0) / m.data.length;

function meanLines(
  title: string,
  names: readonly string[],
  perSeed: readonly Values[],
  { sequence, start }: Options,
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
    settings: `H ${start.hidden} · ${counted(sequence.inputs.length, sequence.unit)}`,
    x: { label: 't', values: sequence.inputs.map((_, t) => t + 1) },
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
  { sequence, start }: Options,
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
    columns: { label: sequence.unit, names: sequence.names },
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
async function keepsExactly(cell: Cell, { sequence, start, seed, engine }: Options): Promise<Claim | undefined> {
  const { program } = cell;
  const names = gateNames(cell);
  if (!program.states.includes('c') || !names.includes('i') || !program.parameters.includes('b_i')) return undefined;
  if (names.includes('f') && !program.parameters.includes('b_f')) return undefined;
  const sizes = sizesFor(program, start.hidden, sequence.size);
  const params = startValues(cell, sizes, start, random(seed));
  const hold = (name: string, value: number) => {
    const old = params.get(name)!;
    params.set(name, { ...old, data: old.data.map(() => value) });
  };
  hold('b_i', -1000);
  if (names.includes('f')) hold('b_f', 1000);
  const rng = random(seed).fork('first cell state');
  const first = zeros(start.hidden, 1);
  first.data.forEach((_, i) => {
    first.data[i] = rng.normal();
  });
  const runner = await engineFor(cell, engine);
  const trace = runner.forward({ params, initial: new Map([['c', first]]), inputs: sequence.inputs, readout: [] });
  const last = trace.values.get('c')!.at(-1)!;
  const moved = Math.max(...last.data.map((v, i) => Math.abs(v - first.data[i]!)));
  const says = `with ${names.includes('f') ? 'the forget gate at 1 and ' : ''}the input gate at 0, ${cell.name} keeps c exactly over ${counted(sequence.inputs.length, 'step')}`;
  return claim(`${cell.name}-keeps-exactly`, says, moved, '=', 0);
}
