// Columns of a table by their titles: words stand at the left, numbers at the right.

import type { TableColumn } from '../render/result.ts';

const columns =
  (align: TableColumn['align']) =>
  (...titles: readonly string[]): TableColumn[] =>
    titles.map((title) => ({ title, align }));

export const left = columns('left');
export const right = columns('right');

export const rightColumn = (title: string, unit?: string): TableColumn => ({ title, align: 'right', unit });
