// What can be told of wrong numbers that no known mistake gives: from the text that was handed in, from a call that is made once more,
// and from the error itself.

import { readFileSync } from 'node:fs';
import type { Clue, Finding, KnownLine } from './check-report.ts';
import type { CheckSession } from './check-session.ts';
import type { ByValues, Exercise } from './exercise.ts';
import { exerciseFiles, fileOf } from './exercise-text.ts';
import { bareName, isScript, type Language, languages, scriptName, textLines } from './language.ts';
import { type Answer, agrees, answerEntries } from './value.ts';

/** What the text alone tells of a call that failed. */
export function clueInText(exercise: ByValues, language: Language, text: string, finding: Finding): Clue | undefined {
  if (isStarter(exercise, language, text)) return { code: 'untouched' };
  const own = ownParameters(exercise, language, text);
  if (own !== undefined && isReordered(own, exercise.parameters)) return { code: 'order', own };
  if (finding.call === undefined) return undefined;
  return unknownWord(finding, text) ?? unknownPart(finding, language, text) ?? knownLine(finding, language, text);
}

/** Whether a file is the starter of an exercise as it was given. */
export function isStarter(of: Exercise, language: Language, text: string): boolean {
  const file = `starter${languages[language].ending}`;
  if (!exerciseFiles(of).includes(file)) return false;
  return bare(readFileSync(fileOf(of, file), 'utf8')) === bare(text);
}

/** Trailing spaces and comments, such as the student's name, are not a change. */
const bare = (text: string): string =>
  textLines(text)
    .map((line) => line.trimEnd())
    .filter((line) => !/^\s*(#|\/\/|$)/.test(line))
    .join('\n')
    .trim();

/** The names that the student's own function gives its arguments; undefined where they cannot be read. */
export function ownParameters(exercise: ByValues, language: Language, text: string): readonly string[] | undefined {
  const names = `(?:${exercise.function}|${scriptName(exercise.function)})`;
  const found =
    language === 'python'
      ? new RegExp(`^(?:async )?def ${names}\\s*\\(([^()]*)\\)`, 'm').exec(text)
      : new RegExp(
          `\\bfunction\\*?\\s+${names}\\s*\\(([^()]*)\\)|\\b${names}\\s*=\\s*(?:function\\s*)?\\(([^()]*)\\)`,
        ).exec(text);
  const list = found?.[1] ?? found?.[2];
  if (list === undefined) return undefined;
  // Types have commas of their own: `Record<string, number[]>`.
  const own = withoutBrackets(list)
    .split(',')
    .map((part) => part.replace(/[:=?#].*$/s, '').trim())
    .filter((name) => name !== '');
  return own.every((name) => /^\w+$/.test(name)) ? own : undefined;
}

/** Without a bracketed expression after a name; brackets in place of a name are kept. */
function withoutBrackets(text: string): string {
  for (
    let [last, next] = ['', text];
    ;
    [last, next] = [next, next.replace(/([\w|\s])(?:\[[^[\]{}<>]*\]|<[^[\]{}<>]*>)/g, '$1')]
  )
    if (next === last) return next;
}

/** The same names, each once, in another order. */
function isReordered(own: readonly string[], wanted: readonly string[]): boolean {
  const [theirs, ours] = [own.map(bareName), wanted.map(bareName)];
  return (
    [...theirs].sort().join() === [...ours].sort().join() &&
    // d_h and D_H are one name here, and then nothing can be told.
    new Set(ours).size === ours.length &&
    theirs.join() !== ours.join()
  );
}

/** A string argument that does not occur in the text, if nothing was returned or an exception was raised. */
function unknownWord({ call, problem }: Finding, text: string): Clue | undefined {
  if (problem.code !== 'threw' && (problem.code !== 'wrong-shape' || problem.got !== 'nothing')) return undefined;
  const at = call!.given.findIndex((value) => typeof value === 'string' && !text.includes(value));
  return at < 0 ? undefined : { code: 'word', parameter: call!.parameters[at]!, word: call!.given[at] as string };
}

interface Known {
  readonly id: KnownLine;
  readonly python?: true;
  readonly shows: (problem: Finding['problem'], call: NonNullable<Finding['call']>) => boolean;
  /** Where in the text; a negative number for nowhere. */
  readonly at: (text: string) => number;
}

const isNothing = (problem: Finding['problem']): boolean =>
  problem.code === 'not-finite' ||
  problem.code === 'threw' ||
  (problem.code === 'wrong-shape' && /nothings?$/.test(problem.got));

const knownLines: readonly Known[] = [
  {
    id: 'for-each',
    shows: isNothing,
    at: (text) => text.search(/(?:\breturn|=)\s{1,9}[\w.[\]]{1,80}\.forEach\s?\(/),
  },
  {
    id: 'arrow-braces',
    shows: isNothing,
    at: (text) =>
      text.search(
        /\.(?:map|reduce|filter)\(\s{0,9}(?:\([^()]{0,99}\)|\w{1,40})\s?=>\s?\{(?![^{}]{0,400}\breturn\b)[^{}]{0,400}\}/,
      ),
  },
  {
    id: 'no-initial-value',
    shows: ({ code }) => ['values', 'drifts', 'not-finite', 'property'].includes(code),
    at: withoutInitialValue,
  },
  {
    id: 'flat-transpose',
    python: true,
    shows: (problem) =>
      problem.code === 'values' ||
      problem.code === 'wrong-shape' ||
      (problem.code === 'threw' && /aligned|core dimension/.test(problem.raised.message)),
    at: (text) =>
      text.search(
        /\bdot\(\s?\w{1,40}(?:\[[^\]]{1,20}\])?,\s?[a-z][\w[\]]{0,40}\.T\s?\)|\b[a-z]\w{0,40}\s?@\s?[a-z][\w[\]]{0,40}\.T\b/,
      ),
  },
];

function knownLine({ call, problem }: Finding, language: Language, text: string): Clue | undefined {
  if (language === 'cell' || language === 'program') return undefined;
  for (const { id, python = false, shows, at } of knownLines) {
    const place = python === (language === 'python') && shows(problem, call!) ? at(text) : -1;
    if (place < 0) continue;
    const line = textLines(text.slice(0, place)).length + (/^\s*\n/.test(text.slice(place)) ? 1 : 0);
    return { code: 'line', id, line, text: textLines(text)[line - 1]!.trim().slice(0, 200) };
  }
  return undefined;
}

/** `row.reduce((sum, w, j) => sum + w * x[j])`, whose first entry is added as it is: the parenthesis is read to its end. */
function withoutInitialValue(text: string): number {
  for (const { index } of text.matchAll(/\.reduce\(/g)) {
    let [depth, hasComma, hasProduct] = [0, false, false];
    for (let i = index + '.reduce'.length; i < Math.min(text.length, index + 400); i++) {
      const letter = text[i]!;
      if ('([{'.includes(letter)) depth++;
      if (letter === ',' && depth === 1) hasComma = true;
      if (letter === '*') hasProduct = true;
      if (')]}'.includes(letter) && --depth === 0) {
        if (hasProduct && !hasComma) return index;
        break;
      }
    }
  }
  return -1;
}

/** `p.bn`, where JavaScript reads `undefined` and goes on. */
function unknownPart({ call, problem }: Finding, language: Language, text: string): Clue | undefined {
  if (!isScript(language) || problem.code !== 'not-finite') return undefined;
  for (const [i, value] of call!.given.entries()) {
    if (typeof value !== 'object' || Array.isArray(value)) continue;
    const parameter = call!.parameters[i]!;
    for (const found of text.matchAll(new RegExp(`\\b${parameter}(?:\\.(\\w+)|\\[["'](\\w+)["']\\])`, 'g'))) {
      const part = (found[1] ?? found[2])!;
      if (!Object.hasOwn(value, part)) return { code: 'part', read: found[0], part, parts: Object.keys(value) };
    }
  }
  return undefined;
}

/** What calls that are made once more tell, and the size of the error. Throws SessionEnded when the submission does. */
export async function clueInAnswers(
  questions: CheckSession,
  finding: Finding,
  answers: readonly Answer[],
): Promise<Clue | undefined> {
  const { call, got, worst } = finding;
  if (call === undefined || got === undefined || worst === undefined) return undefined;
  const isSame = (other: Answer): boolean => agrees(other, got, 1e-12);
  const of = questions.case(call.given);
  const question = questions.call(call.given);
  const anew = await questions.session.ask(question);
  const { got: again } = questions.read(of, anew);
  if (again !== undefined && !isSame(again)) return { code: 'remembers' };
  const reply = await questions.session.ask({ kind: 'again', keep: question.keep });
  const { got: kept } = reply.kind === 'not-kept' ? {} : questions.read(of, reply);
  if (kept !== undefined && !isSame(kept)) return { code: 'changed-arguments' };
  return imprecise(worst.error, [got, ...answers]);
}

const fewestNumbers = 4;
const mostDecimals = 8;
/** Relative: what single precision and a handful of decimals keep. */
const small = 1e-4;

/** Numbers that were right before something cut them. */
function imprecise(error: number, answers: readonly Answer[]): Clue | undefined {
  const numbers = answers.flatMap((answer) => [...answerEntries(answer)].map(({ value }) => value));
  if (numbers.length < fewestNumbers || !numbers.every(Number.isFinite)) return undefined;
  const decimals = decimalsOf(numbers);
  if (decimals !== undefined && decimals > 1 && error <= 0.6 * Number(`1e-${decimals}`))
    return { code: 'rounded', decimals };
  if (!(error <= small)) return undefined;
  return { code: numbers.every((value) => Math.fround(value) === value) ? 'float32' : 'small' };
}

/** As many as the longest of them has, where that is few. */
function decimalsOf(numbers: readonly number[]): number | undefined {
  for (let decimals = 0; decimals <= mostDecimals; decimals++)
    if (numbers.every((value) => Number(value.toFixed(decimals)) === value)) return decimals;
  return undefined;
}
