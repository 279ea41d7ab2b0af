// Which known mistake gives exactly these numbers. Every mistake answers the same calls; one is named only when all of its answers are
// what came back and no mistake that is another function answers the same. Better no name than a wrong one.

import { keyOf } from '../equations/expression.ts';
import { rebuildProgram } from '../equations/mutation/rebuild-program.ts';
import type { Equation, Program } from '../equations/program.ts';
import { ShapeOf } from '../equations/shape-of.ts';
import { sigmoid } from '../numbers/elementary.ts';
import { random } from '../numbers/random.ts';
import type { Diagnosis } from './check-report.ts';
import type { ByValues, Mistake } from './exercise.ts';
import { type AnsweredCall, answerOf, mistakeId, mistakesOf } from './mistakes.ts';
import { type Answer, agrees, answerEntries, entries, type Value } from './value.ts';

// Mistakes beyond the single ones: a known mistake in some of the results only, the right numbers cut, scaled or turned round, and two
// edits at once. Looked for where no single mistake gives the numbers.

type Named = NonNullable<Diagnosis['mistake']>;

/** The wrong results, each by what made it, if all of them are known. */
function compoundMistake(exercise: ByValues, cases: readonly AnsweredCall[]): Named | undefined {
  const right = cases.map(({ given }) => exercise.answer(exercise.reference(), given));
  return changed(exercise, cases, right) ?? inParts(exercise, cases, right) ?? twoAtOnce(exercise, cases);
}

type Tensors = ReadonlyMap<string, Value>;

/** The results by name, and of a record each of its parts: `d_p.W_f`. */
const tensorsOf = (answer: Answer): Tensors =>
  new Map(
    Object.entries(answer).flatMap(([name, value]): [string, Value][] =>
      typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(value).map(([part, inside]) => [`${name}.${part}`, inside])
        : [[name, value]],
    ),
  );

const isEqual = (a: Value | undefined, b: Value): boolean => a !== undefined && agrees({ a }, { a: b }, tolerance);

/** A change of right numbers: what it makes of a value; undefined where it does not apply. */
interface Change {
  readonly id: string;
  readonly says: string;
  readonly wrong: string;
  readonly right: string;
  readonly of: (value: Value, given: readonly Value[]) => Value | undefined;
}

const mapped = (value: Value, f: (v: number) => number): Value =>
  typeof value === 'number'
    ? f(value)
    : Array.isArray(value)
      ? value.map((entry) => mapped(entry, f))
      : Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, mapped(entry, f)]));

const isMatrix = (value: Value): value is readonly (readonly Value[])[] =>
  Array.isArray(value) && Array.isArray(value[0]);

const elementwise = (id: string, says: string, wrong: string, f: (v: number) => number): Change => ({
  id,
  says,
  wrong,
  right: 'v',
  of: (value) => mapped(value, f),
});

const changes: readonly Change[] = [
  elementwise('negative', 'have the opposite sign', '-v', (v) => -v),
  elementwise('doubled', 'are counted twice', '2 v', (v) => 2 * v),
  elementwise('halved', 'are halved', 'v / 2', (v) => v / 2),
  elementwise('complement', 'are subtracted from 1', '1 - v', (v) => 1 - v),
  elementwise('squashed', 'go through tanh once more', 'tanh(v)', Math.tanh),
  elementwise('sigmoid-of', 'go through sigmoid at the end', 'sigmoid(v)', sigmoid),
  elementwise('cut at 0', 'are clipped at 0, as by relu', 'max(0, v)', (v) => Math.max(0, v)),
  elementwise('absolute', 'are absolute values', '|v|', Math.abs),
  elementwise('squared', 'are squared', 'v²', (v) => v * v),
  {
    id: 'transposed',
    says: 'are transposed',
    wrong: "M'",
    right: 'M',
    of: (value) => (isMatrix(value) ? value[0]!.map((_, j) => value.map((row) => row[j]!)) : undefined),
  },
  {
    id: 'reversed',
    says: 'are in the opposite order',
    wrong: 'last, …, first',
    right: 'first, …, last',
    of: (value) => (Array.isArray(value) ? value.toReversed() : undefined),
  },
  {
    id: 'shifted',
    says: 'are shifted by one place, the last one first',
    wrong: 'last, first, …',
    right: 'first, …, last',
    of: (value) => (Array.isArray(value) ? [value.at(-1)!, ...value.slice(0, -1)] : undefined),
  },
  ...[1, 2, 5, 10, 100].map((most) =>
    elementwise(
      `clipped at ${most}`,
      `are clipped at ±${most}, as before an update: the exercise asks for the gradients themselves`,
      `max(-${most}, min(${most}, v))`,
      (v) => Math.max(-most, Math.min(most, v)),
    ),
  ),
];

/** A mean for a sum, over whatever a parameter is a list of. */
const byLength = (parameter: string, at: number): Change => ({
  id: `divided by the length of ${parameter}`,
  says: `are divided by the length of \`${parameter}\``,
  wrong: `v / len(${parameter})`,
  right: 'v',
  of: (value, given) => {
    const list = given[at];
    return Array.isArray(list) ? mapped(value, (v) => v / list.length) : undefined;
  },
});

/** The right numbers with one change, in all that is wrong. */
function changed(exercise: ByValues, cases: readonly AnsweredCall[], right: readonly Answer[]): Named | undefined {
  const all = cases.map(({ given, got }, i) => ({ given, got: tensorsOf(got), right: tensorsOf(right[i]!) }));
  // A case need not have every tensor: the names of some are drawn.
  const names = [...new Set(all.flatMap((one) => [...one.right.keys()]))];
  const everywhere = (name: string, changedTo: Change['of']): boolean =>
    all.every(({ got, right: expected, given }) => {
      const value = expected.has(name) ? changedTo(expected.get(name)!, given) : undefined;
      return !expected.has(name) || (value !== undefined && isEqual(got.get(name), value));
    });
  const wrong = names.filter((name) => !everywhere(name, (value) => value));
  const found = [...changes, ...exercise.parameters.map(byLength)].filter(({ of }) =>
    wrong.every((name) => everywhere(name, of)),
  );
  const [change] = found;
  if (wrong.length === 0 || change === undefined || !isTold(all, wrong)) return undefined;
  return {
    id: change.id,
    says: `the right values of ${namesOf(wrong)} ${change.says}`,
    wrong: [change.wrong],
    right: [change.right],
  };
}

/** More than one number, or a change could be chance. */
const isTold = (all: readonly { readonly right: Tensors }[], wrong: readonly string[]): boolean =>
  all.flatMap(({ right }) => wrong.flatMap((name) => (right.has(name) ? [...entries(right.get(name)!, '')] : [])))
    .length > 3;

const namesOf = (names: readonly string[]): string =>
  names.length < 5 ? names.map((name) => `\`${name}\``).join(', ') : `${names.length} results`;

/** Some of the results are right, and the others are those of one known mistake or two. */
function inParts(exercise: ByValues, cases: readonly AnsweredCall[], right: readonly Answer[]): Named | undefined {
  const got = cases.map((one) => tensorsOf(one.got));
  const expected = right.map(tensorsOf);
  const names = [...(expected[0]?.keys() ?? [])];
  if (expected.some((one) => names.some((name) => !one.has(name)))) return undefined;
  const wrong = names.filter((name) => !got.every((one, i) => isEqual(one.get(name), expected[i]!.get(name)!)));
  if (names.length < 2 || wrong.length === 0) return undefined;
  const left = new Set(wrong);
  const groups: { readonly mistake: Mistake; readonly names: readonly string[] }[] = [];
  const fits = plainFirst(exercise).flatMap((mistake) => {
    const explained = wrong.filter((name) => explains(exercise, mistake, cases, got, name));
    return explained.length === 0 ? [] : [{ mistake, names: explained }];
  });
  while (left.size > 0 && groups.length < 2) {
    const best = fits.toSorted((a, b) => count(b.names, left) - count(a.names, left))[0];
    if (best === undefined || count(best.names, left) === 0) break;
    groups.push({ mistake: best.mistake, names: best.names.filter((name) => left.has(name)) });
    for (const name of best.names) left.delete(name);
  }
  if (left.size > 0) return undefined;
  const words = groups.map(({ mistake }) => wordsOf(mistake));
  return {
    id: groups.map(({ mistake, names }) => `${mistakeId(mistake)} in ${names.join(' ')}`).join(', '),
    says: groups.map(({ names }, i) => `in ${namesOf(names)} alone ${words[i]!.says}`).join(', and '),
    wrong: words.flatMap((one) => one.wrong),
    right: words.flatMap((one) => one.right),
  };
}

const count = (names: readonly string[], among: ReadonlySet<string>): number =>
  names.filter((name) => among.has(name)).length;

const explains = (
  exercise: ByValues,
  mistake: Mistake,
  cases: readonly AnsweredCall[],
  got: readonly Tensors[],
  name: string,
): boolean =>
  cases.every(({ given }, i) => {
    const value = tensorsOf(answerOf(exercise, mistake, given)).get(name);
    return value !== undefined && isEqual(got[i]!.get(name), value);
  });

/** Two edits of different equations, of those that are made most; none where two others that share nothing with them answer the same. */
function twoAtOnce(exercise: ByValues, cases: readonly AnsweredCall[]): Named | undefined {
  const [named, ...others] = pairsOf(exercise).filter(({ program }) =>
    cases.every(({ given, got }) => agrees(exercise.answer(program, given), got, tolerance)),
  );
  if (named === undefined) return undefined;
  const { first, second } = named;
  const isShared = (mistake: Mistake): boolean => mistake === first || mistake === second;
  if (!others.every((other) => isShared(other.first) || isShared(other.second))) return undefined;
  const [one, other] = [wordsOf(first), wordsOf(second)];
  return {
    id: `${mistakeId(first)} and ${mistakeId(second)}`,
    says: `${one.says}, and ${other.says}`,
    wrong: [...one.wrong, ...other.wrong],
    right: [...one.right, ...other.right],
  };
}

interface Pair {
  readonly first: Mistake;
  readonly second: Mistake;
  readonly program: Program;
}

const known = new WeakMap<ByValues, readonly Pair[]>();
/** A step has no more equations; the pairs of a backward pass would be hundreds of thousands. */
const mostEquations = 6;
const classic =
  /^(?:swap [a-z] [a-z]|swap parameters|no function|sigmoid|tanh|complement |drop factor|drop [chn][\w.]* \d|drop \w+\.0 3|everywhere (?:no|tanh|sigmoid|drop|twice bias|transpose)|alone h|c_prev for|h_prev for|transpose)/;

/** The plain edits before the slips: where two come to the same in some of the results, or beside another, theirs is the name. */
const plainFirst = (exercise: ByValues): readonly Mistake[] =>
  mistakesOf(exercise).toSorted((a, b) => Number(a.kind === 'slip') - Number(b.kind === 'slip'));

function pairsOf(exercise: ByValues): readonly Pair[] {
  const ready = known.get(exercise);
  if (ready !== undefined) return ready;
  const reference = exercise.reference();
  const programs = plainFirst(exercise).flatMap((mistake) => {
    const program = mistake.kind === 'edit' ? mistake.mutant.program : mistake.slip.program?.();
    if (program === undefined || (mistake.kind === 'edit' && !classic.test(mistakeId(mistake)))) return [];
    const edits = editsOf(reference, program);
    return edits === undefined ? [] : [{ mistake, edits }];
  });
  const shapes = new ShapeOf(reference.shapes);
  const pairs =
    reference.equations.length > mostEquations
      ? []
      : programs.flatMap(({ mistake: first, edits }, i) =>
          programs.slice(i + 1).flatMap(({ mistake: second, edits: others }): Pair[] => {
            // Two that each change several equations come to something plainer more often than not.
            if (edits.size > 1 && others.size > 1) return [];
            if ([...edits.keys()].some((name) => others.has(name))) return [];
            const equations = reference.equations.map((one) => edits.get(one.name) ?? others.get(one.name) ?? one);
            const program = rebuildProgram(reference, equations, shapes);
            return program === undefined ? [] : [{ first, second, program }];
          }),
        );
  known.set(exercise, pairs);
  return pairs;
}

/** The equations that another program of the same names has otherwise; undefined where its names are others. */
function editsOf(reference: Program, program: Program): ReadonlyMap<string, Equation> | undefined {
  const names = ({ equations }: Program): string => equations.map(({ name }) => name).join();
  if (names(program) !== names(reference)) return undefined;
  const edited = program.equations.filter(({ value }, at) => keyOf(value) !== keyOf(reference.equations[at]!.value));
  return new Map(edited.map((equation) => [equation.name, equation]));
}

/** Rounding in another order moves numbers by less than this; another mistake by more. */
const tolerance = 1e-9;
/** Where several mistakes give what came back, so many more calls tell them apart. */
const moreCalls = 24;
/** Fewer wrong numbers than this could be another mistake's by chance. */
const fewestWrong = 2;

/** Names the mistake whose answers these are; nothing when none is known to give them, or more than one. */
export function diagnose(exercise: ByValues, cases: readonly AnsweredCall[]): Diagnosis {
  const wrong = wrongIn(exercise, cases);
  if (wrong < fewestWrong || isConstant(cases)) return {};
  const [first, ...others] = mistakesOf(exercise).filter((mistake) =>
    cases.every(({ given, got }) => agrees(answerOf(exercise, mistake, given), got, tolerance)),
  );
  if (first === undefined) {
    const compound = compoundMistake(exercise, cases);
    return compound === undefined ? {} : { mistake: compound };
  }
  if (!others.every((other) => isSame(exercise, first, other))) return {};
  return { mistake: { id: mistakeId(first), ...wordsOf(first) } };
}

/** Zeros, or ones, whatever is asked: many mistakes come to that, and most often nothing was computed. */
const isConstant = (cases: readonly AnsweredCall[]): boolean =>
  new Set(cases.flatMap(({ got }) => [...answerEntries(got)].map(({ value }) => value))).size === 1;

/** How many numbers are not the reference's. */
function wrongIn(exercise: ByValues, cases: readonly AnsweredCall[]): number {
  let count = 0;
  for (const { given, got } of cases) {
    const right = answerEntries(exercise.answer(exercise.reference(), given));
    for (const { value } of answerEntries(got)) {
      const expected = right.next().value;
      // Where there are more numbers than there should be, those are wrong, too.
      if (expected === undefined || !isNear(value, expected.value)) count++;
    }
  }
  return count;
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

/** Whether two mistakes answer alike whatever is asked, as far as many calls tell. */
function isSame(exercise: ByValues, a: Mistake, b: Mistake): boolean {
  const rng = random(1).fork('which mistake');
  return Array.from({ length: moreCalls }, (_, i) => i).every((i) => {
    const given = exercise.draw(rng.fork(`${i}`), i % 2 === 0 ? 'small' : 'large');
    return agrees(answerOf(exercise, b, given), answerOf(exercise, a, given), tolerance);
  });
}

function wordsOf(mistake: Mistake): Omit<NonNullable<Diagnosis['mistake']>, 'id'> {
  if (mistake.kind === 'slip') {
    const { says, wrong, right } = mistake.slip;
    return { says, wrong: [wrong], right: [right] };
  }
  const { says, before, after } = mistake.mutant;
  return { says, wrong: after, right: before };
}
