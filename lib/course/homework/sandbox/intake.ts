// Takes a file in as a submission: a regular file of at most 1 MiB.

import { lstatSync, readFileSync } from 'node:fs';
import type { Trouble } from '../session.ts';

export type Taken =
  | { readonly text: string; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly text?: undefined };

const most = 1024 * 1024;

export function takeIn(file: string): Taken {
  const stat = lstatSync(file);
  const refused = (code: 'link' | 'not-a-file' | 'too-large', got: string): Taken => ({
    trouble: { status: 'refused', code, got },
  });
  if (stat.isSymbolicLink()) return refused('link', file);
  if (!stat.isFile()) return refused('not-a-file', file);
  if (stat.size > most) return refused('too-large', `${stat.size} bytes`);
  return { text: readFileSync(file, 'utf8').replace(/^\ufeff/, '') };
}
