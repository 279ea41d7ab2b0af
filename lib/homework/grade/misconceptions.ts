// What went wrong in a class, and how often: each mistake that was told from the numbers by its name, everything else by its kind.

import type { Clue, Convention, Finding, KnownLine, Problem, Report } from '../check-report.ts';
import type { Trouble } from '../session.ts';
import { sizesOf } from '../wording/phrases.ts';
import { compareText, digest } from './hand-ins.ts';

export interface Misconception {
  /** `swap f i` for a mistake that was recognised, `wrong-shape` for a kind of problem. */
  readonly id: string;
  /** Set for a mistake, which is one of its equations; a kind of problem is counted over all exercises. */
  readonly exercise?: string;
  readonly says: string;
  /** How many pieces of work show it, each counted once. */
  readonly count: number;
  /** Whose: each once, in the order of the class. */
  readonly students: readonly string[];
}

type Kind = Problem['code'] | Exclude<Trouble['code'], 'internal'>;

/** Of many at once. What one of them did is worded where its own report is. */
const kinds: Readonly<Record<Kind, string>> = {
  'wrong-shape': 'what comes back has another shape',
  'not-a-number': 'what comes back is no number where there should be one',
  'not-finite': 'NaN or an infinity comes back',
  values: 'wrong numbers: unknown mistakes',
  drifts: 'right at the first steps only',
  property: 'the numbers are right here, but not what must hold everywhere',
  'changed-arguments': 'the arguments are changed in place',
  'result-reused': 'a later call writes into an earlier result',
  remembers: 'the same call gives another answer later',
  threw: 'raises an exception when called',
  promise: 'returns a promise',
  'cell-names': 'the equations use other names than the exercise',
  'not-in-equations': 'equations, where the exercise asks for more than a step',
  claim: 'does not learn what it should',
  syntax: 'does not parse',
  import: 'imports what is not there',
  load: 'raises an exception while it is loaded',
  'no-function': 'the function is not there under its name',
  exited: 'ends by itself',
  'never-settled': 'waits for a promise that never resolves',
  'too-slow': 'takes too long, as an endless loop does',
  memory: 'takes too much memory',
  prints: 'prints too much',
  'reply-size': 'returns too much',
  processes: 'starts too many processes',
  'file-size': 'writes too much into a file',
  'wrong-id': 'answers a question that was not asked',
  'second-reply': 'answers twice',
  malformed: 'writes into the channel of the answers',
  unasked: 'answers without being asked',
  'not-a-file': 'is not a file',
  'no-permission': 'cannot be read: no permission',
  'too-large': 'is too large',
  link: 'is a link',
  language: 'is in none of the languages',
  'only-equations': 'equations are wanted, and it is something else',
  'no-runtime': 'its language is not installed here',
};

/** What a clue tells of numbers, shapes and exceptions better than they do themselves. */
const clues: Readonly<Partial<Record<Clue['code'], string>>> = {
  order: 'takes the arguments in another order',
  word: 'does not handle one of the string arguments',
  part: 'reads a parameter that does not exist',
  remembers: kinds.remembers,
  'changed-arguments': kinds['changed-arguments'],
  rounded: 'the results are rounded',
  float32: 'computes in float32',
};

const lines: Readonly<Record<KnownLine, string>> = {
  'no-initial-value': 'calls reduce without an initial value',
  'for-each': 'uses forEach where map is needed',
  'arrow-braces': 'returns nothing from an arrow function with braces',
  'flat-transpose': 'transposes a flat vector: a dot product for an outer one',
};

interface Found {
  readonly id: string;
  readonly exercise?: string;
  readonly says: string;
}

/** `says` what is wrong, as in `wrong h`. */
interface Unexplained extends Found {
  /** Of the numbers that came back: the same for the same call and the same mistake, whatever the language. */
  readonly numbers: string;
}

export function misconceptions(
  graded: readonly { readonly student: string; readonly exercise: string; readonly report: Report }[],
): Misconception[] {
  const all = graded.map(({ student, exercise, report }) => ({ student, found: foundIn(exercise, report) }));
  const grouped = groupsOf(all.flatMap(({ found }) => found.filter(isUnexplained)));
  const counted = new Map<string, Found & { count: number; students: string[] }>();
  for (const { student, found } of all) {
    for (const one of found.map((one) => (isUnexplained(one) ? grouped(one) : one))) {
      const key = keyOf(one);
      const so = counted.get(key) ?? { ...one, count: 0, students: [] };
      so.count++;
      if (so.students.at(-1) !== student) so.students.push(student);
      counted.set(key, so);
    }
  }
  return [...counted.values()].sort((a, b) => b.count - a.count || compareText(keyOf(a), keyOf(b)));
}

const keyOf = ({ id, exercise }: Found): string => `${id}\n${exercise ?? ''}`;
const isUnexplained = (found: Found | Unexplained): found is Unexplained => 'numbers' in found;

/** Equal wrong answers are one mistake, even an unknown one: one row each, numbered where their labels would be equal. */
function groupsOf(unexplained: readonly Unexplained[]): (one: Unexplained) => Found {
  const counts = new Map<string, number>();
  for (const { numbers } of unexplained) counts.set(numbers, (counts.get(numbers) ?? 0) + 1);
  const labels = new Map<string, string>();
  const shared = unexplained.filter(({ numbers }) => counts.get(numbers)! > 1);
  for (const like of new Set(shared.map(labelOf))) {
    const group = [...new Set(shared.filter((one) => labelOf(one) === like).map(({ numbers }) => numbers))];
    group.sort((a, b) => counts.get(b)! - counts.get(a)! || compareText(a, b));
    for (const [i, numbers] of group.entries()) labels.set(numbers, group.length === 1 ? '' : ` (group ${i + 1})`);
  }
  return ({ id, exercise, says, numbers }) => {
    const label = labels.get(numbers);
    const known = { ...(exercise !== undefined && { exercise }) };
    return label === undefined
      ? { id, ...known, says: `${says}: unknown mistakes` }
      : { id: numbers, ...known, says: `${says}: the same unknown mistake${label}` };
  };
}

const labelOf = ({ exercise, says }: Unexplained): string => `${exercise}\n${says}`;

/** Each once. Numbers that nothing explains are passed over beside numbers that something does. */
function foundIn(exercise: string, { checks, trouble }: Report): (Found | Unexplained)[] {
  const findings = checks.flatMap(({ id, finding }) => (finding === undefined ? [] : [{ ...finding, check: id }]));
  if (findings.some(({ clue }) => clue?.code === 'untouched')) return [{ id: 'untouched', says: 'unmodified starter' }];
  const named = findings.flatMap((finding) => namedIn(exercise, finding) ?? []);
  const others = findings.filter((finding) => namedIn(exercise, finding) === undefined);
  const isNumbers = ({ problem: { code } }: Finding): boolean => code === 'values' || code === 'drifts';
  const [numbers] = named.length > 0 ? [] : others.filter(isNumbers);
  const found: Found[] = [
    ...named,
    ...(numbers === undefined ? [] : [unexplained(exercise, numbers)]),
    ...others.filter((one) => !isNumbers(one)).map(({ problem: { code } }) => ({ id: code, says: kinds[code] })),
  ];
  if (trouble?.code === 'too-slow' && trouble.waits)
    found.push({ id: 'waits', says: 'takes too long without computing: it waits for something' });
  else if (trouble !== undefined && trouble.code !== 'internal')
    found.push({ id: trouble.code, says: kinds[trouble.code] });
  return [...new Map(found.map((one) => [keyOf(one), one])).values()];
}

function namedIn(exercise: string, { diagnosis, clue, problem }: Finding): Found | undefined {
  if (diagnosis?.mistake !== undefined) return { id: diagnosis.mistake.id, exercise, says: diagnosis.mistake.says };
  if (clue?.code === 'convention') return conventionFound(clue);
  if (clue?.code === 'line') return { id: `line ${clue.id}`, says: lines[clue.id] };
  const says = clue === undefined ? undefined : clues[clue.code];
  if (says !== undefined) return { id: clue!.code, says };
  return problem.code === 'wrong-shape' ? shapeFound(problem) : undefined;
}

/** What it takes to be right, of all that differs from the exercise. */
function conventionFound({ order, transposed, exchanged, vectors, time, returned }: Convention): Found {
  const parts = [
    order && 'another order of arguments',
    transposed && 'x W for W x',
    exchanged && 'W for the input and U for the state',
    vectors && `vectors as ${vectors}`,
    time && 'sequences with other axes',
    returned && 'extra values returned, such as a cache',
  ].filter((part) => part !== undefined);
  return { id: `convention ${parts.join()}`, says: `right by another convention: ${parts.join(', ')}` };
}

/** How a shape differs, over all exercises. */
function shapeFound({ path, expected, got, inside }: Extract<Problem, { code: 'wrong-shape' }>): Found {
  const found = (id: string, says: string): Found => ({ id: `wrong-shape ${id}`, says });
  const [want, have] = [sizesOf(expected), sizesOf(got)];
  if (got === 'nothing') return found('nothing', 'returns nothing, or a result is missing');
  if (want !== undefined && have !== undefined) return sizesFound(want, have, found);
  if (inside?.length === 1) return found('several', 'returns something besides the result, such as a cache');
  if (path === 'what came back') return found('count', 'returns the wrong number of results');
  if (/unlike things$|of unequal lengths$/.test(got))
    return found('several', 'returns something besides the result, such as a cache');
  if (/^a record /.test(got)) return found('record', 'returns a record with the wrong names');
  return { id: 'wrong-shape', says: kinds['wrong-shape'] };
}

function sizesFound(
  want: readonly number[],
  have: readonly number[],
  found: (id: string, says: string) => Found,
): Found {
  const long = (sizes: readonly number[]): string => sizes.filter((size) => size !== 1).join();
  if (have.length > want.length && long(have) === long(want))
    return have.at(-1) === 1 && want.at(-1) !== 1
      ? found('column', 'returns vectors as columns, (H, 1)')
      : found('row', 'returns vectors as rows, (1, H), or a batch of one');
  if (want.length === 2 && [...have].reverse().join() === want.join())
    return found('transposed', 'returns a matrix transposed');
  if (have.length > want.length) return found('deep', 'returns a matrix for a vector, or a list of several results');
  if (have.length < want.length) return found('flat', 'returns too few dimensions, such as a number for a vector');
  const more = have[0]! - want[0]!;
  if (have.slice(1).join() !== want.slice(1).join() || Math.abs(more) !== 1)
    return found('length', 'returns a vector or list of the wrong length');
  return more > 0 ? found('more', 'returns one entry too many') : found('fewer', 'returns one entry too few');
}

const mostNamed = 3;

/** Wrong numbers that no known mistake gives. */
function unexplained(
  exercise: string,
  { check, call, got = {}, worst, strips = [] }: Finding & { check: string },
): Unexplained {
  const off = strips.filter(({ errors }) => errors.some((error) => !(error <= tolerance))).map(({ name }) => name);
  const names = [...new Set(off.length === 0 ? [worst?.path.replace(/[.[].*/s, '') ?? 'numbers'] : off)];
  const says = `wrong ${names.slice(0, mostNamed).join(', ')}${names.length > mostNamed ? ' and others' : ''}`;
  const numbers = digest(JSON.stringify([exercise, check, call?.given, got], rounded));
  return { id: `values ${says}`, exercise, says, numbers: `values ${numbers.slice(0, 16)}` };
}

/** Relative to 1, as errors are. */
const tolerance = 1e-6;

/** To 7 digits: another order of the same sums is the same. −0 is 0, NaN a word. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value !== 'number'
    ? value
    : Number.isFinite(value)
      ? Number(Math.abs(value) < 1 ? value.toFixed(7) : value.toPrecision(7)) + 0
      : String(value);
