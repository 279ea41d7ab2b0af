// The corpus of submissions in fixtures/submissions: what each of them is and what has to come of it.

import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Status } from '../../../lib/homework/check-report.ts';
import { type Language, languages } from '../../../lib/homework/language.ts';

export const corpusFolder = 'fixtures/submissions';

/** The folder it is in. `hostile` attacks the check, `wrong` is wrong on purpose, `honest` is a mistake that a learner makes. */
export type Kind = 'hostile' | 'wrong' | 'honest' | 'right';

export interface Submission {
  /** `honest/tabs-and-spaces.py`: its folder is its kind. */
  readonly file: string;
  readonly exercise: string;
  /** One of these is its status. */
  readonly allowed: readonly Status[];
  readonly says: string;
  /** What a message about it has to contain, whatever the case. */
  readonly message?: readonly string[];
}

export const submissions = (): Submission[] => JSON.parse(readFileSync(`${corpusFolder}/manifest.json`, 'utf8'));

export const kindOf = ({ file }: Submission): Kind => file.slice(0, file.indexOf('/')) as Kind;

/** Every file that is there, the manifest and the list of successes aside. */
export const corpusFiles = (): string[] =>
  readdirSync(corpusFolder, { recursive: true, encoding: 'utf8' }).filter((file) => /\/./.test(file));

/** By the ending of its name; without one it is a program. */
export const languageOf = ({ file }: Submission): Language =>
  (Object.keys(languages) as Language[]).find((name) => languages[name].ending === extname(file))!;
