// The options that say how long a model is trained, and on how much: --steps, --batch, --updates, --rate.

import type { Cell } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { random } from '../numbers/random.ts';
import { numeral } from '../render/numerals.ts';
import type { Task, Usual } from '../tasks/task.ts';
import { withInput } from './given-task.ts';
import type { StartOptions } from './initialisation.ts';
import { type Group, numberOption, type Option, single } from './option.ts';
import { mostSteps } from './sequence-options.ts';
import { realNumber, type Typed, wholeNumber } from './typed.ts';

type Lengths = Pick<Usual, 'steps' | 'batch' | 'updates' | 'rate'>;
interface OfTask {
  readonly task: Task;
}

/** `usual`: what holds where it is not said. Sequences that the task or its data do not have are refused. */
export const trainingLengths = (usual: (task: Task) => Lengths = (task) => task.usual) => ({
  steps: length('steps', numberOption('Data', 'T, how many steps a sequence has', 'by task'), (typed, { task }) => {
    const { heldOut } = task;
    const steps =
      wholeNumber('--steps', typed, task.shortest, mostSteps, 'every value of every step is kept') ??
      Math.min(usual(task).steps, heldOut?.usual.steps ?? Number.POSITIVE_INFINITY);
    // Drawn once, so that a sequence that the data cannot fill is refused before anything is built.
    withInput(
      '--steps',
      () => [task, heldOut ?? task].map((source) => source.batch(random(1), 1, steps)),
      `a smaller --steps, or more data`,
    );
    return steps;
  }),
  batch: length(
    'batch',
    numberOption('Data', 'B, sequences in an update', 'by task'),
    (typed, { task }) =>
      wholeNumber('--batch', typed, 1, 4096, 'a mean over more is hardly another') ?? usual(task).batch,
  ),
  updates: length(
    'updates',
    numberOption('Training', 'how often the parameters move', 'by task'),
    (typed, { task }) => {
      const most = 'more would take hours; train again with --load';
      return wholeNumber('--updates', typed, 1, 1_000_000, most) ?? usual(task).updates;
    },
  ),
  rate: length('rate', numberOption('Training', 'the learning rate', 'by task'), (typed, { task }) => {
    const rate = realNumber('--rate', typed, 0, 1000) ?? usual(task).rate;
    if (rate !== 0) return rate;
    throw new InputError('--rate', 'At a rate of 0 nothing moves.', {
      expected: 'a number above 0',
      got: '0',
      fix: 'write, for instance, --rate 0.01',
    });
  }),
});

/** Read before cells. */
const length = (name: string, option: Option, read: (typed: Typed, of: OfTask) => number): Group<number, OfTask> => ({
  ...single(name, option, read),
  first: true,
});

/** --updates of the experiments that train with Adam at a rate of their own. `description`: what --help says holds without it. */
export const adamUpdates = <Earlier>(otherwise: (earlier: Earlier) => number, description: string) =>
  single(
    'updates',
    numberOption('Run', 'updates of Adam', description),
    (typed, earlier: Earlier) => wholeNumber('--updates', typed, 1, 100_000, 'more takes hours') ?? otherwise(earlier),
  );

/** What the values of a run are counted from. */
interface Sizes extends OfTask, Pick<Lengths, 'steps' | 'batch'> {
  readonly cells: readonly Cell[];
  readonly layers?: number;
  readonly directions?: 1 | 2;
  readonly start: StartOptions;
  readonly truncation?: { readonly window: number } | undefined;
}

const mostBytes = 2e9;

/** A rough count of what is kept: every value of every step, there and back. */
export function checkMemory({ cells, layers = 1, directions = 1, start, steps, batch, truncation, task }: Sizes): void {
  const equations = Math.max(...cells.map(({ program }) => program.equations.length));
  const perStep = layers * directions * start.hidden * (3 * equations + 4) + 3 * (task.inputs + task.outputs);
  const bytes = 8 * batch * ((truncation?.window ?? steps) * perStep + steps * (task.inputs + task.outputs));
  if (bytes <= mostBytes) return;
  throw new InputError(
    '--steps',
    `${steps} steps of ${batch} sequences keep about ${numeral(bytes / 1e9)} GB at H = ${start.hidden}.`,
    {
      expected: `at most ${mostBytes / 1e9} GB`,
      got: `T ${steps}, B ${batch}, H ${start.hidden}`,
      fix: 'a smaller --batch, or --truncate, whose memory does not grow with T',
    },
  );
}
