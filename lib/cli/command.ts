// What a command is to the rest of cli: its words and options, and a function from what was typed to an exit code.

import type { Argv, CommandModule, Options as YargsOptions } from 'yargs';
import type { Seeded } from '../experiments/kit/seeds.ts';
import type { Arguments, Option, Options, Places } from '../options/option.ts';
import type { Result } from '../render/result.ts';
import type { Thread } from './threads.ts';

export interface Command {
  readonly options: Options;
  readonly places?: Places;
  /** Commands of its own: `cell show`. One of them has to be given. */
  readonly subcommands?: readonly CommandListing[];
  /** Command lines that do something worth seeing, and why. */
  readonly examples: readonly (readonly [command: string, says: string])[];
  /**
   * Returns the exit code, where there is more to do than to present what is found. `threads` wait for orders. A command with
   * subcommands is never run itself.
   */
  readonly run?: (args: Arguments, reader: CommandReader, threads: readonly Thread[]) => Promise<number>;
  /** What the command finds, where it needs no seeds; undefined where these options ask for `experiment`. */
  readonly result?: (args: Arguments) => Promise<Result | undefined>;
  /** What it finds over seeds, which run-seeds.ts runs. */
  readonly experiment?: (args: Arguments) => Promise<Seeded<unknown>>;
  /** What it makes of other command lines, which it runs; undefined when it was interrupted before there was anything. */
  readonly combined?: (
    args: Arguments,
    reader: CommandReader,
    how: ProgressDisplay,
  ) => Promise<CommandOutcome | undefined>;
}

/** Whether progress is shown, and how. */
export interface ProgressDisplay {
  readonly quiet?: boolean | undefined;
  readonly plain?: boolean | undefined;
}

export interface CommandOutcome {
  readonly result: Result;
  /** It was not interrupted. */
  readonly whole: boolean;
}

/** A command line that has been read: what is to be run, with what. */
export interface ParsedCommand {
  /** The first word, by which another thread finds the command. */
  readonly name: string;
  readonly command: Command;
  readonly args: Arguments;
}

/** Reads other command lines, for a command that runs commands. */
export interface CommandReader {
  /** Of all commands. */
  readonly names: readonly string[];
  /** The words behind `unroll`; undefined where they ask for help. Throws InputError. */
  readonly read: (words: readonly string[]) => Promise<ParsedCommand | undefined>;
}

/** A command as a list of commands shows it. What it needs is loaded when it is chosen, so that --help loads nothing. */
export interface CommandListing {
  /** As yargs wants it: the name and its positionals, `states [cells..]`. */
  readonly usage: string;
  readonly describe: string;
  readonly load: () => Promise<Command>;
}

export const nameOf = ({ usage }: Pick<CommandListing, 'usage'>): string => usage.split(' ')[0]!;

/**
 * The command for yargs. Its handler only says through `chosen` what is to be run.
 * yargs lays out the help of every command it runs, whether anyone sees it or not, which costs as much as a small experiment:
 * so options and examples are hidden from it unless somebody wants the help of `path`, which names this command or one of its own.
 */
export function yargsModule(
  { usage, describe, load }: CommandListing,
  path: readonly string[] | undefined,
  chosen: (command: Command, args: Arguments) => void,
  depth = 0,
): CommandModule {
  let command: Command | undefined;
  const helping = path !== undefined;
  return {
    command: usage,
    describe: helping ? describe : false,
    builder: async (yargs: Argv) => {
      command = await load();
      const { subcommands = [] } = command;
      // A subcommand `$0 [name]` is what runs where none of the others is named.
      const unnamed = subcommands.find((sub) => nameOf(sub) === '$0');
      // Of its help yargs would make a page without the first words of every command: so its words stand on the page of the command around it.
      // Of the page of another subcommand they are no part, where yargs would list them too.
      const folded = path?.length === 1 + depth ? await unnamed?.load() : undefined;
      if (helping)
        for (const [name, [words, otherwise]] of Object.entries({ ...command.places, ...folded?.places }))
          yargs.positional(name.replace('..', ''), {
            type: 'string',
            describe: words,
            ...(otherwise && { defaultDescription: otherwise }),
          });
      for (const [option, words] of Object.entries({ ...command.options, ...folded?.options }))
        yargs.option(option, helping ? shown(words) : hidden(words));
      for (const sub of subcommands)
        if (folded !== undefined && sub === unnamed) yargs.command(sub.usage.replace(/^\$0 /, ''), sub.describe);
        else yargs.command(yargsModule(sub, path, chosen, depth + 1));
      if (command.subcommands !== undefined && unnamed === undefined) yargs.demandCommand(1, '');
      if (helping) yargs.epilog(examplesText(command.examples));
      return yargs;
    },
    handler: (args) => {
      if (command !== undefined) chosen(command, args);
    },
  };
}

/** With the options of `$0 [name]`, which runs where no other subcommand is named, and without that one. */
export async function standingIn(command: Command): Promise<Command> {
  const { options, subcommands = [] } = command;
  const listed = subcommands.find((sub) => nameOf(sub) === '$0');
  if (listed === undefined) return command;
  const unnamed = await listed.load();
  return {
    ...command,
    options: { ...options, ...unnamed.options },
    subcommands: subcommands.filter((sub) => sub !== listed),
  };
}

/** A command is never broken, so that it can be copied. */
const examplesText = (examples: Command['examples']): string =>
  ['Examples:', ...examples.flatMap(([line, says]) => [`  ${line}`, `      ${says}`])].join('\n');

function hidden({ describe: _, group: __, shows: ___, ...rest }: Option): YargsOptions {
  return { ...rest, hidden: true };
}

/** What yargs needs to lay out the help. */
const shown = ({ shows, ...rest }: Option): YargsOptions => (shows === undefined ? rest : { ...rest, type: shows });
