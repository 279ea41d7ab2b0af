// How hard a text is to read: the school grade of Kincaid, Fishburne, Rogers & Chissom 1975, for English. A bundle of its own (build.js).

import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

interface ReadingLevel {
  readonly words: number;
  /** American school grade: 8 is plain, 12 the last of school, 16 a paper. */
  readonly grade: number;
}

/** Of prose; code and formulas are best left out. */
export function readingOf(sentences: readonly string[]): ReadingLevel {
  const words = sentences.flatMap((sentence) => sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)));
  if (words.length === 0) return { words: 0, grade: 0 };
  const counts = { sentence: Math.max(1, sentences.length), word: words.length, syllable: syllable(words.join(' ')) };
  return { words: words.length, grade: fleschKincaid(counts) };
}
