// unroll compare

import { CellError } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { type Arguments, type Given, numberOption, textOption } from '../../options/option.ts';
import { once } from '../../options/typed.ts';
import { comparison } from '../../render/comparison.ts';
import type { Command, CommandOutcome, CommandReader, ParsedCommand, ProgressDisplay } from '../command.ts';
import { differences, wordsOf } from '../command-words.ts';
import { message, outputOptions, present } from '../output.ts';
import { checkOutputOptions, hasResult, nothingDone, resultOf } from '../run-seeds.ts';
import { refuseUnread } from '../unread.ts';

/** What is given once and holds on both sides. */
const shared = ['seed', 'seeds', 'jobs', 'engine'] as const;
/** What a side cannot have: the output is of both, and so a model that is kept would be of neither. */
const foreign = [...Object.keys(outputOptions), 'save', 'help'];

const options = {
  in: textOption('Run', 'the command that both sides are words of', 'gradients'),
  seed: numberOption('Run', 'the seed of both', 'that of each'),
  engine: textOption('Run', 'the engine of both', 'that of each'),
  seeds: numberOption('Run', 'seeds of each', 'those of the command'),
  jobs: numberOption('Run', 'seeds side by side', 'one a core'),
  ...outputOptions,
};

type CompareArguments = Given<typeof options> & { readonly a: string; readonly b: string };

export const compareCommand: Command = {
  places: { a: ['a cell with its options, or a whole command, in quotes'], b: ['another of the same kind'] },
  options,
  examples: [
    ['unroll compare rnn lstm', 'two cells: short for --in gradients'],
    ['unroll compare rnn lstm --in states', 'the same in another experiment'],
    ['unroll compare rnn gru --in "train adding --updates 300"', 'what both have stands in --in'],
    ['unroll compare "lstm --forget-bias 0" "lstm --forget-bias 2"', 'two options'],
    ['unroll compare "gradients rnn" "gradients lstm --forget-bias 0"', 'two whole commands'],
    ['unroll compare rnn lstm --format json', 'one Result, with the options of both as a and b'],
  ],
  combined,
  run: async (typed, reader) => {
    const args = typed as unknown as CompareArguments;
    checkOutputOptions(args);
    const found = await combined(typed, reader, args);
    if (found === undefined) return nothingDone('both sides were done');
    if (found.whole) return present(found.result, args);
    message('interrupted: the second side is of fewer seeds');
    await present(found.result, { ...args, assert: false });
    return 130;
  },
};

async function combined(
  typed: Arguments,
  reader: CommandReader,
  how: ProgressDisplay,
): Promise<CommandOutcome | undefined> {
  const args = typed as unknown as CompareArguments;
  const lines = linesOf(args, reader);
  const sides: ParsedCommand[] = [];
  for (const [i, words] of lines.entries())
    sides.push(await inSide('AB'[i]!, words, () => sideOf(words, args, reader)));
  refuseUnread(args);
  const found = (i: 0 | 1): Promise<CommandOutcome | undefined> =>
    inSide('AB'[i]!, lines[i], () => resultOf(sides[i]!, how));
  const first = await found(0);
  if (first?.whole !== true) return undefined;
  const second = await found(1);
  if (second === undefined) return undefined;
  const names = differences(...lines);
  const result = comparison({ name: names[0], result: first.result }, { name: names[1], result: second.result });
  return second.whole ? { result, whole: true } : { result: { ...result, claims: [] }, whole: false };
}

/** Two lines of words, each beginning with its command. Throws InputError. */
function linesOf(args: CompareArguments, { names }: CommandReader): readonly [string[], string[]] {
  const command = once('--in', args.in);
  const [a, b] = [args.a, args.b].map((side, i) => (isEquation(side) ? [side] : wordsOf(side, 'AB'[i]!)));
  const whole = command === undefined ? [a!, b!].map(([first]) => names.includes(first ?? '')) : [false, false];
  if (whole[0] !== whole[1])
    throw new InputError(
      whole[0] ? 'B' : 'A',
      `${whole[0] ? 'A' : 'B'} is a whole command and ${whole[0] ? 'B' : 'A'} is not.`,
      {
        expected: 'two commands, or two cells with their options',
        got: `${args.a} and ${args.b}`,
        fix: `write the command on both sides, or once:  --in ${(whole[0] ? a : b)![0]}`,
      },
    );
  const before = whole[0] ? [] : wordsOf(command ?? 'gradients', '--in');
  const lines = [a!, b!].map((words) => [...before, ...words]) as [string[], string[]];
  if (lines[0].join('\n') === lines[1].join('\n'))
    throw new InputError('compare', 'Both sides are the same.', {
      expected: 'two that differ',
      got: lines[0].join(' '),
      fix: 'change a cell or an option of one of them',
    });
  return lines;
}

/** Equations are one word, blanks and all. */
const isEquation = (side: string): boolean => /^\s*[a-z]\w*\s*=/i.test(side);

async function sideOf(
  words: readonly string[],
  args: CompareArguments,
  { read }: CommandReader,
): Promise<ParsedCommand> {
  const extra = foreign.find((option) => words.some((word) => word.split('=')[0] === `--${option}`));
  if (extra !== undefined)
    throw new InputError(`--${extra}`, `--${extra} belongs to the whole, not to one side.`, {
      fix: ['save', 'help'].includes(extra) ? 'take it out' : `write it behind both sides:  compare A B --${extra}`,
    });
  const added = shared.flatMap((option) =>
    args[option] === undefined ? [] : [`--${option}`, once(option, args[option])!],
  );
  const chosen = await read([...words, ...added]);
  if (chosen === undefined || !hasResult(chosen))
    throw new InputError(words[0] ?? 'compare', `\`${words[0] ?? ''}\` has no result that could be compared.`, {
      expected: 'a command that measures or draws, such as gradients, states, train or diagram',
      fix: 'see them all:  unroll --help',
    });
  return chosen;
}

/** Whatever is wrong is said to be wrong on that side. */
async function inSide<T>(side: string, words: readonly string[], make: () => Promise<T>): Promise<T> {
  const line = `${side} (${words.join(' ')})`;
  try {
    return await make();
  } catch (error) {
    if (error instanceof CellError) message(`${line}:`);
    if (!(error instanceof InputError)) throw error;
    const { problem } = error;
    const says = problem.says.includes(problem.where) ? problem.says : `${problem.where}: ${problem.says}`;
    throw new InputError(side, `${line}: ${says}`, problem);
  }
}
