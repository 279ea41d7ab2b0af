// What is claimed of a gradient that fades, and measured on every seed.

import type { Cell } from '../cells/catalogue.ts';
import { guardedState } from '../cells/gates.ts';
import { hasForgetBias } from '../options/initialisation.ts';
import type { Claim } from '../render/result.ts';
import { decayOf, leftOf } from './gradients/decay.ts';
import type { Curve, GradientsOptions } from './gradients/gradients.ts';
import { claim } from './kit/claim.ts';

/** The forget bias that a cell starts with here, where it is a number. */
export function forgetBiasOf(cell: Cell, { start }: Pick<GradientsOptions, 'start'>): number | undefined {
  if (!hasForgetBias(cell)) return undefined;
  if (start.forgetBias !== undefined) return typeof start.forgetBias === 'number' ? start.forgetBias : undefined;
  const line = cell.program.initialisers.findLast((i) => i.pattern === 'b_f');
  return line?.kind === 'constant' ? line.args[0] : undefined;
}

/**
 * What is known beforehand, held against every seed. Under inputs of unit size tanh shortens even an orthogonal recurrence; against it
 * an LSTM loses less when its forget gates start open and more when they start half shut: ∂c_t/∂c_{t-1} is about sigmoid(b_f).
 */
export function gradientClaims(curves: readonly Curve[], options: GradientsOptions): Claim[] {
  const claims: Claim[] = [];
  const { radii, start, seeds } = options;
  const all = (holds: number) => `${holds} of ${seeds}`;
  if (radii !== undefined) return fanClaims(curves, radii, seeds);
  const seedsSaid = seeds > 1 ? ', in every seed' : '';
  if (options.sequence !== undefined || options.steps < 48)
    return curves
      .filter(({ cell }) => cell.program.states.length > 0)
      .map(({ name, runs }) => {
        const ratio = Math.max(...runs.map(({ norms }) => leftOf(norms)));
        return claim(
          `${name}-fades`,
          `the gradient of ${name} is smaller at t=1 than at t=T${seedsSaid}`,
          ratio,
          '<',
          1,
        );
      });
  const plain = curves.find(({ cell }) => cell.name === 'rnn' && start.init === undefined);
  if (plain === undefined) return claims;
  const ratio = Math.max(...plain.runs.map(({ norms }) => leftOf(norms)));
  claims.push(
    claim('rnn-vanishes', `the rnn's gradient at t=1 is below 1e-6 of that at t=T${seedsSaid}`, ratio, '<', 1e-6),
  );
  for (const curve of curves) {
    const bias = forgetBiasOf(curve.cell, options);
    if (bias === undefined || guardedState(curve.cell) !== 'c') continue;
    const further = slower(curve, plain);
    if (bias >= 1)
      claims.push(
        claim(
          `${curve.name}-decays-slower`,
          `${curve.name} decays more slowly than rnn in every seed`,
          further,
          '=',
          seeds,
          all(further),
        ),
      );
    else if (bias <= 0)
      claims.push(
        claim(
          `${curve.name}-decays-faster`,
          `${curve.name} decays faster than rnn in every seed`,
          seeds - further,
          '=',
          seeds,
          all(seeds - further),
        ),
      );
  }
  return claims;
}

/** In how many seeds the first curve decays more slowly than the second; none is where one of them is not finite. */
const slower = (a: Curve, b: Curve): number =>
  a.runs.filter(({ norms }, k) => decayOf(norms) > decayOf(b.runs[k]!.norms)).length;

/** The fan opens in the order of the radii: a larger radius never loses more of the gradient, seed by seed. */
function fanClaims(curves: readonly Curve[], radii: readonly number[], seeds: number): Claim[] {
  const ordered = [...radii].sort((a, b) => a - b);
  const [low, high] = [ordered[0]!, ordered.at(-1)!];
  const claims: Claim[] = [];
  for (const cell of new Set(curves.map((c) => c.cell))) {
    if (low === high) continue;
    const at = (radius: number) => curves.filter((c) => c.cell === cell)[radii.indexOf(radius)]!;
    const wider = slower(at(high), at(low));
    claims.push(
      claim(
        `${cell.name}-fan`,
        `${cell.name} loses less of its gradient at ρ = ${high} than at ρ = ${low}, in every seed`,
        wider,
        '=',
        seeds,
        `${wider} of ${seeds}`,
      ),
    );
  }
  return claims;
}
