// Hands command lines to a child process one by one, ends it where one takes too long, and says what is wrong with an outcome.

import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { FuzzOrder, FuzzOutcome } from './fuzz-child.ts';
import { stackTrace } from './run-unroll.ts';

/** Milliseconds after which a line counts as one that hangs: far more than the slowest takes on a busy machine. */
const longest = 120_000;

export class FuzzRunner {
  #child: ChildProcess | undefined;
  #done = 0;

  async run(order: FuzzOrder): Promise<FuzzOutcome | 'hangs'> {
    // Begun again now and then: what hundreds of lines leave in memory is no concern of a program that runs one.
    if (this.#done++ % 500 === 499) this.end();
    this.#child ??= await started();
    const child = this.#child;
    return new Promise((done, failed) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        this.#child = undefined;
        finish('hangs');
      }, longest);
      const ended = (code: number | null): void => {
        this.#child = undefined;
        clearTimeout(timer);
        failed(new Error(`the process ended with ${code}: ${order.line.join(' ')}`));
      };
      const finish = (outcome: FuzzOutcome | 'hangs'): void => {
        clearTimeout(timer);
        child.off('exit', ended);
        done(outcome);
      };
      child.once('exit', ended);
      child.once('message', finish);
      child.send(order);
    });
  }

  end(): void {
    this.#child?.send('end');
    this.#child = undefined;
  }
}

async function started(): Promise<ChildProcess> {
  const child = fork(resolve('test/cli/fuzz-child.ts'), {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((ready) => child.once('message', () => ready()));
  return child;
}

/** Command lines that are there to write, and where to. */
const writes = /^(homework start|lesson (export|new)|schema|completion)/;

/** What must hold of every line whatever it is; undefined where it does. */
export function faultOf({ line }: FuzzOrder, outcome: FuzzOutcome | 'hangs'): string | undefined {
  if (outcome === 'hangs') return 'hangs';
  const { code, out, err, left, changed } = outcome;
  if (![0, 1, 2].includes(code)) return `exit ${code}: ${err}`;
  if (stackTrace.test(err) || /has a fault of its own|Internal error/i.test(err))
    return `a stack trace or an internal error: ${err}`;
  if (code === 2 && err.trim() === '') return 'exit 2 without a message';
  if (code === 2 && left.length > 0) return `exit 2 and leaves ${left.join(', ')}`;
  if (changed.length > 0 && (code === 2 || !line.some((word) => word.startsWith('--force'))))
    return `changes ${changed.join(', ')}`;
  const mayWrite = writes.test(line.join(' ')) || line.some((word) => /^--(out|save)/.test(word));
  if (left.length > 0 && !mayWrite) return `leaves ${left.join(', ')}`;
  return notFinite(out, line);
}

function notFinite(out: string, line: readonly string[]): string | undefined {
  if (line.some((word) => word.includes('NaN'))) return undefined;
  if (/NaNe|NaN\d/.test(out)) return 'prints a number made of NaN';
  const drawn = out.replace(/[^\n]*\bis not finite[^\n]*/g, '');
  if (out.startsWith('{') && out.includes('"claims":')) {
    const { claims = [] } = JSON.parse(out) as { claims?: { holds: boolean; measured: unknown; id: string }[] };
    const held = claims.find(({ holds, measured }) => holds && typeof measured !== 'number');
    return held === undefined ? undefined : `claim ${held.id} holds on ${held.measured}`;
  }
  return /\bNaN\b/.test(drawn) && /✓|^ \+ /m.test(out) ? 'prints NaN beside a claim that holds' : undefined;
}
