// Which programs are the same function: decided by running them on the same random numbers.

import { filled } from '../../numbers/matrix.ts';
import { type Random, random } from '../../numbers/random.ts';
import { type PlainGiven, PlainRuns } from '../evaluate.ts';
import { namesIn } from '../expression.ts';
import { type PlainValue, plain } from '../plain-math.ts';
import { givenNames, type Program, sizedShape } from '../program.ts';

/** Two numbers nearer than this, relative to max(1, size), are the same. */
const tolerance = 1e-9;
const draws = 6;

/**
 * The programs in classes: those of a class give the same numbers, to 1e-9, on six draws of what `reference` reads. Compared are the
 * states, the output, whatever nothing else reads, and `seen`. Those that are the reference's own function are in the first class, which may
 * be empty. Within a class and among the classes the order is the one given.
 */
export function classesOf<P extends Pick<Program, 'equations'>>(
  reference: Program,
  programs: readonly P[],
  seen: readonly string[] = [],
): P[][] {
  const looks = observed(reference, seen);
  const rng = random(1);
  const own: number[] = [];
  const rows: number[][] = programs.map(() => []);
  for (let draw = 0; draw < draws; draw++) {
    const runs = new PlainRuns(drawn(reference, rng.fork(`draw ${draw}`), draw % 2 === 1));
    const expected = numbersOf(runs.values(reference), looks);
    // Where the reference itself is no number (a root of something negative) nothing can be told.
    if (!expected.every(Number.isFinite)) continue;
    own.push(...expected);
    for (const [i, program] of programs.entries()) rows[i]!.push(...numbersOf(runs.values(program), looks));
  }
  const found = rows.map((numbers) => Float64Array.from(numbers));
  return grouped(Float64Array.from(own), found).map((members) => members.map((i) => programs[i]!));
}

/** Members by index: the first group is like `own`. */
function grouped(own: Float64Array, found: readonly Float64Array[]): number[][] {
  const groups: { readonly numbers: Float64Array; readonly members: number[] }[] = [{ numbers: own, members: [] }];
  // Only those that begin alike are compared: a coarse key, and its neighbour where it is near an edge.
  const byKey = new Map<number, number[]>([[keyOf(own), [0]]]);
  for (const [i, numbers] of found.entries()) {
    const key = keyOf(numbers);
    const near = [key - 1, key, key + 1].flatMap((k) => byKey.get(k) ?? []);
    const group = near.find((g) => isAlike(groups[g]!.numbers, numbers));
    if (group !== undefined) {
      groups[group]!.members.push(i);
      continue;
    }
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [groups.length]);
    else others.push(groups.length);
    groups.push({ numbers, members: [i] });
  }
  return groups.map(({ members }) => members);
}

/** What is no number counts as 0 here. */
function keyOf(numbers: Float64Array): number {
  let sum = 0;
  for (const [i, value] of numbers.entries()) if (Number.isFinite(value)) sum += value / (1 + i);
  return Math.floor(sum * 1e4);
}

function isAlike(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (!Object.is(x, y) && !(Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(x)))) return false;
  }
  return true;
}

function observed({ equations, states, output }: Program, seen: readonly string[]): readonly string[] {
  const read = new Set<string>();
  for (const { value } of equations) namesIn(value, read);
  return equations
    .map(({ name }) => name)
    .filter((name) => !read.has(name) || name === output || states.includes(name) || seen.includes(name));
}

function numbersOf(values: ReadonlyMap<string, PlainValue>, names: readonly string[]): number[] {
  return names.flatMap((name) => {
    const value = values.get(name)!;
    return typeof value === 'number' ? [value] : [...value.data];
  });
}

/** Every dimension of another size; every number between ±1.5, or, for what wants positive ones, between 0 and 3. */
function drawn(program: Program, rng: Random, positive: boolean): PlainGiven {
  const sizes = new Map<string, number>();
  for (const { rows, columns } of program.shapes.values())
    for (const side of [rows, columns])
      if (typeof side === 'string' && !sizes.has(side)) sizes.set(side, sizes.size + 2);
  return new Map(
    givenNames(program).map((name) => {
      const { rows, columns } = sizedShape(program, name, sizes);
      const entry = () => (positive ? 3 * rng.uniform() : 3 * rng.uniform() - 1.5);
      return [name, plain(filled(rows, columns, entry))];
    }),
  );
}
