// A submission that runs as a session.
//
// Any program: a request is a line on its standard input, `{"id": …, "function": …, "arguments": […]}`, the answer a
// line on its standard output, `{"id": …, "value": …}` or `{"id": …, "error": "words"}`. Every other line is a print.

import { setTimeout } from 'node:timers/promises';
import type { Ending, Question, Reply, Session, Trouble } from '../session.ts';
import type { LineReply, Lockstep } from './lockstep.ts';
import { cutTo, harmless, withoutFolder, withoutLastWords } from './prints.ts';
import { isOutOfMemory, raisedOf, type Source } from './troubles.ts';

// A submission beside a runner as a session: the runner keeps what it is asked to keep, and tells exceptions from values.

const replies = ['value', 'threw', 'promise', 'long'];

/** The session of a submission that has loaded. `source`: the student's file; `tidy` is called once it is gone. */
export function childSession(lines: Lockstep, runtime: string, source: Source, tidy: () => void): Session {
  return {
    ask: async (question) => replyOf(await lines.ask(requestOf(question), replies), lines, source),
    // A line that was written after the last answer is seen now.
    end: endOf(lines, runtime, source.folder, tidy, () => lines.ask({ ask: 'end' }, replies)),
  };
}

/** Once: after `farewell`, in which the last lines come. */
function endOf(lines: Lockstep, runtime: string, folder: string, tidy: () => void, farewell: () => Promise<unknown>) {
  let ending: Promise<Ending> | undefined;
  const end = async (): Promise<Ending> => {
    await farewell();
    const { trouble } = lines;
    const prints = await ended(lines, folder, trouble);
    tidy();
    return { ...prints, runtime, ...(trouble === undefined ? {} : { trouble }) };
  };
  return () => (ending ??= end());
}

/** Kills what still runs; what it printed, without the name that its folder had. */
export async function ended(
  { child }: Lockstep,
  folder: string,
  trouble?: Trouble,
): Promise<{ prints: string; printsCut: boolean }> {
  await child.kill();
  const { raw, cut } = child.prints;
  const isNodes = trouble !== undefined && ['syntax', 'import', 'memory', 'too-slow'].includes(trouble.code);
  const prints = withoutFolder(isNodes ? withoutLastWords(raw) : raw, folder);
  return { prints: harmless(prints), printsCut: cut };
}

const requestOf = (question: Question): { readonly [name: string]: unknown } => {
  const { kind, ...rest } = question;
  return { ask: kind, ...rest };
};

function replyOf(answered: LineReply, lines: Lockstep, source: Source): Reply {
  if (answered.kind === 'ended') return answered;
  const { word, body } = answered;
  if (word === 'value') return { kind: 'value', value: body };
  if (word === 'promise') return { kind: 'promise' };
  const over = (code: 'reply-size' | 'memory'): Reply => {
    const trouble: Trouble = { status: 'limit', code };
    lines.stop(trouble);
    return { kind: 'ended', trouble };
  };
  if (word === 'long') return over('reply-size');
  const error = raisedOf(body, source);
  return isOutOfMemory(error) ? over('memory') : { kind: 'threw', error };
}

/** Milliseconds for a program to end once its input does, and to say what it should not. */
const patience = 200;

export function programSession(lines: Lockstep, runtime: string, folder: string, tidy: () => void): Session {
  const farewell = async (): Promise<void> => {
    if (lines.trouble !== undefined) return;
    lines.hangUp();
    await Promise.race([lines.child.exited, setTimeout(patience)]);
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
    end: endOf(lines, runtime, folder, tidy, farewell),
  };
}
