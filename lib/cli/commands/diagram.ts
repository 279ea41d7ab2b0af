// unroll diagram

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { attentionDiagram } from '../../experiments/diagram/attention-diagram.ts';
import { inside } from '../../experiments/diagram/step-dataflow.ts';
import { seq2seqDiagram } from '../../experiments/diagram/seq2seq-diagram.ts';
import { truncatedDiagram } from '../../experiments/diagram/truncated-diagram.ts';
import { unrolled } from '../../experiments/diagram/diagram.ts';
import { cellWords, checkedCell, refuseMemory } from '../../options/cell-argument.ts';
import { flag, type Given, number } from '../../options/option.ts';
import { engineFrom, runOptions, seedFrom } from '../../options/runs.ts';
import { wholeNumber } from '../../options/typed.ts';
import type { Result } from '../../render/result.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';

const options = {
  steps: number('Drawing', 'T, how many copies', '4; of an encoder 3'),
  bidirectional: flag('Drawing', 'a second layer that reads backward'),
  'teacher-forcing': flag('Drawing', 'targets as inputs, and what free running feeds back'),
  seq2seq: flag('Drawing', 'an encoder that reads and a decoder that writes'),
  attention: flag('Drawing', 'a decoder step that looks at every encoder state'),
  truncated: number('Drawing', 'K: where the gradient is cut in windows of K steps'),
  inside: flag('Drawing', 'the data flow of one step, from the equations'),
  ...runOptions,
  ...outputOptions,
};

type DiagramArguments = Given<typeof options> & { readonly cell?: string };

export const diagramCommand: Command = {
  places: { cell: [cellWords, 'rnn; of an encoder gru'] },
  options,
  examples: [
    ['unroll diagram rnn --steps 4', 'one copy of the cell a step'],
    ['unroll diagram lstm --inside', 'what reads what inside an LSTM'],
    ['unroll diagram --truncated 2', 'where truncated backpropagation cuts'],
    ['unroll diagram --attention', 'a decoder that looks at every encoder state'],
  ],
  result: (typed) => resultOf(typed as DiagramArguments),
};

/** Each draws a picture of its own; without any of them it is the unrolled net. */
const pictures = ['inside', 'seq2seq', 'attention', 'truncated', 'bidirectional', 'teacherForcing'] as const;

async function resultOf(args: DiagramArguments): Promise<Result> {
  const [picture, other] = pictures.filter((name) => args[name] !== undefined && args[name] !== false);
  if (picture !== undefined && other !== undefined) throw together(picture, other);
  const cell = checkedCell(
    args.cell ?? (picture === 'seq2seq' || picture === 'attention' ? 'gru' : 'rnn'),
    environment,
  );
  if (picture === 'inside') return inside(cell);
  const steps = wholeNumber('--steps', args.steps, 1, 100_000, 'a drawing of more says no more');
  if (picture === 'seq2seq') return seq2seqDiagram({ cell: withState(cell, '--seq2seq'), steps: steps ?? 3 });
  if (picture === 'attention') return attentionDiagram({ cell: withState(cell, '--attention'), steps: steps ?? 3 });
  const common = { cell, steps: steps ?? 4, seed: seedFrom(args, environment), engine: engineFrom(args, 'fast') };
  const window = wholeNumber('--truncated', args.truncated, 1, 100_000, 'a drawing of more says no more');
  if (window !== undefined) return truncatedDiagram({ ...common, cell: withState(cell, '--truncated'), window });
  return unrolled({
    ...common,
    bidirectional: args.bidirectional === true,
    teacherForcing: args.teacherForcing === true,
  });
}

function withState(cell: Cell, option: string): Cell {
  refuseMemory(cell);
  if (cell.program.states.length > 0) return cell;
  throw new InputError(option, `${cell.name} has no state, so nothing goes from step to step.`, {
    expected: 'a cell that reads a value of the step before, such as `h_prev`',
    got: cell.name,
    fix: 'choose another:  unroll cell list',
  });
}

function together(...keys: readonly [string, string]): InputError {
  const [a, b] = keys.map((key) => `--${key === 'teacherForcing' ? 'teacher-forcing' : key}`) as [string, string];
  return new InputError(a, `${a} and ${b} do not go together.`, {
    expected: 'one of them',
    got: 'both',
    fix: `take ${a} or ${b} out`,
  });
}
