// What a reader of `bidirectional` must know beside the numbers, and what to try next.

import { random } from '../numbers/random.ts';
import type { Result } from '../render/result.ts';
import majority from '../tasks/majority.ts';
import type { Task } from '../tasks/task.ts';
import type { BidirectionalOptions, Known } from './bidirectional.ts';
import type { Ceiling } from './causal-ceiling.ts';

export function bidirectionalNotes({ counts, ceiling }: Known, { task, steps }: BidirectionalOptions): string[] {
  const { layers } = counts.deep;
  return [
    `${task.name}: ${task.says}.${without(task, ceiling)}`,
    ...(isAskedOnlyAtTheEnd(task, steps)
      ? ['The loss reads the last step only, where the cell that reads from the end has read one input.']
      : []),
    `Two cells read the sequence, one from each end, and the head reads both (Schuster & Paliwal 1997). It doubles the layer and the head's input, not the net: a second layer reads both halves, so its input matrices double twice${layers.one > 0 ? `, and 2 layers have ${(layers.both / layers.one).toFixed(2)} times the parameters` : ''}.`,
    'It cannot stream: the first answer waits for the last input. For a text that is there as a whole that costs nothing; live speech has to be cut into pieces. And it is no language model: asked for the next word, it has already read it.',
  ];
}

function without(task: Task, ceiling: Ceiling | undefined): string {
  if (task === majority)
    return ' The first and the last step are not asked. Two equal bits settle it; two different ones leave a coin, which the next bit decides.';
  if (ceiling === undefined) return '';
  if (ceiling.accuracy === 1)
    return ' All of it can be known without the future: a second direction has nothing to add.';
  return ` Without the future at most ${Math.round(1000 * ceiling.accuracy) / 10} % can be right.`;
}

/** Seen in the data: no weight before the last step. */
function isAskedOnlyAtTheEnd(task: Task, steps: number): boolean {
  return task
    .batch(random(1), 1, steps)
    .weights.subarray(0, steps - 1)
    .every((weight) => weight === 0);
}

export function bidirectionalNext({ task, cell }: BidirectionalOptions): NonNullable<Result['next']> {
  if (task !== majority) return { says: 'Where the future is half of the answer', command: 'unroll bidirectional' };
  if (cell.name === 'rnn') return { says: 'Gates do not know the future either', command: 'unroll bidirectional lstm' };
  return { says: 'See how the two are wired', command: 'unroll diagram --bidirectional' };
}
