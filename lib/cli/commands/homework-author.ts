// unroll homework verify | new: for whoever writes exercises.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../equations/input-error.ts';
import { exerciseNamed, exercises } from '../../homework/catalogue.ts';
import { exerciseFiles, exerciseText, fileOf } from '../../homework/exercise-text.ts';
import { scriptName } from '../../homework/language.ts';
import { chooseSandbox } from '../../homework/sandbox/choose.ts';
import { verify } from '../../homework/verify.ts';
import type { Given } from '../../options/option.ts';
import { runOptions, seedFrom, seedsFrom, seedsOption } from '../../options/runs.ts';
import type { Typed } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import { exerciseArgument, limitOptions, limitsFrom } from '../homework-options.ts';
import { outputOptions, write } from '../output.ts';
import { environment } from '../process-environment.ts';
import { makeFolder } from '../writing.ts';

export const verifyCommand: Command = {
  places: { ids: ['exercises', 'all of them'] },
  options: {
    ...limitOptions,
    seed: runOptions.seed,
    ...seedsOption(20),
    ...outputOptions,
  },
  examples: [
    ['unroll homework verify --assert', 'exit 1 when a starter passes, a solution fails or a mistake is not found'],
    ['unroll homework verify lstm-step --seeds 1000 --assert', 'one exercise, thoroughly'],
  ],
  experiment: async (typed) => {
    const args = typed as unknown as Given<typeof limitOptions> & {
      readonly seed?: Typed;
      readonly ids?: readonly string[];
    };
    const homework =
      (args.ids ?? []).length > 0
        ? await Promise.all(args.ids!.map(exerciseArgument))
        : await Promise.all(exercises.map(async (exercise) => ({ exercise, text: await exerciseText(exercise) })));
    const limits = limitsFrom(args);
    return verify({
      homework,
      seed: seedFrom(args, environment),
      seeds: seedsFrom(args, 20, environment),
      sandbox: () => chooseSandbox({ limits }),
    });
  },
};

/** The exercise that a new one begins as a copy of: a step of the plain network. */
const model = 'rnn-step';

export const newExercise: Command = {
  places: { name: ['what to call it, in small letters: mgu-step'] },
  options: {},
  examples: [['unroll homework new mgu-step', 'writes a folder mgu-step that holds all an exercise has']],
  run: async (typed) => {
    const name = (typed as { readonly name?: string }).name!;
    if (!/^[a-z]+(-[a-z]+)*$/.test(name))
      throw new InputError('name', `\`${name}\` cannot be the name of an exercise.`, {
        expected: 'small letters and hyphens between them',
        got: name,
        fix: 'write for instance  mgu-step',
      });
    if (exerciseNamed(name) !== undefined || existsSync(name))
      throw new InputError(
        'name',
        `${exerciseNamed(name) === undefined ? name : `An exercise ${name}`} already exists.`,
        {
          fix: 'choose another name',
        },
      );
    makeFolder('name', name);
    for (const [file, text] of filesOf(name)) write(text, { out: join(name, file), quiet: true });
    process.stdout.write(
      `${name} is an exercise that works: one step of the plain recurrent network. Change its equations in\n${join(name, 'reference.cell')}, then its text, starters and solutions, and verify it:\n  unroll homework verify ${name} --assert\n`,
    );
    return 0;
  },
};

function filesOf(name: string): [file: string, text: string][] {
  const words = [name, name.replaceAll('-', '_'), scriptName(name.replaceAll('-', '_'))];
  const read = (file: string): string =>
    [model, 'rnn_step', 'rnnStep'].reduce(
      (text, word, k) => text.replaceAll(word, words[k]!),
      readFileSync(fileOf({ id: model }, file), 'utf8'),
    );
  const files = exerciseFiles({ id: model }).filter((file) => /^(exercise|solution|starter)/.test(file));
  // The others are answered by code.
  const [, ...slips] = read('mistakes.txt').split('\n\n');
  const ofLines = slips.filter((slip) => /^ {2}wrong: h = /m.test(slip) && !slip.includes('  run: '));
  return [
    ...files.map((file): [string, string] => [file, read(file)]),
    ['reference.cell', read('solution.cell')],
    ['mistakes.txt', `${[mistakesHeading, ...ofLines].join('\n\n').trimEnd()}\n`],
  ];
}

const mistakesHeading = `# What a diagnosis can name beside one edit of the equations: what is wrong, the wrong line and the right one, and lines \`run:\` where
# what is shown is not what is to be evaluated.`;
