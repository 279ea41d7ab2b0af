// Reading what the user names: files and standard input, with a message for everything that can be wrong with them.

import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { standardInput } from '../options/standard-input.ts';

interface ReadText {
  readonly text: string;
  /** Whether the file goes on after `limit` bytes. */
  readonly more: boolean;
}

/** Reads at most `limit` bytes of UTF-8 text or of standard input, `-`. Throws InputError, never an error of node:fs. */
export const readText = (name: string, limit: number): ReadText => textOf(readBytes(name, limit + 1), name, limit);

/** The text that these bytes of the file `name` are. Throws InputError. */
export function textOf(bytes: Uint8Array, name: string, limit: number): ReadText {
  const more = bytes.length > limit;
  const kept = more ? bytes.subarray(0, limit) : bytes;
  const wide = wideEncoding(kept);
  if (wide !== undefined) throw encoded(name, 'text in UTF-16', wide);
  if (kept.includes(0))
    throw new InputError(name, `${name} is a binary file.`, {
      expected: 'text in UTF-8',
      got: 'a byte of value 0',
      fix: 'give a text file',
    });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text: string;
  try {
    // With `stream` a character that the limit has cut in two is left out.
    text = decoder.decode(kept, { stream: more });
  } catch {
    throw notUtf8(name, kept);
  }
  return { text, more };
}

/** By its mark, or by the zeros of its plain letters. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const mark = (bytes[0]! << 8) | bytes[1]!;
  if (mark === 0xfffe || mark === 0xfeff) return 'UTF-16';
  const zeros = [0, 0];
  for (const [i, byte] of bytes.subarray(0, 4096).entries()) if (byte === 0) zeros[i % 2]!++;
  const half = bytes.length % 2 === 1 && bytes.length < 4096 ? Infinity : Math.min(bytes.length, 4096) / 2;
  if (zeros[1]! > 0.6 * half && zeros[0] === 0) return 'UTF-16LE';
  return zeros[0]! > 0.6 * half && zeros[1] === 0 ? 'UTF-16BE' : undefined;
}

function notUtf8(name: string, bytes: Uint8Array): InputError {
  const right = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\ufffd', 1)[0]!;
  const at = Buffer.byteLength(right);
  const byte = bytes[at]!;
  const here = `byte 0x${byte.toString(16)} in line ${right.split(/\r\n|\n|\r/).length}`;
  // Latin-1 letters are followed by ASCII; a broken UTF-8 character is followed by its rest or preceded by whole ones.
  const isDamaged = (bytes[at + 1] ?? 0) >> 6 === 0b10 || /[^\0-\x7f\ufeff]/.test(right);
  if (isDamaged) return encoded(name, `${here}, which is not valid UTF-8`, 'UTF-8');
  // Windows-1252 has no characters for these.
  const isLatin = [0x81, 0x8d, 0x8f, 0x90, 0x9d].some((none) => bytes.includes(none));
  const from = isLatin ? 'ISO-8859-1' : 'WINDOWS-1252';
  return encoded(name, `${here}${byte < 0xa0 ? '' : `: \`${String.fromCharCode(byte)}\` in ${from}`}`, from);
}

const encoded = (name: string, got: string, from: string): InputError => {
  const convert = `iconv ${from === 'UTF-8' ? '-c ' : ''}-f ${from} -t UTF-8`;
  const saved = `${convert} ${inShell(name)} > ${inShell(`new-${basename(name)}`)}`;
  return new InputError(name, `${name} is not text in UTF-8.`, {
    expected: 'text in UTF-8',
    got,
    fix: `${from === 'UTF-8' ? 'correct it, or drop the invalid bytes' : 'save it as UTF-8'}, for instance:  ${name === standardInput ? convert : saved}`,
  });
};

const inShell = (name: string): string => (/^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`);

/** What has been read, by its name and limit, so that another thread need not read it again: some things can be read only once. */
const known = new Map<string, Uint8Array>();
export const readSoFar = (): ReadonlyMap<string, Uint8Array> => known;
export const remember = (read: ReadonlyMap<string, Uint8Array>): void => {
  for (const [name, bytes] of read) known.set(name, bytes);
};

/** At most `limit` bytes of a file or of standard input. Throws InputError, never an error of node:fs. */
export function readBytes(path: string, limit: number): Uint8Array {
  const key = `${limit} ${path}`;
  const bytes = known.get(key) ?? readAnew(path, limit);
  // What is longer is a model, which is of one seed.
  if (bytes.length < 8_000_000) known.set(key, bytes);
  return bytes;
}

let standardInputIsRead = false;
export const hasReadStandardInput = (): boolean => standardInputIsRead;

function readAnew(path: string, limit: number): Uint8Array {
  const isStandardInput = path === standardInput || path === '/dev/stdin';
  if (isStandardInput && standardInputIsRead)
    throw new InputError('-', 'Standard input can be read only once.', {
      expected: 'one `-`',
      got: 'several',
      fix: 'give the other inputs as files',
    });
  standardInputIsRead ||= isStandardInput;
  let descriptor: number | undefined;
  try {
    descriptor = path === standardInput ? 0 : openSync(path, 'r');
    if (fstatSync(descriptor).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return readUpTo(descriptor, limit);
  } catch (error) {
    throw unreadable(path, (error as NodeJS.ErrnoException).code ?? 'unknown');
  } finally {
    if (descriptor !== undefined && descriptor !== 0) closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  while (total < limit) {
    const chunk = Buffer.allocUnsafe(Math.min(1 << 20, limit - total));
    let count: number;
    try {
      count = readSync(descriptor, chunk, 0, chunk.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') break;
      // Standard input may be a pipe that does not block and has nothing yet.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      continue;
    }
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    total += count;
  }
  return Buffer.concat(chunks);
}

function unreadable(name: string, code: string): InputError {
  const says: Readonly<Record<string, string>> = {
    ENOENT: `There is no file ${name}.`,
    EISDIR: `${name} is a folder.`,
    EACCES: `${name} may not be read by you.`,
    ENOTDIR: `There is no file ${name}: a part of its path is no folder.`,
  };
  const near = code === 'ENOENT' ? nearestFile(name) : undefined;
  return new InputError(name, says[code] ?? `${name} cannot be read (${code}).`, {
    expected: 'a file that can be read',
    got: code === 'EISDIR' ? 'a folder' : code,
    fix: near === undefined ? 'check the path' : `did you mean \`${near}\`?`,
  });
}

function nearestFile(path: string): string | undefined {
  try {
    const folder = dirname(path);
    const near = nearest(basename(path), readdirSync(folder));
    return near === undefined ? undefined : path.slice(0, path.length - basename(path).length) + near;
  } catch {
    return undefined;
  }
}
