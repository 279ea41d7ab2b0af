// Two Results as one, side by side: what can share a chart or a table does, and what cannot stands beside its like.

import { kindOf } from './figure.ts';
import type { Claim, Figure, Result } from './result.ts';

/** One of the two. */
interface Side {
  /** What tells it from the other: `lstm`, `--forget-bias 0`. */
  readonly name: string;
  readonly result: Result;
}

/** `options` hold those of both sides, as `a` and `b`; claims are named `a.` and `b.`. */
export function comparison(a: Side, b: Side): Result {
  const [first, second] = [a.result, b.result];
  const same = first.question === second.question;
  const { next } = first;
  return {
    unroll: 1,
    experiment: 'compare',
    question: same ? first.question : `${a.name}: ${first.question} ${b.name}: ${second.question}`,
    options: Object.fromEntries(
      [a, b].map(({ name, result: { experiment, seed, options } }, i) => [
        'ab'[i]!,
        { name, experiment, seed, options },
      ]),
    ),
    seed: first.seed,
    figures: figuresOf(a, b),
    claims: [...claimsOf(a, 'a'), ...claimsOf(b, 'b')],
    notes: [
      ...first.notes.map((note) => (second.notes.includes(note) ? note : told(note, a))),
      ...second.notes.filter((note) => !first.notes.includes(note)).map((note) => told(note, b)),
    ],
    next,
  };
}

/** Whose it is, unless it begins with that. */
const told = (says: string, { name }: Side): string => (says.startsWith(`${name} `) ? says : `${name}: ${says}`);

const claimsOf = (side: Side, id: string): Claim[] =>
  side.result.claims.map((claim) => ({ ...claim, id: `${id}.${claim.id}`, says: told(claim.says, side) }));

/** In the order of the first; what only the second has comes last. */
function figuresOf(a: Side, b: Side): Figure[] {
  const left = [...b.result.figures];
  const figures: Figure[] = [];
  for (const mine of a.result.figures) {
    const like = left.filter((other) => areAlike(mine, other));
    const other = like.find(({ title }) => title === mine.title) ?? like[0];
    if (other === undefined) figures.push(named(mine, a));
    else {
      left.splice(left.indexOf(other), 1);
      figures.push(...together(mine, other, a, b));
    }
  }
  return [...figures, ...left.map((figure) => named(figure, b))];
}

/** Whether two figures show the same kind of thing in the same way. */
const areAlike = (one: Figure, other: Figure): boolean =>
  one.kind === other.kind && (kindOf(one).isLike?.(one, other) ?? true);

function together(mine: Figure, other: Figure, a: Side, b: Side): Figure[] {
  const { merged, onOneScale } = kindOf(mine);
  const both = merged?.({ side: a.name, figure: mine }, { side: b.name, figure: other });
  if (both !== undefined) return [both];
  const [left, right] = onOneScale?.(mine, other) ?? [mine, other];
  return [named(left, a), { ...named(right, b), beside: true }];
}

const named = <F extends Figure>(figure: F, side: Side): F => ({
  ...figure,
  title: figure.title.startsWith(`${side.name}, `) ? figure.title : told(figure.title, side),
});
