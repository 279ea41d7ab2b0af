// What a submission is written in, by the ending of its file.

import { extname } from 'node:path';
import type { Language } from './report.ts';

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

/** undefined for an ending that says nothing: it may be a program that answers lines. */
export const languageOf = (file: string): Language | undefined => endings[extname(file).toLowerCase()];

export const knownEndings = (): string[] => Object.keys(endings);

/** What a language is called, and what its files end in. */
export const languages: Readonly<Record<Language, { readonly name: string; readonly ending: string }>> = {
  javascript: { name: 'JavaScript', ending: '.js' },
  typescript: { name: 'TypeScript', ending: '.ts' },
  python: { name: 'Python', ending: '.py' },
  cell: { name: 'equations', ending: '.cell' },
  program: { name: 'any program', ending: '' },
};
