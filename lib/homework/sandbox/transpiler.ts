// Leaves out types in another thread, which can be ended: reading some texts takes exponential time. A thread is kept for the next text.

import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Limits } from '../sandbox.ts';
import type { Trouble } from '../session.ts';

/** The code; what is wrong with the text; or why there is neither. */
export type Answered =
  | { readonly code: string; readonly trouble?: undefined }
  | { readonly message: string; readonly line?: number; readonly code?: undefined; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly code?: undefined };

export class Transpiler {
  readonly #idle: Worker[] = [];

  /** Rejects only when the thread itself breaks. */
  async withoutTypes(text: string, { seconds, memory }: Limits): Promise<Answered> {
    const worker = this.#idle.pop() ?? (await started(memory));
    worker.ref();
    const over = new AbortController();
    const tooSlow: Trouble = { status: 'timeout', code: 'too-slow', seconds, loading: true, reading: true };
    try {
      worker.postMessage(text);
      const answered = await Promise.race([
        once(worker, 'message', over).then(([found]) => found as Answered),
        setTimeout(seconds * 1000, { trouble: tooSlow }, over),
      ]);
      if (answered.trouble === tooSlow) await worker.terminate();
      else this.#keep(worker);
      return answered;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
      return { trouble: { status: 'limit', code: 'memory' } };
    } finally {
      over.abort();
    }
  }

  /** It keeps nobody from ending. */
  #keep(worker: Worker): void {
    worker.unref();
    this.#idle.push(worker);
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate()));
  }
}

/** Its file lies beside this one, as source or bundled. `memory`: MiB. */
async function started(memory: number): Promise<Worker> {
  const file = import.meta.url.endsWith('.ts') ? './transpile-worker.mjs' : './transpile-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: memory } });
  await once(worker, 'message');
  return worker;
}
