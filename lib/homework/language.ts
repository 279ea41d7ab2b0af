// The languages of submissions, in the order in which they are listed.

import { lstatSync } from 'node:fs';
import { extname } from 'node:path';

/** `lstm_step` as JavaScript writes it: `lstmStep`. */
export const scriptName = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a language is called, and what its files end in. */
export const languages = {
  javascript: { name: 'JavaScript', ending: '.js' },
  typescript: { name: 'TypeScript', ending: '.ts' },
  python: { name: 'Python', ending: '.py' },
  cell: { name: 'equations', ending: '.cell' },
  program: { name: 'any program', ending: '' },
} as const;
export type Language = keyof typeof languages;

export const isScript = (language: Language): boolean => language === 'javascript' || language === 'typescript';

const endings: Readonly<Record<string, Language>> = {
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.py': 'python',
  '.cell': 'cell',
};

/** A name but for capitals and underscores. */
export const bareName = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Lines of a file, whatever they end in. */
export const textLines = (text: string): string[] => text.split(/\r\n|\n|\r/);

/** The language of a file from its ending; of another file that can be executed, `program`; else undefined. */
export function languageOf(file: string): Language | undefined {
  const known = endings[extname(file).toLowerCase()];
  if (known !== undefined) return known;
  const stat = lstatSync(file, { throwIfNoEntry: false });
  return stat?.isFile() && (stat.mode & 0o111) !== 0 ? 'program' : undefined;
}
