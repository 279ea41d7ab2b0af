// The command lines of a lesson, run for whoever reads or checks it.

import { InputError } from '../../equations/input-error.ts';
import type { RunCommand } from '../../lessons/measured.ts';
import type { Reader } from '../command.ts';
import { hasResult, resultOf } from '../run-seeds.ts';
import { wordsOf } from '../words.ts';

/** Runs the command lines of a lesson. */
export function running(reader: Reader, quiet: boolean): RunCommand {
  return async (command, cell) => {
    const words = wordsOf(command, 'lesson').map((word) => (word === '{cell}' && cell !== undefined ? cell : word));
    const chosen = await reader.read(words);
    if (chosen === undefined || (!hasResult(chosen) && chosen.command.combined === undefined))
      throw new InputError(command, `\`unroll ${command}\` has no result that a lesson could show.`, {
        expected: 'a command that measures or draws',
        fix: 'see them all:  unroll --help',
      });
    const { command: what, args } = chosen;
    const found = await (what.combined?.(args, reader, { quiet }) ?? resultOf(chosen, { quiet }));
    if (found === undefined) throw new InputError(command, 'It was interrupted.', { fix: 'run it again' });
    return found.result;
  };
}
