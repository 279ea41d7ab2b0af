// A lesson read on a terminal: on the whole screen, where keys come from it and rows go to it, and whatever happens it is left as it was found; or
// as plain lines, with questions on a line of their own, for a screen reader and for a terminal that can do no more than print.

import { emitKeypressEvents, type Interface } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import { LessonRuns } from '../lessons/measured.ts';
import { titleLines } from '../lessons/part-lines.ts';
import type { Key } from '../lessons/reader/keys.ts';
import { PartView } from '../lessons/reader/part-view.ts';
import { LessonReader, type ReaderOptions } from '../lessons/reader/reader.ts';
import { type Look, lookOf } from '../render/look.ts';
import { type OutputArguments, renderOptions } from './output.ts';

const esc = '\u001b';
/** The other screen, which leaves no trace; the cursor hidden; no line goes on in the next row. */
const enter = `${esc}[?1049h${esc}[?25l${esc}[?7l`;
const leave = `${esc}[?7h${esc}[?25h${esc}[?1049l`;

/** So long, in milliseconds, an Escape may be the beginning of an arrow key. Node's own half a second is felt. */
const escapeCodeTimeout = 30;

/** They end the program as they would have done, when the terminal is as it was. */
const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Pressed {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
  readonly shift?: boolean;
}

/** Shows a lesson until the learner leaves it. Rejects with what a lesson's own fault is, when the terminal is as it was. */
export async function readOnScreen(options: Omit<ReaderOptions, 'busy'>, args: OutputArguments): Promise<void> {
  const { stdin, stdout } = process;
  const lookNow = (): Look => lookOf(renderOptions(args));
  let drawn: readonly string[] = [];
  let restored = true;
  const begin = (): void => {
    restored = false;
    drawn = [];
    stdout.write(enter);
    stdin.setRawMode(true);
  };
  const restore = (): void => {
    if (restored) return;
    restored = true;
    stdin.setRawMode(false);
    stdout.write(leave);
  };
  /** To the shell, as Ctrl-Z does in any program; `fg` comes back. Windows has no such thing. */
  const suspend = (): void => {
    if (process.platform === 'win32') return;
    restore();
    process.kill(0, 'SIGTSTP');
  };
  const draw = (rows: readonly string[], bottom: string, cursor?: number): void => {
    const lines = [...rows, bottom];
    // Only what has changed, so that nothing flickers.
    const changed = lines.flatMap((line, i) =>
      line === drawn[i] ? [] : [`${esc}[${i + 1};1H${esc}[0m${esc}[K${line}${esc}[0m`],
    );
    drawn = lines;
    const place = cursor === undefined ? `${esc}[?25l` : `${esc}[${lines.length};${cursor + 1}H${esc}[?25h`;
    stdout.write(changed.join('') + place);
  };
  const reader: LessonReader = new LessonReader(
    {
      ...options,
      busy: (says) => {
        const { rows } = reader.screen();
        draw(rows, says);
      },
    },
    lookNow(),
  );
  const show = (): void => {
    const { rows, bottom, cursor } = reader.screen();
    draw(rows, bottom, cursor);
  };
  process.once('exit', restore);
  begin();
  stdin.resume();
  emitKeypressEvents(stdin, { escapeCodeTimeout } as unknown as Interface);
  let ended: (typeof ending)[number] | undefined;
  let end = (): void => {};
  const onSignal = (signal: NodeJS.Signals): void => {
    ended = signal as typeof ended;
    end();
  };
  for (const signal of ending) process.on(signal, onSignal);
  try {
    await new Promise<void>((resolve, reject) => {
      // One thing after the other: keys that come while something runs wait for it.
      let queue: Promise<void> = Promise.resolve();
      const then = (action: () => Promise<void>): void => {
        queue = queue.then(async () => {
          if (reader.closed) return;
          await action();
          if (reader.closed) resolve();
          else show();
        });
        queue.catch(reject);
      };
      const again = (): void =>
        then(() => {
          drawn = [];
          stdout.write(`${esc}[2J`);
          return reader.resize(lookNow());
        });
      stdin.on('keypress', (text: string | undefined, pressed: Pressed) => {
        if (pressed.ctrl && pressed.name === 'z') suspend();
        else then(() => reader.key(keyOf(text ?? '', pressed)));
      });
      stdin.on('end', () => resolve());
      end = resolve;
      stdout.on('resize', again);
      process.on('SIGCONT', () => {
        if (!restored) return;
        begin();
        again();
      });
      then(() => reader.open());
    });
  } finally {
    process.removeListener('exit', restore);
    stdin.removeAllListeners('keypress');
    stdout.removeAllListeners('resize');
    process.removeAllListeners('SIGCONT');
    for (const signal of ending) process.removeListener(signal, onSignal);
    restore();
    stdin.pause();
    if (ended !== undefined) process.kill(process.pid, ended);
  }
}

/** Letters keep their case; the rest is named as Node names it. */
function keyOf(text: string, { name, sequence, ctrl = false }: Pressed): Key {
  // Backspace types a character, too: DEL.
  const one = /^[!-~]$/.test(text) && !ctrl ? text : (name ?? sequence ?? text);
  return { name: one, text: ctrl ? '' : text, ctrl };
}

/** As plain lines: asks at every question and after every part; Enter goes on, q leaves. */
export async function readAsLines(options: Omit<ReaderOptions, 'busy'>, args: OutputArguments): Promise<void> {
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
