// A result for whoever watches a deep test: its tables, and what is claimed.

import type { Result } from '../../lib/render/result.ts';

export function print({ options, figures, claims }: Result): void {
  console.log(`\n${options.task}, ${options.seeds} seeds`);
  for (const figure of figures)
    if (figure.kind === 'table')
      for (const row of [figure.columns.map(({ title }) => title), ...figure.rows])
        console.log(row.map((v) => (typeof v === 'number' ? v.toPrecision(3) : (v ?? ''))).join(' | '));
  for (const { id, measured, relation, bound } of claims)
    console.log(`${id}: ${measured.toPrecision(3)} ${relation} ${bound}`);
}
