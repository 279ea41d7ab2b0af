// What can be told of wrong numbers that no known mistake gives: from the text that was handed in, from a call that is made once more,
// and from the error itself.

import { readFileSync } from 'node:fs';
import type { Asked } from './asked.ts';
import { camelCase } from './camel-case.ts';
import { agrees, answerEntries } from './difference.ts';
import type { Answer, ByValues } from './exercise.ts';
import { exerciseFiles, fileOf } from './exercise-folder.ts';
import { languages } from './language.ts';
import type { Clue, Finding, Language } from './report.ts';

/** What the text alone tells of a call that failed. */
export function clueInText(exercise: ByValues, language: Language, text: string, finding: Finding): Clue | undefined {
  if (isStarter(exercise.id, language, text)) return { code: 'untouched' };
  const own = ownParameters(exercise, language, text);
  if (own !== undefined && isReordered(own, exercise.parameters)) return { code: 'order', own };
  return finding.call === undefined ? undefined : (unknownWord(finding, text) ?? unknownPart(finding, language, text));
}

/** Whether a file is the starter of an exercise as it was given. */
export function isStarter(id: string, language: Language, text: string): boolean {
  const file = `starter${languages[language].ending}`;
  if (!exerciseFiles(id).includes(file)) return false;
  return bare(readFileSync(fileOf(id, file), 'utf8')) === bare(text);
}

/** Blanks at the ends of lines are nobody's work, nor is a comment such as one's name. */
const bare = (text: string): string =>
  text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => !/^\s*(#|\/\/|$)/.test(line))
    .join('\n')
    .trim();

/** The names that the student's own function gives its arguments; undefined where they cannot be read. */
function ownParameters(exercise: ByValues, language: Language, text: string): readonly string[] | undefined {
  const names = `(?:${exercise.function}|${camelCase(exercise.function)})`;
  const found =
    language === 'python'
      ? new RegExp(`^(?:async )?def ${names}\\s*\\(([^()]*)\\)`, 'm').exec(text)
      : new RegExp(`\\bfunction\\*?\\s+${names}\\s*\\(([^()]*)\\)|\\b${names}\\s*=\\s*\\(([^()]*)\\)`).exec(text);
  const list = found?.[1] ?? found?.[2];
  if (list === undefined || /[[\]{}<>]/.test(list)) return undefined;
  return list
    .split(',')
    .map((part) => part.replace(/[:=?].*$/s, '').trim())
    .filter((name) => name !== '');
}

const same = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** The same names, each once, in another order. */
function isReordered(own: readonly string[], wanted: readonly string[]): boolean {
  const [theirs, ours] = [own.map(same), wanted.map(same)];
  return (
    [...theirs].sort().join() === [...ours].sort().join() &&
    // d_h and D_H are one name here, and then nothing can be told.
    new Set(ours).size === ours.length &&
    theirs.join() !== ours.join()
  );
}

/** A word that was given and stands nowhere in the text, where nothing came back. */
function unknownWord({ call, problem }: Finding, text: string): Clue | undefined {
  if (problem.code !== 'wrong-shape' || problem.got !== 'nothing') return undefined;
  const at = call!.given.findIndex((value) => typeof value === 'string' && !text.includes(value));
  return at < 0 ? undefined : { code: 'word', parameter: call!.parameters[at]!, word: call!.given[at] as string };
}

/** `p.bn`, where JavaScript reads `undefined` and goes on. */
function unknownPart({ call, problem }: Finding, language: Language, text: string): Clue | undefined {
  const script = language === 'javascript' || language === 'typescript';
  if (!script || problem.code !== 'not-finite') return undefined;
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

/** What calls that are made once more tell, and the size of the error. Throws Ended when the submission does. */
export async function clueInAnswers(
  asked: Asked,
  finding: Finding,
  answers: readonly Answer[],
): Promise<Clue | undefined> {
  const { call, got, worst } = finding;
  if (call === undefined || got === undefined || worst === undefined) return undefined;
  const isSame = (other: Answer): boolean => agrees(other, got, 1e-12);
  const of = asked.case(call.given);
  const question = asked.call(call.given);
  const anew = await asked.session.ask(question);
  const { got: again } = asked.read(of, anew);
  if (again !== undefined && !isSame(again)) return { code: 'remembers' };
  const reply = await asked.session.ask({ kind: 'again', keep: question.keep });
  const { got: kept } = reply.kind === 'not-kept' ? {} : asked.read(of, reply);
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
