// Takes a file in as a submission: a regular file of at most 1 MiB, reached by no link, read once.

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import type { FileContent, Trouble } from '../session.ts';

type Intake = FileContent | { readonly trouble: Trouble; readonly text?: undefined };

/** Bytes. */
const most = 1024 * 1024;

/** Never throws: what cannot be taken in is `refused`. */
export function readSubmission(file: string): Intake {
  const refused = (code: 'link' | 'not-a-file' | 'too-large' | 'no-permission', got: string): Intake => ({
    trouble: { status: 'refused', code, got },
  });
  let descriptor: number | undefined;
  try {
    if (lstatSync(file).isSymbolicLink()) return refused('link', file);
    // What has become a link or a pipe since is not followed, and not waited for.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return refused('not-a-file', file);
    if (stat.size > most) return refused('too-large', `${stat.size} bytes`);
    const bytes = readUpTo(descriptor, most + 1);
    if (bytes.length > most) return refused('too-large', `more than ${most} bytes`);
    return decoded(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused(code === 'EACCES' || code === 'EPERM' ? 'no-permission' : 'not-a-file', file);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** As it is; a text in UTF-16 with its mark, as some editors of Windows save it, as UTF-8. */
function decoded(bytes: Uint8Array): Intake {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  const text = new TextDecoder(mark).decode(bytes);
  return mark === undefined ? { bytes, text } : { bytes: new TextEncoder().encode(text), text };
}

function readUpTo(descriptor: number, bytes: number): Uint8Array {
  const buffer = new Uint8Array(bytes);
  let length = 0;
  for (let count = -1; count !== 0 && length < bytes; length += count)
    count = readSync(descriptor, buffer, length, bytes - length, null);
  return buffer.subarray(0, length);
}
