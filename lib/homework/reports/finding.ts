// What is said below a check that did not pass: numbers, the strip of errors, the message, and the call.

import { columnsOf, wrap } from '../../render/columns.ts';
import { legible, legibleProse } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import { numeral } from '../../render/numerals.ts';
import type { CheckReport, Finding, Report } from '../check-report.ts';
import { isScript, scriptName } from '../language.ts';
import type { Value } from '../value.ts';
import type { Message } from '../wording/messages.ts';
import { compareNumbers, strip, stripInWords, worthAStrip } from './numbers.ts';

// The call that was made, as lines of the student's language that can be pasted, so that it can be made again.

/** Whether lists of numbers are to become arrays, or stand in one. */
type Arrays = 'none' | 'made' | 'inside';

/** Every argument whole, then the call itself. */
function callLines(
  { function: name, parameters, given }: NonNullable<Finding['call']>,
  { language, runtime }: Report['submission'],
  width: number,
): string[] {
  // Where NumPy was imported, arrays came.
  const arrays = language === 'python' && runtime.includes('NumPy') ? 'made' : 'none';
  const script = isScript(language);
  const [start, end] = script ? ['const ', ';'] : ['', ''];
  return [
    ...(arrays === 'made' ? ['import numpy as np'] : []),
    ...parameters.flatMap((parameter, i) => laid(`${start}${parameter} = `, given[i] ?? [], end, width, arrays)),
    ...(language === 'cell'
      ? []
      : wrap(`${script ? scriptName(name) : name}(${parameters.join(', ')})${end}`, width, { rest: '  ' })),
  ];
}

/** On one line where it fits, else an item a line; a long row of numbers goes on below. Python and JavaScript read both. */
function laid(start: string, value: Value, end: string, width: number, arrays: Arrays): string[] {
  const whole = `${start}${literal(value, arrays)}${end}`;
  const items = itemsOf(value);
  if (columnsOf(whole) <= width || items === undefined) return wrap(whole, width, { rest: '  ' });
  const isArray = arrays === 'made' && isBlock(value);
  const [open, close] = isArray ? ['np.array([', '])'] : Array.isArray(value) ? '[]' : '{}';
  const body = items.flatMap(([name, item]) =>
    laid(name === undefined ? '' : `${JSON.stringify(name)}: `, item, ',', width - 2, isArray ? 'inside' : arrays).map(
      (line) => `  ${line}`,
    ),
  );
  return [`${start}${open}`, ...body, `${close}${end}`];
}

/** What is put on lines of its own; undefined for what is one line whatever its length. */
function itemsOf(value: Value): readonly (readonly [string | undefined, Value])[] | undefined {
  if (typeof value !== 'object') return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  return value.every((item) => typeof item === 'number') ? undefined : value.map((item) => [undefined, item]);
}

/** Lists of one length within lists, down to numbers: what becomes an array. */
function isBlock(value: Value): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const [first] = value;
  return typeof first === 'number'
    ? value.every((item) => typeof item === 'number')
    : value.every((item) => isBlock(item) && item.length === first.length);
}

/** Python, JavaScript and JSON agree on lists, records and numbers. */
function literal(value: Value, arrays: Arrays): string {
  if (typeof value === 'number') {
    const text = Object.is(value, -0) ? '-0.0' : String(value);
    // An array of whole numbers would be one of integers.
    return arrays === 'inside' && /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
  if (typeof value === 'string') return JSON.stringify(value);
  if (arrays === 'made' && isBlock(value)) return `np.array(${literal(value, 'inside')})`;
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, arrays)).join(', ')}]`;
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${literal(part, arrays)}`);
  return `{${parts.join(', ')}}`;
}

/** Without an indent, at most `look.width` columns but for code that has no blank to break at. */
export function belowCheck(
  check: CheckReport,
  words: Message | undefined,
  submission: Report['submission'],
  look: Look,
): string[] {
  const { finding } = check;
  const blocks: readonly (readonly string[])[] = [
    finding === undefined ? [] : numbers(finding, look),
    finding?.strips === undefined || !worthAStrip(finding.strips) ? [] : errors(finding, finding.strips, look),
    words === undefined ? [] : message(words, look),
    words === undefined ? [] : prose(words.next, look),
    finding?.call === undefined ? [] : callBlock(finding.call, submission, look),
  ];
  return blocks.flat();
}

const callBlock = (made: NonNullable<Finding['call']>, submission: Report['submission'], look: Look): string[] => [
  'The call:',
  ...indented(callLines(made, submission, look.width - 2)).map((line) => look.paint.dim(legible(line, look))),
];

const indented = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));
const prose = (text: string, look: Look): string[] => wrap(legibleProse(text, look), look.width);

function numbers({ got, expected, problem }: Finding, look: Look): string[] {
  if (expected !== undefined && got !== undefined)
    return compareNumbers(got, expected, look.width, look.unicode ? '−' : '-').map((line) => legible(line, look));
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

function message({ what, why, quoted = [] }: Message, look: Look): string[] {
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

/** A word at the start and the blanks behind it are a column of their own: `fix       did you mean …`. */
const wrapBehind = (head: string, line: string, width: number): string[] =>
  wrap(line.slice(head.length).trim(), width, { first: head, rest: ' '.repeat(Math.min(head.length, 16)) });

/** At the right of the check's line: where it is worst, and by how much. */
export function asideOf({ finding }: CheckReport): string {
  const worst = finding?.worst;
  if (worst === undefined) return '';
  const distance = Math.abs(worst.got - worst.expected);
  return `worst at ${worst.path}${Number.isFinite(distance) ? `, off by ${numeral(distance, 2)}` : ''}`;
}
