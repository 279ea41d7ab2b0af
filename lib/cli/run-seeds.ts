// Runs the seeds of an experiment: here, and when it takes longer, on the other cores too. Who runs a seed changes nothing in what
// it finds. Shows how far it is; the first Ctrl-C ends it with the seeds that are done.

import { availableParallelism } from 'node:os';
import { interrupted as interruptedResult, type Seeded, type SoFar, type Watch } from '../experiments/kit/seeds.ts';
import type { Arguments } from '../options/option.ts';
import type { RunArguments } from '../options/runs.ts';
import { wholeNumber } from '../options/typed.ts';
import { numeral } from '../render/numerals.ts';
import type { CommandOutcome, ParsedCommand, ProgressDisplay } from './command.ts';
import { readSoFar } from './files.ts';
import { firstInterrupt, liveView } from './long-run.ts';
import { checkOut, message, type OutputArguments, present, renderOptions } from './output.ts';
import { SeedQueue } from './seed-queue.ts';
import { threads as newThreads, type Thread } from './threads.ts';
import { changed, noEffect, plainArguments, refuseUnread } from './unread.ts';

type SeedArguments = OutputArguments & RunArguments & Arguments;

/** A command over seeds, from its arguments to the exit code. `threads` wait for orders already. */
export async function runExperiment(
  command: string,
  experiment: (args: Arguments) => Promise<Seeded<unknown>>,
  args: SeedArguments,
  threads: readonly Thread[],
): Promise<number> {
  const seeded = await experiment(args);
  const { found, interrupted } = await runSeeds(seeded, command, args, threads);
  if (found.length === 0) return nothingDone('the first seed was done');
  const result = seeded.result(found);
  if (!interrupted) return present(result, args);
  message(`interrupted after ${found.length} of ${seeded.seeds} seeds: this is what there is`);
  await present(interruptedResult(result, found.length, seeded.seeds), { ...args, assert: false });
  return 130;
}

/** All that can be wrong with the output is said before the work. */
export function checkOutputOptions(args: OutputArguments): void {
  renderOptions(args);
  checkOut(args);
  void args.assert;
}

export function nothingDone(before: string): number {
  message(`interrupted before ${before}: nothing was written`);
  return 130;
}

/** What another thread is told: worker.ts. */
export interface SeedsOrder {
  readonly command: string;
  readonly args: Arguments;
  readonly queue: SharedArrayBuffer;
  /** What the first thread has read, by name: standard input and a pipe can be read only once. */
  readonly read: ReadonlyMap<string, Uint8Array>;
}

/** What one seed found. */
export interface SeedFound {
  readonly k: number;
  readonly found: unknown;
}

/** Whether a command has a Result of its own. */
export const hasResult = ({ command }: ParsedCommand): boolean =>
  command.result !== undefined || command.experiment !== undefined;

/** The Result of a command line that another command runs: a side of `compare`, a block of a lesson. Undefined when it was interrupted before anything was found. */
export async function resultOf(
  { name, command, args }: ParsedCommand,
  { quiet, plain }: ProgressDisplay,
): Promise<CommandOutcome | undefined> {
  const plainly = await command.result?.(args);
  if (plainly !== undefined) {
    refuseUnread(args);
    return { result: plainly, whole: true };
  }
  const seeded = await command.experiment!(args);
  const { found, interrupted } = await runSeeds(
    seeded,
    name,
    changed(args, { ...(quiet && { quiet }), ...(plain && { plain }) }),
  );
  if (found.length === 0) return undefined;
  const result = seeded.result(found);
  return { result: interrupted ? interruptedResult(result, found.length, seeded.seeds) : result, whole: !interrupted };
}

interface SeedRun<Of> {
  /** In the order of the seeds. */
  readonly found: Of[];
  readonly interrupted: boolean;
}

/** Milliseconds of work before us that make other threads worth their start; and behind us, so that this can be told. */
const worthwhile = 300;
const known = 150;
/** The event loop turns at least so often, so that Ctrl-C is heard. */
const breathing = 20;

export async function runSeeds<Of>(
  seeded: Seeded<Of>,
  command: string,
  args: SeedArguments,
  threads: readonly Thread[] = [],
): Promise<SeedRun<Of>> {
  const jobs = seeded.timed ? 1 : jobsFrom(args, seeded.seeds);
  refuseUnread(args);
  const queue = new SeedQueue(seeded.seeds);
  const found = new Map<number, Of>();
  let foundAll = (): void => {};
  const everything = new Promise<void>((resolve) => {
    foundAll = resolve;
  });
  const keep = ({ k, found: one }: SeedFound): void => {
    found.set(k, one as Of);
    if (found.size === seeded.seeds) foundAll();
  };
  const helpers: { readonly thread: Thread; readonly done: Promise<void> }[] = [];
  const enlist = (some: readonly Thread[]): void => {
    const order: SeedsOrder = { command, args: plainArguments(args), queue: queue.memory, read: readSoFar() };
    for (const thread of some) {
      const done = thread.run<void>('seeds', order, (sent) => keep(sent as SeedFound));
      // A thread that breaks is reported where its end is awaited; until then the rejection counts as handled.
      done.catch(() => {});
      helpers.push({ thread, done });
    }
  };
  const interrupt = firstInterrupt();
  interrupt.signal.addEventListener('abort', () => queue.stop());
  const view = liveView(args);
  const started = performance.now();
  let rested = started;
  const look = (soFar: SoFar): void => {
    const { progress: share } = queue;
    if (share === 0) return;
    const count = soFar.count ?? (seeded.seeds > 1 ? `${queue.done} of ${seeded.seeds} seeds` : '');
    const says = (soFar.values ?? []).map(({ name, value }) => `${name} ${numeral(value)}`).join('  ');
    view.show({ share, says, count, figure: soFar.figure });
  };
  const consider = (): void => {
    if (helpers.length > 0) return;
    const [behind, share] = [performance.now() - started, queue.progress];
    const ahead = share > 0 ? (behind * (1 - share)) / share : Number.POSITIVE_INFINITY;
    if (behind > known && ahead > worthwhile) enlist(newThreads(Math.min(jobs - 1, queue.remaining)));
  };
  const watchOf = (k: number): Watch => ({
    async tick(done, all, soFar = {}) {
      queue.setProgress(k, done / all);
      if (performance.now() - rested < breathing) return;
      consider();
      look(soFar);
      await new Promise<void>((resolve) => setImmediate(resolve));
      rested = performance.now();
    },
    stopped: () => queue.stopped,
  });
  if (seeded.timed) await Promise.all(threads.map((thread) => thread.end()));
  else if (threads.length > 0) {
    const wanted = Math.min(jobs, seeded.seeds) - 1;
    enlist([...threads.slice(0, wanted), ...newThreads(wanted - threads.length)]);
  }
  try {
    for (let k = queue.next(); k !== undefined; k = queue.next()) {
      const one = await seeded.run(k, watchOf(k));
      if (one !== undefined) keep({ k, found: one });
      if (!queue.stopped) await watchOf(k).tick(1, 1);
    }
    const helped = Promise.all(helpers.map(({ done }) => done));
    if (!queue.stopped) await waited(Promise.race([everything, helped]), () => look({}), interrupt.signal);
  } finally {
    for (const { thread } of helpers) void thread.end();
    view.end();
    interrupt.release();
  }
  return { found: [...found].sort(([a], [b]) => a - b).map(([, one]) => one), interrupted: queue.stopped };
}

/** Throws InputError, also where there is nothing to share out. */
function jobsFrom(args: RunArguments, seeds: number): number {
  const jobs = wholeNumber('--jobs', args.jobs, 1, 256, 'more threads than cores are no faster');
  if (jobs !== undefined && jobs > 1 && seeds === 1)
    throw noEffect('--jobs', 'one seed runs on one thread', 'remove --jobs, or run several seeds with --seeds');
  return jobs ?? availableParallelism();
}

/** Until the others are done too, or somebody has had enough. */
async function waited(done: Promise<unknown>, look: () => void, signal: AbortSignal): Promise<void> {
  const looking = setInterval(look, 100);
  const enough = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  try {
    await Promise.race([done, enough]);
  } finally {
    clearInterval(looking);
  }
}
