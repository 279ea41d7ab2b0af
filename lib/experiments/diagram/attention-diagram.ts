// What does attention add? Bahdanau, Cho & Bengio 2015: one step of a decoder that looks at every state of the encoder.

import type { Cell } from '../../cells/catalogue.ts';
import { flag, switched } from '../../options/option.ts';
import type { DiagramFigure } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { abridged, arrowsBetween, cellDrawn, diagramSteps, NetDrawing } from './net-drawing.ts';

/** At most this many steps are drawn. */
const drawn = 4;

export const attentionDiagram = calculation({
  name: 'diagram',
  question: 'What does attention add?',
  options: {
    /** For encoder and decoder alike. */
    cell: cellDrawn('gru', '--attention'),
    attention: switched('attention', flag('Drawing', 'a decoder step that looks at every encoder state')),
    /** S, how many words are read. */
    steps: diagramSteps(3),
  },
  answer({ cell, steps }) {
    const figure = drawing(cell, steps);
    const read = figure.nodes.filter(({ id }) => id.startsWith('x '));
    const ways = read.map(({ id }) => arrowsBetween(figure, id, 'out'));
    return {
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
        steps > drawn && `${steps} words; the ellipsis stands for those in between.`,
      ],
      next: { says: 'The same without attention', command: 'unroll diagram --seq2seq' },
    };
  },
});

const lookedAt = ({ edges }: DiagramFigure): number =>
  edges.filter(({ from, to }) => to === 'attention' && from.startsWith('enc ') && from !== 'enc more').length;

function drawing({ program, name }: Cell, steps: number): DiagramFigure {
  const columns = abridged(steps, drawn, 2);
  const middle = 1 + Math.floor((columns.length - 1) / 2);
  const drawing = new NetDrawing();
  drawing.node('out', 'y', 0, middle);
  drawing.node('s', 's', 0, middle + 1);
  drawing.node('s_prev', 's_prev', 1, middle - 1);
  drawing.node('dec', 'dec', 1, middle, 'cell');
  drawing.node('y_prev', 'y_prev', 1, middle + 1);
  drawing.node('attention', 'attention', 2, middle, 'cell');
  drawing.edge('s_prev', 'attention');
  drawing.edge('s_prev', 'dec');
  drawing.edge('attention', 'dec', { says: 'c' });
  drawing.edge('y_prev', 'dec');
  drawing.edge('dec', 'out');
  drawing.edge('dec', 's');
  let before: string | undefined;
  for (const [i, step] of columns.entries()) {
    const id = `enc ${step}`;
    drawing.copy(id, step, 'enc', 3, i + 1);
    if (before !== undefined) drawing.edge(before, id);
    before = id;
    if (step === 'more') continue;
    drawing.edge(id, 'attention', { says: `${program.output}_${step}` });
    drawing.node(`x ${step}`, `x_${step}`, 4, i + 1);
    drawing.edge(`x ${step}`, id);
  }
  return {
    kind: 'diagram',
    title: `One step of the decoder (dec), and all of the encoder (enc), ${name}`,
    settings: `S ${steps}`,
    nodes: drawing.nodes,
    edges: drawing.edges,
  };
}
