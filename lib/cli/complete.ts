// What can follow at a tab: commands, their options, and the names of cells where a cell can stand.

import { builtInNames } from '../cells/catalogue.ts';
import { signalNames } from '../experiments/drive.ts';
import { engineNames } from '../experiments/engine.ts';
import { recurrentInits } from '../experiments/start.ts';
import { type Command, type Listed, nameOf } from './command.ts';
import { formats } from './output.ts';

/** What an option takes, where that is a short list; for a file the shell has its own completion. */
const values: Readonly<Record<string, readonly string[]>> = {
  signal: signalNames,
  init: recurrentInits,
  format: formats,
  engine: engineNames,
};

/** `words` are what stands on the command line behind `unroll`, the last one unfinished. */
export async function complete(commands: readonly Listed[], words: readonly string[]): Promise<string[]> {
  const unfinished = words.at(-1) ?? '';
  let offered = commands;
  let listed: Listed | undefined;
  let command: Command | undefined;
  for (const word of words.slice(0, -1)) {
    const next = offered.find((c) => nameOf(c) === word);
    if (next === undefined) continue;
    listed = next;
    command = await next.load();
    offered = command.subcommands ?? [];
  }
  const before = words.at(-2) ?? '';
  if (before.startsWith('--') && command?.options[before.slice(2)]?.requiresArg === true)
    return (values[before.slice(2)] ?? []).filter((word) => word.startsWith(unfinished));
  const options = Object.keys(command?.options ?? {}).map((option) => `--${option}`);
  const arguments_ = listed === undefined ? [] : argumentsOf(listed);
  const candidates = unfinished.startsWith('-') ? [...options, '--help'] : [...offered.map(nameOf), ...arguments_];
  return candidates.filter((word) => word.startsWith(unfinished));
}

function argumentsOf({ usage }: Listed): readonly string[] {
  if (/cell/.test(usage.split(' ')[1] ?? '')) return builtInNames();
  return usage.includes('<shell>') ? ['bash', 'zsh', 'fish'] : [];
}
