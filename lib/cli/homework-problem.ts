// What is missing behind `unroll homework start`, `check` or `hint`, and what it may be, where the one word that is there tells.

import { parse } from 'node:path';
import { InputError } from '../equations/input-error.ts';
import { exercises } from '../homework/exercises/catalogue.ts';
import { exerciseIn } from '../homework/grade/hand-ins.ts';

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
