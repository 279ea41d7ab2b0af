// The options that say how an experiment is run: --seed, --seeds, --engine.

import { type EngineName, engineNames } from '../experiments/engine.ts';
import { oneOf } from './names.ts';
import { once, wholeNumber } from './numbers.ts';
import { type Given, number, text } from './options.ts';

export const runOptions = {
  seed: number('Run', 'the seed of all random numbers', '1'),
  engine: text('Run', `${engineNames.join(' or ')}: same numbers, other speed`, 'fast'),
};

/** `seeds`: how many a command runs where it is not told. */
export const seedsOption = (seeds: number | string) => ({
  seeds: number('Run', 'run so many seeds and draw their range', String(seeds)),
  jobs: number('Run', 'seeds side by side', 'one a core'),
});

export type RunArguments = Given<typeof runOptions & ReturnType<typeof seedsOption>>;

/** Values that were not given, each time that one was needed: a command line that is printed names them. */
const assumed = new Map<string, number[]>();
export const assumedSoFar = (): ReadonlyMap<string, readonly number[]> => assumed;

function orAssumed(option: string, given: number | undefined, otherwise: number): number {
  if (given === undefined) assumed.set(option, [...(assumed.get(option) ?? []), otherwise]);
  return given ?? otherwise;
}

export const seedFrom = (args: RunArguments): number =>
  orAssumed('--seed', wholeNumber('--seed', args.seed, 0, 2_147_483_647), 1);

export const seedsFrom = (args: RunArguments, otherwise: number): number =>
  orAssumed('--seeds', wholeNumber('--seeds', args.seeds, 1, 1000, 'more seeds hardly change the band'), otherwise);

/** All three; `seeds`: how many where it is not said. */
export const runFrom = (args: RunArguments, seeds: number) => ({
  seed: seedFrom(args),
  seeds: seedsFrom(args, seeds),
  engine: engineFrom(args, 'fast'),
});

export function engineFrom(args: RunArguments, otherwise: EngineName): EngineName {
  const typed = once('--engine', args.engine);
  return typed === undefined ? otherwise : oneOf(typed, { where: '--engine', what: 'engine', names: engineNames });
}
