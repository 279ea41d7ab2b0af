// The texts of the built-in cells, for tests that want all of them.

import { readdirSync, readFileSync } from 'node:fs';
import type { Program } from '../../lib/equations/program.ts';
import { readProgram } from '../../lib/equations/read.ts';
import { errorText } from '../../lib/equations/wording.ts';

const folder = new URL('../../lib/cells/', import.meta.url);

/** Name -> text, for every lib/cells/*.cell. */
export const cellTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.cell'))
    .sort()
    .map((file) => [file.slice(0, -'.cell'.length), readFileSync(new URL(file, folder), 'utf8')]),
);

/** The program that a text is meant to be. Throws with the printed errors when it is none. */
export function programOf(text: string): Program {
  const reading = readProgram(text);
  if (reading.program === undefined) throw new Error(reading.errors.map((error) => errorText(error)).join('\n'));
  return reading.program;
}
