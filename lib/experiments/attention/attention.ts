// What changes when a decoder may look back at what the encoder read? Bahdanau, Cho & Bengio 2015, beside a single state that has to
// hold a whole sequence (Cho et al. 2014; Sutskever, Vinyals & Le 2014), and whether where it looks is where its words come from.

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { shapeOf } from '../../equations/program.ts';
import { cellWords, learnerArgument } from '../../options/cell-argument.ts';
import { oneOf } from '../../options/names.ts';
import { derived, flag, type Group, numberOption, single, textOption, wholeOption } from '../../options/option.ts';
import { runOptions, runsFor } from '../../options/runs.ts';
import { adamUpdates } from '../../options/training.ts';
import { once, type Typed, wholeNumber, wholeNumberList } from '../../options/typed.ts';
import { pairTasks } from '../../tasks/catalogue.ts';
import type { Pair, PairTask } from '../../tasks/task.ts';
import { experiment } from '../kit/experiment.ts';
import { attentionFigures } from './attention-figures.ts';
import { attentionClaims, attentionNext, attentionNotes } from './attention-notes.ts';
import { attends, decoderOf, readingWays, trainAndDecode } from './source-access.ts';

/** Settings with which the difference is to be seen in seconds. */
interface Usual {
  readonly compare: string;
  readonly lengths: readonly number[];
  readonly updates: number;
  readonly seeds: number;
}

const byName: Readonly<Record<string, Usual>> = {
  copy: { compare: 'plain,reversed,additive', lengths: [2, 4, 6, 10], updates: 300, seeds: 1 },
  dates: { compare: 'plain,additive', lengths: [], updates: 600, seeds: 1 },
};
const others: Usual = { compare: 'plain,additive', lengths: [], updates: 300, seeds: 4 };
const usualSteps = 6;
const usualHidden = 16;
const longest = 50;

interface OfTask {
  readonly task: PairTask;
}
interface Given extends OfTask {
  readonly shown?: Pair | undefined;
  readonly ways: readonly string[];
  readonly steps: number;
  readonly cell: Cell;
  readonly hidden: number;
}

const usual = ({ task }: OfTask): Usual => byName[task.name] ?? others;

const task: Group<PairTask> = {
  ...single(
    'task',
    textOption('Input', `from one sequence to another: ${[...pairTasks.keys()].join(', ')}`, 'copy'),
    (typed) => {
      const name = once('--task', typed) ?? 'copy';
      return pairTasks.get(oneKnown(name, '--task', 'task from one sequence to another', [...pairTasks.keys()]))!;
    },
  ),
  first: true,
  json: ({ name }) => ({ task: name }),
};

const shown: Group<Pair | undefined, OfTask> = {
  ...single('source', textOption('Input', 'a source of your own, to be drawn'), (typed, of: OfTask) =>
    sourceFrom(of.task, typed),
  ),
  first: true,
  json: () => ({}),
};

const cell: Group<Cell, Given> = {
  places: { cell: [cellWords, 'gru'] },
  read(args, { ways: all }, environment) {
    const found = learnerArgument((args.cell as string | undefined) ?? 'gru', environment);
    // A cell that cannot read a memory is refused before anything is trained.
    for (const way of all) decoderOf(found, way);
    return found;
  },
  json: ({ name }) => ({ cell: name }),
};

const ways: Group<readonly string[], OfTask> = {
  ...single(
    'compare',
    textOption('Run', `ways to hand over, one or more: ${readingWays().join(',')}`, `${byName.copy!.compare} for copy`),
    (typed, of: OfTask) => {
      const known = readingWays();
      const names = once('--compare', typed ?? usual(of).compare)!
        .split(',')
        .map((name) => name.trim());
      for (const name of names) oneKnown(name, '--compare', 'way to hand over', known);
      return known.filter((way) => names.includes(way));
    },
  ),
  first: true,
  json: (value) => ({ compare: value }),
};

const steps: Group<number, Pick<Given, 'task' | 'shown'>> = {
  ...single(
    'steps',
    numberOption('Input', 'S, how many symbols a source has', String(usualSteps)),
    (typed, of: Pick<Given, 'task' | 'shown'>) => stepsFrom(of.task, of.shown, typed),
  ),
  first: true,
};

const lengths: Group<readonly number[], Given> = single(
  'lengths',
  textOption('Input', 'train for each of these S too, and draw what is right', '2,4,6,10 for copy'),
  (typed, of: Given) => lengthsFrom(of.task, of.steps, typed) ?? withSteps(usual(of).lengths, of.steps),
);

const bidirectional: Group<boolean | undefined, Given> = {
  options: { bidirectional: flag('Cell', 'the encoder reads from both ends, with H/2 from each') },
  read(args, of) {
    const both = args.bidirectional === true;
    if (both) checkHalves(of.cell, of.hidden);
    return both;
  },
  json: (value) => (value ? { bidirectional: true } : {}),
};

const output = single('step', numberOption('Output', 'draw the weights of this output as bars'), (typed, of: Given) => {
  const outputs = of.task.targetSteps(of.steps);
  const value = wholeNumber('--step', typed, 1, outputs, `there are ${outputs} outputs`);
  if (value !== undefined && !of.ways.some(attends))
    throw new InputError('--step', 'Without attention no output has weights.', {
      expected: 'a way with attention in --compare',
      got: of.ways.join(','),
      fix: 'add one, for instance --compare plain,additive',
    });
  return value;
});

const { seed, seeds } = runsFor((of: OfTask) => usual(of).seeds, `${byName.copy!.seeds} for copy`);

export const attention = experiment({
  name: 'attention',
  describe: 'sequence to sequence: one state for all, or a look back at every step',
  order: 70,
  question: 'Where does it look while it speaks?',
  examples: [
    ['unroll attention', 'copying six symbols: one state for all, or a look back at each step'],
    ['unroll attention --task reversal', 'right answers, and weights that are no alignment'],
    ['unroll attention --task reversal --bidirectional', 'an encoder that has read what follows, too'],
    ['unroll attention --task dates --source "9 October 1986" --step 6', 'what one output looks at'],
    ['unroll attention --compare additive,dot', 'two scores side by side'],
  ],
  options: {
    task,
    shown,
    cell,
    ways,
    hidden: wholeOption('hidden', {
      heading: 'Cell',
      describe: 'H of encoder and decoder',
      from: 1,
      to: 256,
      why: 'more takes long',
      otherwise: usualHidden,
    }),
    steps,
    lengths,
    batch: derived(() => 16),
    updates: adamUpdates((of: OfTask) => usual(of).updates, `${byName.copy!.updates} for copy`),
    rate: derived(() => 0.01),
    sequences: derived(() => 256),
    seed: { ...seed, options: { seed: runOptions.seed } },
    seeds,
    bidirectional,
    output,
  },
  help: ['task', 'shown', 'steps', 'lengths', 'hidden', 'bidirectional', 'ways', 'updates', 'seed', 'seeds', 'output'],
  seed: (options, k, watch) => trainAndDecode(options, options.seed + k, watch),
  answer: (found, options) => ({
    figures: attentionFigures(found, options),
    claims: attentionClaims(found, options),
    notes: attentionNotes(found, options),
    next: attentionNext(options),
  }),
});

export default attention;

/** Two directions share what one has: H, and with it every state. */
function checkHalves({ program }: Cell, hidden: number): void {
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
  const other = [...program.states, program.output].find((name) => shapeOf(program, name).rows !== 'H');
  if (other === undefined) return;
  throw new InputError('--bidirectional', `Two directions share H, and \`${other}\` does not have H rows.`, {
    expected: 'states and an output of H rows',
    got: `${other} : ${shapeOf(program, other).rows}`,
    fix: 'take --bidirectional out, or choose another cell',
  });
}

function oneKnown(name: string, where: string, what: string, names: readonly string[]): string {
  return oneOf(name, { where, what: `${what} named`, names, fix: 'choose from these' });
}

function sourceFrom(of: PairTask, typed: Typed): Pair | undefined {
  const text = once('--source', typed);
  if (text === undefined) return undefined;
  const pair = of.pairOf(text);
  if (pair !== undefined && pair.source.length <= longest) return pair;
  throw new InputError('--source', `\`${text}\` is no source of ${of.name}.`, {
    expected:
      of.onlySteps === undefined
        ? `2 to ${longest} of the letters ${of.sourceSymbols.join('')}`
        : 'a date of 1950 to 2049: day, Month with a capital letter, year',
    got: text,
    fix: `write, for instance, --source "${of.example}"`,
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
