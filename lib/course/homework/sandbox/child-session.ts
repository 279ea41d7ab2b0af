// Asks a runner in the sandbox: one line, one answer, and whatever else comes is a violation. How it ended is told as a Trouble.

import { randomBytes } from 'node:crypto';
import type { Limits } from '../sandbox.ts';
import type { Ending, Question, Reply, Session, Trouble } from '../session.ts';
import type { Child } from './child.ts';
import { type Line, longestLine, readLine, written } from './lines.ts';
import { harmless, withoutLastWords } from './prints.ts';
import { troubleOfExit } from './troubles.ts';

type Said = Extract<Line, { kind: 'said' }>;
export type Answered = Said | { readonly kind: 'ended'; readonly trouble: Trouble };

type Violation = Extract<Trouble, { status: 'violation' }>['code'];

interface Open {
  readonly id: string;
  readonly words: readonly string[];
  readonly answer: (answered: Answered) => void;
}

/** Lines in lockstep with a child. */
export class Lockstep {
  readonly child: Child;
  readonly #limits: Limits;
  #open: Open | undefined;
  #asked = 0;
  #unread: Uint8Array = new Uint8Array(0);
  #trouble: Trouble | undefined;

  constructor(child: Child, limits: Limits) {
    this.child = child;
    this.#limits = limits;
    child.onData = (chunk) => this.#take(chunk);
    child.onFlood = () => this.stop({ status: 'limit', code: 'prints' });
    child.exited.then((exit) => this.stop(troubleOfExit(exit, child.prints.raw)));
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Sends a request with an id of its own and waits for the one line that answers it. */
  async ask(request: { readonly [name: string]: unknown }, words: readonly string[]): Promise<Answered> {
    if (this.#trouble !== undefined) return { kind: 'ended', trouble: this.#trouble };
    const loading = this.#asked++ === 0;
    const id = randomBytes(12).toString('hex');
    const { seconds } = this.#limits;
    return new Promise((resolve) => {
      const clock = setTimeout(
        () => this.stop({ status: 'timeout', code: 'too-slow', seconds, loading }),
        seconds * 1000,
      );
      const answer = (answered: Answered): void => {
        clearTimeout(clock);
        this.#open = undefined;
        resolve(answered);
      };
      this.#open = { id, words, answer };
      this.child.send(written({ id, ...request } as never));
    });
  }

  /** Ends it, for the first reason that there was. Whoever waits for an answer gets it once the child is gone. */
  stop(trouble: Trouble): void {
    if (this.#trouble !== undefined) return;
    this.#trouble = trouble;
    const open = this.#open;
    void this.child.kill().then(() => open?.answer({ kind: 'ended', trouble }));
  }

  #take(chunk: Uint8Array): void {
    if (this.#trouble !== undefined) return;
    const trouble = this.#read(chunk);
    if (trouble !== undefined) this.stop(trouble);
  }

  #read(chunk: Uint8Array): Trouble | undefined {
    const violation = (code: Violation): Trouble => ({ status: 'violation', code });
    if (this.#open === undefined) return violation(this.#asked === 0 ? 'unasked' : 'second-reply');
    const end = chunk.indexOf(10);
    if (this.#unread.length + (end < 0 ? chunk.length : end) > longestLine)
      return { status: 'limit', code: 'reply-size' };
    const bytes = Buffer.concat([this.#unread, chunk.subarray(0, end < 0 ? chunk.length : end)]);
    this.#unread = end < 0 ? bytes : new Uint8Array(0);
    if (end < 0) return undefined;
    if (end < chunk.length - 1) return violation('second-reply');
    const line = readLine(bytes, this.#open.id, this.#open.words);
    if (line.kind === 'violation') return violation(line.code);
    this.#open.answer(line);
    return undefined;
  }
}

const replies = ['value', 'threw', 'promise', 'long'];

/** The session of a submission that has loaded. */
export function childSession(lines: Lockstep, runtime: string, readRaised: ReadRaised, tidy: () => void): Session {
  let ending: Promise<Ending> | undefined;
  const end = async (): Promise<Ending> => {
    // A line that was written after the last answer is seen now.
    await lines.ask({ ask: 'end' }, replies);
    const { trouble } = lines;
    const prints = await ended(lines, trouble);
    tidy();
    return { ...prints, runtime, ...(trouble === undefined ? {} : { trouble }) };
  };
  return {
    ask: async (question) => replyOf(await lines.ask(requestOf(question), replies), lines, readRaised),
    end: () => (ending ??= end()),
  };
}

export type ReadRaised = (body: unknown) => Extract<Reply, { kind: 'threw' }>['error'];

/** Kills what still runs; what it printed. */
export async function ended({ child }: Lockstep, trouble?: Trouble): Promise<{ prints: string; printsCut: boolean }> {
  await child.kill();
  const { raw, cut } = child.prints;
  const isNodes = trouble !== undefined && ['syntax', 'memory'].includes(trouble.code);
  return { prints: harmless(isNodes ? withoutLastWords(raw) : raw), printsCut: cut };
}

const requestOf = (question: Question): { readonly [name: string]: unknown } => {
  const { kind, ...rest } = question;
  return { ask: kind, ...rest };
};

const outOfMemory = /^(MemoryError|RangeError: Array buffer allocation failed|.*_ArrayMemoryError)/;

function replyOf(answered: Answered, lines: Lockstep, readRaised: ReadRaised): Reply {
  if (answered.kind === 'ended') return answered;
  const { word, body } = answered;
  if (word === 'value') return { kind: 'value', value: body };
  if (word === 'promise') return { kind: 'promise' };
  const over = (code: 'reply-size' | 'memory'): Reply => {
    const trouble: Trouble = { status: 'limit', code };
    lines.stop(trouble);
    return { kind: 'ended', trouble };
  };
  if (word === 'long') return over('reply-size');
  const error = readRaised(body);
  return outOfMemory.test(`${error.name}: ${error.message}`) ? over('memory') : { kind: 'threw', error };
}
