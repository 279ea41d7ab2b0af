// How an option is declared: what it takes, its group and words in --help, and what holds where it is not given.

import type { Options } from 'yargs';

export interface Option extends Options {
  /** What --help says it takes. A number is read as a string, so that a message can quote what was typed. */
  readonly shows?: 'number';
}

/** An option with a value. `otherwise` is what --help says holds without it. */
export const text = (group: string, describe: string, otherwise?: string): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  group: `${group}:`,
  ...(otherwise === undefined ? {} : { defaultDescription: otherwise }),
});

export const number = (group: string, describe: string, otherwise?: string): Option => ({
  ...text(group, describe, otherwise),
  shows: 'number',
});

export const flag = (group: string, describe: string): Option => ({ type: 'boolean', describe, group: `${group}:` });

/** The same option, where something else holds without it. */
export const otherwise = (option: Option, defaultDescription: string): Option => ({ ...option, defaultDescription });

/** What yargs needs to lay out the help. */
export const shown = ({ shows, ...rest }: Option): Options => (shows === undefined ? rest : { ...rest, type: shows });
