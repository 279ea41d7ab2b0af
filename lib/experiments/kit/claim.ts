// Claims are made from the number measured and the relation that it is held against; nobody says by hand that one holds.

import { median } from '../../numbers/statistics.ts';
import type { Claim } from '../../render/result.ts';

const relations: Readonly<Record<Claim['relation'], (measured: number, bound: number) => boolean>> = {
  '<': (m, b) => m < b,
  '<=': (m, b) => m <= b,
  '=': (m, b) => m === b,
  '>=': (m, b) => m >= b,
  '>': (m, b) => m > b,
};

/** What is infinite or NaN holds against nothing. */
export function claim(
  id: string,
  says: string,
  measured: number,
  relation: Claim['relation'],
  bound: number,
  measuredAs?: string,
): Claim {
  const holds = Number.isFinite(measured) && relations[relation](measured, bound);
  return { id, says, measured, relation, bound, holds, ...(measuredAs === undefined ? {} : { measuredAs }) };
}

/**
 * What is true of most trained nets and not of every one, since a run may fail to converge: held in the median of the seeds, and the seeds
 * in which it does not hold are named. `values[k]` belongs to seed `first + k`; what is not finite counts as the worst value there is.
 */
export function claimOfMedian(
  id: string,
  says: string,
  values: readonly number[],
  relation: '<' | '>',
  bound: number,
  first: number,
): Claim {
  const worst = relation === '<' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const measured = median(values.map((value) => (Number.isFinite(value) ? value : worst)));
  const apart = values.flatMap((value, k) =>
    Number.isFinite(value) && relations[relation](value, bound) ? [] : [first + k],
  );
  const seeds = `${apart.length === 1 ? 'seed' : 'seeds'} ${apart.join(', ')}`;
  const where =
    values.length === 1 ? '' : `, in the median of ${values.length} seeds${apart.length ? ` (not in ${seeds})` : ''}`;
  return claim(id, `${says}${where}`, measured, relation, bound);
}
