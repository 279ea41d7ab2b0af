// What lies in the folder of a class. Names are data: nothing here interprets them but `.` at the beginning.

import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../report.ts';
import { languageOf } from '../sandbox/intake.ts';

/** What there is under a path, its parts from the folder of the class on. */
export interface Entry {
  readonly path: readonly string[];
  readonly kind: Kind;
  /** What it is written in, where its ending says that; `program` for another file that can be executed. */
  readonly language?: Language;
}

/**
 * `folder` only directly in the folder of the class, where it is a student's. `link` (to whatever) and `other` (a pipe, a device) are not
 * followed nor opened: whoever takes a submission in refuses them. Nor is looked into `foreign`, what tools leave; `deep`, folders below
 * folders below folders; `closed`, what may not be read; and `nameless`, what has a name that is no text.
 */
export type Kind = 'file' | 'folder' | 'link' | 'other' | 'foreign' | 'deep' | 'closed' | 'nameless';

/** What tools, archives and editors leave behind. */
const foreign = /^(\..*|__pycache__|__MACOSX|node_modules|venv)$/;
const deepest = 8;

/** Sorted by their parts. Throws what node:fs throws when the folder itself cannot be read. */
export function walk(folder: string): Entry[] {
  const entries: Entry[] = [];
  const visit = (path: readonly string[]): void => {
    for (const found of readdirSync(join(folder, ...path), { withFileTypes: true, encoding: 'buffer' })) {
      const at = [...path, found.name.toString('utf8')];
      const kind = kindOf(found, at);
      if (kind !== 'folder') entries.push(entryOf(folder, at, kind));
      if (kind === 'folder' && at.length === 1) entries.push({ path: at, kind });
      if (kind === 'folder') enter(at);
    }
  };
  const enter = (path: readonly string[]): void => {
    try {
      visit(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      entries.push({ path, kind: 'closed' });
    }
  };
  visit([]);
  return entries.sort((a, b) => compareParts(a.path, b.path));
}

function entryOf(folder: string, path: readonly string[], kind: Kind): Entry {
  const language = kind === 'nameless' ? undefined : languageOf(join(folder, ...path));
  return { path, kind, ...(language && { language }) };
}

function kindOf(found: Dirent<Buffer>, path: readonly string[]): Kind {
  if (!isUtf8(found.name)) return 'nameless';
  if (found.isFile()) return foreign.test(path.at(-1)!) ? 'foreign' : 'file';
  if (!found.isDirectory()) return found.isSymbolicLink() ? 'link' : 'other';
  if (foreign.test(path.at(-1)!)) return 'foreign';
  return path.length > deepest ? 'deep' : 'folder';
}

/** By code units, so that no locale has a say. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (part !== other) return compareText(part, other);
  }
  return a.length - b.length;
}
