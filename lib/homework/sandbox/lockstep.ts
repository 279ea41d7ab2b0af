// Questions and answers in lockstep with a child: one line, one answer, and whatever else comes is a violation. How it ended is told as
// a Trouble.

import { randomBytes } from 'node:crypto';
import type { Limits, Trouble } from '../session.ts';
import type { Child } from './child.ts';
import { cutTo } from './prints.ts';
import { longestLine, looksLikeReply, type ProtocolLine, readLine, written } from './reply-lines.ts';
import { cannotRun, troubleOfExit } from './troubles.ts';

type ReplyLine = Extract<ProtocolLine, { kind: 'said' }>;
export type LineReply = ReplyLine | { readonly kind: 'ended'; readonly trouble: Trouble };

/** Of its time on the clock a program has had enough of the processor when it had this much; starting takes the rest. */
const enough = 0.9;

interface Open {
  readonly id: string;
  readonly words: readonly string[];
  readonly answer: (answered: LineReply) => void;
}

export class Lockstep {
  readonly child: Child;
  readonly #limits: Limits;
  #open: Open | undefined;
  readonly #shared: boolean;
  /** Of questions that have been answered. */
  readonly #spent = new Set<string>();
  /** The beginning of a line whose end has not come, in the first `#begun` bytes. */
  #line = new Uint8Array(1 << 10);
  #begun = 0;
  #trouble: Trouble | undefined;
  #hasHungUp = false;
  #loading = false;
  /** Milliseconds that loading and all answers together may take, and what is left of them: below 0 in overtime. */
  readonly #time: number;
  #left: number;

  /** `shared`: what is printed comes the same way, and is every line that is no reply. `spent`: milliseconds of the limit that are over. */
  constructor(child: Child, limits: Limits, shared = false, spent = 0) {
    this.child = child;
    this.#shared = shared;
    this.#limits = limits;
    this.#time = Math.max(0, limits.seconds * 1000 - spent);
    this.#left = this.#time;
    child.onData = (chunk) => this.#take(chunk);
    child.onFlood = () => this.stop({ status: 'limit', code: 'prints' });
    child.exited.then((exit) => {
      if (!this.#hasHungUp)
        this.stop(
          troubleOfExit(shared && exit.failed !== undefined ? cannotRun : exit, child.prints.lastWords, this.#loading),
        );
    });
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Sends a request with an id of its own and waits for the one line that answers it. */
  async ask(request: { readonly [name: string]: unknown }, words: readonly string[]): Promise<LineReply> {
    if (this.#trouble !== undefined) return { kind: 'ended', trouble: this.#trouble };
    const loading = request.ask === 'load';
    this.#loading = loading;
    const id = randomBytes(12).toString('hex');
    const asked = performance.now();
    return new Promise((resolve) => {
      const clock = setTimeout(() => this.#timeIsOver(loading), Math.max(0, this.#left));
      const answer = (answered: LineReply): void => {
        clearTimeout(clock);
        this.#left -= performance.now() - asked;
        this.#open = undefined;
        resolve(answered);
      };
      this.#open = { id, words, answer };
      this.child.send(written({ id, ...request } as never));
    });
  }

  /** Where others had the processor meanwhile, or it waited for something, that is said: it may be asked again when nothing else runs. */
  #timeIsOver(loading: boolean): void {
    const used = this.child.processorUse();
    const hadEnough = used === undefined || used.time >= enough * this.#time;
    const why = hadEnough ? {} : used.computes ? { starved: true as const } : { waits: true as const };
    this.stop({ status: 'timeout', code: 'too-slow', seconds: this.#limits.seconds, loading, ...why });
  }

  /** There are no more questions: from now on an exit is no trouble. */
  hangUp(): void {
    this.#hasHungUp = true;
    this.child.hangUp();
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
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = this.#ended(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      const trouble = this.#isPrint(line) ? this.#print(line) : this.#readLine(line);
      if (trouble !== undefined) return trouble;
    }
    this.#keep(rest);
    if (this.#begun <= longestLine) return undefined;
    const line = this.#ended(new Uint8Array(0));
    return this.#isPrint(line) ? this.#print(line) : { status: 'limit', code: 'reply-size' };
  }

  /** The line that ends with these bytes; prints are kept as they are given, so it shares nothing with the next one. */
  #ended(last: Uint8Array): Uint8Array {
    if (this.#begun === 0) return last;
    this.#keep(last);
    const line = this.#line.slice(0, this.#begun);
    this.#begun = 0;
    return line;
  }

  /** Room doubles, so that a child which writes single bytes costs no more than one that writes lines. */
  #keep(bytes: Uint8Array): void {
    const length = this.#begun + bytes.length;
    if (length > this.#line.length) {
      const wider = new Uint8Array(Math.max(length, 2 * this.#line.length));
      wider.set(this.#line.subarray(0, this.#begun));
      this.#line = wider;
    }
    this.#line.set(bytes, this.#begun);
    this.#begun = length;
  }

  readonly #isPrint = (line: Uint8Array): boolean => this.#shared && !looksLikeReply(line);

  #print(line: Uint8Array): undefined {
    this.child.print(line);
    this.child.print(Uint8Array.of(10));
  }

  /** What a line says by itself, and not when it came, decides what kind of violation it is. */
  #readLine(bytes: Uint8Array): Trouble | undefined {
    if (bytes.length > longestLine) return { status: 'limit', code: 'reply-size' };
    const line = readLine(bytes, this.#open?.id, this.#spent);
    if (line.kind === 'violation') return { status: 'violation', code: line.code };
    if (!this.#open!.words.includes(line.word))
      return { status: 'violation', code: 'malformed', ...(this.#shared ? { word: cutTo(line.word, 40) } : {}) };
    this.#spent.add(this.#open!.id);
    this.#open!.answer(line);
    return undefined;
  }
}
