// Runs the seeds of an experiment: here, and when it takes longer, on the other cores too. Who runs a seed changes nothing in what
// it finds. Shows how far it is; the first Ctrl-C ends it with the seeds that are done.

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { interrupted as interruptedResult, type Seeded, type SoFar, type Watch } from '../experiments/seeds.ts';
import { numeral } from '../render/numerals.ts';
import { type Board, boardFor } from './board.ts';
import type { Arguments } from './command.ts';
import { readSoFar } from './files.ts';
import { firstInterrupt } from './interrupt.ts';
import { liveView } from './live-view.ts';
import { wholeNumber } from './numbers.ts';
import { checkOut, message, type OutputArguments, present, renderOptions } from './output.ts';
import type { RunArguments } from './run-options.ts';
import { seedThreads } from './seed-threads.ts';
import type { Found, Orders } from './seed-worker.ts';
import { noEffect, plainArguments, refuseUnread } from './unread.ts';

type SeedArguments = OutputArguments & RunArguments & Arguments;

/** A command over seeds, from its arguments to the exit code. `threads` wait for orders already. */
export async function runExperiment(
  command: string,
  experiment: (args: Arguments) => Promise<Seeded<unknown>>,
  args: SeedArguments,
  threads: readonly Worker[],
): Promise<number> {
  checkOutput(args);
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
export function checkOutput(args: OutputArguments): void {
  renderOptions(args);
  checkOut(args);
  void args.assert;
}

export function nothingDone(before: string): number {
  message(`interrupted before ${before}: nothing was written`);
  return 130;
}

export interface Run<Of> {
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
  threads: readonly Worker[] = [],
): Promise<Run<Of>> {
  const jobs = seeded.timed ? 1 : jobsFrom(args, seeded.seeds);
  refuseUnread(args);
  const board = boardFor(seeded.seeds);
  const found = new Map<number, Of>();
  let foundAll = (): void => {};
  const everything = new Promise<void>((resolve) => {
    foundAll = resolve;
  });
  const keep = ({ k, found: one }: Found): void => {
    found.set(k, one as Of);
    if (found.size === seeded.seeds) foundAll();
  };
  const crew = new Crew(board, { command, args: plainArguments(args) }, keep);
  const interrupt = firstInterrupt();
  interrupt.signal.addEventListener('abort', () => board.stop());
  const view = liveView(args);
  const started = performance.now();
  let rested = started;
  const look = (soFar: SoFar): void => {
    const { share } = board;
    if (share === 0) return;
    const count = soFar.count ?? (seeded.seeds > 1 ? `${board.done} of ${seeded.seeds} seeds` : '');
    const says = (soFar.values ?? []).map(({ name, value }) => `${name} ${numeral(value)}`).join('  ');
    view.show({
      share,
      says,
      count,
      ...(soFar.figure === undefined ? {} : { figure: soFar.figure }),
    });
  };
  const consider = (): void => {
    if (crew.isThere) return;
    const [behind, { share }] = [performance.now() - started, board];
    const ahead = share > 0 ? (behind * (1 - share)) / share : Number.POSITIVE_INFINITY;
    if (behind > known && ahead > worthwhile) crew.enlist(seedThreads(Math.min(jobs - 1, board.left)));
  };
  const watchOf = (k: number): Watch => ({
    async tick(done, all, soFar = {}) {
      board.note(k, done / all);
      if (performance.now() - rested < breathing) return;
      consider();
      look(soFar);
      await new Promise<void>((resolve) => setImmediate(resolve));
      rested = performance.now();
    },
    stopped: () => board.stopped,
  });
  if (seeded.timed) await Promise.all(threads.map((thread) => thread.terminate()));
  else if (threads.length > 0) {
    const wanted = Math.min(jobs, seeded.seeds) - 1;
    crew.enlist([...threads.slice(0, wanted), ...seedThreads(wanted - threads.length)]);
  }
  try {
    for (let k = board.take(); k !== undefined && !board.stopped; k = board.take()) {
      const one = await seeded.run(k, watchOf(k));
      if (one !== undefined) keep({ k, found: one });
      if (board.stopped) break;
      await watchOf(k).tick(1, 1);
    }
    if (!board.stopped) await waited(Promise.race([everything, crew.done()]), () => look({}), interrupt.signal);
  } finally {
    crew.dismiss();
    view.end();
    interrupt.release();
  }
  return { found: [...found].sort(([a], [b]) => a - b).map(([, one]) => one), interrupted: board.stopped };
}

/** Throws InputError, also where there is nothing to share out. */
function jobsFrom(args: RunArguments, seeds: number): number {
  const jobs = wholeNumber('--jobs', args.jobs, 1, 256, 'more threads than cores are no faster');
  if (jobs !== undefined && jobs > 1 && seeds === 1)
    throw noEffect('--jobs', 'one seed runs on one thread', 'remove --jobs, or run several seeds with --seeds');
  return jobs ?? availableParallelism();
}

/** Until the others are done too, or somebody has had enough. */
async function waited(done: Promise<void>, look: () => void, signal: AbortSignal): Promise<void> {
  const looking = setInterval(look, 100);
  const enough = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  try {
    await Promise.race([done, enough]);
  } finally {
    clearInterval(looking);
  }
}

/** The other threads. */
class Crew {
  readonly #board: Board;
  readonly #orders: Pick<Orders, 'command' | 'args'>;
  readonly #take: (found: Found) => void;
  readonly #workers: { readonly worker: Worker; readonly done: Promise<void> }[] = [];

  constructor(board: Board, orders: Pick<Orders, 'command' | 'args'>, take: (found: Found) => void) {
    this.#board = board;
    this.#orders = orders;
    this.#take = take;
  }

  get isThere(): boolean {
    return this.#workers.length > 0;
  }

  enlist(threads: readonly Worker[]): void {
    const orders: Orders = { ...this.#orders, board: this.#board.memory, read: readSoFar() };
    for (const worker of threads) {
      worker.ref();
      worker.postMessage(orders);
      worker.on('message', this.#take);
      const done = new Promise<void>((resolve, reject) => worker.once('error', reject).once('exit', () => resolve()));
      // Whoever waits hears of it; until then it is not unheard of.
      done.catch(() => {});
      this.#workers.push({ worker, done });
    }
  }

  async done(): Promise<void> {
    await Promise.all(this.#workers.map(({ done }) => done));
  }

  dismiss(): void {
    for (const { worker } of this.#workers) void worker.terminate();
  }
}
