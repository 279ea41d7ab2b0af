// Does a lesson hold: every block runs, every reference resolves, every claim that is quoted holds, every exercise is there, and is it of a
// length and a language that its readers can take. For authors, and for our own lessons in CI.

import type { RootContent } from 'mdast';
import { CellError } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { errorText } from '../equations/wording.ts';
import { claim } from '../experiments/kit/claim.ts';
import { left, right } from '../experiments/table-columns.ts';
import { lookOf } from '../render/look.ts';
import type { Result } from '../render/result.ts';
import { type LessonPlace, lessonAt } from './course.ts';
import type { Lesson, LessonPart } from './lesson.ts';
import { LessonRuns, type RunCommand, type RunResults, Unresolved, withNumbers } from './measured.ts';
import { partLines } from './part-lines.ts';

interface Fault {
  /** `04-vanishing/lesson.md:12` */
  readonly where: string;
  readonly says: string;
}

export interface Checked {
  /** `vanishing`, or `vanishing (de)`. */
  readonly name: string;
  readonly faults: readonly Fault[];
  /** Undefined for a lesson that cannot be read. */
  readonly counts?: LessonCounts;
}

interface LessonCounts {
  /** Words of prose. */
  readonly words: number;
  readonly grade: number;
  /** As the lesson says. */
  readonly minutes: number;
  readonly runs: number;
  readonly questions: number;
}

/** Words that are read with thought in a minute, where there are formulas in them. */
const wordsPerMinute = 120;
/** Minutes for each run, prediction, quiz or edit. */
const minutesPerStop = 0.75;
const hardestGrade = 12;

/** A lesson of a folder, in one of its languages or in English. Never rejects for what an author can do. */
export async function checkPlace(
  place: LessonPlace,
  language: string | undefined,
  run: RunCommand,
  exercises: readonly string[],
): Promise<Checked> {
  const source = language === undefined ? place.source : place.source.replace(/md$/, `${language}.md`);
  const name = language === undefined ? place.id : `${place.id} (${language})`;
  try {
    return { name, ...(await checkLesson(await lessonAt(place, language), source, run, exercises)) };
  } catch (error) {
    if (error instanceof InputError) return { name, faults: [{ where: error.problem.where, says: wordsOf(error) }] };
    throw error;
  }
}

async function checkLesson(
  lesson: Lesson,
  source: string,
  run: RunCommand,
  exercises: readonly string[],
): Promise<Omit<Checked, 'name'>> {
  const faults: Fault[] = [];
  const runs = new LessonRuns(lesson, run);
  const look = lookOf({ width: 80, height: 24, colour: 0, unicode: true });
  for (const [i, part] of lesson.parts.entries()) {
    const blame = (says: string): void => {
      faults.push({ where: `${source}:${part.line}`, says });
    };
    try {
      const lines = await partLines(part, runs.upTo(i), look);
      if (lines.some((line) => /\{\{|\}\}/.test(line)))
        blame('a reference is not closed, or is cut by *emphasis* or `code`: {{…}} stands in plain words');
      for (const says of await faultsOf(part, runs, exercises)) blame(says);
    } catch (error) {
      faults.push({ where: `${source}:${await lineOf(part, runs.upTo(i))}`, says: wordsOf(error) });
    }
  }
  const { readingOf } = await import('./reading-level.ts');
  const { words, grade } = readingOf(sentencesOf(lesson));
  const stops = lesson.parts.filter(({ kind }) => kind !== 'prose').length;
  const minutes = words / wordsPerMinute + stops * minutesPerStop;
  const about = (says: string): void => {
    faults.push({ where: `${source}:1`, says });
  };
  if (lesson.minutes < minutes * 0.6 || lesson.minutes > Math.max(1, minutes * 1.7))
    about(
      `minutes: ${lesson.minutes} is said; ${words} words and ${stops} stops make about ${Math.round(minutes)}: write  minutes: ${Math.round(minutes)}`,
    );
  if (grade > hardestGrade)
    about(`the prose reads like grade ${grade.toFixed(1)}; up to ${hardestGrade} is plain: shorter sentences`);
  const count = (...kinds: readonly LessonPart['kind'][]): number =>
    lesson.parts.filter(({ kind }) => kinds.includes(kind)).length;
  const [runCount, questions] = [count('run', 'predict'), count('quiz', 'predict')];
  return { faults, counts: { words, grade, minutes: lesson.minutes, runs: runCount, questions } };
}

/** Of prose the paragraph that quotes what is not there. */
async function lineOf(part: LessonPart, runs: RunResults): Promise<number> {
  if (part.kind !== 'prose') return part.line;
  const start = (node: RootContent | undefined): number => node?.position?.start.line ?? 1;
  for (const node of part.nodes)
    try {
      await withNumbers([node], runs);
    } catch {
      return part.line + start(node) - start(part.nodes[0]);
    }
  return part.line;
}

/** What can be wrong with a part that can be shown. */
async function faultsOf(part: LessonPart, runs: LessonRuns, exercises: readonly string[]): Promise<string[]> {
  if (part.kind === 'exercise' && !exercises.includes(part.exercise))
    return [`there is no exercise \`${part.exercise}\`${meant(part.exercise, exercises)}`];
  const run = part.kind === 'run' ? part : part.kind === 'predict' ? part.run : undefined;
  if (run === undefined) return [];
  const { claims, figures } = await runs.result(run.name);
  const broken = claims
    .filter(({ holds }) => !holds)
    .map(
      ({ id }) =>
        `the claim \`${id}\` of this run does not hold: change the command until it does, or what the text makes of it`,
    );
  const missing = (run.show.figures ?? []).filter((n) => figures[n - 1] === undefined);
  return [
    ...broken,
    ...missing.map((n) => `there is no figure ${n}; the run has ${figures.length}: mend \`figures=\``),
  ];
}

function meant(exercise: string, exercises: readonly string[]): string {
  const near = nearest(exercise, exercises);
  return near === undefined ? ': `unroll homework list` shows those there are' : `: did you mean \`${near}\`?`;
}

function wordsOf(error: unknown): string {
  if (error instanceof Unresolved) return error.problem.says;
  if (error instanceof CellError) return error.errors.map((one) => errorText(one, 80)).join('\n');
  if (error instanceof InputError) {
    const { says, expected, fix } = error.problem;
    return [says, ...(expected === undefined ? [] : [`Expected: ${expected}.`]), `Mend: ${fix}`].join(' ');
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The sentences of the prose, without code, formulas and tables. */
function sentencesOf({ parts }: Lesson): string[] {
  return parts
    .flatMap((part) => (part.kind === 'prose' || part.kind === 'reveal' ? part.nodes : []))
    .flatMap((node) => proseOf(node).split(/(?<=[.!?:;])\s+/))
    .filter((sentence) => /\p{L}{2}/u.test(sentence));
}

type Words = { readonly type?: string; readonly value?: string; readonly children?: readonly unknown[] };

function proseOf(node: unknown): string {
  const { type, value, children } = node as Words;
  if (type === 'code' || type === 'table' || type === 'heading') return '';
  if (type === 'inlineCode') return 'code';
  if (children === undefined) return (value ?? '').replace(/\{\{[\s\S]*?\}\}/g, 'so much');
  return children.map(proseOf).join(type === 'list' ? '. ' : '');
}

/** The check as a Result, for a table and for --assert. */
export function checkResult(checked: readonly Checked[]): Result {
  const faults = checked.flatMap((one) => one.faults);
  return {
    unroll: 1,
    experiment: 'lesson check',
    question: 'Do the lessons hold?',
    options: { lessons: checked.map(({ name }) => name) },
    seed: 0,
    figures: [
      {
        kind: 'table',
        title: 'Every block run, every reference looked up',
        columns: [
          ...left('lesson'),
          ...right('words'),
          { title: 'grade', align: 'right', digits: 2 },
          ...right('minutes', 'runs', 'questions', 'faults'),
        ],
        rows: checked.map(({ name, counts, faults: own }) => [
          name,
          ...(['words', 'grade', 'minutes', 'runs', 'questions'] as const).map((of) => counts?.[of] ?? '?'),
          own.length,
        ]),
      },
      ...(faults.length === 0
        ? []
        : ([
            {
              kind: 'text',
              title: 'What is wrong',
              language: 'plain',
              lines: faults.map(({ where, says }) => `${where}: ${says}`),
            },
          ] as const)),
    ],
    claims: [claim('faults', 'every lesson holds: faults found', faults.length, '=', 0)],
    notes: ['Grade: the school grade of Kincaid et al. 1975; 8 is plain, 12 the last of school.'],
  };
}
