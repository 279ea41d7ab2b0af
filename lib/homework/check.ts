// Checks one submission from start to end: takes it in, opens a session, asks, and reports.

import { basename } from 'node:path';
import { random } from '../numbers/random.ts';
import { visible } from '../render/visible.ts';
import { Asked, Ended, type Verdict } from './asked.ts';
import { camelCase } from './camel-case.ts';
import { type Check, checksOf, type Listed } from './checks.ts';
import { checkClaim, claimCheck } from './claims.ts';
import { clueInAnswers, clueInText, ownParameters } from './clues.ts';
import { conventionOf } from './conventions.ts';
import { diagnose } from './diagnosis.ts';
import { equationsSession } from './equations-session.ts';
import type { ByValues, Exercise } from './exercise.ts';
import { exerciseFiles } from './exercise-folder.ts';
import type { ExerciseText } from './exercise-text.ts';
import { earnedPoints, sharedOut } from './points.ts';
import type { CheckReport, Clue, Finding, Language, Report } from './report.ts';
import { type FileContent, takeIn } from './sandbox/intake.ts';
import type { Opened, Sandbox } from './sandbox.ts';
import type { Trouble } from './session.ts';

/** An exercise with its words. */
export interface Homework {
  readonly exercise: Exercise;
  readonly text: ExerciseText;
}

export interface HandIn {
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
interface Ran {
  readonly outcomes: ReadonlyMap<string, Verdict>;
  readonly trouble?: Trouble;
  readonly said: Said;
}

interface Said {
  readonly prints: string;
  readonly printsCut: boolean;
  readonly runtime: string;
}

const silent: Said = { prints: '', printsCut: false, runtime: '' };
const none = (trouble: Trouble, said: Said = silent): Ran => ({ outcomes: new Map(), trouble, said });

/** The file is read once, before anything of it runs: what is diagnosed is what was run. */
async function run({ exercise, text }: Homework, handIn: HandIn, { seed, sandbox }: CheckOptions): Promise<Ran> {
  if (exercise.kind === 'claims' && handIn.language !== 'cell')
    return none({ status: 'refused', code: 'only-equations', got: visible(basename(handIn.file), true) });
  const content = takeIn(handIn.file);
  if (content.trouble !== undefined) return none(content.trouble);
  if (exercise.kind === 'claims') return checkClaim(exercise, handIn.file, content.text);
  const opened = await open(exercise, handIn, content, sandbox);
  if (opened.session === undefined) return none(opened.trouble, opened);
  const { session } = opened;
  const asked = new Asked(exercise, text.tolerance, random(seed).fork(exercise.id), session);
  const ran = await runAll(checksOf(exercise), asked, handIn.language, content.text).finally(() => session.end());
  const ending = await session.end();
  const trouble = ran.trouble ?? ending.trouble;
  if (trouble === undefined) await addConvention(ran.outcomes, asked, handIn, content, sandbox);
  return { outcomes: ran.outcomes, ...(trouble === undefined ? {} : { trouble }), said: ending };
}

async function open(
  exercise: ByValues,
  { file, language }: HandIn,
  content: FileContent,
  sandbox: Sandbox,
): Promise<Opened> {
  if (language !== 'cell')
    return sandbox.open(file, language, [exercise.function, camelCase(exercise.function)], content);
  if (!exerciseFiles(exercise.id).includes('starter.cell'))
    return { trouble: { status: 'refused', code: 'not-in-equations', got: visible(basename(file), true) }, ...silent };
  const { session, trouble } = equationsSession(exercise, content.text, basename(file));
  return session === undefined ? { trouble, ...silent } : { session };
}

/** Runs the checks in order; what needs one that did not pass is left out. Stops when the submission does. */
async function runAll(
  checks: readonly Check[],
  asked: Asked,
  language: Language,
  text: string,
): Promise<{ outcomes: Map<string, Verdict>; trouble?: Trouble }> {
  const outcomes = new Map<string, Verdict>();
  const hasPassed = (id: string): boolean => outcomes.get(id)?.status === 'pass';
  for (const check of checks) {
    if (!check.needs.every(hasPassed)) continue;
    try {
      const verdict = await check.run(asked);
      outcomes.set(check.id, verdict);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      const { trouble } = error;
      if (trouble.status === 'internal' || trouble.status === 'refused') return { outcomes, trouble };
      outcomes.set(check.id, { status: trouble.status });
      return { outcomes, trouble };
    }
  }
  await nameMistake(outcomes, asked);
  await addClue(outcomes, asked, language, text);
  return { outcomes };
}

/** Adds the diagnosis to the first check that found wrong numbers. */
async function nameMistake(outcomes: Map<string, Verdict>, asked: Asked): Promise<void> {
  for (const [id, verdict] of outcomes) {
    if (verdict.status !== 'fail' || verdict.finding?.worst === undefined) continue;
    const { call, got } = verdict.finding;
    const cases = call === undefined || got === undefined ? [] : [{ given: call.given, got }];
    const { exercise, rng } = asked;
    const telling = (exercise.telling?.(rng.fork('telling')) ?? []).map((given) => asked.case(given));
    try {
      // Some mistakes only large numbers tell apart; more calls cost little once one has failed.
      for (const of of [...asked.small, ...asked.large, ...telling]) {
        const answered = (await asked.answer(of)).got;
        if (answered !== undefined) cases.push({ given: of.given, got: answered });
      }
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
    }
    const diagnosis = diagnose(exercise, cases);
    outcomes.set(id, { ...verdict, finding: { ...verdict.finding, diagnosis } });
    return;
  }
}

/** Adds to the first check that failed what can be told without a diagnosis. */
async function addClue(outcomes: Map<string, Verdict>, asked: Asked, language: Language, text: string): Promise<void> {
  for (const [id, verdict] of outcomes) {
    if (verdict.status === 'pass' || verdict.finding === undefined) continue;
    const { finding } = verdict;
    const clue = clueInText(asked.exercise, language, text, finding) ?? (await clueOfCalls(asked, finding));
    if (clue !== undefined) outcomes.set(id, { ...verdict, finding: { ...finding, clue } });
    return;
  }
}

async function clueOfCalls(asked: Asked, finding: Finding): Promise<Clue | undefined> {
  const { problem, diagnosis } = finding;
  if (diagnosis?.mistake !== undefined || (problem.code !== 'values' && problem.code !== 'drifts')) return undefined;
  try {
    const answers = [];
    for (const of of asked.small) answers.push((await asked.answer(of)).got ?? {});
    return await clueInAnswers(asked, finding, answers);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return undefined;
  }
}

const byConvention = ['wrong-shape', 'threw', 'not-finite', 'values', 'drifts'];

/** Whether it would be right if it were called otherwise; asked of another process, whose prints and end are not the report's. */
async function addConvention(
  outcomes: Map<string, Verdict>,
  { exercise, tolerance, rng }: Asked,
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
  const found = await conventionOf(new Asked(exercise, tolerance, rng, session), own).finally(() => session.end());
  if (found === undefined) return;
  const convention = { code: 'convention', ...(own === undefined ? {} : { own }), ...found } as const;
  outcomes.set(id, { ...verdict, finding: { ...verdict.finding, clue: convention } });
}

const signatureOf = ({ function: name, parameters, returns }: ByValues) => ({ function: name, parameters, returns });

function reportOf({ exercise, text }: Homework, handIn: HandIn, { seed, sandbox }: CheckOptions, ran: Ran): Report {
  const listed: readonly Listed[] = exercise.kind === 'claims' ? [claimCheck(exercise)] : checksOf(exercise);
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
      runtime: ran.said.runtime,
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
    prints: { text: ran.said.prints, cut: ran.said.printsCut },
    isolation: sandbox.isolation,
    seed,
    hints: text.hints.length,
  };
}
