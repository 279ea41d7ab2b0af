// What a file holds, in 64 characters, so that a file that has changed is graded again.

import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** What is longer is refused anyway. */
const longest = 1 << 20;

export const digest = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex');

/** Of a regular file of at most 1 MiB; undefined of anything else, which is not opened further: a pipe may never end. */
export function fileDigest(path: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const about = fstatSync(descriptor);
    return about.isFile() && about.size <= longest ? digest(readFileSync(descriptor)) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
