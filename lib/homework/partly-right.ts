// Programs that are right for most calls: they clip, round, flush to zero, stop after some steps, work for some sizes only, or only for the
// first calls. Each is the reference with something done before or after it, so all exercises share one list. No check may let one pass.

import { apply, type Expression, number } from '../equations/expression.ts';
import type { Program } from '../equations/program.ts';
import { column, norm } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { kindsIn } from './conventions.ts';
import type { ByValues } from './exercise.ts';
import { combined, scaled, zerosLike } from './exercise-kit/values.ts';
import { type Answer, entries, type Value } from './value.ts';

/** Answers calls; may count them. */
export type AnswerFunction = (given: readonly Value[]) => Answer;

interface PartlyRight {
  /** `outputs clipped at 5` */
  readonly id: string;
  /** One run of it, which knows nothing of others. `right` is the reference. */
  readonly start: (exercise: ByValues, right: AnswerFunction) => AnswerFunction;
}

/** The programs that are wrong for some call of this exercise. */
export const partlyRightFor = (exercise: ByValues): readonly PartlyRight[] =>
  families.flatMap(({ notFor = [], where = () => true, programs }) =>
    notFor.includes(exercise.id) || !where(exercise) ? [] : programs,
  );

/** Where a family makes no difference it is left out; for a reason of the mathematics, never because no call happens to show it. */
interface Family {
  readonly notFor?: readonly string[];
  readonly where?: (exercise: ByValues) => boolean;
  readonly programs: readonly PartlyRight[];
}

const numbersOf = (value: Value): number[] => [...entries(value, '')].map((entry) => entry.value);
const each = (f: (v: number) => number, answer: Answer): Answer => combined((v) => f(v!), answer) as Answer;
const clipped = (most: number) => (v: number) => Math.max(-most, Math.min(most, v));

const after = (id: string, change: (answer: Answer) => Answer): PartlyRight => ({
  id,
  start: (_, right) => (given) => change(right(given)),
});
const outputs = (id: string, change: (v: number) => number) => after(`outputs ${id}`, (answer) => each(change, answer));

/** Strings and whole arguments that are one number (a count, a bound) are left as they are. */
const before = (id: string, change: (value: Value) => Value): PartlyRight => ({
  id,
  start: (_, right) => (given) => right(given.map((value) => (typeof value === 'object' ? change(value) : value))),
});
const inputs = (id: string, change: (v: number) => number) =>
  before(`inputs ${id}`, (value) => combined((v) => change(v!), value));

/** Answers zeros to some calls. */
const zerosWhere = (id: string, isSo: (given: readonly Value[]) => boolean): PartlyRight => ({
  id: `zeros for ${id}`,
  start: (_, right) => (given) => (isSo(given) ? zerosLike(right(given)) : right(given)),
});

/** Right for the first `count` calls only. */
const firstCalls = (count: number): PartlyRight => ({
  id: `right for ${count} calls`,
  start: (_, right) => {
    let calls = 0;
    return (given) => (calls++ < count ? right(given) : each((v) => v + 1, right(given)));
  },
});

type Squashing = 'sigmoid' | 'tanh' | 'softmax' | 'exp';

/** The reference with a function of its equations that takes nothing beyond `most`: clip(a) = relu(a + most) − relu(a − most) − most. */
const squashed = (op: Squashing, most: number): PartlyRight => ({
  id: `${op} of what is clipped at ${most}`,
  start: (exercise) => {
    const program = clippedIn(exercise.reference(), op, most);
    return (given) => exercise.answer(program, given);
  },
});

function clippedIn(program: Program, op: Squashing, most: number): Program {
  const inside = (e: Expression): Expression => {
    if (e.kind !== 'apply') return e;
    const args = e.args.map(inside);
    const [a] = args as [Expression];
    if (e.op !== op) return apply(e.op, ...args);
    const above = apply('relu', apply('subtract', a, number(most)));
    const within = apply('subtract', apply('relu', apply('add', a, number(most))), above);
    return apply(op, apply('subtract', within, number(most)));
  };
  return { ...program, equations: program.equations.map((one) => ({ ...one, value: inside(one.value) })) };
}

function rescaled<Of extends Value>(value: Of, most: number): Of {
  const length = norm(column(numbersOf(value)));
  return length > most ? scaled(most / length, value) : value;
}

/** Lists in a value, itself among them. */
function listsIn(value: Value): (readonly Value[])[] {
  if (typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(listsIn);
  return Array.isArray(value) ? [value, ...inner] : inner;
}
const zerosWhereList = (id: string, isSo: (list: readonly Value[]) => boolean): PartlyRight =>
  zerosWhere(id, (given) => given.some((value) => listsIn(value).some(isSo)));
const isMatrix = (list: readonly Value[]): list is readonly (readonly Value[])[] => Array.isArray(list[0]);
const zerosWhereAny = (id: string, isSo: (numbers: readonly number[]) => boolean): PartlyRight =>
  zerosWhere(id, (given) => given.some((value) => typeof value === 'object' && isSo(numbersOf(value))));

/** Rows of a sequence beyond the first `count` are not read. */
const rowsUpTo = (count: number) => {
  const cut = (value: Value): Value => {
    if (typeof value !== 'object') return value;
    if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, cut(v)]));
    return isMatrix(value) ? value.map((row, t) => (t < count ? row : zerosLike(row as Value))) : value;
  };
  return before(`stops after ${count} steps`, cut);
};

// Why an exercise is left out of a family: the state of a tanh network and a probability are within ±1; counts are whole and positive; numbers
// alone are no lists; a single step has no sequence; clip-gradients is held to 1e-6 only, as PyTorch adds that to a norm.
const within =
  (least: number, most: number) =>
  ({ range: [low, high] = [-Infinity, Infinity] }: ByValues) =>
    low >= least && high <= most;
const leavesOne = (exercise: ByValues): boolean => !within(-1, 1)(exercise);
const isSigned = (exercise: ByValues): boolean => !within(0, Infinity)(exercise);
const callOf = (exercise: ByValues): readonly Value[] => exercise.draw(random(1), 'small');
const hasLists = (exercise: ByValues): boolean => callOf(exercise).some((value) => typeof value === 'object');
/** A sequence, or a tensor of any length. */
const isOfAnyLength = (exercise: ByValues): boolean => {
  const given = callOf(exercise);
  const hasSequence = exercise.parameters.some((name, k) => kindsIn(name, given[k]!).includes('sequence'));
  return (
    hasSequence || exercise.edges(random(1)).some((call) => call.flatMap(listsIn).some(({ length }) => length > 30))
  );
};
const hasOp =
  (op: Squashing) =>
  (exercise: ByValues): boolean => {
    const isIn = (e: Expression): boolean => e.kind === 'apply' && (e.op === op || e.args.some(isIn));
    return exercise.reference().equations.some(({ value }) => isIn(value));
  };

const families: readonly Family[] = [
  {
    where: leavesOne,
    programs: [1, 5, 10, 100, 1000].flatMap((most) => [
      outputs(`clipped at ${most}`, clipped(most)),
      after(`outputs clipped by norm at ${most}`, (answer) => rescaled(answer, most)),
    ]),
  },
  { where: isSigned, programs: [outputs('not below 0', (v) => Math.max(0, v)), outputs('without sign', Math.abs)] },
  {
    notFor: ['unrolled-parameters', 'clip-gradients'],
    programs: [6, 8].map((digits) => outputs(`of ${digits} decimals`, (v) => Number(v.toFixed(digits)))),
  },
  {
    notFor: ['unrolled-parameters'],
    programs: [2, 3, 4, 5].map((digits) => outputs(`of ${digits} decimals`, (v) => Number(v.toFixed(digits)))),
  },
  { programs: [2, 3, 4, 6].map((digits) => outputs(`of ${digits} digits`, (v) => Number(v.toPrecision(digits)))) },
  { notFor: ['clip-gradients'], programs: [outputs('in single precision', Math.fround)] },
  {
    notFor: ['unrolled-parameters', 'clip-gradients'],
    programs: [1e-3, 1e-5, 1e-6].map((least) => outputs(`below ${least} are 0`, (v) => (Math.abs(v) < least ? 0 : v))),
  },
  {
    where: hasLists,
    programs: [
      inputs('not below 0', (v) => Math.max(0, v)),
      inputs('without sign', Math.abs),
      ...[1, 5, 20].map((most) => inputs(`clipped at ${most}`, clipped(most))),
      ...[1, 2].map((digits) => inputs(`of ${digits} decimals`, (v) => Number(v.toFixed(digits)))),
      before('inputs clipped by norm at 5', (value) => rescaled(value, 5)),
      zerosWhereAny('what has a zero', (numbers) => numbers.some((v) => v === 0)),
      zerosWhereAny('what is nowhere positive', (numbers) => numbers.every((v) => v <= 0)),
      zerosWhereList('a list of one', ({ length }) => length === 1),
      zerosWhereAny('equal numbers', (numbers) => numbers.length > 1 && new Set(numbers).size === 1),
      zerosWhereAny('what is large', (numbers) => numbers.some((v) => Math.abs(v) > 20)),
      zerosWhereAny('what is small', (numbers) => numbers.every((v) => Math.abs(v) < 1e-2)),
    ],
  },
  {
    notFor: ['clip-gradients'],
    where: hasLists,
    programs: [
      zerosWhereAny('what is all zeros', (numbers) => numbers.every((v) => v === 0)),
      zerosWhere('square matrices only', (given) => {
        const matrices = given.flatMap(listsIn).filter(isMatrix);
        return matrices.every((rows) => rows.length === rows[0]!.length);
      }),
    ],
  },
  {
    where: isOfAnyLength,
    programs: [
      ...[10, 20, 30].map(rowsUpTo),
      ...[10, 30].map((most) => zerosWhereList(`more than ${most} steps`, (list) => list.length > most)),
    ],
  },
  { notFor: ['truncated-bptt'], where: isOfAnyLength, programs: [rowsUpTo(50)] },
  { where: hasOp('sigmoid'), programs: [1, 5, 10, 15].map((most) => squashed('sigmoid', most)) },
  { where: hasOp('softmax'), programs: [10, 20, 50, 100, 300].map((most) => squashed('softmax', most)) },
  { where: hasOp('exp'), programs: [5, 10, 20].map((most) => squashed('exp', most)) },
  {
    where: hasOp('tanh'),
    programs: [1, 3, 5, 8].map((most) => squashed('tanh', most)),
  },
  {
    programs: [
      ...[1, 5, 10, 20, 30].map(firstCalls),
      {
        id: 'the first answer again',
        start: (_, right) => {
          let first: Answer | undefined;
          return (given) => (first ??= right(given));
        },
      },
      {
        id: 'another factor at each call',
        start: (_, right) => {
          let calls = 0;
          return (given) => each((v) => v * (1 + calls++ * 1e-6), right(given));
        },
      },
    ],
  },
];
