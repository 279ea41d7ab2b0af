// What does unrolling look like? One copy of the cell a step, with the arrows that carry its states.

import { type Cell, typedOr } from '../../cells/catalogue.ts';
import type { EngineName } from '../../options/engine.ts';
import type { DiagramEdge, DiagramNode, Result } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { nonFiniteNotes } from '../non-finite.ts';
import { tiedAgainstUntied } from './unshared-weights.ts';

export interface UnrolledOptions {
  readonly cell: Cell;
  readonly steps: number;
  readonly bidirectional: boolean;
  readonly teacherForcing: boolean;
  readonly seed: number;
  readonly engine: EngineName;
}

/** At most this many copies are drawn; an ellipsis stands for the rest. */
export const stepsDrawn = 6;

export const standsFor = (steps: number): string =>
  `the ellipsis stands for ${steps === stepsDrawn + 1 ? `step ${stepsDrawn}` : `steps ${stepsDrawn} to ${steps - 1}`}`;

export async function unrolled(options: UnrolledOptions): Promise<Result> {
  const { cell, steps, bidirectional, teacherForcing } = options;
  const { nodes, edges } = bidirectional ? bothDirections(options) : oneDirection(options);
  const notes = [
    bidirectional
      ? 'Within a layer all copies are one cell: they share every parameter.'
      : 'All copies are one cell: they share every parameter. The unrolled net is a net of T layers with shared weights.',
  ];
  if (steps > stepsDrawn) notes.push(`${steps} steps; ${standsFor(steps)}.`);
  if (bidirectional)
    notes.push(
      `A second layer with weights of its own reads the sequence from its end. The output of step t joins →${cell.program.output}_t and ←${cell.program.output}_t, so it is twice as wide, and no output is known before the last input: no streaming.`,
    );
  if (teacherForcing)
    notes.push(
      'In training the target y of the step before is the input, whatever the net put out; running freely, the dashed arrow carries its own output there instead.',
    );
  const copies = Math.min(steps, stepsDrawn);
  const { difference, nonFinite } = await tiedAgainstUntied(cell, copies, options.seed, options.engine);
  notes.unshift(...nonFiniteNotes(cell.name, [nonFinite], options.seed));
  return {
    unroll: 1,
    experiment: 'diagram',
    question: 'What does unrolling look like?',
    options: { cell: cell.name, steps, bidirectional, teacherForcing, engine: options.engine },
    seed: options.seed,
    figures: [
      {
        kind: 'diagram',
        title: `${cell.name}, one copy a step${bidirectional ? ', in both directions' : ''}`,
        settings: `T ${steps}`,
        nodes,
        edges,
      },
    ],
    claims: [
      claim(
        'gradient-is-the-sum',
        `the gradient of the shared weights is the sum over copies with weights of their own (checked on ${copies}): largest difference`,
        difference,
        '<',
        1e-12,
      ),
    ],
    notes,
    next: {
      says: 'Look inside one of the boxes',
      command: `unroll diagram ${typedOr(cell, 'lstm')} --inside`,
    },
  };
}

/** The steps that are drawn: all of them up to `most`, or the first ones, an ellipsis and the last. */
export function abridged(steps: number, most = stepsDrawn, first = most - 1): (number | 'more')[] {
  const all = Array.from({ length: steps }, (_, i) => i + 1);
  return steps <= most ? all : [...all.slice(0, first), 'more', steps];
}

interface Drawing {
  readonly nodes: DiagramNode[];
  readonly edges: DiagramEdge[];
}

/** A row of cells with its states running from left to right, or back. */
function row(
  { nodes, edges }: Drawing,
  cell: Cell,
  steps: number,
  at: {
    readonly row: number;
    readonly suffix: string;
    readonly backward: boolean;
    readonly offset: number;
    /** Before the name of a state, where there are two of that name. */
    readonly arrow?: '→' | '←';
  },
): void {
  const columns = abridged(steps);
  const { states } = cell.program;
  const named = (step: number): string => states.map((s) => `${at.arrow ?? ''}${s}_${step}`).join(', ');
  const id = (step: number | 'more') => `${cellId(step)}${at.suffix}`;
  for (const [i, step] of columns.entries())
    nodes.push({
      id: id(step),
      label: step === 'more' ? '…' : cell.name === 'equation' ? 'cell' : cell.name,
      row: at.row,
      column: at.offset + i,
      shape: step === 'more' ? 'more' : 'cell',
    });
  if (states.length === 0) return;
  const order = at.backward ? [...columns].reverse() : columns;
  const first = at.backward ? steps + 1 : 0;
  const startId = `start${at.suffix}`;
  nodes.push({
    id: startId,
    label: named(first),
    row: at.row,
    column: at.backward ? at.offset + columns.length : at.offset - 1,
    shape: 'value',
  });
  const chain = [startId, ...order.map(id)];
  for (let i = 1; i < chain.length; i++) {
    const from = order[i - 2];
    const says = i === 1 || from === 'more' || order[i - 1] === 'more' ? undefined : named(from!);
    edges.push({ from: chain[i - 1]!, to: chain[i]!, ...(says === undefined ? {} : { says }) });
  }
}

/** One row of cells with its states, in row 1; column 0 is the state before the first step. */
export function unrolledRow(cell: Cell, steps: number): Drawing & { readonly columns: readonly (number | 'more')[] } {
  const drawing: Drawing = { nodes: [], edges: [] };
  row(drawing, cell, steps, { row: 1, suffix: '', backward: false, offset: 1 });
  return { ...drawing, columns: abridged(steps) };
}

export const cellId = (step: number | 'more'): string => `cell ${step}`;

function oneDirection({ cell, steps, teacherForcing }: UnrolledOptions): Drawing {
  const { columns, ...drawing } = unrolledRow(cell, steps);
  for (const [i, step] of columns.entries()) {
    if (step === 'more') continue;
    drawing.nodes.push({
      id: `out ${step}`,
      label: teacherForcing ? `out_${step}` : `${cell.program.output}_${step}`,
      row: 0,
      column: i + 1,
      shape: 'value',
    });
    drawing.edges.push({ from: `cell ${step}`, to: `out ${step}` });
    if (!cell.program.readsInput && !teacherForcing) continue;
    const label = teacherForcing ? (step === 1 ? 'start' : `y_${step - 1}`) : `x_${step}`;
    drawing.nodes.push({ id: `in ${step}`, label, row: 2, column: i + 1, shape: 'value' });
    drawing.edges.push({
      from: `in ${step}`,
      to: `cell ${step}`,
    });
    const before = columns[i - 1];
    if (teacherForcing && typeof before === 'number')
      drawing.edges.push({ from: `out ${before}`, to: `in ${step}`, style: 'back' });
  }
  return drawing;
}

/** The inputs stand in the middle: one layer reads them from above, the other from below, and no arrow crosses another. */
function bothDirections({ cell, steps }: UnrolledOptions): Drawing {
  const drawing: Drawing = { nodes: [], edges: [] };
  const { output } = cell.program;
  row(drawing, cell, steps, { row: 1, suffix: ' forward', backward: false, offset: 1, arrow: '→' });
  row(drawing, cell, steps, { row: 3, suffix: ' backward', backward: true, offset: 1, arrow: '←' });
  for (const [i, step] of abridged(steps).entries()) {
    if (step === 'more') continue;
    drawing.nodes.push({ id: `in ${step}`, label: `x_${step}`, row: 2, column: i + 1, shape: 'value' });
    for (const [suffix, arrow, at] of [
      [' forward', '→', 0],
      [' backward', '←', 4],
    ] as const) {
      drawing.nodes.push({
        id: `out ${step}${suffix}`,
        label: `${arrow}${output}_${step}`,
        row: at,
        column: i + 1,
        shape: 'value',
      });
      drawing.edges.push({ from: `in ${step}`, to: `cell ${step}${suffix}` });
      drawing.edges.push({ from: `cell ${step}${suffix}`, to: `out ${step}${suffix}` });
    }
  }
  return drawing;
}
