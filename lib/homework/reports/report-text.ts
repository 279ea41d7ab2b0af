// A report for the student: the points, a line a check, below a failed one what it found, then what was printed, and one next step.

import { counted } from '../../numbers/counted.ts';
import { columnsOf, wrap } from '../../render/columns.ts';
import { heading } from '../../render/figure.ts';
import { legible, legibleProse } from '../../render/legible.ts';
import { type FigureOptions, type Look, lookOf } from '../../render/look.ts';
import { exercises } from '../catalogue.ts';
import type { CheckReport, Report } from '../check-report.ts';
import { languages } from '../language.ts';
import { asideOf, belowCheck } from './finding.ts';
import { checkRows, isFailed, prefixed, printedLines, type Row, skipReason } from './rows.ts';

export interface TextOptions extends FigureOptions {
  /** Without the call, what was printed, the isolation and what to do next. */
  readonly quiet?: boolean;
}

/** Lines joined by line feeds, the last one too. */
export function textReport(report: Report, options: TextOptions): string {
  const look = lookOf(options);
  const lines = [
    ...heading(title(report, look), points(report), look, true),
    ...checks(report, look),
    ...(options.quiet === true ? [] : [...prints(report, look), ...isolation(report, look), ...next(report, look)]),
  ];
  return `${lines.map(disobeyed).join('\n')}\n`;
}

/** A line that begins like a command to the service in whose log it may stand (`::error::`, `##[group]`) begins with a backslash. */
const disobeyed = (line: string): string => line.replace(/^(\s*)(?=::|##\[)/, '$1\\');

function title({ exercise, submission }: Report, look: Look): string {
  const runtime = submission.runtime || languages[submission.language].name;
  const dot = look.plain ? ',' : look.unicode ? ' ·' : ' -';
  const who = submission.student === undefined ? '' : ` ${submission.student}${dot}`;
  return legibleProse(`${exercise.id}${dot}${who} ${submission.file} (${runtime})`, look);
}

const points = (report: Report): string =>
  report.status === 'internal' ? 'not graded' : `${report.points} of ${counted(report.of, 'point')}`;

/** Where nothing could be asked at all, what would have been asked is only counted. */
function checks(report: Report, look: Look): string[] {
  const rows = checkRows(report);
  const [first, ...others] = rows;
  if (rows.length > report.checks.length && others.every(({ check }) => check.status === 'skipped'))
    return [...listed(first!, undefined, report, look), ...notRun(others.length, look)];
  return rows.flatMap((row, index) => listed(row, rows[index + 1], report, look));
}

const notRun = (checks: number, look: Look): string[] =>
  wrap(`${counted(checks, 'check')} not run: nothing could be asked.`, look.width, {
    first: look.plain ? 'Skipped: ' : ` ${look.paint.dim(look.unicode ? '–' : '-')} `,
    rest: '   ',
  });

/** Skipped checks that wait for the same one share the sentence that says so. */
function listed(row: Row, following: Row | undefined, report: Report, look: Look): string[] {
  const { check } = row;
  if (look.plain) return [...inWords(check, report, look), ...below(row, report, look)];
  if (check.status !== 'skipped') return [...checkLine(check, look), ...below(row, report, look)];
  const reason = skipReason(check, report);
  const isLast = following?.check.status !== 'skipped' || skipReason(following.check, report) !== reason;
  const why = wrap(legibleProse(`skipped: ${reason}`, look), look.width, { first: '   ' });
  return [...checkLine(check, look), ...(isLast ? why.map((line) => look.paint.dim(line)) : [])];
}

function checkLine(check: CheckReport, look: Look): string[] {
  const lines = heading(legibleProse(check.says, look), legible(asideOf(check), look), {
    ...look,
    width: look.width - 3,
  });
  return lines.map((line, i) => `${i === 0 ? ` ${mark(check, look)} ` : '   '}${line}`);
}

function inWords(check: CheckReport, report: Report, look: Look): string[] {
  const [word, aside] =
    check.status === 'pass'
      ? ['Passed', '']
      : check.status === 'skipped'
        ? ['Skipped', skipReason(check, report)]
        : ['Failed', asideOf(check)];
  const sentence = `${word}: ${check.says}${aside === '' ? '' : `; ${aside}`}.`;
  return wrap(legibleProse(sentence, look), look.width, { rest: '  ' });
}

function mark({ status }: CheckReport, look: Look): string {
  if (status === 'pass') return look.paint.green(look.unicode ? '✓' : '+');
  if (status === 'skipped') return look.paint.dim(look.unicode ? '–' : '-');
  return look.paint.red(look.unicode ? '✗' : 'x');
}

function below({ check, words }: Row, report: Report, look: Look): string[] {
  if (!isFailed(check)) return [];
  const indent = look.plain ? 2 : look.width < 60 ? 3 : 5;
  const lines = belowCheck(check, words, report.submission, { ...look, width: look.width - indent });
  return lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
}

function prints(report: Report, look: Look): string[] {
  const { lines, short, left, cut } = printedLines(report.prints, look.unicode);
  if (lines.length === 0) return [];
  const bar = look.plain ? 'printed: ' : look.unicode ? ' │ ' : ' | ';
  const more = [
    ...(short ? ['the last line is cut short'] : []),
    ...(left > 0 ? [counted(left, 'more line')] : []),
    ...(short || left > 0 ? ['--format json has all'] : []),
    ...(cut ? ['the rest was not kept'] : []),
  ];
  return [
    `${margin(look)}Your code printed (that costs nothing):`,
    ...prefixed(
      lines.map((line) => legible(line, look)),
      bar,
      look.width,
    ),
    ...(more.length === 0 ? [] : wrap(`(${more.join('; ')})`, look.width, { first: margin(look) })),
  ];
}

const isolation = ({ isolation: { says } }: Report, look: Look): string[] =>
  wrap(legibleProse(`Isolation: ${says.replace(/\.$/, '')}.`, look), look.width, { first: margin(look) }).map((line) =>
    look.paint.dim(line),
  );

const margin = (look: Look): string => (look.plain ? '' : ' ');

/** One thing: the first hint, or the next exercise. */
function next({ status, hints, exercise }: Report, look: Look): string[] {
  if (status === 'pass') return advised(...afterExercise(exercise.id), look);
  if (status === 'internal' || hints === 0) return [];
  return advised(`Hint 1 of ${hints}:`, `unroll homework hint ${exercise.id}`, look);
}

function afterExercise(id: string): readonly [says: string, command: string] {
  const following = exercises[exercises.findIndex((exercise) => exercise.id === id) + 1];
  return following === undefined
    ? ['That was the last one of', 'unroll homework list']
    : ['The next exercise:', `unroll homework start ${following.id}`];
}

function advised(says: string, command: string, look: Look): string[] {
  const line = `${margin(look)}${says}  ${command}`;
  return columnsOf(line) <= look.width ? [line] : [`${margin(look)}${says}`, `   ${command}`];
}
