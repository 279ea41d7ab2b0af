// How an option is declared: what it takes, its group and words in --help, and what holds where it is not given.

import type { Options } from 'yargs';
import type { Typed } from './numbers.ts';

export interface Option extends Options {
  /** What --help says it takes. A number is read as a string, so that a message can quote what was typed. */
  readonly shows?: 'number';
}

interface Valued extends Option {
  readonly type: 'string';
}

interface Flag extends Option {
  readonly type: 'boolean';
}

type CamelCase<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

/** What comes of these options: `forgetBias` of `forget-bias`. */
export type Given<Options> = {
  readonly [Name in keyof Options as CamelCase<Name>]?: Options[Name] extends Flag ? boolean | undefined : Typed;
};

/** An option with a value. `otherwise` is what --help says holds without it. */
export const text = (group: string, describe: string, otherwise?: string): Valued => ({
  type: 'string',
  requiresArg: true,
  describe,
  group: `${group}:`,
  ...(otherwise === undefined ? {} : { defaultDescription: otherwise }),
});

export const number = (group: string, describe: string, otherwise?: string): Valued => ({
  ...text(group, describe, otherwise),
  shows: 'number',
});

export const flag = (group: string, describe: string): Flag => ({ type: 'boolean', describe, group: `${group}:` });

/** The same option, where something else holds without it. */
export const otherwise = <Of extends Option>(option: Of, defaultDescription: string): Of => ({
  ...option,
  defaultDescription,
});

/** What yargs needs to lay out the help. */
export const shown = ({ shows, ...rest }: Option): Options => (shows === undefined ? rest : { ...rest, type: shows });

export const isFlag = ({ type }: Option): boolean => type === 'boolean';

/** The option of that name, also in camel case: `forgetBias`. */
export function optionNamed(options: Readonly<Record<string, Option>>, name: string): Option | undefined {
  const key = Object.keys(options).find((option) => option === name || camelCase(option) === name);
  return key === undefined ? undefined : options[key];
}

export const camelCase = (option: string): string =>
  option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Whether the next word is the value of this one. */
export function takesValue(options: Readonly<Record<string, Option>> = {}, word = ''): boolean {
  const option = word.startsWith('--') ? optionNamed(options, word.slice(2)) : undefined;
  return option !== undefined && !isFlag(option);
}
