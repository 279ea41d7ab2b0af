// Threads beside the first one. Each runs worker.ts, as source or bundled, and does one job of it after another.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** The jobs of worker.ts. */
export type ThreadJob = 'seeds' | 'check' | 'recurrences';

/** A thread reads the program as soon as it is made, which takes as long as to start unroll. It keeps nobody from ending while it has no job. */
export class Thread {
  readonly #worker = new Worker(
    new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url),
  );

  constructor() {
    this.#worker.unref();
  }

  /** What the job answers; `hear` is told what it sends before. Rejects when the thread itself breaks. */
  async run<Answer>(job: ThreadJob, data: object, hear?: (sent: unknown) => void): Promise<Answer> {
    const worker = this.#worker;
    worker.ref();
    worker.postMessage({ job, data });
    return new Promise<Answer>((resolve, reject) => {
      const listener = (message: { readonly sent: unknown } | { readonly answer: Answer }) => {
        if ('sent' in message) return hear?.(message.sent);
        worker.off('error', reject).off('message', listener).unref();
        resolve(message.answer);
      };
      worker.on('message', listener).once('error', reject);
    });
  }

  end(): Promise<unknown> {
    return this.#worker.terminate();
  }
}

/** So many; none where there are fewer than one. */
export const threads = (count: number): Thread[] => Array.from({ length: Math.max(0, count) }, () => new Thread());

/** At most so many threads, each started when there is a job for it. */
export class ThreadPool {
  readonly #most: number;
  readonly #all: Thread[] = [];
  readonly #idle: Thread[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async run<Answer>(job: ThreadJob, data: object): Promise<Answer> {
    while (this.#idle.length === 0 && this.#all.length >= this.#most)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let thread = this.#idle.pop();
    if (thread === undefined) this.#all.push((thread = new Thread()));
    const answer = await thread.run<Answer>(job, data);
    this.#idle.push(thread);
    this.#waiting.shift()?.();
    return answer;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((thread) => thread.end()));
  }
}

/** From so many seeds on a second thread is called before it is known how long one takes. */
const many = 4;

/** Started while the command line is read: as many as its words make sure of, and no more than there are cores; none unless they say `--seeds`. */
export function earlyThreads(argv: readonly string[]): Thread[] {
  const seeds = numberBehind('--seeds', argv) ?? 1;
  if (seeds < many || argv.includes('--help') || argv.includes('-h')) return [];
  const jobs = Math.min(numberBehind('--jobs', argv) ?? seeds, availableParallelism());
  return threads(Math.min(jobs, seeds) - 1);
}

/** What is wrong with it is said by whoever reads the option. */
function numberBehind(option: string, argv: readonly string[]): number | undefined {
  const at = argv.findIndex((word) => word.split('=')[0] === option);
  const typed = argv[at]?.split('=')[1] ?? argv[at + 1] ?? '';
  return at >= 0 && /^\d{1,6}$/.test(typed) ? Number(typed) : undefined;
}
