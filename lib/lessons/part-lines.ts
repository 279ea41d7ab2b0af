// The parts of a lesson as lines, for a terminal or a file: what the reader shows step by step and `--all` in one go, and what the check of a lesson looks at.

import { counted } from '../numbers/counted.ts';
import { wrap } from '../render/columns.ts';
import { legible } from '../render/legible.ts';
import type { FigureOptions, Look } from '../render/look.ts';
import { numeral } from '../render/numerals.ts';
import { render } from '../render/render.ts';
import type { Result } from '../render/result.ts';
import { letterOf, numberMeasured, rightAnswer, truthOf } from './judge.ts';
import type { ExercisePart, Guess, Lesson, LessonPart, Predict, Quiz, QuizKind, ResultSelection } from './lesson.ts';
import { type LessonRuns, type RunResults, withNumbers, withNumbersIn } from './measured.ts';
import { coded, typeset } from './typeset.ts';

/** No line of a question or an answer is longer, however wide the screen. */
const widest = 88;
const widthOf = (look: Look): number => Math.min(look.width, widest);

/** The lines of each part, as it is done. Throws Unresolved, and whatever a command throws. */
export async function* wholeLesson(lesson: Lesson, runs: LessonRuns, look: Look): AsyncGenerator<string[]> {
  yield titleLines(lesson, look);
  for (const [i, part] of lesson.parts.entries()) yield await partLines(part, runs.upTo(i), look);
}

export const titleLines = ({ title, minutes, tracks }: Lesson, look: Look): string[] => [
  ...wrap(legible(title, look), look.width).map((line) => look.paint.bold(line)),
  ...wrap(
    `${tracks.join(', ')}${look.plain || !look.unicode ? ', ' : ' · '}about ${counted(minutes, 'minute')}`,
    look.width,
  ).map((line) => look.paint.dim(line)),
];

/** A part with everything that it hides until it is answered. Throws Unresolved. */
export async function partLines(part: LessonPart, runs: RunResults, look: Look): Promise<string[]> {
  switch (part.kind) {
    case 'prose':
      return typeset(await withNumbers(part.nodes, runs), look);
    case 'run':
      return [...commandLines(part.command, look), '', ...resultLines(await runs.result(part.name), part.show, look)];
    case 'cell': {
      const equations = equationLines(part.text, look);
      if (part.command === undefined) return equations;
      return [...equations, '', ...resultLines(await runs.result(part.name), part.show, look)];
    }
    case 'predict':
      return predictLines(part, runs, look);
    case 'quiz':
      return quizLines(part, runs, look);
    case 'exercise':
      return [...typeset(await withNumbers(part.says, runs), look), '', `  ${look.paint.bold(exerciseCommand(part))}`];
    case 'reveal':
      return [
        ...(await questionLines(part.question, runs, look)),
        '',
        ...typeset(await withNumbers(part.nodes, runs), look),
      ];
  }
}

/** `gap`: how far a guess was from what was measured; where nobody has guessed and nothing is shown of the run, what was measured. */
export async function predictLines(
  part: Predict,
  runs: RunResults,
  look: Look,
  gap?: readonly string[],
): Promise<string[]> {
  const { guess, run } = part;
  const asked = await askedLines(part.question, guess, runs, look);
  const shown = resultLines(await runs.result(run.name), run.show, look);
  const measured =
    gap ??
    (shown.length > 0 ? [] : [...wrap(coded(`Measured: ${await truthOf(guess, runs)}`, look), widthOf(look)), '']);
  return [
    ...[...asked, '', ...commandLines(run.command, look), ''],
    ...(shown.length === 0 ? [] : [...shown, '']),
    ...measured,
    ...typeset(await withNumbers(part.because, runs), look),
  ];
}

/** The question, and what there is to say of every answer. */
async function quizLines({ question, asks }: Quiz, runs: RunResults, look: Look): Promise<string[]> {
  const lines = [...(await askedLines(question, asks, runs, look)), ''];
  const said = async (answer: string, because: string): Promise<string[]> =>
    wrap(coded(`${answer}: ${await withNumbersIn(because, runs)}`, look), widthOf(look), { first: '  ', rest: '    ' });
  lines.push(...wrap(coded(`Answer: ${await rightAnswer(asks, runs)}`, look), widthOf(look)));
  if (asks.kind === 'choice') for (const { text, because } of asks.choices) lines.push(...(await said(text, because)));
  else {
    const why = coded(await withNumbersIn(asks.because, runs), look);
    lines.push(...wrap(why, widthOf(look), { first: '  ', rest: '  ' }));
    for (const { value, because } of asks.mistakes)
      lines.push(...(await said(asks.kind === 'text' ? value : numeral(await numberMeasured(value, runs)), because)));
  }
  return lines;
}

/** A command as one would type it; what a narrow screen has no room for stands below, further in. */
const commandLines = (command: string, look: Look): string[] =>
  wrap(`$ unroll ${legible(command, look)}`, look.width, { rest: '    ' }).map((line) => look.paint.bold(line));

/** What of a Result a lesson shows: no notes, and nothing to try next, which the lesson says itself. Undefined where that is nothing. */
export function selected({ next: _, ...rest }: Result, show: ResultSelection): Result | undefined {
  const figures = show.figures === undefined ? rest.figures : show.figures.flatMap((n) => rest.figures[n - 1] ?? []);
  const claims = show.claims ? rest.claims : [];
  return figures.length === 0 && claims.length === 0 ? undefined : { ...rest, figures, claims, notes: [] };
}

export function resultLines(result: Result, show: ResultSelection, look: Look): string[] {
  const shown = selected(result, show);
  if (shown === undefined) return [];
  return render(shown, { format: 'text', ...optionsOf(look) })
    .trimEnd()
    .split('\n');
}

/** What a look was made from. */
export const optionsOf = ({ width, height, level, plain, keepsLetters, unicode }: Look): FigureOptions => ({
  width,
  height,
  colour: level,
  unicode: unicode || keepsLetters,
  plain,
});

/** A number before each line that can be changed. */
export const equationLines = (text: string, look: Look): string[] =>
  text.split('\n').map((line, i) => `${look.paint.dim(String(i + 1).padStart(3))}  ${legible(line, look)}`);

export async function questionLines(question: string, runs: RunResults, look: Look): Promise<string[]> {
  return wrap(coded(await withNumbersIn(question, runs), look), widthOf(look)).map((line) => look.paint.bold(line));
}

/** The question and the choices that there are. */
export async function askedLines(
  question: string,
  of: Guess | QuizKind,
  runs: RunResults,
  look: Look,
): Promise<string[]> {
  const choices = choicesOf(of).flatMap((choice, i) =>
    wrap(coded(choice, look), widthOf(look), { first: `  ${letterOf(i)}) `, rest: '     ' }),
  );
  return [...(await questionLines(question, runs, look)), ...choices];
}

export const choicesOf = (of: Guess | QuizKind): readonly string[] =>
  of.kind !== 'choice' ? [] : of.choices.map((choice) => (typeof choice === 'string' ? choice : choice.text));

export const exerciseCommand = ({ exercise }: ExercisePart): string => `unroll homework start ${exercise}`;
