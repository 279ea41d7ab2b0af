// How an option is declared: what it takes, its group and words in --help, and what holds where it is not given; and a group of options, which is
// read together and gives one value.

import type { Json } from '../render/result.ts';
import type { Environment } from './environment.ts';
import { readName } from './names.ts';
import { type Typed, wholeNumber } from './typed.ts';

/** What was typed, by the names of the options in camel case. */
export type Arguments = { readonly [name: string]: unknown };

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly requiresArg?: boolean;
  readonly demandOption?: boolean;
  readonly describe: string;
  readonly group: string;
  readonly defaultDescription?: string;
  /** What --help says it takes. A number is read as a string, so that a message can quote what was typed. */
  readonly shows?: 'number';
}

interface Valued extends Option {
  readonly type: 'string';
}

interface Flag extends Option {
  readonly type: 'boolean';
}

export type Options = Readonly<Record<string, Option>>;

/** What --help says of arguments without a dash, `cell` or `cells..`, and what stands for them where they are not given. */
export type Places = Readonly<Record<string, readonly [describe: string, otherwise?: string]>>;

type CamelCase<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

/** What comes of these options: `forgetBias` of `forget-bias`. */
export type Given<Options> = {
  readonly [Name in keyof Options as CamelCase<Name>]?: Options[Name] extends Flag ? boolean | undefined : Typed;
};

/**
 * Options that give one value. `Earlier` is what a group needs of those that are read before it. An option that is not read, because another
 * one makes it useless, is refused by the command line: so no option is taken out of `args` before it is needed.
 */
export interface Group<Value, Earlier = unknown> {
  readonly options?: Options;
  readonly places?: Places;
  /** It is read before those that are not: data before cells. */
  readonly first?: true;
  read(args: Arguments, earlier: Earlier, environment: Environment): Value | Promise<Value>;
  /** How a Result repeats the value; under the name of the group, if absent, and not at all where it is undefined. */
  json?(value: Value): { readonly [name: string]: Json };
  /** What a reader should know of how it was read. */
  notes?(value: Value): readonly string[];
}

/** A group whose reader knows what its own options may hold. */
export const group = <Of extends Options, Value, Earlier = unknown>(
  of: Omit<Group<Value, Earlier>, 'read' | 'options'> & {
    readonly options: Of;
    readonly read: (args: Given<Of>, earlier: Earlier, environment: Environment) => Value | Promise<Value>;
  },
): Group<Value, Earlier> => ({
  ...of,
  read: (args, earlier, environment) => of.read(args as Given<Of>, earlier, environment),
});

/** A group of one option. */
export const single = <Value, Earlier = unknown>(
  name: string,
  option: Option,
  read: (typed: Typed, earlier: Earlier) => Value,
): Group<Value, Earlier> => ({
  options: { [name]: option },
  read: (args, earlier) => read(args[camelCase(name)] as Typed, earlier),
});

/** What a Result repeats among the options though nobody can choose it. */
export const constantEcho = (json: { readonly [name: string]: Json }): Group<undefined> => ({
  read: () => undefined,
  json: () => json,
});

/** What follows from those that are read before, and nobody can choose. */
export const derived = <Value, Earlier = unknown>(of: (earlier: Earlier) => Value): Group<Value, Earlier> => ({
  read: (_, earlier) => of(earlier),
});

/** An option that is on or off. */
export const switched = (name: string, option: Flag): Group<boolean> => ({
  options: { [name]: option },
  read: (args) => args[camelCase(name)] === true,
});

/** An option of a whole number within bounds. `why` it is not larger; `otherwise`: what holds where it is not given. */
export const wholeOption = (name: string, { heading, describe, from, to, why, otherwise }: Bounds): Group<number> => ({
  options: { [name]: numberOption(heading, describe, String(otherwise)) },
  read: (args) => wholeNumber(`--${name}`, args[camelCase(name)] as Typed, from, to, why) ?? otherwise,
});

/** An option whose value is one of these names, `what`. */
export const choice = <Name extends string>(
  name: string,
  what: string,
  option: Option,
  names: readonly Name[],
  otherwise: NoInfer<Name>,
): Group<Name> => single(name, option, (typed) => readName(typed, { where: `--${name}`, what, names }) ?? otherwise);

interface Bounds {
  readonly heading: string;
  readonly describe: string;
  readonly from: number;
  readonly to: number;
  readonly why?: string;
  readonly otherwise: number;
}

/** An option with a value. `otherwise` is what --help says holds without it. */
export const textOption = (group: string, describe: string, otherwise?: string): Valued => ({
  type: 'string',
  requiresArg: true,
  describe,
  group: `${group}:`,
  ...(otherwise === undefined ? {} : { defaultDescription: otherwise }),
});

export const numberOption = (group: string, describe: string, otherwise?: string): Valued => ({
  ...textOption(group, describe, otherwise),
  shows: 'number',
});

export const flag = (group: string, describe: string): Flag => ({ type: 'boolean', describe, group: `${group}:` });

/** The same option, where something else holds without it. */
export const otherwise = <Of extends Option>(option: Of, defaultDescription: string): Of => ({
  ...option,
  defaultDescription,
});

export const isFlag = ({ type }: Option): boolean => type === 'boolean';

/** The option of that name, also in camel case: `forgetBias`. */
export function optionNamed(options: Options, name: string): Option | undefined {
  const key = Object.keys(options).find((option) => option === name || camelCase(option) === name);
  return key === undefined ? undefined : options[key];
}

export const camelCase = (option: string): string =>
  option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Whether the next word is the value of this one. */
export function takesValue(options: Options = {}, word = ''): boolean {
  const option = word.startsWith('--') ? optionNamed(options, word.slice(2)) : undefined;
  return option !== undefined && !isFlag(option);
}

/** A word as it is typed in a POSIX shell. */
export const quoted = (word: string): string =>
  /^([\w.,:/+-]+|--[\w-]+=[\w.,:/+-]*)$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
