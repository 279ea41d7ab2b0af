// Matrices: transposed, not transposed, an outer product the wrong way round.

import { apply } from '../expression.ts';
import { printExpression } from '../print.ts';
import { transpose } from '../simplify.ts';
import { becomes, type Finder, placeOf } from './subject.ts';

export const matrixEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    const { here, parent } = site;
    const above = parent?.here.kind === 'apply' ? parent.here.op : undefined;
    if (here.kind === 'name' && above !== 'transpose' && subject.isMatrix(here)) {
      const once = subject.readsOf(here.name).length === 1;
      yield {
        id: `transpose ${placeOf(site)}`,
        says: `${here.name} is transposed${once ? '' : ` in ${subject.where(site)}`}`,
        changes: [becomes(site, transpose(here))],
        everywhere: { key: 'transpose', says: 'every square matrix is transposed' },
      };
    }
    if (here.kind === 'apply' && here.op === 'transpose')
      yield {
        id: `no transpose ${placeOf(site)}`,
        says: `${printExpression(here.args[0]!)} is not transposed in ${subject.where(site)}`,
        changes: [becomes(site, here.args[0]!)],
        everywhere: { key: 'no transpose', says: 'no square matrix is transposed' },
      };
    if (here.kind === 'apply' && here.op === 'product' && subject.isMatrix(here)) {
      const [a, b] = here.args;
      yield {
        id: `turn ${placeOf(site)}`,
        says: `${printExpression(here)} is the wrong way round in ${subject.where(site)}`,
        changes: [becomes(site, apply('product', transpose(b!), transpose(a!)))],
        everywhere: { key: 'turn', says: 'every square outer product is the wrong way round' },
      };
    }
  }
};
