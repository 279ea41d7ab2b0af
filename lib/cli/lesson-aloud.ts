// A lesson read part by part as plain lines, with questions on a line of their own: for a screen reader, and for a terminal that can do no
// more than print.

import { createInterface } from 'node:readline/promises';
import { LessonRuns } from '../lessons/measured.ts';
import { titleLines } from '../lessons/part-lines.ts';
import { PartView } from '../lessons/reader/part-view.ts';
import type { ReaderOptions } from '../lessons/reader/reader.ts';
import { lookOf } from '../render/look.ts';
import { type OutputArguments, renderOptions } from './output.ts';

/** Asks at every question and after every part: Enter goes on, q leaves. */
export async function readAloud(options: Omit<ReaderOptions, 'busy'>, args: OutputArguments): Promise<void> {
  const { lesson, progress, run, keep, today } = options;
  const runs = new LessonRuns(lesson, run);
  const say = (lines: readonly string[]): void => {
    process.stdout.write(`${lines.join('\n')}\n\n`);
  };
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<undefined>((resolve) => ask.once('close', () => resolve(undefined)));
  const answerTo = (question: string): Promise<string | undefined> => Promise.race([ask.question(question), closed]);
  const look = () => lookOf(renderOptions(args));
  try {
    say(titleLines(lesson, look()));
    const found = lesson.parts.findIndex(({ id }) => id === progress.at);
    for (let i = Math.max(0, found); i < lesson.parts.length; i++) {
      const part = lesson.parts[i]!;
      const showing = new PartView(part, i, { runs, run, today, answered: progress.answers.get(part.id) });
      say(await showing.lines(look()));
      keep({ kind: 'at', part: part.id });
      while (showing.wanted !== undefined) {
        const typed = await answerTo(`${showing.wanted.prompt}, or s to skip: `);
        if (typed === undefined || typed.trim() === 'q') return;
        if (typed.trim() === 's') showing.uncover();
        else if (typed.trim() !== '' || showing.wanted.key) {
          const taken = await showing.answer(typed);
          if ('refused' in taken) {
            say([taken.refused]);
            continue;
          }
          keep(taken.event);
        } else continue;
        say(await showing.lines(look()));
      }
      if (part.kind === 'prose' || part.kind === 'run') continue;
      for (;;) {
        const again = showing.again === undefined ? '' : ', a to answer';
        const typed = await answerTo(`Enter to go on${again}, q to leave: `);
        if (typed === undefined || typed.trim() === 'q') return;
        if (typed.trim() !== 'a' || showing.again === undefined) break;
        const answer = await answerTo(`${showing.again.prompt}: `);
        if (answer === undefined) return;
        if (answer.trim() === '') continue;
        const taken = await showing.answer(answer);
        if ('refused' in taken) say([taken.refused]);
        else {
          keep(taken.event);
          say(await showing.lines(look()));
        }
      }
    }
    keep({ kind: 'finished' });
    say(['The end of the lesson.']);
  } finally {
    ask.close();
  }
}
