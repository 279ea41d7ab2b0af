// What a process's end and a runner's words about a file that does not load say about the submission.

import { constants } from 'node:os';
import { textLines } from '../language.ts';
import type { Raised, Trouble } from '../session.ts';
import type { Exit } from './child.ts';
import { cutTo, withoutFolder } from './prints.ts';

// Code that was handed in inside something else: between the fences of a Markdown text, in the JSON of a notebook, with a notebook's commands.

type Syntax = Extract<Trouble, { code: 'syntax' }>;
type Packed = NonNullable<Syntax['packed']>;

/** Of a file that did not load: that it is the packing, where it is. Some packing parses, and fails when it is run. */
export function packedTrouble(trouble: Trouble, text: string): Trouble {
  if (trouble.code !== 'syntax' && trouble.code !== 'load') return trouble;
  const isJupyter = trouble.code === 'syntax' || /'(?:get_ipython|display)'/.test(trouble.raised.message);
  const found = packingOf(text) ?? (isJupyter ? packingInside(text) : undefined);
  if (found === undefined) return trouble;
  const { line, packed } = found;
  const source = text.split(ends)[line - 1]!.slice(0, 500);
  return { status: 'error', code: 'syntax', raised: { ...trouble.raised, line, text: source }, packed };
}

const ends = /\r\n|\n|\r/;
const fence = /^\s*(?:```|~~~)/;
const command = /^\s*(?:%%?[a-z]|!\s*(?:pip|python|conda|apt|ls|cd|git|wget|curl)\b)|\bget_ipython\(\)/;

interface Packing {
  readonly packed: Packed;
  /** Counted from 1. */
  readonly line: number;
}

/** What begins as no code does. */
function packingOf(text: string): Packing | undefined {
  if (/^\s*\{/.test(text) && /"cells"\s*:/.test(text) && /"nbformat"\s*:/.test(text))
    return { packed: 'notebook', line: 1 };
  const lines = text.split(ends);
  const first = lines.findIndex((line) => line.trim() !== '');
  return fence.test(lines[first] ?? '') ? { packed: 'fences', line: first + 1 } : undefined;
}

/** What may stand in a text within code, too: it counts where the code could not be read. */
function packingInside(text: string): Packing | undefined {
  for (const [i, line] of text.split(ends).entries()) {
    if (fence.test(line)) return { packed: 'fences', line: i + 1 };
    if (command.test(line)) return { packed: 'commands', line: i + 1 };
  }
  return undefined;
}

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
  const lines = textLines(source);
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
