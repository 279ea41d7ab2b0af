// What yargs says about a wrong command line, in our words and with what to do.

import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { cellWords } from './cell-argument.ts';
import { homeworkProblem } from './homework-problem.ts';

/** `known` are the options and commands that there are at that place. */
export function usageProblem(said: string, typed: readonly string[], known: readonly string[]): InputError {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(said)?.[1];
  const command = typed
    .filter((word) => !word.startsWith('-'))
    .slice(0, depthOf(typed))
    .join(' ');
  const help = `unroll ${command === '' ? '' : `${command} `}--help`;
  if (said === '')
    return new InputError({
      where: `unroll ${command}`,
      says: `unroll ${command} wants to be told what to do.`,
      expected: known.join(', '),
      mend: `for instance:  unroll ${command} ${known[0] ?? ''}`,
    });
  if (unknown !== undefined) {
    // yargs names an option in both its spellings; the one typed is the one to speak of.
    const names = unknown.split(', ');
    const option =
      names.find((name) => typed.some((word) => word.replace(/^--?/, '').split('=')[0] === name)) ?? names[0]!;
    const isOption = typed.some((word) => word.startsWith('-') && word.replace(/^--?/, '').split('=')[0] === option);
    const near = nearest(option, known);
    if (command === 'compare' && !isOption)
      return new InputError({
        where: 'unroll compare',
        says: `compare has two sides, and \`${option}\` would be a third.`,
        expected: 'two sides, each in quotes where it is several words',
        got: option,
        mend: 'for several cells in one chart:  unroll gradients rnn lstm gru',
      });
    if (!isOption && near === undefined && isTooMany(option, typed))
      return new InputError({
        where: option,
        says: `\`${option}\` is one word too many for unroll ${command}.`,
        mend: `take it out, or put what belongs together in quotes; see  ${help}`,
      });
    return new InputError({
      where: isOption ? `--${option}` : option,
      says: isOption ? `There is no option --${option} here.` : `There is nothing called \`${option}\` here.`,
      mend:
        near === undefined
          ? `see what there is:  ${help.replace(` ${option}`, '')}`
          : `did you mean \`${isOption ? '--' : ''}${near}\`?`,
    });
  }
  const missing = /^Not enough arguments following: (.*)$/.exec(said)?.[1];
  if (missing !== undefined)
    return new InputError({
      where: `--${missing}`,
      says: `--${missing} wants a value.`,
      mend: `write --${missing} VALUE, or see ${help}`,
    });
  const required = /^Missing required argument: (.*)$/.exec(said)?.[1];
  if (required !== undefined)
    return new InputError({
      where: `--${required}`,
      says: `--${required} is needed.`,
      mend: `add --${required} VALUE; see ${help}`,
    });
  if (said.startsWith('Not enough non-option arguments'))
    return homeworkProblem(command, typed) ?? missingArgument(command, help);
  return new InputError({ where: command === '' ? 'unroll' : command, says: said, mend: `see  ${help}` });
}

/** Whether a word stands behind the place of a subcommand; behind an option nobody can tell. */
function isTooMany(word: string, typed: readonly string[]): boolean {
  const dash = typed.findIndex((one) => one.startsWith('-'));
  return (dash < 0 ? typed : typed.slice(0, dash)).lastIndexOf(word) >= depthOf(typed);
}

/** How many words name the command. */
const depthOf = ([first, second, third]: readonly string[]): number =>
  first === 'homework' && second === 'grade' && third === 'merge'
    ? 3
    : first === 'cell' ||
        first === 'homework' ||
        (first === 'lesson' && /^(list|notes|reset|check|new|export)$/.test(second ?? ''))
      ? 2
      : 1;

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
  return new InputError({
    where: `unroll ${command}`,
    says: `unroll ${command} wants ${what}.`,
    ...(words === undefined ? {} : { expected: words, got: command === 'compare' ? 'fewer' : 'none' }),
    mend: words === undefined ? `see what it wants:  ${help}` : `for instance:  unroll ${command} ${example}`,
  });
}
