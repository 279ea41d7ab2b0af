// Another thread: it does the jobs that threads.ts gives it, one after another. Each is a function of plain data.

import { parentPort } from 'node:worker_threads';
import type { Arguments } from '../options/option.ts';
import { type Command, nameOf } from './command.ts';
import type { CheckOrder } from './commands/homework-grade.ts';
import { commands } from './commands.ts';
import type { SeedFound, SeedsOrder } from './run-seeds.ts';
import { SeedQueue } from './seed-queue.ts';
import type { ThreadJob } from './threads.ts';
import type { RecurrenceOrder } from './two-threads.ts';

const jobs: Readonly<Record<ThreadJob, (data: never, send: (sent: unknown) => void) => Promise<unknown>>> = {
  seeds: takeSeeds,
  check: async (order: CheckOrder) => (await import('./bundle-course.ts')).checkAlone(order),
  recurrences: async (order: RecurrenceOrder, send) =>
    (await import('./bundle-main.ts')).obeyOrders(order, () => send('ready')),
};

/** Takes seeds from the queue, as the first thread does: the command line is read again, for an experiment is no plain data. */
async function takeSeeds({ command, args, queue: memory, read }: SeedsOrder, send: (one: SeedFound) => void) {
  const { remember } = await import('./bundle-main.ts');
  remember(read);
  const { experiment } = await chosen(command, args);
  const queue = new SeedQueue(memory);
  const seeded = await experiment!(args);
  for (let k = queue.next(); k !== undefined; k = queue.next()) {
    const at = k;
    const found = await seeded.run(k, {
      tick: async (done, all) => queue.setProgress(at, done / all),
      stopped: () => queue.stopped,
    });
    queue.setProgress(k, 1);
    if (found !== undefined && !queue.stopped) send({ k, found });
  }
}

/** The command of that name, or that one of its own which the second word names. */
async function chosen(name: string, { _: words }: Arguments): Promise<Command> {
  const command = await commands.find((listed) => nameOf(listed) === name)!.load();
  const own = command.subcommands?.find((listed) => nameOf(listed) === (words as readonly unknown[])[1]);
  return own === undefined ? command : own.load();
}

parentPort!.on('message', async ({ job, data }: { readonly job: ThreadJob; readonly data: never }) => {
  const answer = await jobs[job](data, (sent) => parentPort!.postMessage({ sent }));
  parentPort!.postMessage({ answer });
});
// Read while the first job is on its way.
await import('./bundle-main.ts');
