// What went wrong in a class, and how often: each mistake that was told from the numbers by its name, everything else by its kind.

import type { Problem, Report } from '../report.ts';
import type { Trouble } from '../session.ts';
import { compareText } from './walk.ts';

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
  values: 'other numbers, and no mistake that is known gives them',
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
  'too-large': 'is too large',
  link: 'is a link',
  language: 'is in none of the languages',
  'only-equations': 'equations are wanted, and it is something else',
  'no-runtime': 'its language is not installed here',
};

interface Found {
  readonly id: string;
  readonly exercise?: string;
  readonly says: string;
}

export function misconceptions(
  graded: readonly { readonly student: string; readonly exercise: string; readonly report: Report }[],
): Misconception[] {
  const counted = new Map<string, Found & { count: number; students: string[] }>();
  for (const { student, exercise, report } of graded) {
    for (const found of foundIn(exercise, report)) {
      const key = keyOf(found);
      const so = counted.get(key) ?? { ...found, count: 0, students: [] };
      so.count++;
      if (so.students.at(-1) !== student) so.students.push(student);
      counted.set(key, so);
    }
  }
  return [...counted.values()].sort((a, b) => b.count - a.count || compareText(keyOf(a), keyOf(b)));
}

const keyOf = ({ id, exercise }: Found): string => `${id}\n${exercise ?? ''}`;

/** Each once. Numbers that nothing explains are passed over beside numbers that something does. */
function foundIn(exercise: string, { checks, trouble }: Report): Found[] {
  const findings = checks.flatMap(({ finding }) => finding ?? []);
  const mistakes = findings
    .flatMap(({ diagnosis }) => diagnosis?.mistake ?? [])
    .map(({ id, says }): Found => ({ id, exercise, says }));
  const codes: Kind[] = findings
    .filter(({ diagnosis }) => diagnosis?.mistake === undefined)
    .map(({ problem }) => problem.code);
  const other = codes.filter((code) => mistakes.length === 0 || (code !== 'values' && code !== 'drifts'));
  if (trouble !== undefined && trouble.code !== 'internal') other.push(trouble.code);
  const all = [...mistakes, ...other.map((id): Found => ({ id, says: kinds[id] }))];
  return [...new Map(all.map((found) => [keyOf(found), found])).values()];
}
