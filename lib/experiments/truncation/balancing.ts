// Which way does a truncated gradient point? Influence balancing: Tallec & Ollivier 2017, "Unbiasing truncated backpropagation
// through time", section 5: one parameter whose effect is good at first and bad in the long run.

import { cellOf } from '../../cells/catalogue.ts';
import { compile, type Kernel } from '../../kernels/kernel.ts';
import { flag, type Group, switched } from '../../options/option.ts';
import type { Claim, Figure } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { type Cases, calculation } from '../kit/experiment.ts';
import { breathe } from '../kit/seeds.ts';
import { left, rightColumn } from '../table-columns.ts';
import { windowsFrom } from './losses.ts';

/** Units, and how many of them θ pushes up. */
const [units, up] = [23, 10];
const first = 0.5;
const rate = 1e-4;
const iterations = 3000;
/** Where y settles at its target 1: the states settle at θ (I - A)⁻¹ u, whose first entry is 2 (10 - 13) θ = -6 θ. */
const [limit, best] = [2 * (up - (units - up)), 1 / (2 * (up - (units - up)))];
/** ∂y/∂θ is drawn up to this window, and is the limit at ten times as many. */
const farthest = 100;

export const balancingText = `s = A * s_prev + theta * u   # each unit hands half of itself to the one before
y = e' * s                   # the first unit is all that is seen

theta : 1                    # one parameter for all units, with the sign in u
u : H
e : H`;

/** A pass over up to `steps` steps, with A, u and e in place. */
export function balancingKernel(steps: number): Kernel {
  const { program, backward } = cellOf('balancing', balancingText);
  const kernel = compile(program, backward, new Map([['H', units]]), { steps, batch: 1, gradients: 'parameters' });
  for (let i = 0; i < units; i++) {
    kernel.parameter('A')[i * units + i] = 0.5;
    if (i + 1 < units) kernel.parameter('A')[i * units + i + 1] = 0.5;
    kernel.parameter('u')[i] = i < up ? 1 : -1;
  }
  kernel.parameter('e')[0] = 1;
  return kernel;
}

/** ∂y/∂θ when y goes back `window` steps; the cell is linear, so it is the same wherever the state is. */
export function slopeOf(kernel: Kernel, window: number): number {
  kernel.readouts.fill(0);
  kernel.readouts[window - 1] = 1;
  kernel.forward({ steps: window });
  kernel.backward();
  return kernel.gradient('theta')[0]!;
}

/**
 * θ after 0, 1, … iterations. In each the sequence goes on by a step, the loss ½(y - 1)² of that step goes back `window` steps, run
 * again from the state as it was, and θ moves by -rate times the gradient.
 */
export function trainedWith(window: number): number[] {
  const kernel = balancingKernel(window);
  const [theta, state] = [kernel.parameter('theta'), kernel.initial('s')];
  theta[0] = first;
  const path = [first];
  for (let t = 1; t <= iterations; t++) {
    // The window that ends at t begins behind state t - window.
    if (t > window) state.set(kernel.value('s', 0));
    const steps = Math.min(t, window);
    kernel.forward({ steps });
    kernel.readouts.fill(0);
    kernel.readouts[steps - 1] = kernel.value('y', steps - 1)[0]! - 1;
    kernel.backward();
    theta[0]! -= rate * kernel.gradient('theta')[0]!;
    path.push(theta[0]!);
  }
  return path;
}

/** One window's training. */
interface Trained {
  readonly window: number;
  readonly slope: number;
  readonly path: readonly number[];
  readonly end: number;
}

/** The windows that are trained with, ascending. */
const windows: Group<readonly number[]> = {
  read: (args) => windowsFrom(args, 200) ?? [10, 40, 41, 50, 100],
  json: (windows) => ({ windows, units, up, first, rate, iterations }),
};

export const balancing = calculation({
  name: 'truncation',
  question: 'Which way does a truncated gradient point?',
  options: {
    balancing: switched('balancing', flag('Instead', 'influence balancing, where a window learns the wrong way')),
    windows,
  },
  async answer({ windows }) {
    const kernel = balancingKernel(10 * farthest);
    const slopes = Array.from({ length: farthest }, (_, k) => slopeOf(kernel, k + 1));
    const all = slopeOf(kernel, 10 * farthest);
    const trained: Trained[] = [];
    for (const window of windows) {
      const path = trainedWith(window);
      trained.push({ window, slope: slopeOf(kernel, window), path, end: path.at(-1)! });
      await breathe();
    }
    return {
      figures: figuresOf(slopes, trained),
      claims: claimsOf(slopes, all, trained),
      notes: [
        'Influence balancing (Tallec & Ollivier 2017). A has 0.5 on its diagonal and above it; u is 1 for the first 10 units and -1 for the other 13. At first θ reaches the first unit through the near units, which push it up; in the long run through all, and 13 push it down against 10.',
        'A window that ends among the near units sees the wrong sign, and then no learning rate helps: every step leads away, a smaller one only more slowly. More data do not help either: this is bias, not noise.',
        'Each iteration is one step of the sequence: its loss ½(y - 1)² goes back K steps, θ moves by -1e-4 times the gradient, and the state flows on.',
      ],
      next: { says: 'How large the bias is in cells that nobody made up', command: 'unroll truncation' },
    };
  },
});

/** Where a path leaves the picture. */
const drawnTo = 1.5;
/** The path up to where it leaves for the first time. */
const inPicture = (path: readonly number[]): (number | null)[] => {
  const out = path.findIndex((theta) => Math.abs(theta) > drawnTo);
  return path.map((theta, i) => (out < 0 || i < out ? theta : null));
};

function figuresOf(slopes: readonly number[], trained: readonly Trained[]): Figure[] {
  return [
    { kind: 'text', title: 'The cell', language: 'equations', lines: balancingText.split('\n') },
    {
      kind: 'lines',
      title: '∂y/∂θ when y goes back K steps',
      settings: `H ${units}`,
      x: { label: 'K', values: slopes.map((_, k) => k + 1) },
      y: { label: '∂y/∂θ', scale: 'linear' },
      series: [{ name: 'truncated', values: slopes }],
      reference: { label: 'where the sign turns', value: 0 },
    },
    {
      kind: 'lines',
      title: `θ while it learns, by the window K, up to ${drawnTo}`,
      settings: `rate ${rate} · from θ ${first}`,
      x: { label: 'iteration', values: trained[0]!.path.map((_, i) => i) },
      y: { label: 'θ', scale: 'linear' },
      series: trained.map(({ window, path }) => ({
        name: `K ${window}`,
        values: inPicture(path),
      })),
      reference: { label: 'best, -1/6', value: best },
    },
    {
      kind: 'table',
      title: `After ${iterations} iterations`,
      columns: [...left('window'), rightColumn('∂y/∂θ'), { ...rightColumn('θ'), digits: 4 }, ...left('verdict')],
      rows: trained.map(({ window, slope, end }) => [`K ${window}`, slope, end, verdictOf(slope, end)]),
    },
  ];
}

function verdictOf(slope: number, end: number): string {
  if (slope > 0) return 'wrong sign: it leaves';
  return Math.abs(end - best) < reached ? 'arrives' : 'right sign, but small: on its way';
}

/** How near -1/6 has arrived. */
const reached = 1e-3;

function claimsOf(slopes: readonly number[], all: number, trained: readonly Trained[]): Cases<Claim> {
  const long = trained.filter(({ window }) => window >= 50);
  const short = trained.filter(({ window }) => window <= 40);
  return [
    claim(
      'wrong-until',
      '∂y/∂θ has the wrong sign up to K = 40: the last K at which it has',
      slopes.findLastIndex((s) => s >= 0) + 1,
      '=',
      40,
    ),
    claim('limit', 'in the long run ∂y/∂θ is -6: difference from that', Math.abs(all - limit), '<', 1e-12),
    long.length > 0 &&
      claim(
        'long-arrives',
        'windows of 50 steps and more bring θ to -1/6: largest distance from it',
        Math.max(...long.map(({ end }) => Math.abs(end - best))),
        '<',
        reached,
      ),
    short.length > 0 &&
      claim(
        'short-leaves',
        `windows of 40 steps and less take θ away from there: smallest distance at the end, from ${(first - best).toFixed(2)} at the start`,
        Math.min(...short.map(({ end }) => Math.abs(end - best))),
        '>',
        first - best,
      ),
  ];
}
