// Where does truncated backpropagation cut? The unrolled net with the arrows of the gradient, which stop between windows of K steps.

import type { Cell } from '../../cells/catalogue.ts';
import type { EngineName } from '../../options/engine.ts';
import type { DiagramEdge, Result } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { cellId, standsFor, stepsDrawn, unrolledRow } from './diagram.ts';
import { windowsAgainstWhole } from '../windows.ts';

export interface TruncatedDiagramOptions {
  /** With states. */
  readonly cell: Cell;
  readonly steps: number;
  /** K */
  readonly window: number;
  readonly seed: number;
  readonly engine: EngineName;
}

export async function truncatedDiagram(options: TruncatedDiagramOptions): Promise<Result> {
  const { cell, steps, window, seed, engine } = options;
  const checked = Math.min(steps, 24);
  const apart = await windowsAgainstWhole(cell, checked, window, seed, engine);
  const cuts = window < checked;
  return {
    unroll: 1,
    experiment: 'diagram',
    question: 'Where does truncated backpropagation cut?',
    options: { cell: cell.name, steps, truncated: window, engine },
    seed,
    figures: [drawing(options)],
    claims: [
      claim(
        'states-flow',
        'run window by window, the states are those of the whole run: largest difference',
        apart.states,
        '<',
        1e-12,
      ),
      ...(cuts
        ? [
            claim(
              'gradient-is-cut',
              `the gradient is not: what the cut arrows would carry, as a share of the whole (random numbers, T ${checked})`,
              apart.gradients,
              '>',
              1e-6,
            ),
          ]
        : []),
    ],
    notes: [
      ...(window >= steps
        ? [`K is not below T, so there is one window and nothing is cut: --truncated 2 cuts, or more --steps.`]
        : []),
      `Forward, solid: the state goes on from window to window. Back, dashed: a loss sends its gradient to the steps of its own window, at most ${window === 2 ? '1 step' : `${window - 1} steps`} back, and no further.`,
      'Windows side by side are BPTT(K; K) of Williams & Peng 1990. A loss at the start of a window has hardly any way back; with overlapping windows, BPTT(K; 1), each has K steps, at K times the work.',
      ...(steps > stepsDrawn ? [`${steps} steps; ${standsFor(steps)}, and the cuts among them.`] : []),
    ],
    next: { says: 'How much of the gradient is lost', command: 'unroll truncation' },
  };
}

function drawing({ cell, steps, window }: TruncatedDiagramOptions): Result['figures'][number] {
  const { nodes, edges, columns } = unrolledRow(cell, steps);
  for (const [i, step] of columns.entries()) {
    const [id, column] = [cellId(step), i + 1];
    const next = columns[i + 1];
    // Between the last step drawn and the ellipsis, or the ellipsis and the last one, the cut is where the number says.
    const before = step === 'more' ? steps - 1 : step;
    if (next !== undefined && before % window !== 0)
      edges.push({
        from: cellId(next),
        to: id,
        style: 'gradient',
        ...(step === 'more' || next === 'more' ? {} : { says: gradientOf(cell, step) }),
      } satisfies DiagramEdge);
    if (step === 'more') continue;
    nodes.push({ id: `loss ${step}`, label: `L_${step}`, row: 0, column, shape: 'value' });
    edges.push({ from: id, to: `loss ${step}` });
    if (!cell.program.readsInput) continue;
    nodes.push({ id: `in ${step}`, label: `x_${step}`, row: 2, column, shape: 'value' });
    edges.push({ from: `in ${step}`, to: id });
  }
  return {
    kind: 'diagram',
    title: `${cell.name} in windows of ${window}; dashed: the gradient`,
    settings: `T ${steps} · K ${window}`,
    nodes,
    edges,
  };
}

/** As the derived equations name it: `d_h`, of step t. */
const gradientOf = (cell: Cell, step: number): string => cell.program.states.map((s) => `d_${s}_${step}`).join(', ');
