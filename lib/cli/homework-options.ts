// The options of homework: the language of a file, the sandbox, and what a report is written as.

import { parse } from 'node:path';
import { InputError } from '../equations/input-error.ts';
import { exerciseAt, exerciseNamed, exercises } from '../homework/catalogue.ts';
import type { Homework } from '../homework/check.ts';
import { exerciseText } from '../homework/exercise-text.ts';
import { exerciseIn } from '../homework/grade/hand-ins.ts';
import { type Language, languageOf, languages } from '../homework/language.ts';
import { noSuchName, oneOf } from '../options/names.ts';
import { type Given, numberOption, textOption } from '../options/option.ts';
import { once, realNumber, type Typed, wholeNumber } from '../options/typed.ts';

/** `rnn_step` and `rnnStep` are taken for rnn-step; else the folder of an exercise of one's own. Throws InputError. */
export async function exerciseArgument(typed: string): Promise<Homework> {
  const id = typed
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
  const exercise = exerciseNamed(id) ?? exerciseAt(typed);
  if (exercise !== undefined) return { exercise, text: await exerciseText(exercise) };
  const names = exercises.map((one) => one.id);
  const fix = 'choose one of these:  unroll homework list';
  throw noSuchName(typed, { where: typed, what: 'exercise', names, fix, meant: id });
}

const others: Readonly<Record<string, Language>> = {
  js: 'javascript',
  node: 'javascript',
  ts: 'typescript',
  py: 'python',
  python3: 'python',
  numpy: 'python',
  equations: 'cell',
};

export const languageNames = Object.keys(languages);

export const languageOption = (otherwise?: string) => textOption('Homework', languageNames.join(', '), otherwise);

/** What was typed behind --language. Throws InputError. */
export function languageFrom(typed: Typed): Language | undefined {
  const word = once('--language', typed)?.toLowerCase();
  if (word === undefined) return undefined;
  const fix = 'choose one of these; `program` is any that answers lines';
  const naming = { where: '--language', what: 'language', names: languageNames, others: Object.keys(others), fix };
  return (others[word] ?? oneOf(word, naming)) as Language;
}

/** The language that was named, or that the file's ending says. Throws InputError. */
export function languageOfFile(file: string, typed: Typed): Language {
  const language = languageFrom(typed) ?? languageOf(file);
  if (language !== undefined) return language;
  throw new InputError(file, `The name of ${file} does not say what language it is in.`, {
    expected: 'an ending .js, .ts, .py or .cell',
    got: file,
    fix: 'name the language with --language; a program that answers lines is  --language program',
  });
}

export const limitOptions = {
  limit: numberOption('Sandbox', 'seconds for loading and all answers together', '10'),
  memory: numberOption('Sandbox', 'MiB that a submission may take', '512'),
};

/** Throws InputError. */
export const limitsFrom = (args: Given<typeof limitOptions>) => ({
  seconds: realNumber('--limit', args.limit, 0.1, 600) ?? 10,
  memory: wholeNumber('--memory', args.memory, 64, 65_536) ?? 512,
});

// What is missing behind `unroll homework start`, `check` or `hint`, and what it may be, where the one word that is there tells.

/** Undefined where the command is another one, or more than a place is wrong. */
export function homeworkProblem(command: string, rest: readonly string[]): InputError | undefined {
  const word = rest.find((one) => !one.startsWith('-'));
  if (command === 'homework check' && word !== undefined) return oneOfTwo(word);
  if (!['homework start', 'homework check', 'homework hint'].includes(command)) return undefined;
  const example = command === 'homework check' ? 'rnn-step rnn_step.py' : 'rnn-step';
  return new InputError(
    `unroll ${command}`,
    `unroll ${command} wants an exercise${command === 'homework check' ? ' and a file' : ''}.`,
    {
      expected: 'the name of one, of  unroll homework list',
      got: 'none',
      fix: `for instance:  unroll ${command} ${example}`,
    },
  );
}

/** `check rnn-step` and `check rnn_step.py`. */
function oneOfTwo(word: string): InputError {
  const { name, ext } = parse(word);
  const id = exerciseIn(
    name,
    exercises.map((one) => one.id),
  )?.exercise;
  const isFile = ext !== '' || word.includes('/');
  return new InputError(
    'unroll homework check',
    isFile
      ? `unroll homework check wants an exercise before the file.`
      : `unroll homework check wants a file behind \`${word}\`.`,
    {
      expected: isFile ? 'the name of an exercise, then what you wrote' : 'what you wrote for it',
      got: isFile ? word : 'no file',
      fix: isFile
        ? `${id === undefined ? 'for instance' : 'try'}:  unroll homework check ${id ?? 'rnn-step'} ${word}`
        : `for instance:  unroll homework check ${id ?? word} ${(id ?? word).replaceAll('-', '_')}.py`,
    },
  );
}
