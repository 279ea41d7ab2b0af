// What every format lists: the checks, and in front of them a line of its own for what ended the run before any check could say so,
// so that no reader takes "nothing failed" for a pass.

import type { CheckReport, Report } from '../report.ts';
import { checkWords, endWords, type Words } from '../wording.ts';

export interface Row {
  readonly check: CheckReport;
  readonly words?: Words;
}

/** What a run that ended of itself did not do: before any check, after them, or through no fault of its own. */
function missed({ status, checks }: Report): string {
  if (status === 'internal') return 'is checked';
  return checks.some((check) => check.status === 'pass') ? 'runs to its end' : 'loads and answers';
}

/** In the order in which they are read. What ended the run is said once: at the check that met it, or first. */
export function rowsOf(report: Report): readonly Row[] {
  const { checks, trouble } = report;
  const end = endWords(report);
  const met = meetingOf(report);
  const rows = checks.map((check, index): Row => {
    const words = index === met ? end : checkWords(check, report);
    return words === undefined ? { check } : { check, words };
  });
  if (trouble === undefined || end === undefined || met >= 0) return rows;
  const first: CheckReport = { id: 'answers', says: missed(report), status: trouble.status, points: 0, of: 0 };
  return [{ check: first, words: end }, ...rows];
}

/** The check that was asking when the run ended, or -1. */
const meetingOf = ({ checks, trouble }: Report): number =>
  checks.findIndex(({ status, finding }) => status === trouble?.status && finding === undefined);

/** Why a check was not run. */
export function skipReason(check: CheckReport, report: Report): string {
  const before = report.checks.find(({ id }) => id === check.after);
  // What was skipped itself is not the reason.
  if (before?.status === 'skipped') return skipReason(before, report);
  if (before !== undefined) return `“${before.says}” has to pass first`;
  return meetingOf(report) >= 0 ? 'the run had ended' : `“${missed(report)}” has to pass first`;
}

export const isFailed = ({ status }: CheckReport): boolean => status !== 'pass' && status !== 'skipped';
