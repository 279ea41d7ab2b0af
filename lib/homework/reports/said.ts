// What the formats for programs say of a check: the same words and lines as the text, without colour, at a fixed width.

import { lookOf } from '../../render/look.ts';
import { disarm, visible } from '../../render/visible.ts';
import { languages } from '../language.ts';
import type { Report } from '../report.ts';
import type { Words } from '../wording.ts';
import { belowCheck } from './finding.ts';
import { printedLines } from './prints.ts';
import { isFailed, type Row, skipReason } from './rows.ts';

const look = lookOf({ width: 80, height: 24, colour: 0, unicode: true });

/** Everything that is said below a failed check. */
export const linesBelow = ({ check, words }: Row, report: Report): string[] =>
  belowCheck(check, words, report.submission, look);

/** The same as one text, or why the check was skipped; undefined where it passed. */
export const textBelow = (row: Row, report: Report): string | undefined =>
  isFailed(row.check)
    ? linesBelow(row, report).join('\n')
    : row.check.status === 'skipped'
      ? `skipped: ${oneLine(skipReason(row.check, report))}`
      : undefined;

/** A message as one line: of what it quotes, only what it announces by a colon. */
export function inOneLine({ what, quoted = [], why, next }: Words): string {
  const lines = what.endsWith(':') ? quoted.filter((line) => !/^[\s~^]*$/.test(line)) : [];
  return oneLine([what, ...lines, ...(lines.length > 0 ? ['—'] : []), why ?? '', next].join(' '));
}

/** Any text as one line that no reader obeys. */
export const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' ').trim(), true);

/** What was printed, marked, or nothing. */
export function printsMarked(report: Report, mark = '| '): string[] {
  const { lines, short, left, cut } = printedLines(report.prints, true);
  return [
    ...lines.map((line) => (mark + line).trimEnd()),
    ...(short ? ['(the last line is cut short)'] : []),
    ...(left > 0 ? [`(${left} more lines were printed)`] : []),
    ...(cut ? ['(the rest was not kept)'] : []),
  ];
}

/** `lstm-step, my_lstm.py (Python 3.11): 5 of 12 points` */
export function headline(report: Report): string {
  const { exercise, submission, points, of, status } = report;
  const who = submission.student === undefined ? '' : ` ${submission.student},`;
  const result = status === 'internal' ? 'not graded' : `${points} of ${of} points`;
  return oneLine(
    `${exercise.id},${who} ${submission.file} (${submission.runtime || languages[submission.language].name}): ${result}`,
  );
}

export const isolationLine = ({ isolation: { says } }: Report): string =>
  oneLine(`Isolation: ${says.replace(/\.$/, '')}.`);

/** JSON indented by two, every text in it harmless; what JSON has no number for is written as a word. */
export function harmlessJson(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, item) =>
      typeof item === 'number' && !Number.isFinite(item)
        ? String(item)
        : typeof item === 'string'
          ? disarm(item)
          : item,
    2,
  );
  return `${text}\n`;
}
