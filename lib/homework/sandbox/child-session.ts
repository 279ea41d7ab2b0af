// A submission beside a runner as a session: the runner keeps what it is asked to keep, and tells exceptions from values.

import type { Ending, Question, Reply, Session, Trouble } from '../session.ts';
import type { Answered, Lockstep } from './lockstep.ts';
import { harmless, withoutFolder, withoutLastWords } from './prints.ts';
import { isOutOfMemory, raisedOf, type Source } from './troubles.ts';

const replies = ['value', 'threw', 'promise', 'long'];

/** The session of a submission that has loaded. `source`: the student's file; `tidy` is called once it is gone. */
export function childSession(lines: Lockstep, runtime: string, source: Source, tidy: () => void): Session {
  let ending: Promise<Ending> | undefined;
  const end = async (): Promise<Ending> => {
    // A line that was written after the last answer is seen now.
    await lines.ask({ ask: 'end' }, replies);
    const { trouble } = lines;
    const prints = await ended(lines, source.folder, trouble);
    tidy();
    return { ...prints, runtime, ...(trouble === undefined ? {} : { trouble }) };
  };
  return {
    ask: async (question) => replyOf(await lines.ask(requestOf(question), replies), lines, source),
    end: () => (ending ??= end()),
  };
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

function replyOf(answered: Answered, lines: Lockstep, source: Source): Reply {
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
