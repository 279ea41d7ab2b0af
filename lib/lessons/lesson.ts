// A lesson as data: what `lesson.md` says, read and checked. Parts follow each other; some are prose, some do something.

import type { RootContent } from 'mdast';

export const courseLevels = ['beginner', 'intermediate', 'advanced'] as const;
export type CourseLevel = (typeof courseLevels)[number];

export interface Lesson {
  /** `vanishing`: the folder's name without its number. */
  readonly id: string;
  /** Its place in the course, from the folder's name. */
  readonly number: number;
  readonly title: string;
  /** The tracks that it is part of. */
  readonly tracks: readonly CourseLevel[];
  /** How long it takes, in minutes. */
  readonly minutes: number;
  /** Ids of the topics that it teaches. */
  readonly teaches: readonly string[];
  readonly parts: readonly LessonPart[];
}

interface Placed {
  /** Unique in its lesson and the same in every language: `predict reach`, or its kind and count. Progress is kept by it. */
  readonly id: string;
  /** In the file, counted from 1. */
  readonly line: number;
}

export type LessonPart = Prose | RunBlock | EditableCell | Predict | Quiz | ExercisePart | Reveal;

/** Text with `{{references}}` to what was measured above it. */
export interface Prose extends Placed {
  readonly kind: 'prose';
  readonly nodes: readonly RootContent[];
}

/** A command line that is run where it stands. */
export interface RunBlock extends Placed {
  readonly kind: 'run';
  /** What a reference calls it; the last one above where it is not said. */
  readonly name: string;
  /** As one would type it, behind `unroll`. */
  readonly command: string;
  /** What of its Result is shown. */
  readonly show: ResultSelection;
}

export interface ResultSelection {
  /** Indices of figures, from 1; undefined: all. */
  readonly figures?: readonly number[] | undefined;
  readonly claims: boolean;
}

/** Equations that the learner may change a line of, and the command that is run with them in the place of `{cell}`. */
export interface EditableCell extends Placed {
  readonly kind: 'cell';
  readonly name: string;
  readonly text: string;
  readonly command?: string | undefined;
  readonly show: ResultSelection;
  /** What to try: an edit that is worth making. */
  readonly try?: string | undefined;
}

/** A guess that is made before the run of the same block, and scored against it. */
export interface Predict extends Placed {
  readonly kind: 'predict';
  readonly question: string;
  readonly run: RunBlock;
  readonly guess: Guess;
  /** Said when the truth is out. */
  readonly because: readonly RootContent[];
}

export const guessScales = ['linear', 'log', 'share'] as const;
type GuessScale = (typeof guessScales)[number];

export type Guess =
  | {
      readonly kind: 'number';
      /** A reference without its braces. */
      readonly answer: string;
      readonly unit?: string | undefined;
      /** Guesses are compared as ratios where magnitudes are asked for. A share is compared as it is, and lies between 0 and 1. */
      readonly scale: GuessScale;
      /** The error that is worth nothing: so much on a linear scale, so many powers of ten on a logarithmic one. */
      readonly worthless: number;
    }
  | {
      readonly kind: 'curve';
      /** The figure, from 1, and the series whose values are guessed at these x. */
      readonly figure: number;
      readonly series: string;
      readonly at: readonly number[];
      readonly worthless: number;
    }
  | {
      readonly kind: 'choice';
      readonly choices: readonly string[];
      /** For each choice a formula that is above 0 when it is right. */
      readonly right: readonly string[];
    };

export interface Quiz extends Placed {
  readonly kind: 'quiz';
  readonly question: string;
  readonly asks: QuizKind;
}

export type QuizKind =
  | { readonly kind: 'choice'; readonly choices: readonly QuizChoice[] }
  | {
      readonly kind: 'number';
      readonly answer: string;
      readonly tolerance: number;
      readonly unit?: string | undefined;
      readonly because: string;
      /** Wrong numbers that people give, and why each is none. */
      readonly mistakes: readonly { readonly value: string; readonly because: string }[];
      readonly otherwise: string;
    }
  | {
      readonly kind: 'text';
      /** Any of these, in any case, blanks apart. */
      readonly answers: readonly string[];
      readonly because: string;
      readonly mistakes: readonly { readonly value: string; readonly because: string }[];
      readonly otherwise: string;
    };

interface QuizChoice {
  readonly text: string;
  readonly right: boolean;
  readonly because: string;
}

export interface ExercisePart extends Placed {
  readonly kind: 'exercise';
  readonly exercise: string;
  readonly says: readonly RootContent[];
}

/** Hidden until it is asked for: an answer to think about first. */
export interface Reveal extends Placed {
  readonly kind: 'reveal';
  readonly question: string;
  readonly nodes: readonly RootContent[];
}

/** A heading, and the part that it stands in. */
export interface LessonSection {
  readonly heading: string;
  /** Of the part. */
  readonly index: number;
}

export const sectionsOf = ({ parts }: Lesson): LessonSection[] =>
  parts.flatMap((part, index) =>
    part.kind === 'prose'
      ? part.nodes.flatMap((node) => (node.type === 'heading' ? [{ heading: wordsOf(node), index }] : []))
      : [],
  );

/** The last part at or before `index` that begins with a heading. */
export function sectionBefore({ parts }: Lesson, index: number): number {
  const heads = (part: LessonPart): boolean => part.kind === 'prose' && part.nodes[0]?.type === 'heading';
  return Math.max(0, parts.slice(0, index + 1).findLastIndex(heads));
}

type Words = { readonly value?: string; readonly children?: readonly unknown[] };
const wordsOf = (node: unknown): string => {
  const { value, children } = node as Words;
  return value ?? (children ?? []).map(wordsOf).join('');
};
