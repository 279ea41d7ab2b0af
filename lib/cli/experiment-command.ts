// An experiment as a command.

import type { Experiment } from '../experiments/kit/experiment.ts';
import { type Arguments, camelCase } from '../options/option.ts';
import { type Command, nameOf } from './command.ts';
import { experiments } from './experiments.ts';
import { outputOptions } from './output.ts';
import { environment } from './process-environment.ts';
import { trainAndSave } from './train-and-save.ts';

/** What a command does beside showing what is found. */
const runs: Readonly<Record<string, Command['run']>> = { train: trainAndSave };

/** The experiment `name` as a command. */
export function experimentCommand(name: string): Command {
  const run = runs[name];
  return { ...commandOf(experiments.find((experiment) => nameOf(experiment) === name)!), ...(run && { run }) };
}

function commandOf(experiment: Experiment): Command {
  const { options, places, examples, instead } = experiment;
  const all = [experiment, ...Object.values(instead)];
  /** Which question these options ask. Of two the other one is left unread, and so refused. */
  const chosen = (args: Arguments): Experiment => {
    const option = Object.keys(instead).find(
      (name) => ![undefined, false].includes(args[camelCase(name)] as undefined),
    );
    return option === undefined ? experiment : instead[option]!;
  };
  return {
    places,
    options: { ...options, ...outputOptions },
    examples,
    ...(all.some(({ result }) => result !== undefined) && {
      result: async (args) => chosen(args).result?.(args, environment),
    }),
    ...(all.some(({ seeds }) => seeds !== undefined) && {
      experiment: async (args) => chosen(args).seeds!(args, environment),
    }),
  };
}
