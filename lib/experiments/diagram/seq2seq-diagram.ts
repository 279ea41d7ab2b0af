// What does a sequence-to-sequence net look like? Sutskever, Vinyals & Le 2014; Cho et al. 2014: one cell reads, another writes, and all
// that passes between them is the last state.

import type { Cell } from '../../cells/catalogue.ts';
import { counted } from '../../numbers/counted.ts';
import type { DiagramEdge, DiagramFigure, DiagramNode, Result } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { arrowsBetween } from './drawing.ts';
import { abridged } from './diagram.ts';

export interface Seq2seqOptions {
  /** With states; for encoder and decoder alike. */
  readonly cell: Cell;
  /** How many words are read, and how many are written. */
  readonly steps: number;
}

/** At most this many steps of each are drawn. */
const drawn = 4;

export function seq2seqDiagram({ cell, steps }: Seq2seqOptions): Result {
  const figure = drawing(cell, steps);
  const arrows = arrowsBetween(figure, 'x 1', 'y 1');
  return {
    unroll: 1,
    experiment: 'diagram',
    question: 'What does a sequence-to-sequence net look like?',
    options: { cell: cell.name, seq2seq: true, steps },
    seed: 0,
    figures: [figure],
    claims:
      steps > drawn
        ? []
        : [
            claim(
              'way-grows',
              `the first word written is ${steps + 2} arrows away from the first one read: in, ${counted(steps - 1, 'arrow')} through the encoder, one into the decoder, out`,
              arrows,
              '=',
              steps + 2,
            ),
          ],
    notes: [
      `Encoder and decoder are two cells (${cell.name}) with weights of their own; each shares its weights over its steps. All that the decoder knows of the source is the last state of the encoder, however long the source is (Sutskever, Vinyals & Le 2014; Cho et al. 2014).`,
      'In training the decoder hears the target of the step before; running freely, the dashed arrow carries its own word there.',
      'Read backward, the source begins next to the target: the smallest lag falls to 1, the mean lag stays (Sutskever, Vinyals & Le 2014).',
      ...(steps > drawn ? [`${steps} steps each; an ellipsis stands for those in between.`] : []),
    ],
    next: { says: 'A decoder that may look at every step of the source', command: 'unroll diagram --attention' },
  };
}

function drawing({ program, name }: Cell, steps: number): DiagramFigure {
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  const columns = abridged(steps, drawn, 2);
  const states = (of: number | string) => program.states.map((s) => `${s}_${of}`).join(', ');
  nodes.push({ id: 'start', label: states(0), row: 1, column: 0, shape: 'value' });
  let before = 'start';
  let carried: string | undefined;
  const place = (id: string, label: string, row: number, column: number, shape: DiagramNode['shape']): void => {
    nodes.push({ id, label, row, column, shape });
  };
  for (const [i, part] of (['enc', 'dec'] as const).entries())
    for (const [j, step] of columns.entries()) {
      const [id, column] = [`${part} ${step}`, 1 + i * columns.length + j];
      place(id, step === 'more' ? '…' : part, 1, column, step === 'more' ? 'more' : 'cell');
      edges.push({ from: before, to: id, ...(carried === undefined || step === 'more' ? {} : { says: carried }) });
      before = id;
      carried = step === 'more' ? undefined : part === 'enc' ? states(step) : states(steps + step);
      if (step === 'more') continue;
      const read = part === 'enc' ? `x ${step}` : `fed ${step}`;
      place(read, part === 'enc' ? `x_${step}` : step === 1 ? 'start' : `y_${step - 1}`, 2, column, 'value');
      edges.push({ from: read, to: id });
      if (part === 'enc') continue;
      place(`y ${step}`, `out_${step}`, 0, column, 'value');
      edges.push({ from: id, to: `y ${step}` });
      const written = columns[j - 1];
      if (typeof written === 'number') edges.push({ from: `y ${written}`, to: read, style: 'back' });
    }
  return {
    kind: 'diagram',
    title: `Encoder (enc) and decoder (dec), ${name}, one copy a step`,
    settings: `S ${steps} · T ${steps}`,
    nodes,
    edges,
  };
}
