// The headings of a lesson, and the parts that they stand in.

import { legible } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import { wrap } from '../../render/wrap.ts';
import type { Lesson, Part } from '../lesson.ts';

export interface Section {
  readonly heading: string;
  /** Of the part. */
  readonly index: number;
}

export const sectionsOf = ({ parts }: Lesson): Section[] =>
  parts.flatMap((part, index) =>
    part.kind === 'prose'
      ? part.nodes.flatMap((node) => (node.type === 'heading' ? [{ heading: wordsOf(node), index }] : []))
      : [],
  );

/** The last part at or before `index` that begins with a heading. */
export function sectionBefore({ parts }: Lesson, index: number): number {
  const heads = (part: Part): boolean => part.kind === 'prose' && part.nodes[0]?.type === 'heading';
  return Math.max(0, parts.slice(0, index + 1).findLastIndex(heads));
}

export const contentsLines = (sections: readonly Section[], look: Look): string[] => [
  look.paint.bold('Sections'),
  '',
  ...sections.flatMap(({ heading }, i) =>
    wrap(legible(heading, look), look.width, { first: `${String(i + 1).padStart(3)}  `, rest: '     ' }),
  ),
];

type Words = { readonly value?: string; readonly children?: readonly unknown[] };
const wordsOf = (node: unknown): string => {
  const { value, children } = node as Words;
  return value ?? (children ?? []).map(wordsOf).join('');
};
