// Text -> Lesson: front matter, prose, and the blocks that do something; and with its translation. What an author got wrong is an InputError
// with file and line.

import type { Code, RootContent } from 'mdast';
import { InputError } from '../equations/input-error.ts';
import { type BlockSource, blockReaders } from './blocks.ts';
import { Entries } from './entries.ts';
import { courseLevels, type EditableCell, type Lesson, type LessonPart } from './lesson.ts';

/** `source` names the text in errors; `id` and `number` come from the folder's name. Throws InputError. */
export async function readLesson(
  text: string,
  source: string,
  { id, number }: Pick<Lesson, 'id' | 'number'>,
): Promise<Lesson> {
  const reader = await import('./markdown-page.ts');
  const { page, problem } = reader.readPage(text);
  if (problem !== undefined) throw new InputError(`${source}:${problem.line}`, problem.says, { fix: problem.fix });
  const front = new Entries(page.front, source, 1);
  const lesson = {
    id,
    number,
    title: front.text('title'),
    tracks: front.choices('tracks', courseLevels),
    minutes: front.number('minutes'),
    teaches: front.texts('teaches'),
  };
  front.done();
  const counts = new Map<string, number>();
  const parts: LessonPart[] = [];
  let prose: RootContent[] = [];
  const closeProse = (): void => {
    if (prose.length === 0) return;
    parts.push({ ...placed('prose', prose[0]!), kind: 'prose', nodes: prose });
    prose = [];
  };
  const placed = (kind: string, node: RootContent, name?: string) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return { id: name ?? `${kind} ${count}`, line: page.before + (node.position?.start.line ?? 1) };
  };
  for (const node of page.nodes) {
    const read = node.type === 'code' ? blockReaders[node.lang ?? ''] : undefined;
    if (read === undefined) {
      prose.push(node);
      continue;
    }
    closeProse();
    const { value, lang, meta } = node as Code;
    const at = placed(lang!, node);
    const block: BlockSource = { ...at, source, text: value, meta: meta?.trim() ?? '', reader };
    parts.push(read(block));
  }
  closeProse();
  refuseTwice(parts, source);
  return { ...lesson, parts };
}

/** Progress is kept by id, so no two parts share one. */
function refuseTwice(parts: readonly LessonPart[], source: string): void {
  const seen = new Map<string, LessonPart>();
  for (const part of parts) {
    const before = seen.get(part.id);
    if (before !== undefined)
      throw new InputError(
        `${source}:${part.line}`,
        `Two blocks are called \`${part.id}\`; the first is in line ${before.line}.`,
        { fix: 'give one of them another name' },
      );
    seen.set(part.id, part);
  }
}

/**
 * A lesson in another language beside the English one: part by part what is there, and English where it is not. Numbers, commands and formulas
 * are always those of the English text, so that a translation cannot say another number. `other` has blocks of the same names in the same order; prose between two blocks is taken for that between the same two. Throws InputError.
 */
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
    parts: english.parts.map((part) => translatedPart(part, words.get(part.id))),
  };
}

function translatedPart(part: LessonPart, other: LessonPart | undefined): LessonPart {
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
const wordsOfCell = ({ text, try: tip }: EditableCell) => ({ text, ...(tip && { try: tip }) });
