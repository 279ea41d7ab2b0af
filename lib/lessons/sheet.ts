// The parts of a lesson as lines, for a terminal, a file or a page: what the reader shows step by step and `--all` in one go.

import type { RootContent } from 'mdast';
import { legible } from '../render/legible.ts';
import type { Look } from '../render/look.ts';
import { render } from '../render/render.ts';
import type { Result } from '../render/result.ts';
import { wrap } from '../render/wrap.ts';
import { filled, filledText } from './fill.ts';
import { letterOf } from './judge.ts';
import type { EditableCell, ExercisePart, Guess, Quiz, Shown } from './lesson.ts';
import type { Runs } from './measured.ts';
import { coded, typeset } from './typeset.ts';

/** Prose with its numbers. Throws Unresolved. */
export const proseLines = async (nodes: readonly RootContent[], runs: Runs, look: Look): Promise<string[]> =>
  typeset(await filled(nodes, runs), look);

/** A command as one would type it; what a narrow screen has no room for stands below, further in. */
export const commandLines = (command: string, look: Look): string[] =>
  wrap(`$ unroll ${legible(command, look)}`, look.width, { rest: '    ' }).map((line) => look.paint.bold(line));

/** What of a Result a lesson shows: no notes, and nothing to try next, which the lesson says itself. */
export function chosen({ next: _, ...rest }: Result, show: Shown): Result {
  const figures = show.figures === undefined ? rest.figures : show.figures.flatMap((n) => rest.figures[n - 1] ?? []);
  return { ...rest, figures, claims: show.claims ? rest.claims : [], notes: [] };
}

export function resultLines(result: Result, show: Shown, look: Look): string[] {
  const shown = chosen(result, show);
  if (shown.figures.length === 0 && shown.claims.length === 0) return [];
  const { width, height, level, plain, keepsLetters, unicode } = look;
  return render(shown, { format: 'text', width, height, colour: level, unicode: unicode || keepsLetters, plain })
    .trimEnd()
    .split('\n');
}

/** Equations, a number before each line that can be changed. */
export const cellLines = ({ text }: Pick<EditableCell, 'text'>, look: Look): string[] =>
  text.split('\n').map((line, i) => `${look.paint.dim(String(i + 1).padStart(3))}  ${legible(line, look)}`);

export async function questionLines(question: string, runs: Runs, look: Look): Promise<string[]> {
  return wrap(coded(await filledText(question, runs), look), Math.min(look.width, 88)).map((line) =>
    look.paint.bold(line),
  );
}

export function choiceLines(choices: readonly string[], look: Look): string[] {
  return choices.flatMap((choice, i) =>
    wrap(coded(choice, look), Math.min(look.width, 88), { first: `  ${letterOf(i)}) `, rest: '     ' }),
  );
}

/** What a guess or an answer may be, below its question. */
export const choicesOf = (of: Guess | Quiz['asks']): readonly string[] =>
  of.kind !== 'choice' ? [] : of.choices.map((choice) => (typeof choice === 'string' ? choice : choice.text));

export const exerciseCommand = ({ exercise }: ExercisePart): string => `unroll homework start ${exercise}`;
