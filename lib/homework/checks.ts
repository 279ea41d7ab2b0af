// The checks of an exercise as a graph: each says what it needs to pass first.

import { type Asked, type Case, passed, type Verdict } from './asked.ts';
import { agrees, notFinite, worstOf } from './difference.ts';
import type { Ask, ByValues } from './exercise.ts';
import { pure } from './purity.ts';

/** What a report says of a check. */
export interface Listed {
  readonly id: string;
  readonly says: string;
  /** Ids of checks that have to pass first. */
  readonly needs: readonly string[];
  /** Its share of the exercise's points; 0 where passing proves nothing, as the right shape does: zeros have it. */
  readonly weight: number;
}

export interface Check extends Listed {
  readonly run: (asked: Asked) => Promise<Verdict>;
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
const edges = (asked: Asked): Promise<Verdict> => values(asked, asked.edges);

async function values(asked: Asked, cases: readonly Case[]): Promise<Verdict> {
  for (const of of cases) {
    const { got, wrong } = await asked.answer(of);
    if (wrong !== undefined) return wrong;
    if (agrees(got, of.expected, asked.tolerance)) continue;
    const problem = notFinite(got);
    return problem === undefined ? asked.off(of, got) : { status: 'fail', finding: asked.finding(of, problem, got) };
  }
  return passed;
}

/** Step after step, the submission from what it returned itself and the reference from its own. */
async function many(asked: Asked): Promise<Verdict> {
  const { exercise, tolerance } = asked;
  const { steps, unit, next } = exercise.chain!;
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
      const problem = { code: 'drifts', step, ...(unit === undefined ? {} : { unit }) } as const;
      return { status: 'fail', finding: { ...asked.finding(of, problem, got), worst, strips } };
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
