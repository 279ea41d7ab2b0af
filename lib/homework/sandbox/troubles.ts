// What a process's end and a runner's words about a file that does not load say about the submission.

import { constants } from 'node:os';
import type { Raised, Trouble } from '../session.ts';
import type { Exit } from './child.ts';
import { cutTo, withoutFolder } from './prints.ts';

const longestMessage = 2000;

/** How a shell ends that cannot run what it was told to: a script for an interpreter that is not here, text that is no program. */
export const cannotRun: Exit = { code: 127, signal: null };

/** A process that ended by itself, with the end of its standard error. */
export function troubleOfExit({ code, signal, failed }: Exit, lastWords: string, loading = false): Trouble {
  if (failed !== undefined)
    return { status: 'internal', code: 'internal', message: `it could not be started: ${failed}` };
  const by = signal ?? signalOf(code);
  if (/heap out of memory|std::bad_alloc|^MemoryError|^OpenBLAS.*(?:memory|pthread_create)/m.test(lastWords))
    return { status: 'limit', code: 'memory' };
  if (by === 'SIGXFSZ') return { status: 'limit', code: 'file-size' };
  if (code === 13) return { status: 'error', code: 'never-settled', ...(loading ? { loading } : {}) };
  return {
    status: 'error',
    code: 'exited',
    exit: by === undefined ? code : null,
    ...(by === undefined ? {} : { signal: by }),
  };
}

/** A shell's way to tell of a signal. */
const signalOf = (code: number | null): string | undefined =>
  code !== null && code > 128 ? Object.entries(constants.signals).find(([, n]) => n === code - 128)?.[0] : undefined;

export const isOutOfMemory = ({ name, message }: Raised): boolean =>
  /^(?:MemoryError|_ArrayMemoryError|RangeError: (?:Array buffer allocation failed|Failed to allocate memory|WebAssembly\.\w+(?:\(\))?:.*(?:memory|allocat))|WebAssembly.*[Oo]ut of memory)/.test(
    `${name}: ${message}`,
  );

/** How loading a compiled library ends where memory does: the dynamic linker's words, and those of errno 12. */
const cannotMap = /failed to map segment|cannot allocate memory|errno 12\b|cannot map|can't start new thread/i;

/** The student's file, and what its folder is called where it runs. */
export interface Source {
  readonly text: string;
  readonly folder: string;
}

/** An exception as a runner told it: nothing of it is believed but that it is text. */
export function raisedOf(body: unknown, { text: source, folder }: Source): Raised {
  const told = recordOf(body);
  const lines = source.split(/\r\n|\n|\r/);
  const line = Number.isInteger(told.line) ? (told.line as number) : undefined;
  const text = line === undefined ? undefined : lines[line - 1];
  return {
    name: cutTo(wordOf(told.name, 'Error'), 100),
    message: cutTo(
      withoutFolder(wordOf(told.message, ''), folder).replace(/\nRequire stack:[\s\S]*/, ''),
      longestMessage,
    ),
    ...(text === undefined ? {} : { line: line!, text: cutTo(text, 500) }),
  };
}

/** The file did not load. `printed`: where Node itself has said of which line a runner does not know. */
export function troubleOfLoading(body: unknown, source: Source, printed: string): Trouble {
  const told = recordOf(body);
  const bare = recordOf(told.raised);
  const line = bare.line ?? Number(/^file:\/\/\S*:(\d+)$/m.exec(printed)?.[1]);
  const raised = raisedOf({ ...bare, line }, source);
  const imported = /^\s*(?:import|from)\s+(\w+)/.exec(raised.text ?? '')?.[1];
  if (isOutOfMemory(raised) || cannotMap.test(raised.message))
    return { status: 'limit', code: 'memory', ...(imported === undefined ? {} : { importing: imported }) };
  if (told.kind === 'syntax') return { status: 'error', code: 'syntax', raised };
  if (told.kind !== 'import') return { status: 'error', code: 'load', raised };
  const missing = cutTo(wordOf(told.missing, /'([^']+)'/.exec(raised.message)?.[1] ?? ''), 200);
  return { status: 'error', code: 'import', raised, ...(missing === '' ? {} : { missing }) };
}

/** None of `wanted` is there. */
export function troubleOfNone(body: unknown, wanted: readonly string[], { text: source }: Source): Trouble {
  const told = recordOf(body);
  const found = (Array.isArray(told.found) ? told.found : [])
    .filter((name): name is string => typeof name === 'string')
    .slice(0, 50)
    .map((name) => cutTo(name, 80));
  const isThere = wanted.some((name) => new RegExp(`\\b(function\\*?|const|let|var|class)\\s+${name}\\b`).test(source));
  const instead =
    told.instead === 'default' || told.instead === 'not-a-function'
      ? told.instead
      : isThere
        ? 'not-exported'
        : undefined;
  return { status: 'error', code: 'no-function', wanted, found, ...(instead === undefined ? {} : { instead }) };
}

const recordOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
const wordOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
