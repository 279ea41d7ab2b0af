// What every format lists: the checks, and in front of them a line of its own for what ended the run before any check could say so,
// so that no reader takes "nothing failed" for a pass.

import { counted } from '../../numbers/counted.ts';
import { columnsOf, graphemeColumns, graphemes } from '../../render/columns.ts';
import { disarm, visible } from '../../render/legible.ts';
import { lookOf } from '../../render/look.ts';
import type { CheckReport, Report } from '../check-report.ts';
import { worded } from '../grade/journal.ts';
import { languages } from '../language.ts';
import { checkWords, endWords } from '../wording/findings.ts';
import type { Message } from '../wording/messages.ts';
import { belowCheck } from './finding.ts';

// What the student's code printed: marked, each line prefixed, so that none of it can be taken for a line of the report.

/** In text: who prints more looks for it in the JSON. */
const mostLines = 40;
/** Of all lines together: a line of 256 KiB would be a thousand rows. */
const mostCharacters = 4000;

interface PrintedLines {
  readonly lines: readonly string[];
  /** Whether the last of them goes on. */
  readonly short: boolean;
  /** As many more there are. */
  readonly left: number;
  /** Whether there was more than is kept. */
  readonly cut: boolean;
}

/** As many lines as are shown, without prefix, control characters shown. */
export function printedLines({ text, cut }: Report['prints'], unicode: boolean): PrintedLines {
  const whole = text.replace(/\r?\n$/, '');
  const all = whole === '' ? [] : whole.split(/\r?\n/);
  const lines: string[] = [];
  let room = mostCharacters;
  for (const line of all.slice(0, mostLines)) {
    if (room <= 0) break;
    lines.push(line.length <= room ? line : `${line.slice(0, room).replace(/[\ud800-\udbff]$/, '')}…`);
    room -= line.length;
  }
  return {
    lines: lines.map((line) => visible(line.replaceAll('\t', '    '), unicode)),
    short: room < 0,
    left: all.length - lines.length,
    cut,
  };
}

/** Broken at the width, blanks kept, every piece with the prefix. */
export function prefixed(lines: readonly string[], prefix: string, width: number): string[] {
  const room = Math.max(4, width - columnsOf(prefix));
  return lines.flatMap((line) => {
    const pieces = [''];
    let used = 0;
    // Once over the line, a character at a time: it may be one of 256 KiB.
    for (const character of graphemes(line)) {
      const columns = graphemeColumns(character);
      if (used + columns > room) {
        pieces.push('');
        used = 0;
      }
      pieces[pieces.length - 1] += character;
      used += columns;
    }
    return pieces.map((piece) => (prefix + piece).trimEnd());
  });
}

export interface Row {
  readonly check: CheckReport;
  readonly words?: Message;
}

/** What a run that ended of itself did not do: before any check, after them, or through no fault of its own. */
function missed({ status, checks }: Report): string {
  if (status === 'internal') return 'is checked';
  return checks.some((check) => check.status === 'pass') ? 'runs to its end' : 'loads and answers';
}

/** In the order in which they are read. What ended the run is said once: at the check that met it, or first. */
export function checkRows(report: Report): readonly Row[] {
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

// What the formats for programs say of a check: the same words and lines as the text, without colour, at a fixed width.

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
export function inOneLine({ what, quoted = [], why, next }: Message): string {
  const lines = what.endsWith(':') ? quoted.filter((line) => !/^[\s~^]*$/.test(line)) : [];
  return oneLine([what, ...lines, ...(lines.length > 0 ? ['—'] : []), why ?? '', next].join(' '));
}

/** Any text as one line that no reader obeys. */
export const oneLine = (text: string): string => visible(text.replace(/\s+/g, ' ').trim(), true);

/** What was printed, marked, or nothing. */
export function printsMarked(report: Report): string[] {
  const { lines, short, left, cut } = printedLines(report.prints, true);
  return [
    ...lines.map((line) => `| ${line}`.trimEnd()),
    ...(short ? ['(the last line is cut short)'] : []),
    ...(left > 0 ? [`(${counted(left, 'more line')} ${left === 1 ? 'was' : 'were'} printed)`] : []),
    ...(cut ? ['(the rest was not kept)'] : []),
  ];
}

/** `lstm-step, my_lstm.py (Python 3.11): 5 of 12 points` */
export function headline(report: Report): string {
  const { exercise, submission, points, of, status } = report;
  const who = submission.student === undefined ? '' : ` ${submission.student},`;
  const result = status === 'internal' ? 'not graded' : `${points} of ${counted(of, 'point')}`;
  return oneLine(
    `${exercise.id},${who} ${submission.file} (${submission.runtime || languages[submission.language].name}): ${result}`,
  );
}

export const isolationLine = ({ isolation: { says } }: Report): string =>
  oneLine(`Isolation: ${says.replace(/\.$/, '')}.`);

/** JSON indented by two, every text in it harmless; what JSON has no number for is written as a word. */
export function harmlessJson(value: unknown): string {
  const text = JSON.stringify(value, (key, item) => (typeof item === 'string' ? disarm(item) : worded(key, item)), 2);
  return `${text}\n`;
}
