// Error messages for command lines, each with its fix.

import { builtInNames } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { exercises } from '../homework/catalogue.ts';
import { lessonPlaces } from '../lessons/course.ts';
import { cellWords } from '../options/cell-argument.ts';
import { didYouMean } from '../options/names.ts';
import { isFlag, optionNamed } from '../options/option.ts';
import { taskNames } from '../options/task-argument.ts';
import { type CommandListing, nameOf } from './command.ts';
import { type CommandPlace, unmarked, type WrongWord } from './command-line.ts';
import { absentOptions, commandGuesses, optionGuesses } from './guesses.ts';
import { homeworkProblem } from './homework-options.ts';

const lineOf = ({ path }: Pick<CommandPlace, 'path'>): string => ['unroll', ...path].join(' ');
const helpOf = (place: Pick<CommandPlace, 'path'>): string => `${lineOf(place)} --help`;

/** A word that cannot be read, on the way to `commands`. */
export async function wrongWord(
  wrong: WrongWord,
  place: CommandPlace,
  commands: readonly CommandListing[],
): Promise<InputError> {
  switch (wrong.kind) {
    case 'command':
      return unknownCommand(wrong.word, place);
    case 'option':
      return unknownOption(wrong.word, place, commands);
    case 'equation':
      return new InputError(
        wrong.word,
        `\`${wrong.word}\` begins with a minus sign, like an option; an equation begins with the name that it assigns.`,
        {
          fix: `write "${wrong.word.replace(/^-+\s*([a-z]\w*)?.*?=\s*/is, (_, name) => `${name ?? 'h'} = `)}", with any minus sign on the right-hand side`,
        },
      );
    case 'negated': {
      const option = optionNamed(place.command?.options ?? {}, wrong.name)!;
      const value = /\bnone\b/.test(option.describe ?? '') ? 'none' : 'VALUE';
      return new InputError(
        `--no-${wrong.name}`,
        `--no-${wrong.name}: --${wrong.name} ${isFlag(option) ? 'is off by default' : 'takes a value'}.`,
        { fix: isFlag(option) ? 'remove it' : `write --${wrong.name} ${value}, or remove it` },
      );
    }
    case 'no-value':
      return new InputError(`--${wrong.name}`, `--${wrong.name} needs a value.`, {
        fix: `write --${wrong.name} VALUE${wrong.value?.startsWith('--') ? `, or --${wrong.name}=${wrong.value} if that is the value` : `, or see ${helpOf(place)}`}`,
      });
    case 'flag-value':
      return new InputError(`--${wrong.name}`, `--${wrong.name} takes no value, but \`${wrong.value}\` was given.`, {
        fix: `write --${wrong.name} without a value, or remove it`,
      });
    case 'both':
      return new InputError(`--${wrong.name}`, `--${wrong.name} is switched both on and off.`, {
        fix: 'remove one of the two',
      });
  }
}

function unknownCommand(word: string, place: CommandPlace): InputError {
  const known = place.offered.map(nameOf);
  const answer = place.path.length === 0 ? commandFor(word) : undefined;
  return new InputError(word, `There is no command \`${word}\` here.`, {
    fix: didYouMean(word, known) ?? (answer === undefined ? `see the help:  ${helpOf(place)}` : `try:  ${answer}`),
  });
}

/** The command for a word that was typed in place of one. */
function commandFor(word: string): string | undefined {
  const name = word.toLowerCase();
  if (Object.hasOwn(commandGuesses, name)) return commandGuesses[name];
  if (lessonPlaces().some(({ id }) => id === name)) return `unroll lesson ${name}`;
  if (builtInNames().includes(name)) return `unroll cell show ${name}`;
  if (taskNames.includes(name)) return `unroll train ${name}`;
  return exercises.some(({ id }) => id === name) ? `unroll homework start ${name}` : undefined;
}

async function unknownOption(
  word: string,
  place: CommandPlace,
  commands: readonly CommandListing[],
): Promise<InputError> {
  const typed = word.split('=')[0]!;
  const name = typed.replace(/^-+/, '');
  const options = place.command?.options ?? {};
  const key = name.toLowerCase().replaceAll('-', '');
  const guess = (table: Readonly<Record<string, string>>) => (Object.hasOwn(table, key) ? table[key] : undefined);
  const meant = guess(optionGuesses)?.split(' ') ?? (typed.startsWith('--') ? [name] : []);
  const [here] = meant.filter((option) => optionNamed(options, option) !== undefined);
  const near = here === undefined ? didYouMean(name, Object.keys(options)) : undefined;
  const elsewhere = near === undefined && here === undefined ? await commandsWith(meant, commands) : [];
  const operand = place.path.length > 0 && Object.hasOwn(operands, key) ? operands[key] : undefined;
  const fix =
    here !== undefined
      ? `write --${here}`
      : options.format !== undefined && /^(json|svg|html)$/.test(key)
        ? `write --format ${key}`
        : (guess(absentOptions) ??
          near?.replace(/`([a-z-]+)`/g, '`--$1`') ??
          (operand !== undefined
            ? `give it without an option name:   ${lineOf(place)} ${operand}`
            : elsewhere.length > 0
              ? `it is an option of ${elsewhere.join(', ')}`
              : `see the help:  ${helpOf(place)}`));
  return new InputError(typed, `There is no option ${typed} here.`, { fix });
}

/** Operands that may be mistaken for options, with an example of each. */
const operands: Readonly<Record<string, string>> = {
  cell: 'lstm',
  cells: 'rnn lstm',
  task: 'adding',
  lesson: 'memory',
  exercise: 'rnn-step',
};

/** `unroll train --load`, for each command that has one of these options. */
async function commandsWith(names: readonly string[], commands: readonly CommandListing[]): Promise<string[]> {
  const found: string[] = [];
  for (const listed of commands) {
    const { options } = await listed.load();
    const name = names.find((one) => optionNamed(options, one) !== undefined);
    if (name !== undefined) found.push(`unroll ${nameOf(listed)} --${name}`);
  }
  return found.length > 4 ? [] : found;
}

/** What yargs says about a command line of words that it can read. */
export function usageProblem(said: string, place: CommandPlace): InputError {
  const [command, help] = [place.path.join(' '), helpOf(place)];
  const known = place.offered.map(nameOf);
  if (said === '')
    return new InputError(lineOf(place), `${lineOf(place)} needs a subcommand.`, {
      expected: known.join(', '),
      fix: `for instance:  ${lineOf(place)} ${known[0] ?? ''}`,
    });
  const [extra] = /^Unknown (?:argument|command)s?: (.*)$/s.exec(said)?.slice(1) ?? [];
  if (extra !== undefined) return oneTooMany(unmarked(extra.split(', ')[0]!), place);
  const required = /^Missing required argument: (.*)$/.exec(said)?.[1];
  if (required !== undefined)
    return new InputError(`--${required}`, `--${required} is needed.`, { fix: `add --${required} VALUE; see ${help}` });
  if (said.startsWith('Not enough non-option arguments'))
    return homeworkProblem(command, place.rest) ?? missingArgument(command, help);
  return new InputError(command === '' ? 'unroll' : command, said, { fix: `see  ${help}` });
}

function oneTooMany(word: string, place: CommandPlace): InputError {
  if (place.path[0] === 'compare')
    return new InputError('unroll compare', `compare takes two sides, and \`${word}\` is a third.`, {
      expected: 'two sides, each quoted if it has several words',
      got: word,
      fix: 'for several cells in one chart:  unroll gradients rnn lstm gru',
    });
  const meant = didYouMean(word, place.offered.map(nameOf));
  return new InputError(word, `\`${word}\` is one argument too many for ${lineOf(place)}.`, {
    fix: meant ?? `remove it, or quote words that belong together; see   ${helpOf(place)}`,
  });
}

/** What a command has to be given: its name, what that may be, an example. */
const wants: Readonly<Record<string, readonly [what: string, words: string, example: string]>> = {
  completion: ['a shell', 'bash, zsh or fish', 'bash'],
  compare: ['two sides', 'two cells with their options, or two commands, each in quotes', 'rnn lstm'],
  'homework grade': ['a folder', 'the folder of a class, with a folder a student', 'class/'],
  'homework grade merge': ['reports', 'the JSON reports of all parts of a class', 'part-*.json'],
  'lesson reset': ['a lesson', 'the name or number of one', 'memory'],
  'lesson export': ['a lesson', 'the name or number of one', 'memory --html'],
  'lesson new': ['a name', 'what to call it, in small letters', 'echo-states'],
};

/** Something without a dash in front is missing. */
function missingArgument(command: string, help: string): InputError {
  const [what, words, example] = command.startsWith('cell ')
    ? ['a cell', cellWords, 'lstm']
    : (wants[command] ?? ['something more']);
  return new InputError(`unroll ${command}`, `unroll ${command} wants ${what}.`, {
    expected: words,
    got: words && (command === 'compare' ? 'fewer' : 'none'),
    fix: words === undefined ? `see what it wants:  ${help}` : `for instance:  unroll ${command} ${example}`,
  });
}
