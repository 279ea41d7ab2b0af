// The checks of an exercise as a graph: each says what it needs to pass first.

import { basename } from 'node:path';
import type { Program } from '../equations/program.ts';
import { readProgram } from '../equations/read.ts';
import type { Random } from '../numbers/random.ts';
import { type Case, type CheckSession, type CheckVerdict, passed, SessionEnded } from './check-session.ts';
import { equationsRuntime, syntaxTrouble } from './equations-session.ts';
import type { Ask, ByClaims, ByValues } from './exercise.ts';
import { isStarter } from './find-clue.ts';
import { Misfit } from './run-program.ts';
import type { Question, Trouble } from './session.ts';
import { agrees, fit, notFinite, type Value, worstOf } from './value.ts';
import { listed } from './wording/phrases.ts';

// The check that a submission changes no argument and remembers nothing from one call to the next.

/** Another call of the same sizes: what is kept for each size is written over by no other. */
function ofSameSizes(given: readonly Value[], exercise: ByValues, rng: Random): readonly Value[] {
  const sizes = sizesOf(given);
  let drawn = exercise.draw(rng.fork('between'), 'small');
  for (let i = 0; i < 100 && sizesOf(drawn) !== sizes; i++) drawn = exercise.draw(rng.fork(`between ${i}`), 'small');
  return drawn;
}

const sizesOf = (given: readonly Value[]): string =>
  JSON.stringify(given, (_, value) => (typeof value === 'number' ? 0 : value));

/** A, what it was given as it is now, B, what A returned as it is now, A again from the start, A again with the objects that it was given. */
export async function pure(questions: CheckSession): Promise<CheckVerdict> {
  const { exercise, rng } = questions;
  const a = questions.case(exercise.draw(rng.fork('kept'), 'small'));
  const b = questions.case(ofSameSizes(a.given, exercise, rng));
  const first = questions.call(a.given);
  const kept = await pureSteps(questions, [{ question: first, of: a }]);
  if (kept.status !== 'pass') return kept;
  // Some write into what they are given only when there is something to change.
  for (const [i, of] of [a, ...questions.small].entries()) {
    const question = i === 0 ? first : questions.call(of.given);
    if (i > 0) {
      const called = await pureSteps(questions, [{ question, of }]);
      if (called.status !== 'pass') return called;
    }
    const left = await questions.session.ask({ kind: 'given', keep: question.keep });
    if (left.kind === 'ended') throw new SessionEnded(left.trouble);
    if (left.kind === 'value' && !isAsGiven(left.value, of.given))
      return { status: 'fail', finding: questions.finding(of, { code: 'changed-arguments' }) };
    if (left.kind === 'not-kept') continue;
    for (const step of mixedCalls(questions, question.keep, of)) {
      const mixed = await pureSteps(questions, [step]);
      if (mixed.status === 'pass') continue;
      // Numbers that are wrong of fresh objects, too, say nothing of the kept ones.
      const fresh = await pureSteps(questions, [{ question: questions.call(step.of.given), of: step.of }]);
      return fresh.status === 'pass' ? mixed : fresh;
    }
  }
  return pureSteps(questions, [
    { question: questions.call(b.given), of: b },
    { question: { kind: 'recall', keep: first.keep }, of: a, code: 'result-reused' },
    { question: questions.call(a.given), of: a, code: 'remembers' },
    { question: { kind: 'again', keep: first.keep }, of: a, code: 'changed-arguments' },
    // The first case of all, at the very end.
    { question: questions.call(questions.small[0]!.given), of: questions.small[0]!, code: 'remembers' },
  ]);
}

/**
 * What an argument looks like is reported by the submission itself. What it cannot fake is the answer to a call with some of the kept
 * objects and new values for the rest. Every other argument is a kept one, and then the others are.
 */
function mixedCalls(questions: CheckSession, keep: string, { given }: Case): PureStep[] {
  const fresh = ofSameSizes(given, questions.exercise, questions.rng.fork(keep));
  return [0, 1].map((kept) => {
    const isKept = (i: number): boolean => i % 2 === kept && typeof given[i] === 'object';
    const others = fresh.map((value, i) => (isKept(i) ? null : value));
    const of = questions.case(fresh.map((value, i) => (isKept(i) ? given[i]! : value)));
    return { question: { kind: 'again', keep, others }, of, code: 'changed-arguments' };
  });
}

/** Number for number: whoever writes into what was given writes something else. */
function isAsGiven(left: unknown, given: readonly Value[]): boolean {
  const { value } = fit(given, left, 'the arguments');
  return value !== undefined && worstOf({ given: value }, { given }).error <= 0;
}

interface PureStep {
  readonly question: Question;
  readonly of: Case;
  /** What is wrong when the answer is not that of `of`. */
  readonly code?: 'result-reused' | 'remembers' | 'changed-arguments';
}

async function pureSteps(questions: CheckSession, steps: readonly PureStep[]): Promise<CheckVerdict> {
  for (const { question, of, code } of steps) {
    const reply = await questions.session.ask(question);
    if (reply.kind === 'not-kept') continue;
    const { got, wrong } = questions.read(of, reply);
    if (wrong !== undefined) return wrong;
    if (agrees(got, of.expected, questions.tolerance)) continue;
    if (code === undefined) return questions.off(of, got);
    return { status: 'fail', finding: { ...questions.finding(of, { code }, got), worst: worstOf(got, of.expected) } };
  }
  return passed;
}

/** What a report says of a check. */
export interface CheckListing {
  readonly id: string;
  readonly says: string;
  /** Ids of checks that have to pass first. */
  readonly needs: readonly string[];
  /** Its share of the exercise's points; 0 where passing proves nothing, as the right shape does: zeros have it. */
  readonly weight: number;
}

export interface Check extends CheckListing {
  readonly run: (questions: CheckSession) => Promise<CheckVerdict>;
}

/** All checks of an exercise, in the order in which they are run. */
export function checksOf(exercise: ByValues): Check[] {
  const needOne = ['one'];
  return [
    { id: 'shape', says: shapeSays(exercise), needs: [], weight: 0, run: shape },
    { id: 'finite', says: 'every value is finite', needs: ['shape'], weight: 0, run: finite },
    {
      id: 'one',
      says: exercise.chain === undefined ? 'small numbers' : `one ${exercise.chain.unit ?? 'step'}, given numbers`,
      needs: ['finite'],
      weight: 4,
      run: one,
    },
    { id: 'large', says: 'other sizes and more of them', needs: needOne, weight: 2, run: large },
    {
      id: 'edges',
      says: 'sizes of 1, zeros, very large and very small numbers',
      needs: needOne,
      weight: 2,
      run: edges,
    },
    ...(exercise.chain === undefined
      ? []
      : [
          {
            id: 'many',
            says: `${exercise.chain.steps} ${exercise.chain.unit ?? 'step'}s, each from what you returned`,
            needs: needOne,
            weight: 2,
            run: many,
          },
        ]),
    ...exercise.properties.map(
      (property): Check => ({
        id: property.id,
        says: property.says,
        needs: needOne,
        weight: 1,
        run: (questions) => propertyHolds(questions, property),
      }),
    ),
    { id: 'pure', says: 'changes no argument and remembers nothing', needs: needOne, weight: 1, run: pure },
  ];
}

const shapeSays = ({ returns }: ByValues): string =>
  returns.length === 1 ? `returns ${returns[0]} in its shape` : `returns ${listed(returns)}, each in its shape`;

async function shape(questions: CheckSession): Promise<CheckVerdict> {
  for (const of of [questions.small[0]!, questions.large[0]!]) {
    const { wrong } = await questions.answer(of);
    if (wrong !== undefined) return wrong;
  }
  return passed;
}

async function finite(questions: CheckSession): Promise<CheckVerdict> {
  for (const of of questions.small) {
    const { got, wrong } = await questions.answer(of);
    if (wrong !== undefined) return wrong;
    const problem = notFinite(got);
    if (problem !== undefined) return { status: 'fail', finding: questions.finding(of, problem, got) };
  }
  return passed;
}

const one = (questions: CheckSession): Promise<CheckVerdict> => values(questions, questions.small);
const large = (questions: CheckSession): Promise<CheckVerdict> => values(questions, questions.large);
const edges = (questions: CheckSession): Promise<CheckVerdict> => values(questions, questions.edges);

async function values(questions: CheckSession, cases: readonly Case[]): Promise<CheckVerdict> {
  for (const of of cases) {
    const { got, wrong } = await questions.answer(of);
    if (wrong !== undefined) return wrong;
    if (agrees(got, of.expected, questions.tolerance)) continue;
    const problem = notFinite(got);
    return problem === undefined
      ? questions.off(of, got)
      : { status: 'fail', finding: questions.finding(of, problem, got) };
  }
  return passed;
}

/** Step after step, the submission from what it returned itself and the reference from its own. */
async function many(questions: CheckSession): Promise<CheckVerdict> {
  const { exercise, tolerance } = questions;
  const { steps, unit, next } = exercise.chain!;
  const start = exercise.draw(questions.rng.fork('chain'), 'small');
  const errors = new Map(exercise.returns.map((name) => [name, [] as number[]]));
  let [theirs, ours] = [start, start];
  for (let step = 1; step <= steps; step++) {
    const of = { given: theirs, expected: questions.case(ours).expected };
    const { got, wrong } = await questions.answer(of);
    if (wrong !== undefined) return wrong;
    for (const [name, list] of errors) list.push(worstOf({ [name]: got[name]! }, { [name]: of.expected[name]! }).error);
    if (!agrees(got, of.expected, tolerance)) {
      const strips = [...errors].map(([name, list]) => ({ name, errors: list }));
      const worst = worstOf(got, of.expected);
      const problem = { code: 'drifts', step, ...(unit === undefined ? {} : { unit }) } as const;
      return { status: 'fail', finding: { ...questions.finding(of, problem, got), worst, strips } };
    }
    theirs = next(theirs, got, questions.rng.fork(`step ${step}`));
    ours = next(ours, of.expected, questions.rng.fork(`step ${step}`));
  }
  return passed;
}

/** Thrown inside a property when an answer cannot be used. */
class Unusable extends Error {
  readonly verdict: CheckVerdict;
  constructor(verdict: CheckVerdict) {
    super('unusable');
    this.verdict = verdict;
  }
}

async function propertyHolds(
  questions: CheckSession,
  { id, holds }: ByValues['properties'][number],
): Promise<CheckVerdict> {
  const ask: Ask = async (given) => {
    const of = questions.case(given);
    const { got, wrong } = await questions.answer(of);
    if (wrong !== undefined) throw new Unusable(wrong);
    const problem = notFinite(got);
    if (problem !== undefined) throw new Unusable({ status: 'fail', finding: questions.finding(of, problem, got) });
    return got;
  };
  try {
    const held = await holds(ask, questions.rng.fork(id));
    if (held.holds === true) return passed;
    const of = questions.case(held.given);
    const problem = { code: 'property', because: held.because } as const;
    return {
      status: 'fail',
      finding: { ...questions.finding(of, problem, held.got), worst: worstOf(held.got, of.expected) },
    };
  } catch (error) {
    if (error instanceof Unusable) return error.verdict;
    throw error;
  }
}

// A hand-in that is graded by what it learns: equations only, trained here, seed by seed.

/** The one check of such an exercise, as the report lists it. */
export const claimCheck = ({ says }: ByClaims): CheckListing => ({ id: 'claim', says, needs: [], weight: 1 });

/** Trains what the file holds, which is `text`, on every seed of the exercise, and counts. */
export function checkClaim(exercise: ByClaims, file: string, text: string) {
  const output = { prints: '', printsCut: false, runtime: equationsRuntime };
  const ended = (trouble: Trouble) => ({ outcomes: new Map<string, CheckVerdict>(), trouble, output });
  const { program, errors } = readProgram(text, basename(file));
  if (errors !== undefined) return ended(syntaxTrouble(errors[0]!));
  const judged = (verdict: CheckVerdict) => ({ outcomes: new Map([['claim', verdict]]), output });
  try {
    const verdict = verdictOf(exercise, program);
    if (verdict.status === 'pass' || !isStarter(exercise, 'cell', text)) return judged(verdict);
    return judged({ ...verdict, finding: { ...verdict.finding!, clue: { code: 'untouched' } } });
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return judged({ status: 'fail', finding: { problem: { code: 'property', because: error.message } } });
  }
}

function verdictOf(exercise: ByClaims, program: Program): CheckVerdict {
  const { seeds, needed } = exercise;
  const attempts: ReturnType<ByClaims['attempt']>[] = [];
  let reached = 0;
  // Until it is decided: a cell that takes long is not trained for nothing.
  for (let seed = 1; seed <= seeds && reached < needed && reached + seeds - attempts.length >= needed; seed++) {
    const attempt = exercise.attempt(program, seed);
    attempts.push(attempt);
    if (attempt.reached) reached++;
  }
  if (reached >= needed) return { status: 'pass' };
  const measured = attempts.map((attempt) => attempt.measured);
  return { status: 'fail', finding: { problem: { code: 'claim', measured, reached, needed } } };
}
