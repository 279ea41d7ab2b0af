// From a command line to an exit code. The one place that catches: 0 done, 1 a claim or check failed, 2 the command was wrong,
// 3 our own fault, 130 interrupted.

import { fstatSync } from 'node:fs';
import yargs, { type Argv } from 'yargs';
import { version } from '../cells/package-folder.ts';
import { type CommandReader, nameOf, type ParsedCommand, yargsModule } from './command.ts';
import { type CommandLine, commandLine, unmarked } from './command-line.ts';
import { commands } from './commands.ts';
import { earlyThreads, type Thread } from './threads.ts';
import { tracked } from './unread.ts';
import { columnsThere, reasonOf, writeAll } from './writing.ts';

/** Runs one command line. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  watchStreams();
  try {
    return await dispatch(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv);
  } catch (error) {
    const { reportError } = await import('./bundle-main.ts');
    return reportError(error);
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--get-completions') {
    const { complete } = await import('./bundle-course.ts');
    process.stdout.write(`${(await complete(commands, argv.slice(1))).join('\n')}\n`);
    return 0;
  }
  const threads = earlyThreads(argv);
  const { chosen, help, parser } = await parsed(argv);
  if (help !== '') process.stdout.write(`${help}\n`);
  else if (chosen !== undefined) return runChosen(chosen, threads);
  else process.stdout.write(`${await overview(parser)}\n`);
  return 0;
}

async function parsed(
  argv: readonly string[],
): Promise<{ chosen: ParsedCommand | undefined; help: string; parser: Argv }> {
  const line = await commandLine(commands, argv, async (word, place) =>
    (await import('./bundle-course.ts')).wrongWord(word, place, commands),
  );
  let chosen: ParsedCommand | undefined;
  const parser = yargs([...line.words]);
  for (const listed of commands)
    parser.command(
      yargsModule(listed, line.helping ? line.place.path : undefined, (command, args) => {
        const read = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, unmarked(value)]));
        chosen = { name: nameOf(listed), command, args: tracked({ ...read, $typed: argv }, line.place) };
      }),
    );
  configure(parser);
  const help = await helpOf(parser, line);
  return { chosen, help, parser };
}

/** Runs the parser, which calls `chosen`; what it has to show where help was asked for. */
async function helpOf(parser: Argv, { words, place }: CommandLine): Promise<string> {
  let help = '';
  try {
    await parser.parseAsync([...words], {}, (_error, _args, output) => {
      help = output;
    });
  } catch (error) {
    // yargs throws what it finds while it still splits the words; for the rest it calls `fail`.
    if (!(error instanceof Error && ['UsageError', 'YError'].includes(error.name))) throw error;
    const { usageProblem } = await import('./bundle-course.ts');
    throw usageProblem(error.message, place);
  }
  return help;
}

/** Reads a command line without running it. */
export const reader: CommandReader = {
  names: commands.map(nameOf),
  async read(words) {
    const { chosen, help } = await parsed(words);
    return help === '' ? chosen : undefined;
  },
};

async function runChosen(
  { name, command: { run, result, experiment }, args }: ParsedCommand,
  threads: readonly Thread[],
): Promise<number> {
  if (run !== undefined) {
    const code = await run(args, reader, threads);
    (await import('./bundle-main.ts')).refuseUnread(args);
    return code;
  }
  const { checkOutputOptions, present, runExperiment } = await import('./bundle-main.ts');
  checkOutputOptions(args);
  const found = await result?.(args);
  if (found !== undefined) return present(found, args);
  return experiment === undefined ? 0 : runExperiment(name, experiment, args, threads);
}

/** What yargs had to say about a command line. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

function configure(parser: Argv): void {
  parser
    .scriptName('unroll')
    .usage(
      '$0 <command>\n\nThe sequence models from before the transformer, run in a terminal. The equations are the program.',
    )
    .locale('en')
    .version(version())
    .help()
    .alias('help', 'h')
    .wrap(Math.min(columnsThere() ?? 80, 100))
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': true,
      'dot-notation': false,
      'parse-numbers': false,
    })
    .strict()
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((said, error) => {
      if (error instanceof Error) throw error;
      throw new UsageError(said ?? '');
    });
}

function leadsToFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** `unroll` alone: what there is, and what is next. */
async function overview(parser: Argv): Promise<string> {
  return `${await parser.getHelp()}\n\nBegin with:  unroll tour\nBe taught:   unroll lesson\nThen ask:    unroll gradients rnn lstm gru\nAnd write:   unroll homework list`;
}

/** A reader that has gone (`| head -1`) is no error, a full disk is one, and Ctrl-C has a word and a code of its own. */
function watchStreams(): void {
  const { stdout, stderr } = process;
  // For a file Node's stream takes a short write, as on a disk that is nearly full, for a whole one.
  if (leadsToFile(1))
    stdout._write = (chunk, _encoding, done) => {
      try {
        writeAll(1, chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    };
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      const { why, fix } = reasonOf(error);
      if (stream === stdout) stderr.write(`Standard output cannot be written: ${why}.\n  mend      ${fix}\n`);
      process.exit(2);
    });
  process.on('SIGINT', () => {
    // A command that keeps what it has listens too, once: long-run.ts.
    if (process.listenerCount('SIGINT') > 1) return;
    process.stderr.write('\ninterrupted: nothing was written\n', () => process.exit(130));
  });
}
