// Another thread that runs seeds of an experiment. When it is given orders, it reads the command line as the first thread did, and takes seeds from the board.

import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import type { Watch } from '../experiments/seeds.ts';
import { type Board, boardOn } from './board.ts';
import { type Arguments, type Command, nameOf } from './command.ts';
import { commands } from './commands.ts';

export interface Orders {
  readonly command: string;
  readonly args: Arguments;
  readonly board: SharedArrayBuffer;
  /** What the first thread has read, by name: standard input and a pipe can be read only once. */
  readonly read: ReadonlyMap<string, Uint8Array>;
}

/** What one seed found. */
export interface Found {
  readonly k: number;
  readonly found: unknown;
}

async function work({ command, args, board: memory, read }: Orders): Promise<void> {
  const { remember } = await loading;
  remember(read);
  const { experiment } = await chosen(command, args);
  const board = boardOn(memory);
  const seeded = await experiment!(args);
  for (let k = next(board); k !== undefined; k = next(board)) {
    const found = await seeded.run(k, watchOf(board, k));
    board.note(k, 1);
    if (found !== undefined && !board.stopped) parentPort!.postMessage({ k, found } satisfies Found);
  }
}

/** The command of that name, or that one of its own which the second word names. */
async function chosen(name: string, { _: words }: Arguments): Promise<Command> {
  const command = await commands.find((listed) => nameOf(listed) === name)!.load();
  const own = command.subcommands?.find((listed) => nameOf(listed) === (words as readonly unknown[])[1]);
  return own === undefined ? command : own.load();
}

const next = (board: Board): number | undefined => (board.stopped ? undefined : board.take());

const watchOf = (board: Board, k: number): Watch => ({
  tick: async (done, all) => board.note(k, done / all),
  stopped: () => board.stopped,
});

// Read while the orders are on their way.
const loading = import('./work.ts');
const [orders] = await once(parentPort!, 'message');
await work(orders as Orders);
