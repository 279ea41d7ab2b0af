// What is asked of one submission: its cases, and the answers so far. What was asked once is not asked again: shape, finite and values
// look at the same answers.

import type { Random } from '../numbers/random.ts';
import type { Finding, Problem, Status } from './check-report.ts';
import type { ByValues } from './exercise.ts';
import type { Reply, Session, Trouble } from './session.ts';
import { type Answer, errorOf, readAnswer, type Value, worstOf } from './value.ts';

export type CheckVerdict =
  | { readonly status: 'pass' }
  | { readonly status: Exclude<Status, 'pass' | 'internal' | 'refused'>; readonly finding?: Finding };

export const passed: CheckVerdict = { status: 'pass' };

/** One call that was made or will be. */
export interface Case {
  readonly given: readonly Value[];
  readonly expected: Answer;
}

/** An answer in the expected shape, or what is wrong with it. */
type Read =
  | { readonly got: Answer; readonly wrong?: undefined }
  | { readonly wrong: CheckVerdict; readonly got?: undefined };

const smallCases = 5;
const largeCases = 3;

/** The cases of one stream of random numbers; whoever is asked, they are the same. */
interface Cases {
  readonly small: readonly Case[];
  readonly large: readonly Case[];
  readonly edges: readonly Case[];
}

export function casesOf(exercise: ByValues, rng: Random): Cases {
  const drawn = (size: 'small' | 'large', count: number): Case[] =>
    Array.from({ length: count }, (_, i) => caseOf(exercise, exercise.draw(rng.fork(`${size} ${i}`), size)));
  return {
    small: drawn('small', smallCases),
    large: drawn('large', largeCases),
    edges: exercise.edges(rng.fork('edges')).map((given) => caseOf(exercise, given)),
  };
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
export class CheckSession {
  readonly exercise: ByValues;
  readonly tolerance: number;
  readonly rng: Random;
  readonly session: Session;
  readonly small: readonly Case[];
  readonly large: readonly Case[];
  readonly edges: readonly Case[];
  #calls = 0;
  readonly #replies = new Map<Case, Reply>();

  constructor(exercise: ByValues, tolerance: number, rng: Random, session: Session, cases = casesOf(exercise, rng)) {
    this.exercise = exercise;
    this.tolerance = tolerance;
    this.rng = rng;
    this.session = session;
    this.small = cases.small;
    this.large = cases.large;
    this.edges = cases.edges;
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

  /** Every call is kept under a name of its own: from none can be told that it is looked at once more. */
  call(given: readonly Value[]) {
    const keep = `call ${++this.#calls}`;
    return { kind: 'call', function: this.exercise.function, arguments: given, keep } as const;
  }

  read(of: Case, reply: Reply): Read {
    if (reply.kind === 'ended') throw new SessionEnded(reply.trouble);
    if (reply.kind === 'threw')
      return { wrong: { status: 'error', finding: this.finding(of, { code: 'threw', raised: reply.error }) } };
    if (reply.kind === 'promise') return { wrong: { status: 'error', finding: this.finding(of, { code: 'promise' }) } };
    if (reply.kind === 'not-kept') throw new Error('a reply to no call');
    const { value, misfit } = readAnswer(this.exercise.returns, of.expected, reply.value);
    return misfit === undefined ? { got: value } : { wrong: { status: 'fail', finding: this.finding(of, misfit) } };
  }

  finding({ given, expected }: Case, problem: Problem, got?: Answer): Finding {
    const call = { function: this.exercise.function, parameters: this.exercise.parameters, given };
    return { problem, call, expected, ...(got === undefined ? {} : { got }) };
  }

  /** What values that are too far off look like. */
  off(of: Case, got: Answer): CheckVerdict {
    const worst = worstOf(got, of.expected);
    const strips = stripsOf(got, of.expected);
    return { status: 'fail', finding: { ...this.finding(of, { code: 'values' }, got), worst, strips } };
  }
}

/** Thrown when the submission will not answer any more. */
export class SessionEnded extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.code);
    this.trouble = trouble;
  }
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
