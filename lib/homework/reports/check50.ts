// What `check50 --output json` writes, so that check50's own renderers (ANSI, HTML) and whatever reads them can show a report.

import type { Report } from '../check-report.ts';
import { numberRows } from './numbers.ts';
import { checkRows, harmlessJson, isFailed, linesBelow, oneLine, printsMarked, type Row, skipReason } from './rows.ts';

/** The release whose format this is. */
const version = '3.5.0';

export function check50(report: Report): string {
  const rows = checkRows(report);
  // Prints belong to no check of ours: they go where a reader looks first.
  const at = Math.max(
    0,
    rows.findIndex(({ check }) => isFailed(check)),
  );
  const results = rows.map((row, i) => resultOf(row, report, i === at ? printsMarked(report) : []));
  return harmlessJson({ slug: report.exercise.id, results, version });
}

function resultOf(row: Row, report: Report, prints: readonly string[]) {
  const { check } = row;
  return {
    name: check.id,
    description: oneLine(check.says),
    // null stands for a check that could not be made: skipped, or the checker's own fault.
    passed: check.status === 'pass' ? true : check.status === 'skipped' || check.status === 'internal' ? null : false,
    log: [...(isFailed(check) ? linesBelow(row, report) : []), ...prints],
    cause: causeOf(row, report),
    data: { points: check.points, of: check.of },
    dependency: check.after ?? null,
  };
}

function causeOf({ check, words }: Row, report: Report) {
  if (check.status === 'pass') return null;
  if (check.status === 'skipped') return { rationale: `skipped: ${oneLine(skipReason(check, report))}`, help: null };
  const cause = {
    rationale: oneLine([words?.what ?? check.status, ...(words?.quoted ?? [])].join(' ')),
    help: oneLine(`${words?.why ?? ''} ${words?.next ?? ''}`),
  };
  if (report.trouble?.code === 'internal')
    return { ...cause, error: { type: 'internal', value: oneLine(report.trouble.message), traceback: [], data: {} } };
  const { got, expected } = check.finding ?? {};
  if (got === undefined || expected === undefined) return cause;
  const rows = numberRows(got, expected, '-');
  const written = (side: 'got' | 'expected') => rows.map((row) => `${row.path}: ${row[side].join(' ')}`).join('\n');
  return { ...cause, expected: written('expected'), actual: written('got') };
}
