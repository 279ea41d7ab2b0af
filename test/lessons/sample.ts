// A small lesson with a block of every kind, and a run that answers at once.

import { claim } from '../../lib/experiments/kit/claim.ts';
import type { Lesson } from '../../lib/lessons/lesson.ts';
import { readLesson } from '../../lib/lessons/read-lesson.ts';
import type { Result } from '../../lib/render/result.ts';

export const sampleText = `---
title: A sample
tracks: [beginner, advanced]
minutes: 10
teaches: []
---

Before everything, *a few* words.

## First section

\`\`\`unroll fade figures=1 claims
gradients rnn --steps 4
\`\`\`

It fades to {{decay | 2}}, and {{cell("rnn", "steps") * 2}} is twice {{fade: cell("rnn", "steps")}}.

\`\`\`predict guess
question: How much?
run: gradients rnn --steps 4
number: claim("decay")
worthless: 1
because: It was {{decay}}.
\`\`\`

## Second section

\`\`\`quiz pick
question: Which?
choices:
  - {text: the first, right: true, because: Indeed.}
  - {text: the second, because: No; it is the other.}
\`\`\`

\`\`\`quiz count
question: How many?
number: 1 + 2
tolerance: 0.1
mistakes:
  - {value: '4', because: One too many.}
because: Three.
otherwise: Count again.
\`\`\`

\`\`\`cell own figures=1
h = tanh(W * h_prev + U * x)   # the state
---
run: states {cell} --steps 3
try: take out the tanh
\`\`\`

\`\`\`reveal why
Why so?
---
Because it is.
\`\`\`

\`\`\`exercise
rnn-step
Write it.
\`\`\`

The last words.
`;

export const sample = (text = sampleText): Promise<Lesson> =>
  readLesson(text, 'sample.md', { id: 'sample', number: 1 });

/** What every run of the sample finds. */
export const found: Result = {
  unroll: 1,
  experiment: 'sample',
  question: 'What is found?',
  options: { hidden: 16 },
  seed: 1,
  figures: [
    {
      kind: 'lines',
      title: 'A curve',
      x: { label: 't', values: [1, 2, 3, 4] },
      y: { label: 'y', scale: 'log' },
      series: [{ name: 'rnn', values: [1, 0.1, 0.01, null] }],
    },
    {
      kind: 'table',
      title: 'A table',
      columns: [
        { title: 'cell', align: 'left' },
        { title: 'steps', align: 'right' },
      ],
      rows: [
        ['rnn', 15],
        ['lstm', 22],
      ],
    },
  ],
  claims: [claim('decay', 'it decays', 0.7321, '<', 1)],
  notes: ['A note.'],
};

/** Runs of the sample, and what was run. */
export function runner(): {
  readonly commands: string[];
  readonly run: (command: string, cell?: string) => Promise<Result>;
} {
  const commands: string[] = [];
  return {
    commands,
    run: async (command, cell) => {
      commands.push(cell === undefined ? command : `${command} <- ${cell}`);
      return found;
    },
  };
}
