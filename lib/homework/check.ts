// Checks one submission from start to end: takes it in, opens a session, asks, and reports.

import { basename } from 'node:path';
import { random } from '../numbers/random.ts';
import { visible } from '../render/legible.ts';
import type { CheckReport, Clue, Finding, Report, Status } from './check-report.ts';
import { CheckSession, type CheckVerdict, SessionEnded } from './check-session.ts';
import { type Check, type CheckListing, checkClaim, checksOf, claimCheck } from './checks.ts';
import { conventionOf } from './conventions.ts';
import { diagnose } from './diagnosis.ts';
import { equationsSession } from './equations-session.ts';
import type { ByValues, Exercise } from './exercise.ts';
import { type ExerciseText, exerciseFiles } from './exercise-text.ts';
import { clueInAnswers, clueInText, ownParameters } from './find-clue.ts';
import { type Language, scriptName } from './language.ts';
import { readSubmission } from './sandbox/intake.ts';
import type { FileContent, Opened, Sandbox, Trouble } from './session.ts';

// Whole points for checks of different weight: nobody likes 1.714 of 12.

/**
 * The points of a report from those of its checks. A violation earns nothing. Full points are for a pass alone: what ends the run after its
 * last check costs one.
 */
export const earnedPoints = (status: Status, most: number, points: readonly number[]): number => {
  const sum = points.reduce((total, one) => total + one, 0);
  if (status === 'violation') return 0;
  return status === 'pass' ? sum : Math.min(sum, most - 1);
};

/**
 * `points` shared out by weight in whole numbers that sum to it, at least 1 for each check that has a weight: the rest by largest remainder,
 * the first of equals first. Weight 0 gets nothing. Throws RangeError where there are fewer points than checks to be paid.
 */
export function sharedOut(points: number, weights: readonly number[]): number[] {
  const least = weights.map((weight) => (weight > 0 ? 1 : 0));
  const rest = points - least.reduce<number>((sum, one) => sum + one, 0);
  if (rest < 0) throw new RangeError(`${points} points for ${points - rest} checks: each must be worth at least one`);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (rest * weight) / total);
  const shares = exact.map((share, i) => Math.floor(share) + least[i]!);
  const left = points - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) shares[i]! += 1;
  return shares;
}

/** An exercise with its words. */
export interface Homework {
  readonly exercise: Exercise;
  readonly text: ExerciseText;
}

interface HandIn {
  readonly file: string;
  readonly language: Language;
  readonly student?: string;
}

export interface CheckOptions {
  /** What every input is drawn from. It never leaves this process but for the teacher's report. */
  readonly seed: number;
  readonly sandbox: Sandbox;
}

/** Checks what was handed in. Never rejects: what goes wrong in here is a report of status `internal`, and not the student's zero. */
export async function checkSubmission(homework: Homework, handIn: HandIn, options: CheckOptions): Promise<Report> {
  try {
    return reportOf(homework, handIn, options, await run(homework, handIn, options));
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return reportOf(homework, handIn, options, none({ status: 'internal', code: 'internal', message }));
  }
}

/** What came of the checks by id; those without an outcome were skipped. */
interface RunOutcome {
  readonly outcomes: ReadonlyMap<string, CheckVerdict>;
  readonly trouble?: Trouble;
  readonly output: RunOutput;
}

interface RunOutput {
  readonly prints: string;
  readonly printsCut: boolean;
  readonly runtime: string;
}

const silent: RunOutput = { prints: '', printsCut: false, runtime: '' };
const none = (trouble: Trouble, output: RunOutput = silent): RunOutcome => ({ outcomes: new Map(), trouble, output });

/** The file is read once, before anything of it runs: what is diagnosed is what was run. */
async function run({ exercise, text }: Homework, handIn: HandIn, { seed, sandbox }: CheckOptions): Promise<RunOutcome> {
  if (exercise.kind === 'claims' && handIn.language !== 'cell')
    return none({ status: 'refused', code: 'only-equations', got: visible(basename(handIn.file), true) });
  const content = readSubmission(handIn.file);
  if (content.trouble !== undefined) return none(content.trouble);
  if (exercise.kind === 'claims') return checkClaim(exercise, handIn.file, content.text);
  const opened = await open(exercise, handIn, content, sandbox);
  if (opened.session === undefined) return none(opened.trouble, opened);
  const { session } = opened;
  const questions = new CheckSession(exercise, text.tolerance, random(seed).fork(exercise.id), session);
  const ran = await runAll(checksOf(exercise), questions, handIn.language, content.text).finally(() => session.end());
  const ending = await session.end();
  const trouble = ran.trouble ?? ending.trouble;
  if (trouble === undefined) await addConvention(ran.outcomes, questions, handIn, content, sandbox);
  return { outcomes: ran.outcomes, ...(trouble === undefined ? {} : { trouble }), output: ending };
}

async function open(
  exercise: ByValues,
  { file, language }: HandIn,
  content: FileContent,
  sandbox: Sandbox,
): Promise<Opened> {
  if (language !== 'cell')
    return sandbox.open(file, language, [exercise.function, scriptName(exercise.function)], content);
  if (!exerciseFiles(exercise).includes('starter.cell'))
    return { trouble: { status: 'refused', code: 'not-in-equations', got: visible(basename(file), true) }, ...silent };
  const { session, trouble } = equationsSession(exercise, content.text, basename(file));
  return session === undefined ? { trouble, ...silent } : { session };
}

/** Runs the checks in order; what needs one that did not pass is left out. Stops when the submission does. */
async function runAll(
  checks: readonly Check[],
  questions: CheckSession,
  language: Language,
  text: string,
): Promise<{ outcomes: Map<string, CheckVerdict>; trouble?: Trouble }> {
  const outcomes = new Map<string, CheckVerdict>();
  const hasPassed = (id: string): boolean => outcomes.get(id)?.status === 'pass';
  for (const check of checks) {
    if (!check.needs.every(hasPassed)) continue;
    try {
      const verdict = await check.run(questions);
      outcomes.set(check.id, verdict);
    } catch (error) {
      if (!(error instanceof SessionEnded)) throw error;
      const { trouble } = error;
      if (trouble.status === 'internal' || trouble.status === 'refused') return { outcomes, trouble };
      outcomes.set(check.id, { status: trouble.status });
      return { outcomes, trouble };
    }
  }
  await nameMistake(outcomes, questions);
  await addClue(outcomes, questions, language, text);
  return { outcomes };
}

/** Adds the diagnosis to the first check that found wrong numbers. */
async function nameMistake(outcomes: Map<string, CheckVerdict>, questions: CheckSession): Promise<void> {
  for (const [id, verdict] of outcomes) {
    if (verdict.status !== 'fail' || verdict.finding?.worst === undefined) continue;
    const { call, got } = verdict.finding;
    const cases = call === undefined || got === undefined ? [] : [{ given: call.given, got }];
    const { exercise, rng } = questions;
    const telling = (exercise.telling?.(rng.fork('telling')) ?? []).map((given) => questions.case(given));
    try {
      // Some mistakes only large numbers tell apart; more calls cost little once one has failed.
      for (const of of [...questions.small, ...questions.large, ...telling]) {
        const answered = (await questions.answer(of)).got;
        if (answered !== undefined) cases.push({ given: of.given, got: answered });
      }
    } catch (error) {
      if (!(error instanceof SessionEnded)) throw error;
    }
    const diagnosis = diagnose(exercise, cases);
    outcomes.set(id, { ...verdict, finding: { ...verdict.finding, diagnosis } });
    return;
  }
}

/** Adds to the first check that failed what can be told without a diagnosis. */
async function addClue(
  outcomes: Map<string, CheckVerdict>,
  questions: CheckSession,
  language: Language,
  text: string,
): Promise<void> {
  for (const [id, verdict] of outcomes) {
    if (verdict.status === 'pass' || verdict.finding === undefined) continue;
    const { finding } = verdict;
    const clue = clueInText(questions.exercise, language, text, finding) ?? (await clueOfCalls(questions, finding));
    if (clue !== undefined) outcomes.set(id, { ...verdict, finding: { ...finding, clue } });
    return;
  }
}

async function clueOfCalls(questions: CheckSession, finding: Finding): Promise<Clue | undefined> {
  const { problem, diagnosis } = finding;
  if (diagnosis?.mistake !== undefined || (problem.code !== 'values' && problem.code !== 'drifts')) return undefined;
  try {
    const answers = [];
    for (const of of questions.small) answers.push((await questions.answer(of)).got ?? {});
    return await clueInAnswers(questions, finding, answers);
  } catch (error) {
    if (!(error instanceof SessionEnded)) throw error;
    return undefined;
  }
}

const byConvention = ['wrong-shape', 'threw', 'not-finite', 'values', 'drifts'];

/** Whether it would be right if it were called otherwise; asked of another process, whose prints and end are not the report's. */
async function addConvention(
  outcomes: Map<string, CheckVerdict>,
  { exercise, tolerance, rng }: CheckSession,
  handIn: HandIn,
  content: FileContent,
  sandbox: Sandbox,
): Promise<void> {
  const [id, verdict] = [...outcomes].find(([, { status }]) => status !== 'pass') ?? [];
  if (id === undefined || verdict?.status === 'pass' || verdict?.finding === undefined) return;
  const { problem, diagnosis, clue } = verdict.finding;
  const isOpen = diagnosis?.mistake === undefined && (clue === undefined || ['order', 'part'].includes(clue.code));
  if (!isOpen || !byConvention.includes(problem.code)) return;
  const { session } = await open(exercise, handIn, content, sandbox);
  if (session === undefined) return;
  const own = ownParameters(exercise, handIn.language, content.text);
  const found = await conventionOf(new CheckSession(exercise, tolerance, rng, session), own).finally(() =>
    session.end(),
  );
  if (found === undefined) return;
  const convention = { code: 'convention', ...(own === undefined ? {} : { own }), ...found } as const;
  outcomes.set(id, { ...verdict, finding: { ...verdict.finding, clue: convention } });
}

const signatureOf = ({ function: name, parameters, returns }: ByValues) => ({ function: name, parameters, returns });

function reportOf(
  { exercise, text }: Homework,
  handIn: HandIn,
  { seed, sandbox }: CheckOptions,
  ran: RunOutcome,
): Report {
  const listed: readonly CheckListing[] = exercise.kind === 'claims' ? [claimCheck(exercise)] : checksOf(exercise);
  const shares = sharedOut(
    text.points,
    listed.map(({ weight }) => weight),
  );
  const checks = listed.map((check, i): CheckReport => {
    const outcome = ran.outcomes.get(check.id);
    const about = { id: check.id, says: check.says, of: shares[i]! };
    if (outcome === undefined) {
      const after = check.needs.find((id) => ran.outcomes.get(id)?.status !== 'pass');
      return { ...about, status: 'skipped', points: 0, ...(after === undefined ? {} : { after }) };
    }
    const finding = outcome.status === 'pass' ? undefined : outcome.finding;
    const points = outcome.status === 'pass' ? about.of : 0;
    return { ...about, status: outcome.status, points, ...(finding === undefined ? {} : { finding }) };
  });
  const first = ran.trouble?.status ?? checks.find((check) => check.status !== 'pass')?.status ?? 'pass';
  const status = first === 'skipped' ? 'fail' : first;
  return {
    exercise: { id: exercise.id, title: text.title, ...(exercise.kind === 'values' ? signatureOf(exercise) : {}) },
    submission: {
      file: visible(basename(handIn.file), true),
      ...(handIn.student === undefined ? {} : { student: handIn.student }),
      language: handIn.language,
      runtime: ran.output.runtime,
    },
    status,
    points: earnedPoints(
      status,
      text.points,
      checks.map(({ points }) => points),
    ),
    of: text.points,
    checks,
    ...(ran.trouble === undefined ? {} : { trouble: ran.trouble }),
    prints: { text: ran.output.prints, cut: ran.output.printsCut },
    isolation: sandbox.isolation,
    seed,
    hints: text.hints.length,
  };
}
