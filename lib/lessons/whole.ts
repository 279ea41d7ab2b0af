// A lesson from first to last without anybody at the keys: for a script, a handout, a screen reader, and for the check of a lesson.

import { counted } from '../numbers/counted.ts';
import { legible } from '../render/legible.ts';
import type { Look } from '../render/look.ts';
import { numeral } from '../render/numerals.ts';
import type { Result } from '../render/result.ts';
import { wrap } from '../render/wrap.ts';
import { filled, filledText } from './fill.ts';
import { numberMeasured, rightAnswer, truthOf } from './judge.ts';
import type { Lesson, Part } from './lesson.ts';
import type { Runs } from './measured.ts';
import {
  cellLines,
  choiceLines,
  choicesOf,
  commandLines,
  exerciseCommand,
  proseLines,
  questionLines,
  resultLines,
} from './sheet.ts';
import { coded, typeset } from './typeset.ts';

/** Runs a command line; `cell`: equations that stand where it says `{cell}`. */
export type RunCommand = (command: string, cell?: string) => Promise<Result>;

/** The runs that a part may quote: those above it, and its own. */
export class LessonRuns {
  readonly #lesson: Lesson;
  readonly #run: RunCommand;
  readonly #results = new Map<string, Promise<Result>>();

  constructor(lesson: Lesson, run: RunCommand) {
    this.#lesson = lesson;
    this.#run = run;
  }

  /** As the part at this place sees them. */
  upTo(index: number): Runs {
    const names = this.#lesson.parts.slice(0, index + 1).flatMap((part) => nameOfRun(part) ?? []);
    return { names, result: (name) => this.result(name) };
  }

  /** Runs once; asked again, the same. */
  result(name: string): Promise<Result> {
    const known = this.#results.get(name);
    if (known !== undefined) return known;
    const part = this.#lesson.parts.find((one) => nameOfRun(one) === name)!;
    const made =
      part.kind === 'cell'
        ? this.#run(part.command!, part.text)
        : this.#run(part.kind === 'predict' ? part.run.command : (part as Extract<Part, { kind: 'run' }>).command);
    this.#results.set(name, made);
    return made;
  }
}

/** The name of what a part runs, if it runs anything. */
export function nameOfRun(part: Part): string | undefined {
  if (part.kind === 'run') return part.name;
  if (part.kind === 'predict') return part.run.name;
  return part.kind === 'cell' && part.command !== undefined ? part.name : undefined;
}

/** The lines of each part, as it is done. Throws Unresolved, and whatever a command throws. */
export async function* wholeLesson(lesson: Lesson, runs: LessonRuns, look: Look): AsyncGenerator<string[]> {
  yield titleLines(lesson, look);
  for (const [i, part] of lesson.parts.entries()) yield await wholePart(part, runs.upTo(i), look);
}

export const titleLines = ({ title, minutes, tracks }: Lesson, look: Look): string[] => [
  ...wrap(legible(title, look), look.width).map((line) => look.paint.bold(line)),
  ...wrap(
    `${tracks.join(', ')}${look.plain || !look.unicode ? ', ' : ' · '}about ${counted(minutes, 'minute')}`,
    look.width,
  ).map((line) => look.paint.dim(line)),
];

export async function wholePart(part: Part, runs: Runs, look: Look): Promise<string[]> {
  switch (part.kind) {
    case 'prose':
      return proseLines(part.nodes, runs, look);
    case 'run':
      return [...commandLines(part.command, look), '', ...resultLines(await runs.result(part.name), part.show, look)];
    case 'cell':
      return [
        ...cellLines(part, look),
        ...(part.command === undefined ? [] : ['', ...resultLines(await runs.result(part.name), part.show, look)]),
      ];
    case 'predict':
      return [
        ...(await questionLines(part.question, runs, look)),
        ...choiceLines(choicesOf(part.guess), look),
        '',
        ...commandLines(part.run.command, look),
        '',
        ...(await shownOrSaid(part, runs, look)),
        '',
        ...typeset(await filled(part.because, runs), look),
      ];
    case 'quiz':
      return wholeQuiz(part, runs, look);
    case 'exercise':
      return [...typeset(await filled(part.says, runs), look), '', `  ${look.paint.bold(exerciseCommand(part))}`];
    case 'reveal':
      return [
        ...(await questionLines(part.question, runs, look)),
        '',
        ...typeset(await filled(part.nodes, runs), look),
      ];
  }
}

/** What is shown of the run of a guess; where that is nothing, what was measured. */
export async function shownOrSaid({ guess, run }: Extract<Part, { kind: 'predict' }>, runs: Runs, look: Look) {
  const shown = resultLines(await runs.result(run.name), run.show, look);
  if (shown.length > 0) return shown;
  return wrap(coded(`Measured: ${await truthOf(guess, runs)}`, look), Math.min(look.width, 88));
}

/** The question, and what there is to say of every answer. */
async function wholeQuiz({ question, asks }: Extract<Part, { kind: 'quiz' }>, runs: Runs, look: Look) {
  const width = Math.min(look.width, 88);
  const lines = [...(await questionLines(question, runs, look)), ...choiceLines(choicesOf(asks), look), ''];
  const said = async (answer: string, because: string): Promise<string[]> =>
    wrap(coded(`${answer}: ${await filledText(because, runs)}`, look), width, { first: '  ', rest: '    ' });
  lines.push(...wrap(coded(`Answer: ${await rightAnswer(asks, runs)}`, look), width));
  if (asks.kind === 'choice') for (const { text, because } of asks.choices) lines.push(...(await said(text, because)));
  else {
    lines.push(...wrap(coded(await filledText(asks.because, runs), look), width, { first: '  ', rest: '  ' }));
    for (const { value, because } of asks.mistakes)
      lines.push(...(await said(asks.kind === 'text' ? value : numeral(await numberMeasured(value, runs)), because)));
  }
  return lines;
}
