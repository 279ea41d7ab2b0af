// A started submission as a process: lines to it and from it, what it prints, and its certain end.

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Launch } from './confinements.ts';
import { type PrintStream, Prints } from './prints.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** It could not be started at all. */
  readonly failed?: string;
}

/** Milliseconds: what is still in a pipe after the exit is waited for so long, as a process that got away may hold it open. */
const lastWords = 100;
/** Milliseconds that what started a killed process has to end by itself. */
const patience = 2000;

export class Child {
  readonly prints = new Prints();
  /** Resolves once it has ended and is reaped. */
  readonly exited: Promise<Exit>;
  /** Set by whoever listens: what comes on the channel, and that there is too much printed. */
  onData: (chunk: Uint8Array) => void = () => {};
  onFlood: () => void = () => {};
  readonly #process: ChildProcess;
  readonly #to: Writable;
  #inner: number | undefined;
  #exit: Exit | undefined;
  #killed = false;

  /** Throws where the system does not start it at all. With `channel` lines go through descriptor 3 both ways; without, through standard input and output. */
  constructor(launch: Launch, channel: boolean) {
    this.#process = spawn(launch.command, [...launch.arguments], {
      cwd: launch.cwd,
      env: launch.env,
      detached: true,
      stdio: [
        channel ? 'ignore' : 'pipe',
        'pipe',
        'pipe',
        channel || launch.tellsChild ? 'pipe' : 'ignore',
        launch.tellsChild ? 'pipe' : 'ignore',
      ],
      ...(launch.user === undefined ? {} : { uid: launch.user, gid: launch.user }),
    });
    const { stdin, stdout, stderr, stdio } = this.#process;
    const line = stdio[3] as Duplex | undefined | null;
    this.#to = channel ? line! : stdin!;
    const from = channel ? line! : stdout!;
    for (const stream of [stdin, stdout, stderr, line, stdio[4] as Readable | null]) stream?.on('error', () => {});
    from.on('data', (chunk: Uint8Array) => this.onData(chunk));
    if (channel) stdout?.on('data', (chunk: Uint8Array) => this.print(chunk, 'output'));
    stderr?.on('data', (chunk: Uint8Array) => this.print(chunk, 'error'));
    if (launch.tellsChild) this.#readInner(stdio[4] as Readable);
    this.exited = new Promise((resolve) => {
      const done = (exit: Exit): void => {
        this.#exit = exit;
        for (const stream of this.#process.stdio) stream?.destroy();
        resolve(exit);
      };
      this.#process.once('error', (error) => done({ code: null, signal: null, failed: error.message }));
      // Not `close`: a grandchild may keep a pipe open for ever.
      this.#process.once('exit', (code, signal) => {
        this.#strikeGroup();
        const late = setTimeout(() => done({ code, signal }), lastWords);
        this.#process.once('close', () => {
          clearTimeout(late);
          done({ code, signal });
        });
      });
    });
  }

  /** Of the process and all its descendants; undefined on a system without /proc. */
  processorUse(): ProcessorUse | undefined {
    const { pid } = this.#process;
    return pid === undefined ? undefined : processorUseOf(pid);
  }

  print(chunk: Uint8Array, stream: PrintStream = 'output'): void {
    if (!this.prints.add(chunk, stream)) this.onFlood();
  }

  send(line: string): void {
    this.#to.write(`${line}\n`);
  }

  /** Ends its input. */
  hangUp(): void {
    this.#to.end();
  }

  /** Ends it and all of its group, and waits until it is reaped. */
  async kill(): Promise<Exit> {
    this.#killed = true;
    this.strike();
    return this.exited;
  }

  /** Kills it, and waits for nothing. */
  strike(): void {
    if (this.#exit !== undefined) return;
    if (this.#inner === undefined) {
      this.#strikeGroup();
      return;
    }
    // The first process of its own space of processes: with it goes everything in there, and then what started it, which reaps it.
    signal(this.#inner);
    setTimeout(() => this.#exit ?? this.#strikeGroup(), patience).unref();
  }

  #strikeGroup(): void {
    const { pid } = this.#process;
    if (pid !== undefined) signal(-pid);
  }

  #readInner(status: Readable): void {
    let text = '';
    status.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(0, 4096);
      const found = /"child-pid": ?(\d+)/.exec(text)?.[1];
      if (this.#inner !== undefined || found === undefined) return;
      this.#inner = Number(found);
      if (this.#killed) this.strike();
    });
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended before.
  }
}

interface ProcessorUse {
  /** Milliseconds of processor time so far. */
  readonly time: number;
  /** Whether one of them is running or ready to run. */
  readonly computes: boolean;
}

/** Linux counts in hundredths of a second, whatever its clock. */
const tick = 10;

/** Of a process and its descendants, those that have ended included. See proc(5), /proc/pid/stat. */
function processorUseOf(root: number): ProcessorUse | undefined {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  const states = new Map<number, string>();
  for (const pid of processes()) {
    const [state, parent, ...rest] = statOf(pid);
    states.set(pid, state ?? '');
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), pid]);
    // utime, stime, cutime, cstime: fields 14 to 17.
    ticks.set(
      pid,
      rest.slice(9, 13).reduce((sum, field) => sum + Number(field), 0),
    );
  }
  if (!ticks.has(root)) return undefined;
  const family = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(family)];
  const all = family(root);
  return {
    time: tick * all.reduce((sum, pid) => sum + (ticks.get(pid) ?? 0), 0),
    computes: all.some((pid) => states.get(pid) === 'R'),
  };
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** The fields after the name, which may hold blanks and brackets; none of a process that has just ended. */
function statOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
