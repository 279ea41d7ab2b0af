// unroll attention

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { shapeOf } from '../../equations/program.ts';
import { type AttentionFound, type AttentionOptions, attention } from '../../experiments/attention.ts';
import type { Seeded } from '../../experiments/kit/seeds.ts';
import { attends, decoderOf, readingWays } from '../../experiments/ways-to-read.ts';
import { cellWords, learnerArgument } from '../../options/cell-argument.ts';
import { noSuchName } from '../../options/names.ts';
import { flag, type Given, number, text } from '../../options/option.ts';
import { runOptions, seedFrom, seedsFrom, seedsOption } from '../../options/runs.ts';
import { once, type Typed, wholeNumber, wholeNumberList } from '../../options/typed.ts';
import { pairTasks } from '../../tasks/catalogue.ts';
import type { Pair, PairTask } from '../../tasks/task.ts';
import type { Command } from '../command.ts';
import { outputOptions } from '../output.ts';
import { environment } from '../process-environment.ts';

/** Settings with which the difference is to be seen in seconds. */
interface Usual {
  readonly compare: string;
  readonly lengths: readonly number[];
  readonly updates: number;
  readonly seeds: number;
}

const usual: Readonly<Record<string, Usual>> = {
  copy: { compare: 'plain,reversed,additive', lengths: [2, 4, 6, 10], updates: 300, seeds: 1 },
  dates: { compare: 'plain,additive', lengths: [], updates: 600, seeds: 1 },
};
const otherTasks: Usual = { compare: 'plain,additive', lengths: [], updates: 300, seeds: 4 };
const usualSteps = 6;
const usualHidden = 16;
const longest = 50;

const options = {
  task: text('Input', `from one sequence to another: ${[...pairTasks.keys()].join(', ')}`, 'copy'),
  source: text('Input', 'a source of your own, to be drawn'),
  steps: number('Input', 'S, how many symbols a source has', String(usualSteps)),
  lengths: text('Input', 'train for each of these S too, and draw what is right', '2,4,6,10 for copy'),
  hidden: number('Cell', 'H of encoder and decoder', String(usualHidden)),
  bidirectional: flag('Cell', 'the encoder reads from both ends, with H/2 from each'),
  compare: text('Run', `ways to hand over, one or more: ${readingWays().join(',')}`, `${usual.copy!.compare} for copy`),
  updates: number('Run', 'updates of Adam', `${usual.copy!.updates} for copy`),
  seed: runOptions.seed,
  ...seedsOption(`${usual.copy!.seeds} for copy`),
  step: number('Output', 'draw the weights of this output as bars'),
  ...outputOptions,
};

type AttentionArguments = Given<typeof options> & { readonly cell?: string };

export const attentionCommand: Command = {
  places: { cell: [cellWords, 'gru'] },
  options,
  examples: [
    ['unroll attention', 'copying six symbols: one state for all, or a look back at each step'],
    ['unroll attention --task reversal', 'right answers, and weights that are no alignment'],
    ['unroll attention --task reversal --bidirectional', 'an encoder that has read what follows, too'],
    ['unroll attention --task dates --source "9 October 1986" --step 6', 'what one output looks at'],
    ['unroll attention --compare additive,dot', 'two scores side by side'],
  ],
  experiment: async (typed) => experimentOf(typed as AttentionArguments),
};

function experimentOf(args: AttentionArguments): Seeded<AttentionFound> {
  const task = taskFrom(args.task);
  const otherwise = usual[task.name] ?? otherTasks;
  const shown = sourceFrom(task, args.source);
  const steps = stepsFrom(task, shown, args.steps);
  const ways = waysFrom(args.compare ?? otherwise.compare);
  const cell = learnerArgument(args.cell ?? 'gru', environment);
  // A cell that cannot read a memory is refused before anything is trained.
  for (const way of ways) decoderOf(cell, way);
  const hidden = wholeNumber('--hidden', args.hidden, 1, 256, 'more takes long') ?? usualHidden;
  const bidirectional = args.bidirectional === true;
  if (bidirectional) checkHalves(cell, hidden);
  const output = wholeNumber(
    '--step',
    args.step,
    1,
    task.targetSteps(steps),
    `there are ${task.targetSteps(steps)} outputs`,
  );
  if (output !== undefined && !ways.some(attends))
    throw new InputError('--step', 'Without attention no output has weights.', {
      expected: 'a way with attention in --compare',
      got: ways.join(','),
      fix: 'add one, for instance --compare plain,additive',
    });
  return attention({
    task,
    cell,
    ways,
    hidden,
    ...(bidirectional ? { bidirectional } : {}),
    steps,
    lengths: lengthsFrom(task, steps, args.lengths) ?? withSteps(otherwise.lengths, steps),
    batch: 16,
    updates: wholeNumber('--updates', args.updates, 1, 100_000, 'more takes hours') ?? otherwise.updates,
    rate: 0.01,
    sequences: 256,
    ...(shown === undefined ? {} : { shown }),
    ...(output === undefined ? {} : { output }),
    seed: seedFrom(args, environment),
    seeds: seedsFrom(args, otherwise.seeds, environment),
  } satisfies AttentionOptions);
}

/** Two directions share what one has: H, and with it every state. */
function checkHalves(cell: Cell, hidden: number): void {
  if (hidden % 2 === 1)
    throw new InputError(
      '--hidden',
      `An encoder that reads from both ends has half of H for each, and ${hidden} is odd.`,
      {
        expected: 'an even number',
        got: String(hidden),
        fix: `choose --hidden ${hidden + 1}, or take --bidirectional out`,
      },
    );
  const { program } = cell;
  const other = [...program.states, program.output].find((name) => shapeOf(program, name).rows !== 'H');
  if (other === undefined) return;
  throw new InputError('--bidirectional', `Two directions share H, and \`${other}\` does not have H rows.`, {
    expected: 'states and an output of H rows',
    got: `${other} : ${shapeOf(program, other).rows}`,
    fix: 'take --bidirectional out, or choose another cell',
  });
}

function taskFrom(typed: Typed): PairTask {
  const name = once('--task', typed) ?? 'copy';
  const task = pairTasks.get(name);
  if (task !== undefined) return task;
  throw unknown('--task', 'task from one sequence to another', name, [...pairTasks.keys()]);
}

function waysFrom(typed: Typed): string[] {
  const known = readingWays();
  const names = once('--compare', typed)!
    .split(',')
    .map((name) => name.trim());
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) throw unknown('--compare', 'way to hand over', wrong, known);
  return known.filter((way) => names.includes(way));
}

function unknown(where: string, what: string, name: string, known: readonly string[]): InputError {
  return noSuchName(name, { where, what: `${what} named`, names: known, fix: 'choose from these' });
}

function sourceFrom(task: PairTask, typed: Typed): Pair | undefined {
  const text = once('--source', typed);
  if (text === undefined) return undefined;
  const pair = task.pairOf(text);
  if (pair !== undefined && pair.source.length <= longest) return pair;
  throw new InputError('--source', `\`${text}\` is no source of ${task.name}.`, {
    expected:
      task.onlySteps === undefined
        ? `2 to ${longest} of the letters ${task.sourceSymbols.join('')}`
        : 'a date of 1950 to 2049: day, Month with a capital letter, year',
    got: text,
    fix: `write, for instance, --source "${task.example}"`,
  });
}

/** S: that of the source that is given, or of the task that has one, or --steps. */
function stepsFrom(task: PairTask, shown: Pair | undefined, typed: Typed): number {
  const steps = wholeNumber('--steps', typed, 2, longest, 'more takes long');
  const fixed = task.onlySteps ?? shown?.source.length;
  if (steps !== undefined && fixed !== undefined && steps !== fixed)
    throw new InputError(
      '--steps',
      task.onlySteps === undefined
        ? `The source that is given has ${fixed} symbols.`
        : `The sources of ${task.name} have ${fixed} symbols, with what pads them.`,
      { expected: `${fixed}, or nothing`, got: String(steps), fix: 'take --steps out' },
    );
  return fixed ?? steps ?? usualSteps;
}

function lengthsFrom(task: PairTask, steps: number, typed: Typed): number[] | undefined {
  const lengths = wholeNumberList('--lengths', typed, 2, longest);
  if (lengths === undefined) return undefined;
  if (task.onlySteps !== undefined)
    throw new InputError(
      '--lengths',
      `The sources of ${task.name} differ in length by themselves: one model reads them all.`,
      { expected: 'nothing', got: once('--lengths', typed)!, fix: 'take --lengths out' },
    );
  return withSteps(lengths, steps);
}

const withSteps = (lengths: readonly number[], steps: number): number[] =>
  [...new Set([...lengths, steps])].sort((a, b) => a - b);
