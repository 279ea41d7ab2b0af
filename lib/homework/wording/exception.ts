// An exception in the student's file as it is quoted. Its own words stay: they are what can be looked up.

import type { Raised } from '../session.ts';
import { stopped } from './words.ts';

/** The message as a sentence, without lines of a stack and without the folder that it ran in: nothing of the tool is ever shown. */
export function messageOf({ name, message }: Raised): string {
  const lines = message
    .split('\n')
    .filter((line) => !/^\s+at .|^\s*File "|^\s*Traceback |^\s*\^+\s*$|node:internal/.test(line))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.replace(/(?:file:\/\/)?(?:\/[^\s/'":]+)*\/submission\//g, ''));
  const text = lines.join(' ');
  const whole = text === '' ? name : text.startsWith(`${name}:`) ? text : `${name}: ${text}`;
  return stopped(whole);
}

/** `in line 12`, or nothing where the line is not known. */
export const lineOf = ({ line }: Raised): string => (line === undefined ? '' : ` in line ${line}`);

/** The student's line, as it stands. */
export const excerpt = ({ line, text }: Raised): readonly string[] =>
  text === undefined || text.trim() === '' ? [] : [`${line ?? ''}  ${text.trim()}`.trimStart()];
