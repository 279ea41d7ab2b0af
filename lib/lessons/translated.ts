// A lesson in another language beside the English one: part by part what is there, and English where it is not. Numbers, commands and
// formulas are always those of the English text, so that a translation cannot say another number.

import { InputError } from '../equations/input-error.ts';
import type { EditableCell, Lesson, Part } from './lesson.ts';

/** `other` has blocks of the same names in the same order; prose between two blocks is taken for that between the same two. Throws InputError. */
export function translated(english: Lesson, other: Lesson, source: string): Lesson {
  const words = new Map(other.parts.map((part) => [part.id, part]));
  for (const part of other.parts)
    if (part.kind !== 'prose' && !english.parts.some(({ id }) => id === part.id))
      throw new InputError(`${source}:${part.line}`, `The English lesson has no block \`${part.id}\`.`, {
        expected: english.parts
          .filter(({ kind }) => kind !== 'prose')
          .map(({ id }) => id)
          .join(', '),
        got: part.id,
        fix: 'give the block the name of the one that it translates',
      });
  return {
    ...english,
    title: other.title,
    parts: english.parts.map((part) => spoken(part, words.get(part.id))),
  };
}

function spoken(part: Part, other: Part | undefined): Part {
  if (other === undefined || other.kind !== part.kind) return part;
  switch (part.kind) {
    case 'prose':
      return { ...part, nodes: (other as typeof part).nodes };
    case 'run':
      return part;
    case 'cell':
      return { ...part, ...wordsOfCell(other as typeof part) };
    case 'predict': {
      const { question, because, guess } = other as typeof part;
      const choices = part.guess.kind === 'choice' && guess.kind === 'choice' ? { choices: guess.choices } : {};
      return { ...part, question, because, guess: { ...part.guess, ...choices } as typeof part.guess };
    }
    case 'quiz':
      return other;
    case 'exercise':
      return { ...part, says: (other as typeof part).says };
    case 'reveal':
      return { ...part, question: (other as typeof part).question, nodes: (other as typeof part).nodes };
  }
}

/** A cell's comments and what to try are words; what is done with it is not. */
const wordsOfCell = ({ text, try: tip }: EditableCell) => ({ text, ...(tip === undefined ? {} : { try: tip }) });
