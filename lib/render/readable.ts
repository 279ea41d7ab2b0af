// A Result as it will be read, on a terminal, in a drawing or on a page: its words legible, nothing said twice.

import { beneath, type Figure, type Kind, settingsOf } from './kind.ts';
import { legible, legibleFigure, legibleProse } from './legible.ts';
import type { Readable } from './look.ts';
import type { Result } from './result.ts';

/** `settings` are those that stand under the question; `kindOf` prepares a figure. */
export function readable(result: Result, look: Readable, kindOf: (figure: Figure) => Pick<Kind<Figure>, 'prepare'>) {
  const prose = (text: string): string => legibleProse(text, look);
  const question = prose(result.question);
  const figures = result.figures.map((figure) => legibleFigure(figure, look, kindOf(figure)));
  const settings = figures.map(settingsOf).find((value) => value !== undefined);
  const { next } = result;
  return {
    question,
    settings,
    figures: figures.map((figure) => beneath(figure, question, settings)),
    /** Of the figures, for whoever cannot see them. */
    titles: figures.map(({ title }) => title),
    claims: result.claims.map(({ says, measuredAs, ...claim }) => ({
      ...claim,
      says: prose(says),
      measuredAs: measuredAs === undefined ? undefined : prose(measuredAs),
    })),
    notes: result.notes.map(prose),
    next: next && { says: prose(next.says), command: legible(next.command, look) },
  };
}
