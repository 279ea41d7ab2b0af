// Any program as a session: a request is a line on its standard input, `{"id": …, "function": …, "arguments": […]}`, the answer a
// line on its standard output, `{"id": …, "value": …}` or `{"id": …, "error": "words"}`. Every other line is a print.

import { setTimeout } from 'node:timers/promises';
import type { Ending, Reply, Session } from '../session.ts';
import { ended } from './child-session.ts';
import type { Lockstep } from './lockstep.ts';
import { cutTo } from './prints.ts';

/** Milliseconds for a program to end once its input does, and to say what it should not. */
const farewell = 200;

export function programSession(lines: Lockstep, runtime: string, folder: string, tidy: () => void): Session {
  let ending: Promise<Ending> | undefined;
  const end = async (): Promise<Ending> => {
    if (lines.trouble === undefined) {
      lines.hangUp();
      await Promise.race([lines.child.exited, setTimeout(farewell)]);
    }
    const { trouble } = lines;
    const prints = await ended(lines, folder, trouble);
    tidy();
    return { ...prints, runtime, ...(trouble === undefined ? {} : { trouble }) };
  };
  return {
    ask: async (question): Promise<Reply> => {
      if (question.kind !== 'call') return { kind: 'not-kept' };
      const { function: name, arguments: given } = question;
      const answered = await lines.ask({ function: name, arguments: given }, ['value', 'error']);
      if (answered.kind === 'ended') return answered;
      if (answered.word === 'value') return { kind: 'value', value: answered.body };
      const words = typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body);
      return { kind: 'threw', error: { name: 'Error', message: cutTo(words, 2000) } };
    },
    end: () => (ending ??= end()),
  };
}
