// Is an answer right, how near is a guess, and what is there to say of it.

import { log, pow } from '../numbers/elementary.ts';
import { numeral } from '../render/numerals.ts';
import type { LinesFigure, Result } from '../render/result.ts';
import type { Guess, QuizKind } from './lesson.ts';
import { measured, type RunResults, resultNamed, Unresolved, whereMeasured, withNumbersIn } from './measured.ts';

interface AnswerVerdict {
  readonly right: boolean;
  /** Why, in Markdown. */
  readonly because: string;
}

/** A typed answer that cannot be one: no number, no letter of a choice. */
interface NoAnswer {
  readonly expected: string;
}

/** A quiz's answer: the letter or number of a choice, a number, or words. Throws Unresolved. */
export async function judged(asks: QuizKind, answer: string, runs: RunResults): Promise<AnswerVerdict | NoAnswer> {
  if (asks.kind === 'choice') {
    const choice = asks.choices[choiceOf(answer, asks.choices.length) ?? -1];
    if (choice === undefined) return { expected: lettersOf(asks.choices.length) };
    return { right: choice.right, because: await withNumbersIn(choice.because, runs) };
  }
  if (asks.kind === 'text') {
    if (answer.trim() === '') return { expected: 'a word or two' };
    const right = asks.answers.some((one) => plainly(one) === plainly(answer));
    const known = asks.mistakes.find(({ value }) => plainly(value) === plainly(answer));
    return { right, because: await withNumbersIn(right ? asks.because : (known?.because ?? asks.otherwise), runs) };
  }
  const given = numberIn(asks.unit, answer);
  if (given === undefined) return { expected: 'a number' };
  const near = async (formula: string): Promise<boolean> =>
    Math.abs(given - (await numberMeasured(formula, runs))) <= asks.tolerance;
  // What is shown as the answer is taken as one, though it is rounded.
  const isShown = numberOf(numeral(await numberMeasured(asks.answer, runs))) === given;
  if (isShown || (await near(asks.answer))) return { right: true, because: await withNumbersIn(asks.because, runs) };
  for (const { value, because } of asks.mistakes)
    if (await near(value)) return { right: false, because: await withNumbersIn(because, runs) };
  return { right: false, because: await withNumbersIn(asks.otherwise, runs) };
}

/** What the right answer is, in words. Throws Unresolved. */
export async function rightAnswer(asks: QuizKind, runs: RunResults): Promise<string> {
  if (asks.kind === 'text') return asks.answers[0]!;
  if (asks.kind === 'number') {
    const value = numeral(await numberMeasured(asks.answer, runs));
    return asks.unit === undefined ? value : `${value} ${asks.unit}`;
  }
  const at = asks.choices.findIndex(({ right }) => right);
  return `${letterOf(at)}) ${asks.choices[at]!.text}`;
}

/** A formula that has to give a number. Throws Unresolved. */
export async function numberMeasured(formula: string, runs: RunResults): Promise<number> {
  const plain = numberOf(formula);
  if (plain !== undefined) return plain;
  const value = await measured(formula, runs);
  const number = typeof value === 'number' ? value : numberOf(/-?[\d.]+(e-?\d+)?/.exec(value)?.[0] ?? '');
  if (number === undefined) throw new Unresolved(`\`${formula}\` gives no number but \`${value}\``);
  return number;
}

/** `1e-3`, `.5`, `0,5`, `1/6`, `3,000`: as people type numbers. A comma before three digits groups them, unless a zero stands before it. */
export function numberOf(text: string): number | undefined {
  const bare = text
    .trim()
    .replace(/\u2212/g, '-')
    .replace(/\d+(?:,\d+)+/g, (digits) =>
      /^[1-9]\d{0,2}(?:,\d{3})+$/.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.'),
    )
    .replace(/(?<=\d)\s*%$/, 'e-2');
  const [, above, below] = /^(-?[\d.]+)\s*\/\s*([\d.]+)$/.exec(bare) ?? [];
  const value = above === undefined ? Number(bare === '' ? Number.NaN : bare) : Number(above) / Number(below);
  return Number.isFinite(value) ? value : undefined;
}

/** A number of this unit, which may be typed behind it: `40 %` is 40 where percents are asked for, and 0.4 elsewhere. */
const numberIn = (unit: string | undefined, text: string): number | undefined =>
  numberOf(unit === '%' ? text.replace(/\s*%\s*$/, '') : text);

const plainly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export const letterOf = (index: number): string => String.fromCharCode(97 + index);
export const lettersOf = (count: number): string => Array.from({ length: count }, (_, i) => letterOf(i)).join(', ');

/** `b` or `2`. */
export function choiceOf(answer: string, count: number): number | undefined {
  const typed = answer.trim().toLowerCase();
  const at = /^[a-z]$/.test(typed) ? typed.charCodeAt(0) - 97 : /^\d+$/.test(typed) ? Number(typed) - 1 : -1;
  return at >= 0 && at < count ? at : undefined;
}

type NumberGuess = Extract<Guess, { kind: 'number' }>;

/** A guess beside what was measured. */
interface GuessScore {
  /** From 0, as far off as it is worthless, to 1. */
  readonly score: number;
  /** The guess and the truth as people read them. */
  readonly guessed: string;
  readonly truth: string;
  /** Both in one picture. */
  readonly figure?: Result['figures'][number] | undefined;
}

/** Reads a guess as typed: a number, numbers for a curve, a letter. undefined: it cannot be one. */
export function readGuess(guess: Guess, typed: string): readonly number[] | undefined {
  if (guess.kind === 'choice') {
    const choice = choiceOf(typed, guess.choices.length);
    return choice === undefined ? undefined : [choice];
  }
  if (guess.kind === 'number') {
    const number = numberIn(guess.unit, typed);
    return number === undefined || !isPossible(guess, number) ? undefined : [number];
  }
  const numbers = typed
    .split(/[\s;]+|,\s+/)
    .filter((part) => part !== '')
    .map(numberOf);
  return numbers.length === guess.at.length && numbers.every((value) => value !== undefined)
    ? (numbers as number[])
    : undefined;
}

const isPossible = ({ scale }: NumberGuess, value: number): boolean => scale !== 'share' || (value >= 0 && value <= 1);

/** What a guess has to look like, for whoever has typed something else. */
export function guessWanted(guess: Guess): string {
  if (guess.kind === 'choice') return lettersOf(guess.choices.length);
  if (guess.kind === 'number') return numberWanted(guess);
  return `${guess.at.length} numbers with blanks between them: the values at ${guess.at.join(', ')}`;
}

function numberWanted({ scale, unit }: NumberGuess): string {
  if (scale === 'share') return 'a share from 0 to 1, or in %';
  if (scale === 'log') return 'a number above 0, such as 1e-3';
  return unit === undefined ? 'a number' : `a number of ${unit}`;
}

const decades = (of: number): number => log(Math.max(of, Number.MIN_VALUE)) / log(10);

/** Scores a guess that `readGuess` has read. Throws Unresolved. */
export async function scored(guess: Guess, guessed: readonly number[], runs: RunResults): Promise<GuessScore> {
  if (guess.kind === 'choice') return scoredChoice(guess, guessed[0]!, runs);
  if (guess.kind === 'curve') return scoredCurve(guess, guessed, runs);
  const truth = await numberMeasured(guess.answer, runs);
  const [mine] = guessed as [number];
  const gap = guess.scale === 'log' ? Math.abs(decades(mine) - decades(truth)) : Math.abs(mine - truth);
  const said = (value: number) => (guess.unit === undefined ? numeral(value) : `${numeral(value)} ${guess.unit}`);
  const figure = guess.scale === 'log' || Math.min(mine, truth) < 0 ? undefined : beside(mine, truth, guess.unit);
  return {
    score: worth(gap, guess.worthless),
    guessed: said(mine),
    truth: said(truth),
    figure,
  };
}

/** What was measured, where nobody has guessed. Throws Unresolved. */
export async function truthOf(guess: Guess, runs: RunResults): Promise<string> {
  const any = guess.kind === 'curve' ? guess.at.map(() => 1) : [guess.kind === 'number' ? 1 : 0];
  return (await scored(guess, any, runs)).truth;
}

const worth = (gap: number, worthless: number): number => Math.max(0, 1 - gap / worthless);

function beside(mine: number, truth: number, unit: string | undefined): Result['figures'][number] | undefined {
  const most = Math.max(mine, truth);
  if (most === 0) return undefined;
  return {
    kind: 'bars',
    title: 'Your guess and what was measured',
    rows: { label: '', names: ['you', 'measured'] },
    values: [mine, truth],
    most,
    ...(unit === undefined ? {} : { unit }),
  };
}

async function scoredChoice(
  guess: Extract<Guess, { kind: 'choice' }>,
  mine: number,
  runs: RunResults,
): Promise<GuessScore> {
  const values = await Promise.all(guess.right.map((formula) => numberMeasured(formula, runs)));
  const right = values.flatMap((value, i) => (value > 0 ? [i] : []));
  const said = (i: number): string => `${letterOf(i)}) ${guess.choices[i]}`;
  return {
    score: right.includes(mine) ? 1 : 0,
    guessed: said(mine),
    truth: right.map(said).join('; ') || 'none of these',
  };
}

async function scoredCurve(
  guess: Extract<Guess, { kind: 'curve' }>,
  mine: readonly number[],
  runs: RunResults,
): Promise<GuessScore> {
  const result = await resultNamed(runs.names.at(-1), runs);
  const figure = result.figures[guess.figure - 1];
  if (figure?.kind !== 'lines')
    throw new Unresolved(`figure ${guess.figure} has no curves: write under \`curve\` the \`figure\` of one that has`);
  const series = figure.series.find(({ name }) => name === guess.series);
  if (series === undefined)
    throw new Unresolved(
      `no curve is called \`${guess.series}\`; there are ${figure.series.map(({ name }) => name).join(', ')}`,
    );
  const truth = guess.at.map((x) => {
    const value = series.values[figure.x.values.indexOf(x)];
    if (value === undefined || value === null)
      throw new Unresolved(`\`${guess.series}\` has no value at ${x}; ${whereMeasured(figure.x.values)}`);
    return value;
  });
  const of = figure.y.scale === 'log' ? decades : (value: number) => value;
  const gap = truth.reduce((sum, value, i) => sum + Math.abs(of(value) - of(mine[i]!)), 0) / truth.length;
  return {
    score: worth(gap, guess.worthless),
    guessed: mine.map((value) => numeral(value)).join('  '),
    truth: truth.map((value) => numeral(value)).join('  '),
    figure: withGuess(figure, guess, mine),
  };
}

/** The curve that was measured and the one that was guessed, straight between its points. */
function withGuess(
  figure: LinesFigure,
  { series, at }: Extract<Guess, { kind: 'curve' }>,
  mine: readonly number[],
): LinesFigure {
  const of = figure.y.scale === 'log' ? decades : (value: number) => value;
  const back = figure.y.scale === 'log' ? (value: number) => pow(10, value) : (value: number) => value;
  const between = (x: number): number | null => {
    const right = at.findIndex((place) => place >= x);
    if (right < 0 || x < at[0]!) return null;
    if (at[right] === x) return mine[right]!;
    const [a, b] = [at[right - 1]!, at[right]!];
    const share = (x - a) / (b - a);
    return back(of(mine[right - 1]!) * (1 - share) + of(mine[right]!) * share);
  };
  return {
    ...figure,
    title: 'Your curve and the one that was measured',
    series: [
      ...figure.series.filter(({ name }) => name === series),
      { name: 'you', values: figure.x.values.map(between) },
    ],
  };
}
