// The threads that check what is graded by what it learns, started when there is something for them.

import { Worker } from 'node:worker_threads';
import type { Report } from '../homework/report.ts';
import type { Order } from './check-alone.ts';

export class ClaimThreads {
  readonly #most: number;
  readonly #all: Worker[] = [];
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for a thread, then for the report. Rejects when the thread itself breaks. */
  async check(order: Order): Promise<Report> {
    while (this.#idle.length === 0 && this.#all.length >= this.#most)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const worker = this.#idle.pop() ?? this.#start();
    const report = await new Promise<Report>((resolve, reject) => {
      worker.once('error', reject).once('message', (found: Report) => {
        worker.off('error', reject);
        resolve(found);
      });
      worker.postMessage(order);
    });
    this.#idle.push(worker);
    this.#waiting.shift()?.();
    return report;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }

  /** Its file lies beside this one, as source or bundled. */
  #start(): Worker {
    const file = import.meta.url.endsWith('.ts') ? './claim-worker.ts' : './claim-worker.js';
    const worker = new Worker(new URL(file, import.meta.url));
    this.#all.push(worker);
    return worker;
  }
}
