// The threads that run seeds beside the first one. To start one takes as long as to start the program; so where somebody asks for many seeds,
// they are started while the first thread still reads the command line, and wait for their orders.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** From so many seeds on a second thread is called before it is known how long one takes. */
const many = 4;

/** A thread that reads the program and then waits. It keeps nobody from ending until it is given orders. Its file lies beside this one, as sources or bundled. */
function seedThread(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './seed-worker.ts' : './seed-worker.js';
  const worker = new Worker(new URL(file, import.meta.url));
  worker.unref();
  return worker;
}

/** So many; none where there are fewer than one. */
export const seedThreads = (count: number): Worker[] => Array.from({ length: Math.max(0, count) }, seedThread);

/** As many as the words of a command line make sure of, and no more than there are cores: none unless they say `--seeds`. What is wrong with them is said by whoever reads them. */
export function earlyThreads(argv: readonly string[]): Worker[] {
  const seeds = numberBehind('--seeds', argv) ?? 1;
  if (seeds < many || argv.includes('--help') || argv.includes('-h')) return [];
  const jobs = Math.min(numberBehind('--jobs', argv) ?? seeds, availableParallelism());
  return seedThreads(Math.min(jobs, seeds) - 1);
}

function numberBehind(option: string, argv: readonly string[]): number | undefined {
  const at = argv.findIndex((word) => word.split('=')[0] === option);
  const typed = argv[at]?.split('=')[1] ?? argv[at + 1] ?? '';
  return at >= 0 && /^\d{1,6}$/.test(typed) ? Number(typed) : undefined;
}
