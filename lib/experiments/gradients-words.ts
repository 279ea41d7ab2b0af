// What a reader of `gradients` must know beside the numbers, and what to try next.

import { initialiserOf } from '../equations/initialisers.ts';
import { sigmoid } from '../numbers/elementary.ts';
import { median } from '../numbers/statistics.ts';
import { gatesOf } from './gates.ts';
import type { Curve, GradientsOptions } from './gradients.ts';
import { forgetBiasOf } from './gradients-claims.ts';
import { decayOf, horizonOf } from './reach.ts';
import { hasForgetBias, isRecurrent } from './start.ts';

const isGated = ({ cell }: Curve): boolean => gatesOf(cell).length > 0;

export function gradientNotes(curves: readonly Curve[], options: GradientsOptions): string[] {
  const notes: string[] = [];
  const decay = (curve: Curve) => median(curve.norms.map(decayOf));
  const plain = curves.filter((c) => !isGated(c) && c.cell.program.states.length > 0);
  const faster = curves.filter(isGated).flatMap((gated) => {
    // Whoever starts at another spectral radius differs in more than its gates.
    const slower = plain.find((p) => p.start.radius === gated.start.radius && decay(p) > decay(gated));
    return slower === undefined ? [] : [{ gated, slower }];
  });
  const explained = new Set<string>();
  for (const { gated, slower } of faster) {
    const why = whyFaster(forgetBiasOf(gated.cell, options));
    const said = `Here ${gated.name} vanishes faster than ${slower.name}: ${decay(gated).toFixed(2)} against ${decay(slower).toFixed(2)} a step.`;
    notes.push(explained.has(why) ? said : `${said} ${why}`);
    explained.add(why);
  }
  if (faster.length > 0) notes.push('Gates soften vanishing where training opens them; they do not abolish it.');
  const reach = (curve: Curve) => median(curve.norms.map((n) => horizonOf(n) ?? n.length));
  const short = curves.find((a) => curves.some((b) => decay(a) > decay(b) && reach(a) < reach(b)));
  if (short !== undefined)
    notes.push(
      `${short.name} reaches less far and yet decays more slowly than another: its gradient falls steeply over the first steps back, and slowly after them. The decay is the mean over all steps.`,
    );
  if (options.decompose)
    notes.push(
      'The direct path holds every gate fixed: for an LSTM it is ∏ diag(f_t). The whole is ∂c_t/∂c_{t-1} = diag(f_t) + what runs through h into the gates. A forget gate near 1 softens vanishing; it does not solve it (Gers, Schmidhuber & Cummins 2000; Pascanu, Mikolov & Bengio 2013).',
    );
  else if (curves.some((c) => c.cell.program.states.length > 1))
    notes.push(
      '∂L/∂h_t is the total gradient of h_t; the path that runs through c alone is not in it: see --decompose.',
    );
  if (curves.some(({ cell, product }) => product.largest === null && cell.program.states.length > 0))
    notes.push(
      'The singular values are left out where they would take longer than all the rest: ask for fewer units or steps.',
    );
  if (options.radii !== undefined)
    notes.push(
      'ρ below 1 shrinks only asymptotically: σ max above 1 lets a gradient grow first. tanh saturates, so ρ above 1 need not explode.',
    );
  notes.push(setting(options));
  notes.push(
    'Reaches back: the first lag at which ‖∂L/∂h‖ is below 1 % of its value at t=T. The singular values are of the first seed, over the whole state.',
  );
  return notes;
}

const whyFaster = (forgetBias: number | undefined): string =>
  forgetBias === undefined
    ? 'Gates that start near one half halve what passes them at every step.'
    : `With a forget bias of ${forgetBias} the forget gate starts near ${sigmoid(forgetBias).toFixed(2)} and takes that share at every step.`;

/** What the numbers depend on and the chart does not show. */
function setting({ drive, start, cells, radii }: GradientsOptions): string {
  const driven = drive === undefined ? 'noise of variance 1' : `the ${drive.kind} given`;
  const own = cells.map(({ name, program }) => {
    const matrix = program.parameters.find((p) => isRecurrent(program, p));
    const line = matrix === undefined ? undefined : initialiserOf(program, matrix);
    return `${name} ${line === undefined ? 'uniform ±1/√H' : line.kind}`;
  });
  const matrices =
    radii !== undefined || start.init !== undefined
      ? ''
      : ` H×H matrices start as each cell says (${own.join(', ')}); --init starts all of them alike.`;
  return `L = v · h_T with v a random direction; the inputs are ${driven}.${matrices}`;
}

export function nextAfterGradients({ cells, drive, start, radii, decompose: decomposed }: GradientsOptions): {
  says: string;
  command: string;
} {
  const typed = cells.map((cell) => cell.typed);
  const names = typed.every((name) => name !== undefined) ? typed.join(' ') : 'rnn lstm';
  if (drive !== undefined)
    return { says: 'Under inputs of unit size, other cells lead', command: `unroll gradients ${names}` };
  const compared = cells.some((cell) => cell.name === 'rnn') && cells.some(hasForgetBias);
  if (compared && start.forgetBias === undefined && start.init === undefined && radii === undefined)
    return {
      says: 'At forget bias 0 the order turns round. See it',
      command: `unroll gradients ${names} --forget-bias 0`,
    };
  if (cells.some(hasForgetBias) && !decomposed)
    return { says: 'See the path through c alone', command: 'unroll gradients lstm --decompose' };
  if (radii === undefined)
    return { says: 'See what the spectral radius does', command: 'unroll gradients rnn --radius .5,.9,1,1.1' };
  return {
    says: 'An eigenvalue below 1 and a gradient that still grows',
    command: 'unroll gradients --matrix ".9 3; 0 .9"',
  };
}
