// A real terminal for tests: tmux without anybody before it, told what to do through its control mode.

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

let terminals = 0;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export type Size = readonly [columns: number, rows: number];

/** The prompt of the shell. */
export const ready = /ready>$/;

interface Waiting {
  readonly lines: string[];
  readonly done: (lines: readonly string[]) => void;
}

/** A shell in a terminal of its own. */
export class Terminal {
  readonly #tmux: ChildProcessWithoutNullStreams;
  readonly #socket: string;
  readonly #queue: Waiting[] = [];
  #answering: Waiting | undefined;
  /** When something was last written to the terminal, in milliseconds. */
  written = 0;
  #pressed = 0;

  private constructor(tmux: ChildProcessWithoutNullStreams, socket: string) {
    this.#socket = socket;
    this.#tmux = tmux;
    createInterface({ input: tmux.stdout }).on('line', (line) => this.#hear(line));
  }

  static async open([columns, rows]: Size, env: Readonly<Record<string, string | undefined>> = {}): Promise<Terminal> {
    const { TMUX: _, NO_COLOR: __, FORCE_COLOR: ___, COLORTERM: ____, ...rest } = process.env;
    const socket = join(tmpdir(), `unroll-tmux-${process.pid}-${++terminals}`);
    const size = ['-x', `${columns}`, '-y', `${rows}`];
    const tmux = spawn('tmux', ['-S', socket, '-f', '/dev/null', '-C', 'new-session', ...size, 'sh'], {
      env: { ...rest, ENV: '', LC_ALL: 'C.UTF-8', ...env } as NodeJS.ProcessEnv,
    });
    const terminal = new Terminal(tmux, socket);
    await terminal.#answer();
    await terminal.tell('set-option -g window-size manual');
    // It ends with whoever opened it.
    await terminal.tell('set-option -g destroy-unattached on');
    await terminal.resize([columns, rows]);
    // Some shells take no prompt from the environment.
    await terminal.type("PS1='rea''dy> '; clear");
    await terminal.until(ready);
    return terminal;
  }

  /** A command of tmux, and what it answers. */
  tell(command: string): Promise<readonly string[]> {
    const answer = this.#answer();
    this.#tmux.stdin.write(`${command}\n`);
    return answer;
  }

  #answer(): Promise<readonly string[]> {
    return new Promise((done) => this.#queue.push({ lines: [], done }));
  }

  #hear(line: string): void {
    if (line.startsWith('%begin ')) this.#answering = this.#queue.shift();
    else if (line.startsWith('%end ') || line.startsWith('%error ')) {
      this.#answering?.done(this.#answering.lines);
      this.#answering = undefined;
    } else if (this.#answering !== undefined) this.#answering.lines.push(line);
    else if (line.startsWith('%output ')) this.written = performance.now();
  }

  /** The rows of the screen. */
  rows(): Promise<readonly string[]> {
    return this.tell('capture-pane -p');
  }

  /** What the screen shows, colours and all. */
  coloured(): Promise<readonly string[]> {
    return this.tell('capture-pane -p -e');
  }

  /** Keys as tmux names them: Enter, Space, Escape, C-c; one character stands for itself. */
  async press(...keys: readonly string[]): Promise<void> {
    this.#pressed = performance.now();
    for (const key of keys) await this.tell(`send-keys -- ${quoted(key)}`);
  }

  /** A text, letter by letter, and Enter. */
  async type(text: string): Promise<void> {
    if (text !== '') await this.tell(`send-keys -l -- ${quoted(text)}`);
    await this.press('Enter');
  }

  async resize([columns, rows]: Size): Promise<void> {
    await this.tell(`resize-window -x ${columns} -y ${rows}`);
  }

  /** Waits until the screen says it; fails with what it says instead. */
  async until(pattern: RegExp, milliseconds = 60_000): Promise<readonly string[]> {
    const end = performance.now() + milliseconds;
    for (;;) {
      const rows = await this.rows();
      if (pattern.test(rows.join('\n').trimEnd())) return rows;
      if (performance.now() > end) throw new Error(`no ${pattern} on the screen:\n${rows.join('\n')}`);
      await pause(15);
    }
  }

  /** The screen when the last key has been answered, nothing has been written for a while, and nothing is being run. */
  async settled(quiet = 60): Promise<readonly string[]> {
    const end = performance.now() + 60_000;
    for (;;) {
      await pause(20);
      const now = performance.now();
      const isAnswered = this.written > this.#pressed || now - this.#pressed > 5000;
      if ((!isAnswered || now - this.written < quiet) && now < end) continue;
      const rows = await this.rows();
      if (!rows.some((row) => /^running …/.test(row)) || performance.now() > end) return rows;
    }
  }

  /** Milliseconds from a key to the first that is written for it. */
  async answerTime(key: string): Promise<number> {
    await this.settled(150);
    const begin = performance.now();
    void this.tell(`send-keys -- ${quoted(key)}`);
    while (this.written < begin && performance.now() - begin < 5000) await pause(0);
    return this.written - begin;
  }

  /** Of the shell: alternate screen, cursor. */
  async state(): Promise<{ readonly alternate: boolean; readonly cursor: boolean }> {
    const [line = ''] = await this.tell("display-message -p '#{alternate_on} #{cursor_flag}'");
    const [alternate, cursor] = line.split(' ');
    return { alternate: alternate === '1', cursor: cursor === '1' };
  }

  async close(): Promise<void> {
    if (this.#tmux.exitCode !== null) return;
    const gone = once(this.#tmux, 'close');
    this.#tmux.stdin.write('kill-server\n');
    await gone;
    rmSync(this.#socket, { force: true });
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
