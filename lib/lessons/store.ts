// Where progress is kept: a file a lesson or an exercise, a line an event, added at its end in one write. A line that cannot be read is
// never thrown away: the file is set aside whole, and what can be read of it goes on in a new one.

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Event } from './progress.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the platform keeps such data: the XDG folder, `Library/Application Support`, or `%LOCALAPPDATA%`. */
export function dataFolder(env: Environment = process.env, platform = process.platform, home = homedir()): string {
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'unroll');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'unroll');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'unroll');
  return join(home, '.local', 'share', 'unroll');
}

export interface Kept {
  readonly events: readonly Event[];
  /** Where a damaged file has been put. */
  readonly setAside?: string;
  /** Why nothing could be read, where there may be something. */
  readonly failed?: string;
}

export class ProgressStore {
  readonly #folder: string;

  /** `course` keeps the progress of lessons of another folder apart, and that of homework. */
  constructor(folder = dataFolder(), course = 'lessons') {
    this.#folder = join(folder, course);
  }

  /** Where the progress of a lesson is kept. */
  file(lesson: string): string {
    return join(this.#folder, `${lesson}.jsonl`);
  }

  /** The one of these that was read last. */
  latest(lessons: readonly string[]): string | undefined {
    const times = lessons.flatMap((lesson) => {
      try {
        return [{ lesson, time: statSync(this.file(lesson)).mtimeMs }];
      } catch {
        // Not there, or not to be read, which `read` says.
        return [];
      }
    });
    return times.sort((a, b) => b.time - a.time)[0]?.lesson;
  }

  /** Nothing where there is no such file, and where it cannot be read. */
  read(lesson: string): Kept {
    const file = this.file(lesson);
    let text: string | undefined;
    try {
      text = textOf(file);
    } catch (error) {
      return { events: [], failed: error instanceof Error ? error.message : String(error) };
    }
    if (text === undefined) return { events: [] };
    const lines = text.split('\n').filter((line) => line !== '');
    const events = lines.map(eventOf).filter((event) => event !== undefined);
    if (events.length === lines.length) return { events };
    return { events, setAside: this.#renewed(file, events) };
  }

  /** Sets a damaged file aside and begins another with what could be read; where nothing can be written it stays where it is. */
  #renewed(file: string, events: readonly Event[]): string {
    const fresh = `${file}.${process.pid}.part`;
    try {
      writeFileSync(fresh, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      const setAside = this.#setAside(file);
      renameSync(fresh, file);
      return setAside;
    } catch (error) {
      rmSync(fresh, { force: true });
      if (isRefused(error)) return file;
      throw error;
    }
  }

  #setAside(file: string): string {
    for (let n = 1; ; n++) {
      const aside = file.replace(/\.jsonl$/, `.damaged-${n}.jsonl`);
      if (existsSync(aside)) continue;
      renameSync(file, aside);
      return aside;
    }
  }

  /** Throws an error of node:fs where nothing can be written; the lesson goes on without. */
  add(lesson: string, event: Event): void {
    mkdirSync(this.#folder, { recursive: true });
    // One write behind the end: another reader's line stands before it or after it, never in it. It begins a line of its own, so that a
    // line that was cut off by a full disk spoils nothing but itself.
    const file = this.file(lesson);
    const cut = textOf(file)?.endsWith('\n') === false;
    appendFileSync(file, `${cut ? '\n' : ''}${JSON.stringify(event)}\n`);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
const isRefused = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(codeOf(error));

function eventOf(line: string): Event | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof event !== 'object' || event === null || !('kind' in event)) return undefined;
  const { kind } = event;
  const known = kind === 'at' || kind === 'answer' || kind === 'finished' || kind === 'reset';
  const hasPart = 'part' in event && typeof event.part === 'string';
  return known && (hasPart || kind === 'finished' || kind === 'reset') ? (event as Event) : undefined;
}
