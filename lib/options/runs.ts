// The options that say how an experiment is run: --seed, --seeds, --engine.

import { type EngineName, engineNames } from './engine.ts';
import type { Environment } from './environment.ts';
import { readName } from './names.ts';
import { type Given, type Group, numberOption, textOption } from './option.ts';
import { wholeNumber } from './typed.ts';

export const runOptions = {
  seed: numberOption('Run', 'the seed of all random numbers', '1'),
  engine: textOption('Run', `${engineNames.join(' or ')}: same numbers, other speed`, 'fast'),
};

/** `seeds`: how many a command runs where it is not told. */
export const seedsOption = (seeds: number | string) => ({
  seeds: numberOption('Run', 'run so many seeds and draw their range', String(seeds)),
  jobs: numberOption('Run', 'seeds side by side', 'one a core'),
});

export type RunArguments = Given<typeof runOptions & ReturnType<typeof seedsOption>>;

function orAssumed(option: string, given: number | undefined, otherwise: number, { assumed }: Environment): number {
  if (given === undefined) assumed(option, otherwise);
  return given ?? otherwise;
}

export const seedFrom = (args: RunArguments, environment: Environment): number =>
  orAssumed('--seed', wholeNumber('--seed', args.seed, 0, 2_147_483_647), 1, environment);

export const seedsFrom = (args: RunArguments, otherwise: number, environment: Environment): number =>
  orAssumed(
    '--seeds',
    wholeNumber('--seeds', args.seeds, 1, 1000, 'more seeds hardly change the band'),
    otherwise,
    environment,
  );

export const engineFrom = (args: RunArguments, otherwise: EngineName): EngineName =>
  readName(args.engine, { where: '--engine', what: 'engine', names: engineNames }) ?? otherwise;

/** A Result names its seed in a place of its own. */
export const seed: Group<number> = {
  options: { seed: runOptions.seed },
  read: (args, _, environment) => seedFrom(args, environment),
  json: () => ({}),
};

export const engine: Group<EngineName> = {
  options: { engine: runOptions.engine },
  read: (args) => engineFrom(args, 'fast'),
};

/** `otherwise`: how many where it is not said, and what --help says of it. --jobs is for who runs them. */
const seeds = <Earlier>(otherwise: (earlier: Earlier) => number, description: string): Group<number, Earlier> => ({
  options: seedsOption(description),
  read: (args, earlier, environment) => seedsFrom(args, otherwise(earlier), environment),
});

/** --seed and --seeds, so many where it is not said. */
export const seedRuns = (otherwise: number) => ({ seed, seeds: seeds(() => otherwise, String(otherwise)) });

/** The same and --engine. */
export const runs = (otherwise: number) => runsFor(() => otherwise, String(otherwise));

/** The same where it depends on other options; `description`: what --help says of it. */
export const runsFor = <Earlier>(otherwise: (earlier: Earlier) => number, description: string) => ({
  // The help lists --engine behind it.
  seed: { ...seed, options: runOptions },
  seeds: seeds(otherwise, description),
  engine,
});
