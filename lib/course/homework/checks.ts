// The checks of an exercise as a graph: each says what it needs to pass first. What was asked once is not asked again: shape, finite
// and values look at the same answers.

import type { Random } from '../../numbers/random.ts';
import { agrees, errorOf, fit, notFinite, readAnswer, worstOf } from './difference.ts';
import type { Answer, Ask, ByValues } from './exercise.ts';
import type { Finding, Problem, Status } from './report.ts';
import type { Question, Reply, Session, Trouble } from './session.ts';
import type { Value } from './value.ts';

/** What a report says of a check. */
export interface Listed {
  readonly id: string;
  readonly says: string;
  /** Ids of checks that have to pass first. */
  readonly needs: readonly string[];
  /** Its share of the exercise's points. */
  readonly weight: number;
}

export interface Check extends Listed {
  readonly run: (asked: Asked) => Promise<Verdict>;
}

export type Verdict =
  | { readonly status: 'pass' }
  | { readonly status: Exclude<Status, 'pass' | 'internal' | 'refused'>; readonly finding?: Finding };

const passed: Verdict = { status: 'pass' };

/** One call that was made or will be. */
export interface Case {
  readonly given: readonly Value[];
  readonly expected: Answer;
}

/** An answer in the expected shape, or what is wrong with it. */
type Read =
  | { readonly got: Answer; readonly wrong?: undefined }
  | { readonly wrong: Verdict; readonly got?: undefined };

const smallCases = 5;
const largeCases = 3;

/** The cases of one stream of random numbers; whoever is asked, they are the same. */
export interface Cases {
  readonly small: readonly Case[];
  readonly large: readonly Case[];
}

export function casesOf(exercise: ByValues, rng: Random): Cases {
  const drawn = (size: 'small' | 'large', count: number): Case[] =>
    Array.from({ length: count }, (_, i) => caseOf(exercise, exercise.draw(rng.fork(`${size} ${i}`), size)));
  return { small: drawn('small', smallCases), large: drawn('large', largeCases) };
}

/** The answer is worked out when it is asked for. */
function caseOf(exercise: ByValues, given: readonly Value[]): Case {
  let expected: Answer | undefined;
  return {
    given,
    get expected() {
      expected ??= exercise.answer(exercise.reference(), given);
      return expected;
    },
  };
}

/** What is asked of one submission, and the answers so far. */
export class Asked {
  readonly exercise: ByValues;
  readonly tolerance: number;
  readonly rng: Random;
  readonly session: Session;
  readonly small: readonly Case[];
  readonly large: readonly Case[];
  readonly #function: string;
  readonly #replies = new Map<Case, Reply>();

  constructor(exercise: ByValues, tolerance: number, rng: Random, session: Session, cases = casesOf(exercise, rng)) {
    this.exercise = exercise;
    this.tolerance = tolerance;
    this.rng = rng;
    this.session = session;
    this.#function = exercise.function;
    this.small = cases.small;
    this.large = cases.large;
  }

  case(given: readonly Value[]): Case {
    return caseOf(this.exercise, given);
  }

  /** The answer to a case, in the expected shape, or what is wrong with it. */
  async answer(of: Case): Promise<Read> {
    const reply = this.#replies.get(of) ?? (await this.session.ask(this.call(of.given)));
    this.#replies.set(of, reply);
    return this.read(of, reply);
  }

  call(given: readonly Value[], keep?: string) {
    return {
      kind: 'call',
      function: this.#function,
      arguments: given,
      ...(keep === undefined ? {} : { keep }),
    } as const;
  }

  read(of: Case, reply: Reply): Read {
    if (reply.kind === 'ended') throw new Ended(reply.trouble);
    if (reply.kind === 'threw')
      return { wrong: { status: 'error', finding: this.finding(of, { code: 'threw', raised: reply.error }) } };
    if (reply.kind === 'promise') return { wrong: { status: 'error', finding: this.finding(of, { code: 'promise' }) } };
    if (reply.kind === 'not-kept') throw new Error('a reply to no call');
    const { value, misfit } = readAnswer(this.exercise.returns, of.expected, reply.value);
    return misfit === undefined ? { got: value } : { wrong: { status: 'fail', finding: this.finding(of, misfit) } };
  }

  finding({ given, expected }: Case, problem: Problem, got?: Answer): Finding {
    const call = { function: this.#function, parameters: this.exercise.parameters, given };
    return { problem, call, expected, ...(got === undefined ? {} : { got }) };
  }

  /** What values that are too far off look like. */
  off(of: Case, got: Answer): Verdict {
    const worst = worstOf(got, of.expected);
    const strips = stripsOf(got, of.expected);
    return { status: 'fail', finding: { ...this.finding(of, { code: 'values' }, got), worst, strips } };
  }
}

/** Thrown when the submission will not answer any more. */
export class Ended extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.code);
    this.trouble = trouble;
  }
}

/** All checks of an exercise, in the order in which they are run. */
export function checksOf(exercise: ByValues): Check[] {
  const needOne = ['one'];
  return [
    { id: 'shape', says: shapeSays(exercise), needs: [], weight: 1, run: shape },
    { id: 'finite', says: 'every value is finite', needs: ['shape'], weight: 1, run: finite },
    {
      id: 'one',
      says: exercise.chain === undefined ? 'small numbers' : `one ${exercise.chain.unit ?? 'step'}, given numbers`,
      needs: ['finite'],
      weight: 4,
      run: one,
    },
    { id: 'large', says: 'other sizes and more of them', needs: needOne, weight: 2, run: large },
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
        run: (asked) => propertyHolds(asked, property),
      }),
    ),
    { id: 'pure', says: 'changes no argument and remembers nothing', needs: needOne, weight: 1, run: pure },
  ];
}

const shapeSays = ({ returns }: ByValues): string =>
  returns.length === 1 ? `returns ${returns[0]} in its shape` : `returns ${listed(returns)}, each in its shape`;
const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

async function shape(asked: Asked): Promise<Verdict> {
  for (const of of [asked.small[0]!, asked.large[0]!]) {
    const { wrong } = await asked.answer(of);
    if (wrong !== undefined) return wrong;
  }
  return passed;
}

async function finite(asked: Asked): Promise<Verdict> {
  for (const of of asked.small) {
    const { got, wrong } = await asked.answer(of);
    if (wrong !== undefined) return wrong;
    const problem = notFinite(got);
    if (problem !== undefined) return { status: 'fail', finding: asked.finding(of, problem, got) };
  }
  return passed;
}

const one = (asked: Asked): Promise<Verdict> => values(asked, asked.small);
const large = (asked: Asked): Promise<Verdict> => values(asked, asked.large);

async function values(asked: Asked, cases: readonly Case[]): Promise<Verdict> {
  for (const of of cases) {
    const { got, wrong } = await asked.answer(of);
    if (wrong !== undefined) return wrong;
    if (!agrees(got, of.expected, asked.tolerance)) return asked.off(of, got);
  }
  return passed;
}

/** Step after step, the submission from what it returned itself and the reference from its own. */
async function many(asked: Asked): Promise<Verdict> {
  const { exercise, tolerance } = asked;
  const { steps, next } = exercise.chain!;
  const start = exercise.draw(asked.rng.fork('chain'), 'small');
  const errors = new Map(exercise.returns.map((name) => [name, [] as number[]]));
  let [theirs, ours] = [start, start];
  for (let step = 1; step <= steps; step++) {
    const of = { given: theirs, expected: asked.case(ours).expected };
    const { got, wrong } = await asked.answer(of);
    if (wrong !== undefined) return wrong;
    for (const [name, list] of errors) list.push(worstOf({ [name]: got[name]! }, { [name]: of.expected[name]! }).error);
    if (!agrees(got, of.expected, tolerance)) {
      const strips = [...errors].map(([name, list]) => ({ name, errors: list }));
      const worst = worstOf(got, of.expected);
      return { status: 'fail', finding: { ...asked.finding(of, { code: 'drifts', step }, got), worst, strips } };
    }
    theirs = next(theirs, got, asked.rng.fork(`step ${step}`));
    ours = next(ours, of.expected, asked.rng.fork(`step ${step}`));
  }
  return passed;
}

/** Thrown inside a property when an answer cannot be used. */
class Unusable extends Error {
  readonly verdict: Verdict;
  constructor(verdict: Verdict) {
    super('unusable');
    this.verdict = verdict;
  }
}

async function propertyHolds(asked: Asked, { id, holds }: ByValues['properties'][number]): Promise<Verdict> {
  const ask: Ask = async (given) => {
    const of = asked.case(given);
    const { got, wrong } = await asked.answer(of);
    if (wrong !== undefined) throw new Unusable(wrong);
    const problem = notFinite(got);
    if (problem !== undefined) throw new Unusable({ status: 'fail', finding: asked.finding(of, problem, got) });
    return got;
  };
  try {
    const held = await holds(ask, asked.rng.fork(id));
    if (held.holds === true) return passed;
    const of = asked.case(held.given);
    const problem = { code: 'property', because: held.because } as const;
    return {
      status: 'fail',
      finding: { ...asked.finding(of, problem, held.got), worst: worstOf(held.got, of.expected) },
    };
  } catch (error) {
    if (error instanceof Unusable) return error.verdict;
    throw error;
  }
}

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
async function pure(asked: Asked): Promise<Verdict> {
  const { exercise, rng } = asked;
  const a = asked.case(exercise.draw(rng.fork('kept'), 'small'));
  const b = asked.case(ofSameSizes(a.given, exercise, rng));
  const kept = await pureSteps(asked, [{ question: asked.call(a.given, 'a'), of: a }]);
  if (kept.status !== 'pass') return kept;
  // Some write into what they are given only when there is something to change.
  for (const [i, of] of [a, ...asked.small].entries()) {
    const keep = i === 0 ? 'a' : `small ${i}`;
    if (i > 0) {
      const called = await pureSteps(asked, [{ question: asked.call(of.given, keep), of }]);
      if (called.status !== 'pass') return called;
    }
    const left = await asked.session.ask({ kind: 'given', keep });
    if (left.kind === 'ended') throw new Ended(left.trouble);
    if (left.kind === 'value' && !isAsGiven(left.value, of.given))
      return { status: 'fail', finding: asked.finding(of, { code: 'changed-arguments' }) };
  }
  return pureSteps(asked, [
    { question: asked.call(b.given, 'b'), of: b },
    { question: { kind: 'recall', keep: 'a' }, of: a, code: 'result-reused' },
    { question: asked.call(a.given), of: a, code: 'remembers' },
    { question: { kind: 'again', keep: 'a' }, of: a, code: 'changed-arguments' },
    // The first case of all, at the very end.
    { question: asked.call(asked.small[0]!.given), of: asked.small[0]!, code: 'remembers' },
  ]);
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

/** The error of each tensor; where it is a list of lists, of each of them, and else of each entry. */
function stripsOf(got: Answer, expected: Answer): NonNullable<Finding['strips']> {
  return Object.entries(expected).flatMap(([name, value]) => partsOf(name, got[name]!, value));
}

function partsOf(name: string, got: Value, expected: Value): { name: string; errors: number[] }[] {
  if (typeof expected === 'number') return [{ name, errors: [errorOf(got as number, expected)] }];
  if (Array.isArray(expected)) {
    const errors = expected.map((part, i) => worstOf({ '': (got as readonly Value[])[i]! }, { '': part }).error);
    return [{ name, errors }];
  }
  return Object.entries(expected).flatMap(([key, part]) =>
    partsOf(`${name}.${key}`, (got as { readonly [name: string]: Value })[key]!, part as Value),
  );
}
