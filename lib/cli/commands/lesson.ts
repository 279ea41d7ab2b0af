// unroll lesson [name] | list | notes | reset, and for authors check | new | export

import { courseList, lessonAt } from '../../lessons/course.ts';
import { LessonRuns } from '../../lessons/measured.ts';
import { wholeLesson } from '../../lessons/part-lines.ts';
import { progressOf } from '../../lessons/progress.ts';
import type { ProgressStore } from '../../lessons/store.ts';
import { coded } from '../../lessons/typeset.ts';
import { flag, quoted } from '../../options/option.ts';
import { once } from '../../options/typed.ts';
import { wrap } from '../../render/columns.ts';
import { lookOf } from '../../render/look.ts';
import type { Command } from '../command.ts';
import { begunAnew, keeper, keptEvents, today } from '../kept-progress.ts';
import {
  checkLanguage,
  type LessonArguments,
  lessonArgument,
  lessonLanguage,
  lessonOptions,
  placesFrom,
  running,
  storeFor,
} from '../lesson-argument.ts';
import { readAsLines, readOnScreen } from '../lesson-terminal.ts';
import { message, outputOptions, renderOptions } from '../output.ts';
import { changed, refuseUnread } from '../unread.ts';
import { check, exported, fresh } from './lesson-author.ts';

const { format: _, assert: __, out: ___, force: ____, quiet: _____, ...paperOptions } = outputOptions;

const read: Command = {
  places: { name: ['the name or number of a lesson', 'where you were'] },
  options: {
    all: flag('Lesson', 'print it from first to last, and ask nothing'),
    ...lessonOptions,
    ...paperOptions,
  },
  examples: [
    ['unroll lesson', 'goes on where you were, or begins the course'],
    ['unroll lesson vanishing', 'one lesson'],
    ['unroll lesson vanishing --all', 'the whole of it, without a question: for a handout or a screen reader'],
  ],
  run: async (typed, reader) => {
    const args = typed as unknown as LessonArguments;
    const store = storeFor(args);
    const name = args.name ?? latest(args, store);
    const { lesson, places } = await lessonArgument(changed(args, name === undefined ? {} : { name }));
    const onTerminal = args.all !== true && process.stdin.isTTY && process.stdout.isTTY;
    const run = running(reader, onTerminal || !process.stderr.isTTY);
    const look = lookOf(renderOptions(args));
    refuseUnread(args);
    if (!onTerminal) {
      const runs = new LessonRuns(lesson, run);
      for await (const lines of wholeLesson(lesson, runs, look)) process.stdout.write(`${lines.join('\n')}\n\n`);
      return 0;
    }
    const progress = progressOf(keptEvents(store, lesson.id));
    const keep = keeper(store, lesson.id);
    const options = { lesson, progress, run, keep: keep.add, today };
    await (args.plain === true || process.env.TERM === 'dumb'
      ? readAsLines(options, args)
      : readOnScreen(options, args));
    if (keep.failed !== undefined) message(`Your progress could not be kept: ${keep.failed}`);
    process.stdout.write(`${farewell(args, store, lesson.id, places).join('\n')}\n`);
    return 0;
  },
};

/** The lesson that was read last, or the first that is not finished. */
function latest(args: LessonArguments, store: ProgressStore): string | undefined {
  const places = placesFrom(args);
  const last = store.latest(places.map(({ id }) => id));
  const isFinished = (id: string): boolean => progressOf(keptEvents(store, id)).finished;
  if (last !== undefined && !isFinished(last)) return last;
  const from = places.findIndex(({ id }) => id === last) + 1;
  return [...places.slice(from), ...places].find(({ id }) => !isFinished(id))?.id;
}

/** What a command about these lessons ends in: the folder, where it is one of the learner's own. */
function fromFolder({ lessons }: Pick<LessonArguments, 'lessons'>): string {
  const folder = once('--lessons', lessons);
  if (folder === undefined) return '';
  return ` --lessons ${quoted(folder)}`;
}

function farewell(
  args: LessonArguments,
  store: ProgressStore,
  id: string,
  places: readonly { readonly id: string }[],
): string[] {
  const { width } = renderOptions(args);
  const { finished } = progressOf(keptEvents(store, id));
  const next = places[places.findIndex((place) => place.id === id) + 1]?.id;
  const said = !finished
    ? `Goes on here:  unroll lesson ${id}`
    : next === undefined
      ? 'That was the last lesson. What you answered:  unroll lesson notes'
      : `Done. The next one:  unroll lesson ${next}`;
  return wrap(`${said}${fromFolder(args)}`, width);
}

const list: Command = {
  options: { ...lessonOptions, ...outputOptions },
  examples: [['unroll lesson list', 'all lessons, and how far you are']],
  result: async (typed) => {
    const args = typed as unknown as LessonArguments;
    const store = storeFor(args);
    const language = lessonLanguage(args);
    const places = placesFrom(args);
    checkLanguage(args, places);
    const lessons = await Promise.all(places.map((place) => lessonAt(place, language)));
    const read = lessons.map((lesson) => ({ lesson, progress: progressOf(keptEvents(store, lesson.id)) }));
    return courseList(read, fromFolder(args));
  },
};

const { height: ______, ...noteOptions } = paperOptions;

const notes: Command = {
  places: { name: ['one lesson', 'all that you have begun'] },
  options: { lessons: lessonOptions.lessons, ...noteOptions },
  examples: [['unroll lesson notes > notes.txt', 'your own answers, to keep']],
  run: async (typed) => {
    const args = typed as unknown as LessonArguments;
    const store = storeFor(args);
    const places = args.name === undefined ? placesFrom(args) : [(await lessonArgument(args)).place];
    const look = lookOf(renderOptions(args));
    const { width } = look;
    refuseUnread(args);
    let any = false;
    for (const place of places) {
      const { answers } = progressOf(keptEvents(store, place.id));
      if (answers.size === 0) continue;
      any = true;
      const { title } = await lessonAt(place, lessonLanguage(args));
      process.stdout.write(`${title}\n${'='.repeat(Math.min(width, title.length))}\n\n`);
      for (const { question, answer, right, score, truth, day } of answers.values()) {
        if (question === '' || answer === '') continue;
        const indented = (line: string) => wrap(coded(line, look), width, { first: '  ', rest: '    ' });
        const worth = score === undefined ? '' : ` (worth ${Math.round(100 * score)} of 100)`;
        const said =
          right === undefined
            ? [...answer.split('\n'), ...(truth === undefined ? [] : [`It was: ${truth}${worth}`])]
            : [quizNote(answer, right, truth)];
        const lines = [
          ...wrap(coded(question, look), width),
          ...said.flatMap(indented),
          ...(day === undefined ? [] : [`  ${day}`]),
        ];
        process.stdout.write(`${lines.join('\n')}\n\n`);
      }
    }
    if (!any) message('There are no answers yet. Begin:  unroll lesson');
    return 0;
  },
};

/** What was answered to a quiz; an answer that was not right gives the right one not away, since the question is still open. */
function quizNote(answer: string, right: boolean, truth: string | undefined): string {
  if (!right) return `You: ${answer} (not so; the question is still open)`;
  if (truth === undefined || truth === answer) return `You: ${answer} (right)`;
  const isLetter = truth.toLowerCase().startsWith(`${answer.toLowerCase()})`);
  return isLetter ? `You: ${truth} (right)` : `You: ${answer} (right). Exactly: ${truth}`;
}

const reset: Command = {
  places: { name: ['the lesson to begin anew'] },
  options: { lessons: lessonOptions.lessons },
  examples: [['unroll lesson reset vanishing', 'that one from the beginning; the others stay']],
  run: async (typed) => {
    const args = typed as unknown as LessonArguments;
    const { lesson } = await lessonArgument(args);
    const store = storeFor(args);
    begunAnew(store, lesson.id);
    message(`${lesson.id} begins anew. What you had answered stays in ${store.file(lesson.id)}`);
    return 0;
  },
};

export const lessonCommand: Command = {
  options: {},
  examples: read.examples,
  subcommands: [
    { usage: '$0 [name]', describe: 'read a lesson', load: async () => read },
    { usage: 'list', describe: 'the course, and how far you are', load: async () => list },
    { usage: 'notes [name]', describe: 'what you answered', load: async () => notes },
    { usage: 'reset <name>', describe: 'begin one lesson anew', load: async () => reset },
    { usage: 'check [dir]', describe: 'for authors: does a lesson hold', load: async () => check },
    { usage: 'new <name>', describe: 'for authors: begin a lesson', load: async () => fresh },
    { usage: 'export <name>', describe: 'a lesson as a page or as slides', load: async () => exported },
  ],
};
