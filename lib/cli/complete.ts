// What can follow at a tab: commands, their options, and the names of cells where a cell can stand.

import { builtInNames } from '../cells/catalogue.ts';
import { schedules } from '../experiments/train/learners.ts';
import { regimeNames } from '../experiments/training-regimes.ts';
import { exercises } from '../homework/catalogue.ts';
import { lessonPlaces } from '../lessons/course.ts';
import { engineNames } from '../options/engine.ts';
import { recurrentInits } from '../options/initialisation.ts';
import { signalNames } from '../options/input-sequence.ts';
import { taskNames } from '../options/task-argument.ts';
import { optimisers } from '../training/optimisers.ts';
import { type Command, type CommandListing, nameOf, standingIn } from './command.ts';
import { languageNames } from './homework-options.ts';
import { formats } from './output.ts';

/** What an option takes, where that is a short list; for a file the shell has its own completion. */
const values: Readonly<Record<string, readonly string[]>> = {
  signal: signalNames,
  init: recurrentInits,
  format: formats,
  engine: engineNames,
  compare: regimeNames,
  optimiser: Object.keys(optimisers),
  schedule: Object.keys(schedules),
  'clip-by': ['norm', 'element'],
  language: languageNames,
};

/** `words` are what stands on the command line behind `unroll`, the last one unfinished. */
export async function complete(commands: readonly CommandListing[], words: readonly string[]): Promise<string[]> {
  const unfinished = words.at(-1) ?? '';
  let offered = commands;
  let listed: CommandListing | undefined;
  let command: Command | undefined;
  let standing = 0;
  for (const [at, word] of words.slice(0, -1).entries()) {
    const next = offered.find((c) => nameOf(c) === word);
    if (!word.startsWith('-') && !takesValue(command, words[at - 1])) standing++;
    if (next === undefined) continue;
    const loaded = await next.load();
    // `$0 [name]` says what may stand where no subcommand does.
    listed = loaded.subcommands?.find((sub) => nameOf(sub) === '$0') ?? next;
    command = await standingIn(loaded);
    offered = command.subcommands ?? [];
    standing = 0;
  }
  const before = words.at(-2) ?? '';
  if (takesValue(command, before)) return (values[before.slice(2)] ?? []).filter((word) => word.startsWith(unfinished));
  const options = Object.keys(command?.options ?? {}).map((option) => `--${option}`);
  const arguments_ = listed === undefined ? [] : argumentsOf(listed, standing);
  const candidates = unfinished.startsWith('-') ? [...options, '--help'] : [...offered.map(nameOf), ...arguments_];
  return candidates.filter((word) => word.startsWith(unfinished));
}

const takesValue = (command: Command | undefined, word = ''): boolean =>
  word.startsWith('--') && command?.options[word.slice(2)]?.requiresArg === true;

/** `standing` arguments are there already; `[cells..]` takes any number. */
function argumentsOf({ usage }: CommandListing, standing: number): readonly string[] {
  const places = usage.split(' ').slice(1);
  const place = places[standing] ?? (places.at(-1)?.includes('..') ? places.at(-1) : undefined);
  if (place === undefined) return [];
  if (/cell|<[ab]>/.test(place)) return builtInNames();
  if (/\bids?\b/.test(place)) return exercises.map(({ id }) => id);
  if (/\bname\b/.test(place)) return lessonPlaces().map(({ id }) => id);
  if (place.includes('task')) return taskNames;
  // What is a file or a number the shell completes itself, or nobody.
  return place.includes('shell') ? ['bash', 'zsh', 'fish'] : [];
}
