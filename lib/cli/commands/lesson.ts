// unroll lesson [name] | list | notes | reset | check | new | export

import { LessonRuns, type RunCommand, wholeLesson } from '../../course/lessons/whole.ts';
import { InputError } from '../../equations/input-error.ts';
import { lookOf } from '../../render/look.ts';
import type { Command, Reader } from '../command.ts';
import { type LessonArguments, lessonArgument, lessonOptions } from '../lesson-argument.ts';
import { flag } from '../options.ts';
import { outputOptions, renderOptions } from '../output.ts';
import { hasResult, resultOf } from '../result-of.ts';
import { wordsOf } from '../words.ts';

const { format: _, assert: __, out: ___, force: ____, quiet: _____, ...paperOptions } = outputOptions;

/** Runs the command lines of a lesson. */
export function running({ read }: Reader, quiet: boolean): RunCommand {
  return async (command, cell) => {
    const words = wordsOf(command, 'lesson').map((word) => (word === '{cell}' && cell !== undefined ? cell : word));
    const chosen = await read(words);
    if (chosen === undefined || !hasResult(chosen))
      throw new InputError({
        where: command,
        says: `\`unroll ${command}\` has no result that a lesson could show.`,
        expected: 'a command that measures or draws',
        mend: 'see them all:  unroll --help',
      });
    const found = await resultOf(chosen, { quiet });
    if (found === undefined)
      throw new InputError({ where: command, says: 'It was interrupted.', mend: 'run it again' });
    return found.result;
  };
}

export const lessonCommand: Command = {
  options: {},
  examples: [
    ['unroll lesson', 'goes on where you were, or begins the course'],
    ['unroll lesson vanishing', 'one lesson'],
    ['unroll lesson vanishing --all', 'the whole of it, without a question: for a handout or a screen reader'],
  ],
  subcommands: [{ usage: '$0 [name]', describe: 'read a lesson', load: async () => read }],
};

const read: Command = {
  places: { name: ['the name or number of a lesson', 'where you were'] },
  options: {
    all: flag('Lesson', 'print it from first to last, and ask nothing'),
    ...lessonOptions,
    ...paperOptions,
  },
  examples: [['unroll lesson memory', 'the first one']],
  run: async (typed, reader) => {
    const args = typed as unknown as LessonArguments;
    const { lesson } = await lessonArgument(args);
    const look = lookOf(renderOptions(args));
    const runs = new LessonRuns(lesson, running(reader, !process.stderr.isTTY));
    for await (const lines of wholeLesson(lesson, runs, look)) process.stdout.write(`${lines.join('\n')}\n\n`);
    return 0;
  },
};
