// Where does truncated backpropagation cut? The unrolled net with the arrows of the gradient, which stop between windows of K steps.

import type { Cell } from '../../cells/catalogue.ts';
import { initialValues } from '../../equations/initialisers.ts';
import { shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { filled, type Matrix, zeros } from '../../numbers/matrix.ts';
import { random } from '../../numbers/random.ts';
import { type EngineName, engineFor } from '../../options/engine.ts';
import { type Group, numberOption, single } from '../../options/option.ts';
import { engine, seed } from '../../options/runs.ts';
import { wholeNumber } from '../../options/typed.ts';
import type { DiagramFigure } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import {
  abridged,
  cellDrawn,
  cellId,
  diagramSteps,
  standsFor,
  stepsDrawn,
  tooMany,
  unrolledRow,
} from './net-drawing.ts';

const window: Group<number> = single(
  'truncated',
  numberOption('Drawing', 'K: where the gradient is cut in windows of K steps'),
  (typed) => wholeNumber('--truncated', typed, 1, 100_000, tooMany)!,
);

export const truncatedDiagram = calculation({
  name: 'diagram',
  question: 'Where does truncated backpropagation cut?',
  options: { cell: cellDrawn('rnn', '--truncated'), steps: diagramSteps(4), truncated: window, seed, engine },
  async answer({ cell, steps, truncated: window, seed, engine }) {
    const checked = Math.min(steps, 24);
    const apart = await windowsAgainstWhole(cell, checked, window, seed, engine);
    const cuts = window < checked;
    return {
      figures: [drawing(cell, steps, window)],
      claims: [
        claim(
          'states-flow',
          'run window by window, the states are those of the whole run: largest difference',
          apart.states,
          '<',
          1e-12,
        ),
        cuts &&
          claim(
            'gradient-is-cut',
            `the gradient is not: what the cut arrows would carry, as a share of the whole (random numbers, T ${checked})`,
            apart.gradients,
            '>',
            1e-6,
          ),
      ],
      notes: [
        window >= steps &&
          `K is not below T, so there is one window and nothing is cut: --truncated 2 cuts, or more --steps.`,
        `Forward, solid: the state goes on from window to window. Back, dashed: a loss sends its gradient to the steps of its own window, at most ${window === 2 ? '1 step' : `${window - 1} steps`} back, and no further.`,
        'Windows side by side are BPTT(K; K) of Williams & Peng 1990. A loss at the start of a window has hardly any way back; with overlapping windows, BPTT(K; 1), each has K steps, at K times the work.',
        steps > stepsDrawn && `${steps} steps; ${standsFor(steps)}, and the cuts among them.`,
      ],
      next: { says: 'How much of the gradient is lost', command: 'unroll truncation' },
    };
  },
});

function drawing(cell: Cell, steps: number, window: number): DiagramFigure {
  const row = unrolledRow(cell, steps);
  const columns = abridged(steps);
  for (const [i, step] of columns.entries()) {
    const [id, column] = [cellId(step), i + 1];
    const next = columns[i + 1];
    // Between the last step drawn and the ellipsis, or the ellipsis and the last one, the cut is where the number says.
    const before = step === 'more' ? steps - 1 : step;
    if (next !== undefined && before % window !== 0) {
      const says = step === 'more' || next === 'more' ? undefined : gradientOf(cell, step);
      row.edge(cellId(next), id, { style: 'gradient', says });
    }
    if (step === 'more') continue;
    row.node(`loss ${step}`, `L_${step}`, 0, column);
    row.edge(id, `loss ${step}`);
    if (!cell.program.readsInput) continue;
    row.node(`in ${step}`, `x_${step}`, 2, column);
    row.edge(`in ${step}`, id);
  }
  return {
    kind: 'diagram',
    title: `${cell.name} in windows of ${window}; dashed: the gradient`,
    settings: `T ${steps} · K ${window}`,
    nodes: row.nodes,
    edges: row.edges,
  };
}

/** As the derived equations name it: `d_h`, of step t. */
const gradientOf = (cell: Cell, step: number): string => cell.program.states.map((s) => `d_${s}_${step}`).join(', ');

interface Apart {
  /** The largest difference between any state of both runs. */
  readonly states: number;
  /** ‖Σ over windows − whole‖ / ‖whole‖ over the gradients of all parameters. */
  readonly gradients: number;
}

/**
 * What is cut between two windows: a sequence is run whole, and window by window from the states that the window before left; values and
 * gradients of both, on random numbers.
 */
export async function windowsAgainstWhole(
  cell: Cell,
  steps: number,
  window: number,
  seed: number,
  engine: EngineName,
): Promise<Apart> {
  const { program } = cell;
  const sizes = sizesFor(program, 4, 3);
  const rng = random(seed).fork('windows');
  const draw = (name: string): Matrix => {
    const { rows, columns } = shapeOf(program, name);
    return filled(sizeOf(rows, sizes), sizeOf(columns, sizes), rng.normal);
  };
  const params = initialValues(program, sizes, rng);
  const inputs = Array.from({ length: steps }, () => (program.readsInput ? draw('x') : zeros(1, 1)));
  const readout = inputs.map(() => draw(program.output));
  const runner = await engineFor(cell, engine);
  const whole = runner.gradients({ params, initial: new Map(), inputs, readout });

  const sum = new Map(program.parameters.map((name) => [name, new Float64Array(params.get(name)!.data.length)]));
  let [initial, states] = [new Map<string, Matrix>(), 0];
  for (let from = 0; from < steps; from += window) {
    const part = runner.gradients({
      params,
      initial,
      inputs: inputs.slice(from, from + window),
      readout: readout.slice(from, from + window),
    });
    for (const [name, total] of sum) part.params.get(name)!.data.forEach((v, i) => void (total[i]! += v));
    for (const state of program.states)
      for (const [t, { data }] of part.values.get(state)!.entries())
        data.forEach((v, i) => {
          states = Math.max(states, Math.abs(v - whole.values.get(state)![from + t]!.data[i]!));
        });
    initial = new Map(program.states.map((state) => [state, part.values.get(state)!.at(-1)!]));
  }
  let [apart, size] = [0, 0];
  for (const [name, total] of sum)
    whole.params.get(name)!.data.forEach((v, i) => {
      apart += (total[i]! - v) * (total[i]! - v);
      size += v * v;
    });
  return { states, gradients: Math.sqrt(apart / size) };
}
