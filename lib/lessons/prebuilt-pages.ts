// Pages of the course that were read when the program was built. Reading Markdown and YAML takes longer than everything else between a
// command and the first screen of a lesson; a page that has been changed since, or that somebody else wrote, is read anew.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** `lesson` or `exercise`, and what the page says: one text may be read as either. */
export const prebuiltName = (kind: string, text: string): string =>
  `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 32)}.json`;

/** What was read from exactly this text when the program was built; undefined when it was not, and whenever the sources are run as they are. */
export function prebuiltPage<Of>(kind: string, text: string): Of | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`./pages/${prebuiltName(kind, text)}`, import.meta.url), 'utf8')) as Of;
  } catch {
    return undefined;
  }
}
