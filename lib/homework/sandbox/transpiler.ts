// TypeScript to JavaScript by leaving the types out: every line stays where it is, nothing is checked, nothing is bundled. In another thread,
// which can be ended: reading some texts takes exponential time. A thread is kept for the next text.

import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { textLines } from '../language.ts';
import type { Limits, Trouble } from '../session.ts';

/** The code; what is wrong with the text; or why there is neither. */
type TypesRemoved =
  | { readonly code: string; readonly trouble?: undefined }
  | { readonly message: string; readonly line?: number; readonly code?: undefined; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly code?: undefined };

export class Transpiler {
  readonly #idle: Worker[] = [];

  /** Rejects only when the thread itself breaks. */
  async withoutTypes(text: string, { seconds, memory }: Limits): Promise<TypesRemoved> {
    const worker = this.#idle.pop() ?? (await started(memory));
    worker.ref();
    const over = new AbortController();
    const tooSlow: Trouble = { status: 'timeout', code: 'too-slow', seconds, loading: true, reading: true };
    try {
      worker.postMessage(text);
      const answered = await Promise.race([
        once(worker, 'message', over).then(([found]) => found as TypesRemoved),
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

type Transpiled =
  | { readonly code: string; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly code?: undefined };

/** Leaving out types would leave out what is in it, too. */
const namespaces = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w.]+[ \t]*\{/m;
const namespaceMessage = 'a namespace is not supported: only types are left out here, nothing is compiled';

export async function transpile(text: string, transpiler: Transpiler, limits: Limits): Promise<Transpiled> {
  const namespace = namespaces.exec(withoutComments(text));
  if (namespace !== null) return syntaxTrouble(text, namespaceMessage, lineAt(text, namespace.index));
  const answered = await transpiler.withoutTypes(text, limits);
  if (answered.trouble !== undefined || answered.code !== undefined) return answered;
  return syntaxTrouble(text, answered.message.replace(/\s*\(\d+:\d+\)$/, ''), answered.line);
}

/** Every character of them is a blank, so that lines stay where they are. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function syntaxTrouble(text: string, message: string, line?: number): Transpiled {
  const source = line === undefined ? undefined : textLines(text)[line - 1];
  const where = source === undefined ? {} : { line: line!, text: source.slice(0, 500) };
  return { trouble: { status: 'error', code: 'syntax', raised: { name: 'SyntaxError', message, ...where } } };
}
