// An experiment that asks the same of several seeds, so that its seeds can run side by side, be watched, and be left.

import type { LinesFigure, Result } from '../../render/result.ts';

/** `Found` is plain data, for it may come from another thread; whatever finds it depends on the options and on `k` alone. */
export interface Seeded<Found> {
  readonly seeds: number;
  /** The clock is part of what is found: one seed after the other, in one thread, and nothing beside it. */
  readonly timed?: true;
  /** The `k`-th seed, from 0: `options.seed + k`. Undefined when it was told to stop before it had anything. */
  run(k: number, watch: Watch): Promise<Found | undefined>;
  /** In the order of the seeds; fewer than `seeds`, and at least one, when it was stopped. */
  result(found: readonly Found[]): Result;
}

/** Whoever looks on while a seed runs. */
export interface Watch {
  /** After a piece of the work, so many of them done of so many; lets the event loop turn now and then. */
  readonly tick: (done: number, all: number, soFar?: SoFar) => Promise<void>;
  /** Whether to stop. Known anew after every tick. */
  readonly stopped: () => boolean;
}

/** What there is to see of a seed that still runs. */
export interface SoFar {
  /** Where it stands: the last loss of `gru`. */
  readonly values?: readonly { readonly name: string; readonly value: number }[];
  /** In words: `update 120 of 400`. */
  readonly count?: string;
  readonly figure?: () => LinesFigure;
}

/** Nobody looks on. */
export const unwatched: Watch = { tick: async () => {}, stopped: () => false };

/** A pause between two pieces of work, so that Ctrl-C is heard while an experiment runs. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What is found of each item, one after the other; undefined when it was told to stop. `find` ticks for the pieces of its item, if it has any. */
export async function inTurn<Item, Found>(
  items: readonly Item[],
  watch: Watch,
  find: (item: Item, watch: Watch) => Found | undefined | Promise<Found | undefined>,
): Promise<Found[] | undefined> {
  const found: Found[] = [];
  for (const item of items) {
    const one = await find(item, {
      ...watch,
      tick: (done, all, soFar) => watch.tick(found.length + done / all, items.length, soFar),
    });
    if (one === undefined) return undefined;
    found.push(one);
    await watch.tick(found.length, items.length);
    if (watch.stopped()) return undefined;
  }
  return found;
}

/** All seeds, one after the other, in this thread. */
export async function runSeeded<Found>(seeded: Seeded<Found>): Promise<Result> {
  const found: Found[] = [];
  for (let k = 0; k < seeded.seeds; k++) {
    const one = await seeded.run(k, unwatched);
    if (one !== undefined) found.push(one);
  }
  return seeded.result(found);
}

/** A result of fewer seeds than were asked for: said, and held to no claim. */
export function interrupted(result: Result, found: number, seeds: number): Result {
  const kept = `Interrupted: ${found} of ${seeds} seeds were done, and this is of ${found === 1 ? 'that one' : 'these'}.`;
  return {
    ...result,
    claims: [],
    notes: [`${kept} No claim is held against fewer than were asked for.`, ...result.notes],
  };
}
