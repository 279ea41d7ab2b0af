// How far back does the gradient reach? A curve for each cell and its table, the two paths through a cell state (why the LSTM helps, and
// how far: ∏ ∂c_t/∂c_{t-1} with every gate held fixed, for an LSTM ∏ f_t, beside the whole ∂c_T/∂c_t), and what is known beforehand.

import { guardedState } from '../../cells/gate-names.ts';
import type { Claim, Figure, LinesFigure } from '../../render/result.ts';
import { seedsShown } from '../kit/band.ts';
import { claim } from '../kit/claim.ts';
import { experiment } from '../kit/experiment.ts';
import { left, right, rightColumn } from '../table-columns.ts';
import { cliff } from './cliff.ts';
import { decayAndReach, decayOf, gradientOf, leftOf, normSeries, verdictOf } from './decay.ts';
import {
  type Curve,
  forgetBiasOf,
  type GradientsFound,
  type GradientsOptions,
  gradientLines,
  gradientOptions,
  gradientPaths,
  oneSeed,
} from './gradient-curves.ts';
import { gradientNotes, nextAfterGradients } from './gradients-notes.ts';
import { fromLog10, smallestOf, unknownProduct } from './jacobian-product.ts';
import { matrixPowers } from './matrix-powers.ts';

export const gradients = experiment({
  name: 'gradients',
  describe: 'vanishing and exploding: how far back the gradient reaches',
  order: 30,
  question: 'How far back does the gradient reach?',
  examples: [
    ['unroll gradients rnn lstm gru', 'three cells as they start'],
    ['unroll gradients rnn lstm --forget-bias 0', 'where the LSTM vanishes faster'],
    ['unroll gradients rnn --radius .5,.9,1,1.1', 'the fan over spectral radii'],
    ['unroll gradients lstm --decompose', 'the path through c alone'],
  ],
  options: gradientOptions,
  instead: { matrix: matrixPowers, cliff },
  check: gradientPaths,
  seed: oneSeed,
  answer(found, options) {
    const lines = gradientLines(options);
    const curves = lines.map((line, i): Curve => ({ ...line, ...overSeeds(found, i) }));
    return {
      figures: [figureOf(curves, options), tableOf(curves, options.seed), ...pathFigures(found, options)],
      claims: claimsOf(curves, options),
      notes: gradientNotes(curves, options),
      next: nextAfterGradients(options),
    };
  },
});

export default gradients;

const overSeeds = (found: readonly (readonly GradientsFound[])[], i: number): Pick<Curve, 'runs' | 'product'> => ({
  runs: found.map((one) => one[i]!.run),
  product: found.map((one) => one[i]!.product).find((product) => product !== undefined) ?? unknownProduct,
});

function figureOf(curves: readonly Curve[], { cells, start, steps, seed, seeds }: GradientsOptions): LinesFigure {
  const gradient = gradientOf(cells);
  return {
    kind: 'lines',
    title: `gradient norm ‖${gradient}‖${gradient.endsWith('s_t') ? ', s_t all states of step t' : ''}${seeds > 1 ? ', median over seeds' : ''}, log scale`,
    settings: `H ${start.hidden} · T ${steps} · ${seedsShown({ seed, seeds })}`,
    x: { label: 't', values: Array.from({ length: steps }, (_, t) => t + 1) },
    y: { label: 'gradient norm', scale: 'log' },
    series: curves.map(({ name, runs }) => normSeries(name, runs)),
  };
}

const tableOf = (curves: readonly Curve[], seed: number): Figure => ({
  kind: 'table',
  title: 'Decay, reach and the singular values of ∏J, the product of all steps',
  columns: [
    ...left('cell', 'state'),
    ...right('decay a step'),
    rightColumn('reaches back', 'steps'),
    ...right('σ max ∏J', 'σ min ∏J'),
    ...left('verdict'),
  ],
  rows: curves.map(({ name, cell, runs, product }) => [
    name,
    cell.program.states.join(', ') || 'none',
    ...decayAndReach(runs),
    fromLog10(product.largest),
    smallestOf(product),
    cell.program.states.length === 0 ? 'no path back' : verdictOf(runs, seed),
  ]),
});

/** One chart a cell, and one table of all. */
function pathFigures(found: readonly (readonly GradientsFound[])[], options: GradientsOptions): Figure[] {
  const before = gradientLines(options).length;
  const paths = gradientPaths(options).map((path, i) => ({ ...path, ...overSeeds(found, before + i) }));
  if (paths.length === 0) return [];
  return [
    ...options.cells.map(({ name }): Figure => {
      const own = paths.filter((path) => path.name === name);
      const [{ state, runs }] = own as [(typeof paths)[number]];
      return {
        kind: 'lines',
        title: `${name}: the direct path through ${state} and the whole ∂${state}_T/∂${state}_t, log scale`,
        x: { label: 't', values: runs[0]!.norms.map((_, t) => t + 1) },
        y: { label: '‖vᵀ ∂/∂‖', scale: 'log' },
        series: own.map(({ path, runs }) => normSeries(path, runs)),
      };
    }),
    {
      kind: 'table',
      title: 'The direct path and the whole derivative of one state',
      columns: [...left('cell', 'state', 'path'), rightColumn('decay a step'), rightColumn('reaches back', 'steps')],
      rows: paths.map(({ name, state, path, runs }) => [name, state, path, ...decayAndReach(runs)]),
    },
  ];
}

/**
 * What is known beforehand, held against every seed. Under inputs of unit size tanh shortens even an orthogonal recurrence; against it
 * an LSTM loses less when its forget gates start open and more when they start half shut: ∂c_t/∂c_{t-1} is about sigmoid(b_f).
 */
function claimsOf(curves: readonly Curve[], options: GradientsOptions): Claim[] {
  const { radii, start, seeds } = options;
  if (radii !== undefined) return fanClaims(curves, radii, seeds);
  const everySeed = seeds > 1 ? ', in every seed' : '';
  const most = ({ runs }: Curve) => Math.max(...runs.map(({ norms }) => leftOf(norms)));
  if (options.sequence !== undefined || options.steps < 48)
    return curves
      .filter(({ cell }) => cell.program.states.length > 0)
      .map((curve) => {
        const says = `the gradient of ${curve.name} is smaller at t=1 than at t=T${everySeed}`;
        return claim(`${curve.name}-fades`, says, most(curve), '<', 1);
      });
  const plain = curves.find(({ cell }) => cell.name === 'rnn' && start.init === undefined);
  if (plain === undefined) return [];
  const gated = curves.filter(({ cell }) => guardedState(cell) === 'c');
  return [
    claim('rnn-vanishes', `the rnn's gradient at t=1 is below 1e-6 of that at t=T${everySeed}`, most(plain), '<', 1e-6),
    ...gated.flatMap((curve) => {
      const bias = forgetBiasOf(curve.cell, options);
      if (bias === undefined || (bias > 0 && bias < 1)) return [];
      const [how, holds] =
        bias >= 1 ? (['slower', slower(curve, plain)] as const) : (['faster', seeds - slower(curve, plain)] as const);
      const says = `${curve.name} decays ${how === 'slower' ? 'more slowly' : how} than rnn in every seed`;
      return [claim(`${curve.name}-decays-${how}`, says, holds, '=', seeds, `${holds} of ${seeds}`)];
    }),
  ];
}

/** In how many seeds the first curve decays more slowly than the second; none is where one of them is not finite. */
const slower = (a: Curve, b: Curve): number =>
  a.runs.filter(({ norms }, k) => decayOf(norms) > decayOf(b.runs[k]!.norms)).length;

/** The fan opens in the order of the radii: a larger radius never loses more of the gradient, seed by seed. */
function fanClaims(curves: readonly Curve[], radii: readonly number[], seeds: number): Claim[] {
  const [low, high] = [Math.min(...radii), Math.max(...radii)];
  if (low === high) return [];
  return [...new Set(curves.map(({ cell }) => cell))].map((cell) => {
    const at = (radius: number) => curves.find((c) => c.cell === cell && c.start.radius === radius)!;
    const wider = slower(at(high), at(low));
    const says = `${cell.name} loses less of its gradient at ρ = ${high} than at ρ = ${low}, in every seed`;
    return claim(`${cell.name}-fan`, says, wider, '=', seeds, `${wider} of ${seeds}`);
  });
}
