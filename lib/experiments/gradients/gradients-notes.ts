// The notes of `gradients`: what the run shows, how its numbers are defined, and what to try next.

import { gateNames } from '../../cells/gate-names.ts';
import { initialiserOf } from '../../equations/initialisers.ts';
import { counted } from '../../numbers/counted.ts';
import { sigmoid } from '../../numbers/elementary.ts';
import { median } from '../../numbers/statistics.ts';
import { hasForgetBias, isRecurrent } from '../../options/initialisation.ts';
import type { Cases } from '../kit/experiment.ts';
import { decayOf, gradientOf, leftOf, reachOf, verdictMeans } from './decay.ts';
import { type Curve, forgetBiasOf, type GradientsOptions } from './gradient-curves.ts';

const isGated = ({ cell }: Curve): boolean => gateNames(cell).length > 0;

export function gradientNotes(curves: readonly Curve[], options: GradientsOptions): Cases<string> {
  const finite = curves.filter(({ runs }) => runs.every(({ nonFinite }) => nonFinite === undefined));
  const recurrent = curves.filter(({ cell }) => cell.program.states.length > 0);
  return [
    ...fasterNotes(finite),
    ...shortNotes(finite),
    options.decompose && decompositionNote,
    ...radiusNotes(finite),
    ...singularNotes(curves.filter((curve) => finite.includes(curve) && recurrent.includes(curve))),
    setting(options),
    ...definitions(options),
  ];
}

const decay = ({ runs }: Curve): number => median(runs.map(({ norms }) => decayOf(norms)));
const reach = ({ runs }: Curve): number => median(runs.map(({ norms }) => reachOf(norms) ?? norms.length));
const left = ({ runs }: Curve): number => median(runs.map(({ norms }) => leftOf(norms)));

/** A gated cell that loses more of its gradient than one without gates. */
function fasterNotes(curves: readonly Curve[]): string[] {
  const plain = curves.filter((c) => !isGated(c) && c.cell.program.states.length > 0);
  const faster = curves.filter(isGated).flatMap((gated) => {
    // At another spectral radius, cells differ in more than their gates.
    const slower = plain.find((p) => p.start.radius === gated.start.radius && decay(p) > decay(gated));
    return slower === undefined || !(left(gated) < 0.01) ? [] : [{ gated, slower }];
  });
  const explained = new Set<string>();
  const notes = faster.map(({ gated, slower }) => {
    const why = whyFaster(forgetBiasOf(gated.cell, gated));
    const measured = `Here the gradient of ${gated.name} vanishes faster than that of ${slower.name}: a factor of ${decay(gated).toFixed(2)} against ${decay(slower).toFixed(2)} per step.`;
    if (explained.has(why)) return measured;
    explained.add(why);
    return `${measured} ${why}`;
  });
  return faster.length > 0
    ? [...notes, 'Gates mitigate vanishing gradients once training opens them; they do not eliminate them.']
    : notes;
}

/** Two measures that put two curves in opposite orders. */
function shortNotes(curves: readonly Curve[]): string[] {
  for (const a of curves)
    for (const b of curves)
      if (decay(a) > decay(b) && reach(a) < reach(b))
        return [
          `${a.name} reaches back ${counted(reach(a), 'step')}, ${b.name} ${reach(b) < b.runs[0]!.norms.length ? reach(b) : `over ${reach(b) - 1}`}; yet ${a.name} keeps more per step, ${decay(a).toPrecision(3)} against ${decay(b).toPrecision(3)}. The reach depends only on the first steps back from t = T; the decay is the geometric mean over all steps from t = T − 1 to 1.`,
        ];
  return [];
}

const decompositionNote =
  'The direct path holds every gate fixed: for an LSTM it is ∏ diag(f_t). The whole is ∂c_t/∂c_{t-1} = diag(f_t) + the paths through h into the gates, for a loss v · c_T; the first table has all states, for a loss on the output. A forget gate near 1 softens vanishing; it does not solve it (Gers, Schmidhuber & Cummins 2000; Pascanu, Mikolov & Bengio 2013).';

function radiusNotes(curves: readonly Curve[]): Cases<string> {
  const below = curves.some(({ start }) => start.radius !== undefined && start.radius < 1);
  const tame = curves.find(({ start, ...curve }) => (start.radius ?? 0) > 1 && left({ start, ...curve }) <= 100);
  return [
    below && 'ρ below 1 shrinks only asymptotically: σ max above 1 lets a gradient grow first.',
    tame !== undefined &&
      `ρ above 1 need not explode: at ${tame.name} ${shown(left(tame))} of the gradient is left at t = 1.`,
  ];
}

const shown = (value: number): string => String(Number(value.toPrecision(2)));

function singularNotes(curves: readonly Curve[]): Cases<string> {
  const unknown = curves.filter(({ product }) => product.largest === null).map(({ name }) => name);
  const bound = curves.filter(({ product }) => product.isBound).map(({ name }) => name);
  const tiny = curves
    .filter(
      ({ product: { largest, smallest, isBound } }) =>
        !isBound && largest !== null && smallest! > Number.NEGATIVE_INFINITY && smallest! < largest - 16,
    )
    .map(({ name }) => name);
  return [
    unknown.length > 0 &&
      `The singular values of ${unknown.join(', ')} are left out, as they would take longer than everything else: use fewer units or steps.`,
    bound.length > 0 &&
      `σ min of ${bound.join(', ')} ${bound.length === 1 ? 'is an upper bound' : 'are upper bounds'}: a Jacobian is singular to machine precision, so its smallest singular value is a rounding error.`,
    tiny.length > 0 &&
      `σ min of ${tiny.join(', ')} ${tiny.length === 1 ? 'is' : 'are'} below machine precision times σ max, yet accurate to 1 %: ${tiny.length === 1 ? 'it is' : 'they are'} computed from the inverses of the Jacobians.`,
  ];
}

const whyFaster = (forgetBias: number | undefined): string =>
  forgetBias === undefined
    ? 'A gate near one half halves what passes through it at every step.'
    : `At a forget bias of ${forgetBias} a forget gate is near ${sigmoid(forgetBias).toFixed(2)}, and keeps that share of the cell state at every step.`;

/** How the columns of the table are defined. */
function definitions({ cells }: GradientsOptions): Cases<string> {
  const gradient = gradientOf(cells);
  const [s, at] = [gradient.slice(0, -2), (t: string) => `‖${gradient.replace('_t', `_${t}`)}‖`];
  return [
    s.endsWith('s') &&
      'The state s_t is everything that step t passes to step t + 1 (the column state). Its gradient at t = T, where no step follows, is that of the loss on the output: v itself where the output is a state.',
    `Decay a step: (${at('1')} / ${at('{T−1}')})^{1/(T−2)}. The step from T to T − 1 is left out, because the loss reads only the output there. Reaches back: the first lag k at which ${at('{T−k}')} is below 1 % of ${at('T')}. Medians over the seeds; the singular values are of the first seed, over the whole state.`,
    `Verdict: ${verdictMeans}`,
  ];
}

/** What the numbers depend on and the chart does not show. */
function setting({ sequence, start, cells, radii }: GradientsOptions): string {
  const driven = sequence === undefined ? 'noise of variance 1' : `the ${sequence.kind} given`;
  const own = cells.map(({ name, program }) => {
    const matrix = program.parameters.find((p) => isRecurrent(program, p));
    const line = matrix === undefined ? undefined : initialiserOf(program, matrix);
    return `${name} ${line === undefined ? 'uniform ±1/√H' : line.kind}`;
  });
  const matrices =
    radii !== undefined || start.init !== undefined
      ? ''
      : ` H×H matrices start as each cell says (${own.join(', ')}); --init starts all of them alike.`;
  const outputs = new Set(cells.map(({ program }) => program.output));
  const read = outputs.size === 1 ? `${[...outputs][0]}_T` : 'y_T, the output of the last step,';
  return `L = v · ${read} with v a random direction; the inputs are ${driven}.${matrices}`;
}

export function nextAfterGradients({ cells, sequence, start, radii, decompose: decomposed }: GradientsOptions): {
  says: string;
  command: string;
} {
  const typed = cells.map((cell) => cell.typed);
  const names = typed.every((name) => name !== undefined) ? typed.join(' ') : 'rnn lstm';
  if (sequence !== undefined)
    return { says: 'The same under noise of variance 1', command: `unroll gradients ${names} --input ${start.hidden}` };
  const compared = cells.some((cell) => cell.name === 'rnn') && cells.some(hasForgetBias);
  if (compared && start.forgetBias === undefined && start.init === undefined && radii === undefined)
    return {
      says: 'See what a forget bias of 0 does',
      command: `unroll gradients ${names} --forget-bias 0`,
    };
  if (cells.some(hasForgetBias) && !decomposed)
    return {
      says: 'See the path through c alone',
      command: `unroll gradients ${cells.find(hasForgetBias)?.typed ?? 'lstm'} --decompose`,
    };
  if (radii === undefined)
    return { says: 'See what the spectral radius does', command: 'unroll gradients rnn --radius .5,.9,1,1.1' };
  return {
    says: 'An eigenvalue below 1 and a gradient that still grows',
    command: 'unroll gradients --matrix ".9 3; 0 .9"',
  };
}
