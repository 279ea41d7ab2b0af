// The check that a submission changes no argument and remembers nothing from one call to the next.

import type { Random } from '../numbers/random.ts';
import { type Asked, type Case, Ended, passed, type Verdict } from './asked.ts';
import { agrees, fit, worstOf } from './difference.ts';
import type { ByValues } from './exercise.ts';
import type { Question } from './session.ts';
import type { Value } from './value.ts';

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
export async function pure(asked: Asked): Promise<Verdict> {
  const { exercise, rng } = asked;
  const a = asked.case(exercise.draw(rng.fork('kept'), 'small'));
  const b = asked.case(ofSameSizes(a.given, exercise, rng));
  const first = asked.call(a.given);
  const kept = await pureSteps(asked, [{ question: first, of: a }]);
  if (kept.status !== 'pass') return kept;
  // Some write into what they are given only when there is something to change.
  for (const [i, of] of [a, ...asked.small].entries()) {
    const question = i === 0 ? first : asked.call(of.given);
    if (i > 0) {
      const called = await pureSteps(asked, [{ question, of }]);
      if (called.status !== 'pass') return called;
    }
    const left = await asked.session.ask({ kind: 'given', keep: question.keep });
    if (left.kind === 'ended') throw new Ended(left.trouble);
    if (left.kind === 'value' && !isAsGiven(left.value, of.given))
      return { status: 'fail', finding: asked.finding(of, { code: 'changed-arguments' }) };
    if (left.kind === 'not-kept') continue;
    for (const step of mixedCalls(asked, question.keep, of)) {
      const mixed = await pureSteps(asked, [step]);
      if (mixed.status === 'pass') continue;
      // Numbers that are wrong of fresh objects, too, say nothing of the kept ones.
      const fresh = await pureSteps(asked, [{ question: asked.call(step.of.given), of: step.of }]);
      return fresh.status === 'pass' ? mixed : fresh;
    }
  }
  return pureSteps(asked, [
    { question: asked.call(b.given), of: b },
    { question: { kind: 'recall', keep: first.keep }, of: a, code: 'result-reused' },
    { question: asked.call(a.given), of: a, code: 'remembers' },
    { question: { kind: 'again', keep: first.keep }, of: a, code: 'changed-arguments' },
    // The first case of all, at the very end.
    { question: asked.call(asked.small[0]!.given), of: asked.small[0]!, code: 'remembers' },
  ]);
}

/**
 * What an argument looks like is reported by the submission itself. What it cannot fake is the answer to a call with some of the kept
 * objects and new values for the rest. Every other argument is a kept one, and then the others are.
 */
function mixedCalls(asked: Asked, keep: string, { given }: Case): PureStep[] {
  const fresh = ofSameSizes(given, asked.exercise, asked.rng.fork(keep));
  return [0, 1].map((kept) => {
    const isKept = (i: number): boolean => i % 2 === kept && typeof given[i] === 'object';
    const others = fresh.map((value, i) => (isKept(i) ? null : value));
    const of = asked.case(fresh.map((value, i) => (isKept(i) ? given[i]! : value)));
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

async function pureSteps(asked: Asked, steps: readonly PureStep[]): Promise<Verdict> {
  for (const { question, of, code } of steps) {
    const reply = await asked.session.ask(question);
    if (reply.kind === 'not-kept') continue;
    const { got, wrong } = asked.read(of, reply);
    if (wrong !== undefined) return wrong;
    if (agrees(got, of.expected, asked.tolerance)) continue;
    if (code === undefined) return asked.off(of, got);
    return { status: 'fail', finding: { ...asked.finding(of, { code }, got), worst: worstOf(got, of.expected) } };
  }
  return passed;
}
