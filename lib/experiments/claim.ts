// Claims are made from the number measured and the relation that it is held against; nobody says by hand that one holds.

import type { Claim } from './result.ts';

const relations: Readonly<Record<Claim['relation'], (measured: number, bound: number) => boolean>> = {
  '<': (m, b) => m < b,
  '<=': (m, b) => m <= b,
  '=': (m, b) => m === b,
  '>=': (m, b) => m >= b,
  '>': (m, b) => m > b,
};

/** NaN holds against nothing. */
export function claim(
  id: string,
  says: string,
  measured: number,
  relation: Claim['relation'],
  bound: number,
  measuredAs?: string,
): Claim {
  const holds = relations[relation](measured, bound);
  return { id, says, measured, relation, bound, holds, ...(measuredAs === undefined ? {} : { measuredAs }) };
}
