// What does a sequence-to-sequence net look like? Sutskever, Vinyals & Le 2014; Cho et al. 2014: one cell reads, another writes, and all
// that passes between them is the last state.

import type { Cell } from '../../cells/catalogue.ts';
import { counted } from '../../numbers/counted.ts';
import { flag, switched } from '../../options/option.ts';
import type { DiagramFigure } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { abridged, arrowsBetween, cellDrawn, diagramSteps, NetDrawing } from './net-drawing.ts';

/** At most this many steps of each are drawn. */
const drawn = 4;

export const seq2seqDiagram = calculation({
  name: 'diagram',
  question: 'What does a sequence-to-sequence net look like?',
  options: {
    /** For encoder and decoder alike. */
    cell: cellDrawn('gru', '--seq2seq'),
    seq2seq: switched('seq2seq', flag('Drawing', 'an encoder that reads and a decoder that writes')),
    /** How many words are read, and how many are written. */
    steps: diagramSteps(3),
  },
  answer({ cell, steps }) {
    const figure = drawing(cell, steps);
    const arrows = arrowsBetween(figure, 'x 1', 'y 1');
    return {
      figures: [figure],
      claims: [
        steps <= drawn &&
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
        steps > drawn && `${steps} steps each; an ellipsis stands for those in between.`,
      ],
      next: { says: 'A decoder that may look at every step of the source', command: 'unroll diagram --attention' },
    };
  },
});

function drawing({ program, name }: Cell, steps: number): DiagramFigure {
  const drawing = new NetDrawing();
  const columns = abridged(steps, drawn, 2);
  const states = (of: number | string) => program.states.map((s) => `${s}_${of}`).join(', ');
  drawing.node('start', states(0), 1, 0);
  let before = 'start';
  let carried: string | undefined;
  for (const [i, part] of (['enc', 'dec'] as const).entries())
    for (const [j, step] of columns.entries()) {
      const [id, column] = [`${part} ${step}`, 1 + i * columns.length + j];
      drawing.copy(id, step, part, 1, column);
      drawing.edge(before, id, { says: step === 'more' ? undefined : carried });
      before = id;
      carried = step === 'more' ? undefined : states(part === 'enc' ? step : steps + step);
      if (step === 'more') continue;
      const read = part === 'enc' ? `x ${step}` : `fed ${step}`;
      drawing.node(read, part === 'enc' ? `x_${step}` : step === 1 ? 'start' : `y_${step - 1}`, 2, column);
      drawing.edge(read, id);
      if (part === 'enc') continue;
      drawing.node(`y ${step}`, `out_${step}`, 0, column);
      drawing.edge(id, `y ${step}`);
      const written = columns[j - 1];
      if (typeof written === 'number') drawing.edge(`y ${written}`, read, { style: 'back' });
    }
  return {
    kind: 'diagram',
    title: `Encoder (enc) and decoder (dec), ${name}, one copy a step`,
    settings: `S ${steps} · T ${steps}`,
    nodes: drawing.nodes,
    edges: drawing.edges,
  };
}
