// The options of homework: the language of a file, the sandbox, and what a report is written as.

import { InputError } from '../equations/input-error.ts';
import { languages } from '../homework/language.ts';
import type { Language } from '../homework/report.ts';
import { languageOf } from '../homework/sandbox/intake.ts';
import { oneOf } from './names.ts';
import { once, realNumber, type Typed, wholeNumber } from './numbers.ts';
import { type Given, number, text } from './options.ts';

const others: Readonly<Record<string, Language>> = {
  js: 'javascript',
  node: 'javascript',
  ts: 'typescript',
  py: 'python',
  python3: 'python',
  numpy: 'python',
  equations: 'cell',
};

export const languageNames = Object.keys(languages);

export const languageOption = (otherwise?: string) => text('Homework', languageNames.join(', '), otherwise);

/** What was typed behind --language. Throws InputError. */
export function languageFrom(typed: Typed): Language | undefined {
  const word = once('--language', typed)?.toLowerCase();
  if (word === undefined) return undefined;
  const fix = 'choose one of these; `program` is any that answers lines';
  const naming = { where: '--language', what: 'language', names: languageNames, others: Object.keys(others), fix };
  return (others[word] ?? oneOf(word, naming)) as Language;
}

/** The language that was named, or that the file's ending says. Throws InputError. */
export function languageOfFile(file: string, typed: Typed): Language {
  const language = languageFrom(typed) ?? languageOf(file);
  if (language !== undefined) return language;
  throw new InputError(file, `The name of ${file} does not say what language it is in.`, {
    expected: 'an ending .js, .ts, .py or .cell',
    got: file,
    fix: 'name the language with --language; a program that answers lines is  --language program',
  });
}

export const limitOptions = {
  limit: number('Sandbox', 'seconds for loading and all answers together', '10'),
  memory: number('Sandbox', 'MiB that a submission may take', '512'),
};

/** Throws InputError. */
export const limitsFrom = (args: Given<typeof limitOptions>) => ({
  seconds: realNumber('--limit', args.limit, 0.1, 600) ?? 10,
  memory: wholeNumber('--memory', args.memory, 64, 65_536) ?? 512,
});
