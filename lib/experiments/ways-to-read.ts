// How a sequence is handed from one net to another: in one state, read forwards or backwards, or with a look back at every step.

import type { Cell } from '../cells/catalogue.ts';
import { attending, readNames } from '../cells/memory-reads.ts';

/** `plain`, `reversed`, and every read of lib/cells/reads. */
export const readingWays = (): string[] => ['plain', 'reversed', ...readNames()];

export const attends = (way: string): boolean => way !== 'plain' && way !== 'reversed';

export const decoderOf = (cell: Cell, way: string): Cell => (attends(way) ? attending(cell, way) : cell);

export const wayInWords = (way: string): string =>
  attends(way) ? `${way} attention` : way === 'reversed' ? 'source reversed' : 'no attention';
