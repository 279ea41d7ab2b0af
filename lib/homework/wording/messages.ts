// The messages of messages.txt, by their names: what is wrong, why, and the next step, a sentence or two each.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../cells/package-folder.ts';
import { type TextBlock, textBlocks } from '../text-blocks.ts';

export interface Message {
  readonly what: string;
  /** The cause, where one can be told. */
  readonly why?: string;
  readonly next: string;
  /** Lines to be shown as they stand, between the cause and the next step: the student's own line, an error of the language. */
  readonly quoted?: readonly string[];
}

/** Cause and next step. */
export type Advice = Pick<Message, 'why' | 'next'>;

type Values = { readonly [name: string]: string | number | undefined };

let read: ReadonlyMap<string, TextBlock> | undefined;

function messageNamed(name: string): TextBlock {
  const file = (): string => readFileSync(join(packageFolder(), 'lib', 'homework', 'wording', 'messages.txt'), 'utf8');
  read ??= new Map(textBlocks(file()).map((block) => [block.name, block]));
  const message = read.get(name);
  if (message === undefined) throw new Error(`there is no message ${name}`);
  return message;
}

/** The message of that name with its `{names}` filled in, and what is quoted. */
export function tell(name: string, values: Values = {}, quoted?: readonly string[]): Message {
  const what = filled(messageNamed(name).text, values);
  return { what, ...(quoted === undefined ? {} : { quoted }), ...advise(name, values) };
}

/** Why, and what to do: all of a message but what is wrong. */
export function advise(name: string, values: Values = {}): Advice {
  const { values: lines } = messageNamed(name);
  const [why] = lines('why').map((line) => filled(line, values));
  return { ...(why === undefined ? {} : { why }), next: filled(lines('next')[0]!, values) };
}

const filled = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`nothing is given for {${name}} of \`${text}\``);
    return String(values[name]);
  });
