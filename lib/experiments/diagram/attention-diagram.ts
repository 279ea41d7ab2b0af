// What does attention add? Bahdanau, Cho & Bengio 2015: one step of a decoder that looks at every state of the encoder.

import type { Cell } from '../../cells/catalogue.ts';
import type { DiagramEdge, DiagramFigure, DiagramNode, Result } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { arrowsBetween } from './drawing.ts';
import { abridged } from './diagram.ts';

export interface AttentionDiagramOptions {
  /** With states; for encoder and decoder alike. */
  readonly cell: Cell;
  /** S, how many words are read. */
  readonly steps: number;
}

/** At most this many steps are drawn. */
const drawn = 4;

export function attentionDiagram({ cell, steps }: AttentionDiagramOptions): Result {
  const figure = drawing(cell, steps);
  const read = figure.nodes.filter(({ id }) => id.startsWith('x '));
  const ways = read.map(({ id }) => arrowsBetween(figure, id, 'out'));
  return {
    unroll: 1,
    experiment: 'diagram',
    question: 'What does attention add?',
    options: { cell: cell.name, attention: true, steps },
    seed: 0,
    figures: [
      figure,
      {
        kind: 'text',
        title: 'The box in the middle, for every j from 1 to S',
        language: 'plain',
        lines: [
          'e_j = v · tanh(W s_prev + U h_j): how well word j answers what the decoder asks.',
          'α_j = exp(e_j) / Σ exp(e_i): a share for every word; they sum to 1.',
          'c = Σ α_j h_j: the context, which the decoder reads.',
        ],
      },
    ],
    claims: [
      claim(
        'way-stays',
        'every word that is drawn is four arrows away from the output: the most that were counted',
        Math.max(...ways),
        '=',
        4,
      ),
      claim(
        'all-are-seen',
        'the decoder step reads every state of the encoder that is drawn: states counted',
        lookedAt(figure),
        '=',
        read.length,
      ),
    ],
    notes: [
      `One step of the decoder (${cell.name}). Every word of the source is as near to it as every other: without attention the first lies behind all steps of the encoder. The price: for T words written, S · T scores, and all S states are kept.`,
      'Additive attention: Bahdanau, Cho & Bengio 2015, where the encoder reads in both directions.',
      ...(steps > drawn ? [`${steps} words; the ellipsis stands for those in between.`] : []),
    ],
    next: { says: 'The same without attention', command: 'unroll diagram --seq2seq' },
  };
}

const lookedAt = ({ edges }: DiagramFigure): number =>
  edges.filter(({ from, to }) => to === 'attention' && from.startsWith('enc ') && from !== 'enc more').length;

function drawing({ program, name }: Cell, steps: number): DiagramFigure {
  const columns = abridged(steps, drawn, 2);
  const middle = 1 + Math.floor((columns.length - 1) / 2);
  const nodes: DiagramNode[] = [
    { id: 'out', label: 'y', row: 0, column: middle, shape: 'value' },
    { id: 's', label: 's', row: 0, column: middle + 1, shape: 'value' },
    { id: 's_prev', label: 's_prev', row: 1, column: middle - 1, shape: 'value' },
    { id: 'dec', label: 'dec', row: 1, column: middle, shape: 'cell' },
    { id: 'y_prev', label: 'y_prev', row: 1, column: middle + 1, shape: 'value' },
    { id: 'attention', label: 'attention', row: 2, column: middle, shape: 'cell' },
  ];
  const edges: DiagramEdge[] = [
    { from: 's_prev', to: 'attention' },
    { from: 's_prev', to: 'dec' },
    { from: 'attention', to: 'dec', says: 'c' },
    { from: 'y_prev', to: 'dec' },
    { from: 'dec', to: 'out' },
    { from: 'dec', to: 's' },
  ];
  let before: string | undefined;
  for (const [i, step] of columns.entries()) {
    const id = `enc ${step}`;
    nodes.push({
      id,
      label: step === 'more' ? '…' : 'enc',
      row: 3,
      column: i + 1,
      shape: step === 'more' ? 'more' : 'cell',
    });
    if (before !== undefined) edges.push({ from: before, to: id });
    before = id;
    if (step === 'more') continue;
    edges.push({ from: id, to: 'attention', says: `${program.output}_${step}` });
    nodes.push({ id: `x ${step}`, label: `x_${step}`, row: 4, column: i + 1, shape: 'value' });
    edges.push({ from: `x ${step}`, to: id });
  }
  return {
    kind: 'diagram',
    title: `One step of the decoder (dec), and all of the encoder (enc), ${name}`,
    settings: `S ${steps}`,
    nodes,
    edges,
  };
}
