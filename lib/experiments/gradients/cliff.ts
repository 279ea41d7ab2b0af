// How steep can the error be? The wall of Pascanu, Mikolov & Bengio 2013 (equation 8, figure 6): one unit, fifty steps.

import { cellOf } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import type { Engine } from '../../equations/trace.ts';
import { column, zeros } from '../../numbers/matrix.ts';
import { type EngineName, engineFor } from '../../options/engine.ts';
import { flag, type Group, switched, textOption } from '../../options/option.ts';
import { engine } from '../../options/runs.ts';
import { stepsFrom } from '../../options/sequence-options.ts';
import { numberList, type Typed } from '../../options/typed.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { right } from '../table-columns.ts';
import { goesWith } from './gradient-curves.ts';

/** s_t = w σ(s_{t-1}) + b, seen through σ; the error is (σ(s_T) − 0.7)². */
const cliffText = `s = w * sigmoid(s_prev) + b   # one unit, no input
h = sigmoid(s)                # what the error is measured on

s : 1
w : 1
b : 1`;

const [w, target, start] = [5, 0.7, 0.5];
/** How many biases are tried, and those whose gradient norm goes into the table. */
const [points, tabulated] = [240, [-2.61234136, -2]];

interface Slope {
  readonly error: number;
  /** ‖(∂L/∂w, ∂L/∂b)‖ */
  readonly norm: number;
}

export async function cliffEngine(engine: EngineName): Promise<Engine> {
  return engineFor(cellOf('pascanu', cliffText), engine);
}

/** The error and the norm of its gradient after `steps` steps from x₀ = 0.5. */
export function slopeAt(runner: Engine, w: number, b: number, steps: number): Slope {
  const given = {
    params: new Map([
      ['w', column([w])],
      ['b', column([b])],
    ]),
    initial: new Map([['s', column([start])]]),
    inputs: Array.from({ length: steps }, () => zeros(1, 1)),
  };
  const h = runner
    .forward({ ...given, readout: [] })
    .values.get('h')!
    .at(-1)!.data[0]!;
  const readout = given.inputs.map((_, t) => column([t === steps - 1 ? 2 * (h - target) : 0]));
  const { params } = runner.gradients({ ...given, readout });
  const [dw, db] = [params.get('w')!.data[0]!, params.get('b')!.data[0]!];
  return { error: (h - target) * (h - target), norm: Math.sqrt(dw * dw + db * db) };
}

/** The biases to try, from the smaller to the larger one. */
const bias: Group<readonly [from: number, to: number]> = {
  options: { bias: textOption('Instead', 'with --cliff: from,to') },
  read(args) {
    const range = numberList('--bias', args.bias as Typed, -100, 100) ?? [-2.7, -1.9];
    if (range.length !== 2) throw goesWith('--bias', 'two numbers, from,to');
    return range as [number, number];
  },
  json: ([from, to]) => ({ from, to, points }),
};

const steps: Group<number> = {
  read: (args) => stepsFrom(args.steps as Typed) ?? 50,
  json: (steps) => ({ steps, at: tabulated }),
};

export const cliff = calculation({
  name: 'gradients',
  question: 'How steep can the error be?',
  options: {
    cliff: {
      ...switched('cliff', flag('Instead', "the wall of Pascanu's one unit")),
      json: () => ({ cliff: true, w }),
    },
    bias,
    steps,
    engine,
  },
  async answer({ bias: [from, to], steps, engine }) {
    const at = tabulated.filter((b) => b >= from && b <= to);
    if (!(from < to))
      throw new InputError('--bias', `The biases go from ${from} to ${to}.`, {
        expected: 'the smaller one first',
        got: `${from},${to}`,
        fix: `write --bias ${to},${from}`,
      });
    const runner = await cliffEngine(engine);
    // An even grid steps over the wall: the biases asked for are on it too.
    const grid = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
    const biases = [...grid, ...at.filter((b) => b > from && b < to)].sort((a, b) => a - b);
    const slopes = biases.map((b) => slopeAt(runner, w, b, steps));
    const named = (at.length === 0 ? [from, to] : at).map((b) => ({ b, ...slopeAt(runner, w, b, steps) }));
    const all = [...slopes, ...named];
    const ratio = Math.max(...all.map((s) => s.norm)) / Math.min(...all.map((s) => s.norm));
    const isSteep = ratio > 1e4;
    return {
      figures: [
        { kind: 'text', title: 'The cell', language: 'equations', lines: cliffText.split('\n') },
        {
          kind: 'lines',
          title: '‖(∂L/∂w, ∂L/∂b)‖ over the bias, log scale',
          settings: `w ${w} · T ${steps}`,
          x: { label: 'b', values: biases },
          y: { label: '‖gradient‖', scale: 'log' },
          series: [{ name: 'norm of the gradient', values: slopes.map((s) => s.norm) }],
        },
        {
          kind: 'lines',
          title: 'The error (σ(s_T) − 0.7)² over the bias',
          x: { label: 'b', values: biases },
          y: { label: 'L', scale: 'linear' },
          series: [{ name: 'error', values: slopes.map((s) => s.error) }],
        },
        {
          kind: 'table',
          title: at.length === 0 ? 'At the ends of the range' : isSteep ? 'On the wall and off it' : 'At single biases',
          columns: [...right('b', 'error'), { title: 'norm of the gradient', align: 'right', digits: 5 }],
          rows: named.map(({ b, error, norm }) => [String(b), error, norm]),
        },
      ],
      claims: [
        at.length === tabulated.length &&
          claim('wall', 'the steepest gradient is more than 10000 times the flattest', ratio, '>', 1e4),
      ],
      notes: [
        !isSteep
          ? `There is no cliff in this range: the largest gradient is ${Number(ratio.toPrecision(2))} times the smallest. At 50 steps there is one at b = -2.612.`
          : 'The two sides of the wall lead to two fixed points of s = w σ(s) + b. Between them a step of ordinary size is thrown far away: this is what clipping is for. What it does to a gradient: unroll truncation --clip',
      ],
      next: { says: 'Where such growth comes from', command: 'unroll gradients --matrix ".9 3; 0 .9"' },
    };
  },
});
