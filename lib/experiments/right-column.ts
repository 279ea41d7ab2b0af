// A column of numbers, which stand at the right.

import type { TableColumn } from './result.ts';

export const rightColumn = (title: string, unit?: string): TableColumn => ({
  title,
  align: 'right',
  ...(unit === undefined ? {} : { unit }),
});
