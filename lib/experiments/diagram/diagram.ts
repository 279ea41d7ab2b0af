// What does unrolling look like? One copy of the cell a step, with the arrows that carry its states. The other diagrams are asked instead.

import type { Cell } from '../../cells/catalogue.ts';
import { flag, switched } from '../../options/option.ts';
import { engine, seed } from '../../options/runs.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { nonFiniteNotes } from '../non-finite.ts';
import { attentionDiagram } from './attention-diagram.ts';
import {
  abridged,
  cellDrawn,
  diagramSteps,
  drawRow,
  NetDrawing,
  standsFor,
  stepsDrawn,
  unrolledRow,
} from './net-drawing.ts';
import { seq2seqDiagram } from './seq2seq-diagram.ts';
import { stepDataflow } from './step-dataflow.ts';
import { truncatedDiagram } from './truncated-diagram.ts';
import { sharedAgainstUnshared } from './unshared-weights.ts';

export const diagram = calculation({
  name: 'diagram',
  describe: 'drawn: the unrolled net, one step inside, encoder and decoder',
  order: 150,
  question: 'What does unrolling look like?',
  examples: [
    ['unroll diagram rnn --steps 4', 'one copy of the cell a step'],
    ['unroll diagram lstm --inside', 'what reads what inside an LSTM'],
    ['unroll diagram --truncated 2', 'where truncated backpropagation cuts'],
    ['unroll diagram --attention', 'a decoder that looks at every encoder state'],
  ],
  options: {
    cell: cellDrawn('rnn'),
    steps: diagramSteps(4),
    bidirectional: switched('bidirectional', flag('Drawing', 'a second layer that reads backward')),
    teacherForcing: switched('teacher-forcing', flag('Drawing', 'targets as inputs, and what free running feeds back')),
    seed,
    engine,
  },
  instead: {
    seq2seq: seq2seqDiagram,
    attention: attentionDiagram,
    truncated: truncatedDiagram,
    inside: stepDataflow,
  },
  async answer({ cell, steps, bidirectional, teacherForcing, seed, engine }) {
    const { nodes, edges } = bidirectional ? bothDirections(cell, steps) : oneDirection(cell, steps, teacherForcing);
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
    const { difference, nonFinite } = await sharedAgainstUnshared(cell, copies, seed, engine);
    notes.unshift(...nonFiniteNotes(cell.name, [nonFinite], seed));
    return {
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
        command: `unroll diagram ${cell.typed ?? 'lstm'} --inside`,
      },
    };
  },
});

export default diagram;

function oneDirection(cell: Cell, steps: number, teacherForcing: boolean): NetDrawing {
  const drawing = unrolledRow(cell, steps);
  const columns = abridged(steps);
  for (const [i, step] of columns.entries()) {
    if (step === 'more') continue;
    drawing.node(`out ${step}`, teacherForcing ? `out_${step}` : `${cell.program.output}_${step}`, 0, i + 1);
    drawing.edge(`cell ${step}`, `out ${step}`);
    if (!cell.program.readsInput && !teacherForcing) continue;
    const label = teacherForcing ? (step === 1 ? 'start' : `y_${step - 1}`) : `x_${step}`;
    drawing.node(`in ${step}`, label, 2, i + 1);
    drawing.edge(`in ${step}`, `cell ${step}`);
    const before = columns[i - 1];
    if (teacherForcing && typeof before === 'number') drawing.edge(`out ${before}`, `in ${step}`, { style: 'back' });
  }
  return drawing;
}

/** The inputs stand in the middle: one layer reads them from above, the other from below, and no arrow crosses another. */
function bothDirections(cell: Cell, steps: number): NetDrawing {
  const drawing = new NetDrawing();
  drawRow(drawing, cell, steps, { row: 1, suffix: ' forward', backward: false, arrow: '→' });
  drawRow(drawing, cell, steps, { row: 3, suffix: ' backward', backward: true, arrow: '←' });
  for (const [i, step] of abridged(steps).entries()) {
    if (step === 'more') continue;
    drawing.node(`in ${step}`, `x_${step}`, 2, i + 1);
    for (const [suffix, arrow, row] of [
      [' forward', '→', 0],
      [' backward', '←', 4],
    ] as const) {
      drawing.node(`out ${step}${suffix}`, `${arrow}${cell.program.output}_${step}`, row, i + 1);
      drawing.edge(`in ${step}`, `cell ${step}${suffix}`);
      drawing.edge(`cell ${step}${suffix}`, `out ${step}${suffix}`);
    }
  }
  return drawing;
}
