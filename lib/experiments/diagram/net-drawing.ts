// What the diagrams share: the options that all of them take, copies of a cell in a row, and ways through a drawing.

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { cellWords, checkedCell, refuseMemory } from '../../options/cell-argument.ts';
import { type Arguments, type Group, numberOption, single } from '../../options/option.ts';
import { wholeNumber } from '../../options/typed.ts';
import type { DiagramEdge, DiagramFigure, DiagramNode } from '../../render/result.ts';

/** Each draws a picture of its own; without any of them it is the unrolled net. */
const pictures = {
  inside: '--inside',
  seq2seq: '--seq2seq',
  attention: '--attention',
  truncated: '--truncated',
  bidirectional: '--bidirectional',
  teacherForcing: '--teacher-forcing',
};

function checkOnePicture(args: Arguments): void {
  const given = Object.entries(pictures).filter(([name]) => args[name] !== undefined && args[name] !== false);
  const [a, b] = given.map(([, option]) => option);
  if (a === undefined || b === undefined) return;
  throw new InputError(a, `${a} and ${b} do not go together.`, {
    expected: 'one of them',
    got: 'both',
    fix: `take ${a} or ${b} out`,
  });
}

/** The cell to draw. `stateFor`: the option that needs one with a state. */
export const cellDrawn = (otherwise: string, stateFor?: string): Group<Cell> => ({
  places: { cell: [cellWords, 'rnn; of an encoder gru'] },
  read(args, _, environment) {
    checkOnePicture(args);
    const cell = checkedCell((args.cell as string | undefined) ?? otherwise, environment);
    if (stateFor === undefined) return cell;
    refuseMemory(cell);
    if (cell.program.states.length > 0) return cell;
    throw new InputError(stateFor, `${cell.name} has no state, so nothing goes from step to step.`, {
      expected: 'a cell that reads a value of the step before, such as `h_prev`',
      got: cell.name,
      fix: 'choose another:  unroll cell list',
    });
  },
  json: ({ name }) => ({ cell: name }),
});

/** T, or how many words are read and written. */
export const diagramSteps = (otherwise: number): Group<number> =>
  single(
    'steps',
    numberOption('Drawing', 'T, how many copies', '4; of an encoder 3'),
    (typed) => wholeNumber('--steps', typed, 1, 100_000, tooMany) ?? otherwise,
  );

export const tooMany = 'a drawing of more says no more';

/** At most this many copies are drawn; an ellipsis stands for the rest. */
export const stepsDrawn = 6;

export const standsFor = (steps: number): string =>
  `the ellipsis stands for ${steps === stepsDrawn + 1 ? `step ${stepsDrawn}` : `steps ${stepsDrawn} to ${steps - 1}`}`;

/** The steps that are drawn: all of them up to `most`, or the first ones, an ellipsis and the last. */
export function abridged(steps: number, most = stepsDrawn, first = most - 1): (number | 'more')[] {
  const all = Array.from({ length: steps }, (_, i) => i + 1);
  return steps <= most ? all : [...all.slice(0, first), 'more', steps];
}

/** Nodes and edges as they are drawn one by one; a node is a value where no shape is named. */
export class NetDrawing {
  readonly nodes: DiagramNode[] = [];
  readonly edges: DiagramEdge[] = [];

  node(id: string, label: string, row: number, column: number, shape: DiagramNode['shape'] = 'value'): void {
    this.nodes.push({ id, label, row, column, shape });
  }

  /** One copy of a cell, or the ellipsis. */
  copy(id: string, step: number | 'more', name: string, row: number, column: number): void {
    if (step === 'more') this.node(id, '…', row, column, 'more');
    else this.node(id, name, row, column, 'cell');
  }

  edge(
    from: string,
    to: string,
    { says, style }: { says?: string | undefined; style?: DiagramEdge['style'] } = {},
  ): void {
    this.edges.push({ from, to, ...(style && { style }), ...(says !== undefined && { says }) });
  }
}

/** A row of cells with its states running from left to right, or back. */
export function drawRow(
  drawing: NetDrawing,
  cell: Cell,
  steps: number,
  at: {
    readonly row: number;
    readonly suffix: string;
    readonly backward: boolean;
    /** Before the name of a state, where there are two of that name. */
    readonly arrow?: '→' | '←';
  },
): void {
  const columns = abridged(steps);
  const { states } = cell.program;
  const named = (step: number): string => states.map((s) => `${at.arrow ?? ''}${s}_${step}`).join(', ');
  const id = (step: number | 'more') => `${cellId(step)}${at.suffix}`;
  const name = cell.name === 'equation' ? 'cell' : cell.name;
  for (const [i, step] of columns.entries()) drawing.copy(id(step), step, name, at.row, i + 1);
  if (states.length === 0) return;
  const order = at.backward ? [...columns].reverse() : columns;
  const start = `start${at.suffix}`;
  drawing.node(start, named(at.backward ? steps + 1 : 0), at.row, at.backward ? columns.length + 1 : 0);
  const chain = [start, ...order.map(id)];
  for (let i = 1; i < chain.length; i++) {
    const from = order[i - 2];
    const says = i === 1 || from === 'more' || order[i - 1] === 'more' ? undefined : named(from!);
    drawing.edge(chain[i - 1]!, chain[i]!, { says });
  }
}

/** One row of cells with its states, in row 1; column 0 is the state before the first step. */
export function unrolledRow(cell: Cell, steps: number): NetDrawing {
  const drawing = new NetDrawing();
  drawRow(drawing, cell, steps, { row: 1, suffix: '', backward: false });
  return drawing;
}

export const cellId = (step: number | 'more'): string => `cell ${step}`;

/** The fewest arrows from one node to another, along plain edges: the way that information goes; Infinity where there is none. */
export function arrowsBetween({ edges }: DiagramFigure, from: string, to: string): number {
  let reached = new Set([from]);
  for (let arrows = 0; ; arrows++) {
    if (reached.has(to)) return arrows;
    const next = new Set(reached);
    for (const edge of edges) if ((edge.style ?? 'plain') === 'plain' && reached.has(edge.from)) next.add(edge.to);
    if (next.size === reached.size) return Number.POSITIVE_INFINITY;
    reached = next;
  }
}
