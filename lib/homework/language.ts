// The languages of submissions, in the order in which they are listed.

import type { Language } from './report.ts';

/** What a language is called, and what its files end in. */
export const languages: Readonly<Record<Language, { readonly name: string; readonly ending: string }>> = {
  javascript: { name: 'JavaScript', ending: '.js' },
  typescript: { name: 'TypeScript', ending: '.ts' },
  python: { name: 'Python', ending: '.py' },
  cell: { name: 'equations', ending: '.cell' },
  program: { name: 'any program', ending: '' },
};
