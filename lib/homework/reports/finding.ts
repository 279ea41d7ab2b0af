// What is said below a check that did not pass: numbers, the strip of errors, the message, and the call.

import { legible, legibleProse } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import { numeral } from '../../render/numerals.ts';
import { wrap } from '../../render/wrap.ts';
import type { CheckReport, Finding, Report } from '../report.ts';
import type { Words } from '../wording.ts';
import { callLines } from './call.ts';
import { compared } from './numbers.ts';
import { strip, stripInWords, worthAStrip } from './strip.ts';

/** Without an indent, at most `look.width` columns but for code that has no blank to break at. */
export function belowCheck(
  check: CheckReport,
  words: Words | undefined,
  submission: Report['submission'],
  look: Look,
): string[] {
  const { finding } = check;
  const blocks: readonly (readonly string[])[] = [
    finding === undefined ? [] : numbers(finding, look),
    finding?.strips === undefined || !worthAStrip(finding.strips) ? [] : errors(finding, finding.strips, look),
    words === undefined ? [] : message(words, look),
    words === undefined ? [] : prose(words.next, look),
    finding?.call === undefined ? [] : call(finding.call, submission, look),
  ];
  return blocks.flat();
}

const call = (made: NonNullable<Finding['call']>, submission: Report['submission'], look: Look): string[] => [
  'The call:',
  ...indented(callLines(made, submission, look.width - 2)).map((line) => look.paint.dim(legible(line, look))),
];

const indented = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));
const prose = (text: string, look: Look): string[] => wrap(legibleProse(text, look), look.width);

function numbers({ got, expected, problem }: Finding, look: Look): string[] {
  if (expected !== undefined && got !== undefined)
    return compared(got, expected, look.width, look.unicode ? '−' : '-').map((line) => legible(line, look));
  if (problem.code !== 'wrong-shape') return [];
  return [
    ...wrap(legibleProse(problem.got, look), look.width, { first: 'you       ', rest: '          ' }),
    ...wrap(legibleProse(problem.expected, look), look.width, { first: 'expected  ', rest: '          ' }),
  ];
}

function errors({ problem }: Finding, strips: NonNullable<Finding['strips']>, look: Look): string[] {
  const unit = problem.code === 'drifts' ? (problem.unit ?? 'step') : 'entry';
  if (look.plain) return stripInWords(strips, unit).flatMap((line) => prose(line, look));
  return strip(
    strips.map(({ name, errors }) => ({ name: legible(name, look), errors })),
    unit,
    look,
  ).map((line) => (look.unicode ? line : legible(line, look)));
}

function message({ what, why, quoted = [] }: Words, look: Look): string[] {
  if (quoted.length === 0) return prose(why === undefined ? what : `${what} ${why}`, look);
  return [
    ...prose(what, look),
    ...indented(quoted.map((line) => legible(line, look))).flatMap((line) => keepOrWrap(line, look.width)),
    ...(why === undefined ? [] : prose(why, look)),
  ];
}

/** A line of code stays as it is where it fits. */
const keepOrWrap = (line: string, width: number): string[] =>
  line.length <= width ? [line.trimEnd()] : wrapBehind(/^\s*(?:\w+ {2,})?/.exec(line)![0], line, width);

/** A word at the start and the blanks behind it are a column of their own: `mend      did you mean …`. */
const wrapBehind = (head: string, line: string, width: number): string[] =>
  wrap(line.slice(head.length).trim(), width, { first: head, rest: ' '.repeat(Math.min(head.length, 16)) });

/** At the right of the check's line: where it is worst, and by how much. */
export function asideOf({ finding }: CheckReport): string {
  const worst = finding?.worst;
  if (worst === undefined) return '';
  const distance = Math.abs(worst.got - worst.expected);
  return `worst at ${worst.path}${Number.isFinite(distance) ? `, off by ${numeral(distance, 2)}` : ''}`;
}
