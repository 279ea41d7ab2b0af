// Do the exercises hold? The author's question: every starter fails, every solution passes, every known mistake is found on every seed,
// the reference never is, and no file lies about unlisted.

import { claim } from '../experiments/kit/claim.ts';
import type { Seeded, Watch } from '../experiments/kit/seeds.ts';
import { left, right } from '../experiments/table-columns.ts';
import { counted } from '../numbers/counted.ts';
import { random } from '../numbers/random.ts';
import type { Result } from '../render/result.ts';
import { checkSubmission, type Homework } from './check.ts';
import { CheckSession, casesOf } from './check-session.ts';
import { checksOf } from './checks.ts';
import { answering } from './equations-session.ts';
import { exerciseFiles, fileOf } from './exercise-text.ts';
import { languageOf } from './language.ts';
import { answerOf, mistakeId, mistakesOf } from './mistakes.ts';
import { type AnswerFunction, partlyRightFor } from './partly-right.ts';
import { Misfit } from './run-program.ts';
import type { Sandbox } from './session.ts';
import { agrees, type Value } from './value.ts';

interface VerifyOptions {
  readonly homework: readonly Homework[];
  readonly seed: number;
  readonly seeds: number;
  /** Opens a sandbox for the files; it is closed again. */
  readonly sandbox: () => Promise<Sandbox>;
}

/** What one seed found wrong, exercise by exercise; the first one has run the files as well. */
interface Found {
  readonly exercises: readonly FoundOf[];
}

interface FoundOf {
  readonly mistakes: number;
  /** Mistakes that passed. */
  readonly accepted: readonly string[];
  /** Programs that are right for most calls, and those of them that passed. */
  readonly partly: number;
  readonly partlyAccepted: readonly string[];
  /** The check at which the reference itself failed. */
  readonly rejected?: string;
  readonly files?: readonly FileFound[];
  /** What the exercise should have but does not. */
  readonly missing?: readonly string[];
}

interface FileFound {
  readonly file: string;
  readonly kind: 'starter' | 'solution' | 'page' | 'unlisted';
  readonly status: string;
}

/** Programs that are right for most calls take as long as everything else together, so only one seed in this many runs them. */
const partlyEvery = 10;

/** The exercises over seeds, as an experiment. */
export function verify(options: VerifyOptions): Seeded<Found> {
  return {
    seeds: options.seeds,
    run: async (k, watch) => {
      const sandbox = k === 0 ? await options.sandbox() : undefined;
      try {
        const exercises: FoundOf[] = [];
        for (const [i, homework] of options.homework.entries()) {
          if (watch.stopped()) return undefined;
          const files =
            sandbox === undefined
              ? {}
              : { files: await filesOf(homework, sandbox, options.seed), missing: missingOf(homework) };
          const withPartly = k % partlyEvery === 0;
          exercises.push({ ...(await verifySeed(homework, options.seed + k, watch, withPartly)), ...files });
          await watch.tick(i + 1, options.homework.length, { count: homework.exercise.id });
        }
        return { exercises };
      } finally {
        await sandbox?.close();
      }
    },
    result: (found) => resultOf(options, found),
  };
}

const fileKinds: readonly (readonly [RegExp, FileFound['kind']])[] = [
  [/^(exercise\.md|mistakes\.txt|reference\.cell)$/, 'page'],
  [/^starter\.(js|ts|py|cell)$/, 'starter'],
  [/^(solution(-numpy)?\.(js|ts|py|cell)|program\.(awk|c))$/, 'solution'],
];

async function filesOf(homework: Homework, sandbox: Sandbox, seed: number): Promise<FileFound[]> {
  const found: FileFound[] = [];
  for (const file of exerciseFiles(homework.exercise)) {
    const kind = fileKinds.find(([name]) => name.test(file))?.[1] ?? 'unlisted';
    // The C program has to be compiled first: a test does that.
    const language = file === 'program.awk' ? 'program' : languageOf(file);
    if (kind === 'page' || kind === 'unlisted' || language === undefined) {
      found.push({ file, kind, status: '' });
      continue;
    }
    const { status } = await checkSubmission(
      homework,
      { file: fileOf(homework.exercise, file), language },
      { seed, sandbox },
    );
    found.push({ file, kind, status });
  }
  return found;
}

/**
 * What is not there: a starter and a solution in each language that the exercise is offered in, one solution for NumPy, an example for each
 * call, and in it what the reference gives.
 */
export function missingOf({ exercise, text }: Homework, files = exerciseFiles(exercise)): string[] {
  const equations = exercise.kind === 'claims' || files.some((file) => file.endsWith('.cell')) ? ['.cell'] : [];
  const endings = exercise.kind === 'claims' ? equations : ['.js', '.ts', '.py', ...equations];
  const wanted = [
    ...endings.flatMap((ending) => [`starter${ending}`, `solution${ending}`]),
    ...(exercise.kind === 'claims' ? [] : ['solution-numpy.py']),
  ];
  const missing = wanted.filter((file) => !files.includes(file));
  if (exercise.kind === 'claims') return missing;
  const { parameters, returns } = exercise;
  if (text.examples.length === 0) return [...missing, 'an example of a call'];
  for (const example of text.examples) {
    const names = [...parameters, ...returns].filter((name) => !Object.hasOwn(example, name));
    missing.push(...names.map((name) => `\`${name}\` in an example`));
    if (names.length > 0) continue;
    const given = parameters.map((name) => example[name] as Value);
    const shown = Object.fromEntries(returns.map((name) => [name, example[name] as Value]));
    if (!agrees(shown, exercise.answer(exercise.reference(), given), shownTo))
      missing.push('the right numbers in an example');
  }
  return missing;
}

/** Examples have four decimals. */
const shownTo = 0.5e-4 + 1e-12;

/** Every mistake and the reference, asked what a submission is asked; and, where `withPartly`, what is right for most calls. */
export async function verifySeed(
  { exercise, text }: Homework,
  seed: number,
  watch: Pick<Watch, 'stopped'>,
  withPartly = true,
): Promise<FoundOf> {
  if (exercise.kind === 'claims') return { mistakes: 0, accepted: [], partly: 0, partlyAccepted: [] };
  const rng = random(seed).fork(exercise.id);
  const cases = casesOf(exercise, rng);
  const failedAt = async (answer: AnswerFunction): Promise<string | undefined> => {
    const questions = new CheckSession(exercise, text.tolerance, rng, answering(answer, exercise.returns), cases);
    for (const check of checksOf(exercise)) {
      const { status } = await check.run(questions);
      if (status !== 'pass') return check.id;
    }
    return undefined;
  };
  /** Numbers that are off already fail; only what gets them right is asked everything. */
  const isOff = (answer: AnswerFunction): boolean => {
    try {
      return [cases.small, cases.edges].some((some) =>
        some.some(({ given, expected }) => !agrees(answer(given), expected, text.tolerance)),
      );
    } catch (error) {
      if (error instanceof Misfit) return true;
      throw error;
    }
  };
  // What is asked of all of them is worked out once.
  const answers = new Map([...cases.small, ...cases.large, ...cases.edges].map((of) => [of.given, of]));
  const right: AnswerFunction = (given) => answers.get(given)?.expected ?? exercise.answer(exercise.reference(), given);
  const accepted: string[] = [];
  const mistakes = mistakesOf(exercise);
  for (const mistake of mistakes) {
    if (watch.stopped()) break;
    const answer = (given: readonly Value[]) => answerOf(exercise, mistake, given);
    if (!isOff(answer) && (await failedAt(answer)) === undefined) accepted.push(mistakeId(mistake));
  }
  const partlyAccepted: string[] = [];
  const partly = withPartly ? partlyRightFor(exercise) : [];
  for (const { id, start } of partly) {
    if (watch.stopped()) break;
    if (!isOff(start(exercise, right)) && (await failedAt(start(exercise, right))) === undefined)
      partlyAccepted.push(id);
  }
  const rejected = await failedAt(right);
  const found = { mistakes: mistakes.length, accepted, partly: partly.length, partlyAccepted };
  return { ...found, ...(rejected === undefined ? {} : { rejected }) };
}

function resultOf({ homework, seed, seeds }: VerifyOptions, found: readonly Found[]): Result {
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0);
  const of = homework.map(({ exercise, text }, i) => {
    const each = found.map((one) => one.exercises[i]!);
    const files = each.flatMap((one) => one.files ?? []);
    const ofKind = (kind: FileFound['kind']) => files.filter((file) => file.kind === kind);
    return {
      id: exercise.id,
      starters: ofKind('starter'),
      solutions: ofKind('solution').filter(({ status }) => status !== ''),
      unlisted: ofKind('unlisted'),
      mistakes: each[0]?.mistakes ?? 0,
      accepted: each.flatMap((one, k) => one.accepted.map((mistake) => `${mistake} (seed ${seed + k})`)),
      rejected: each.flatMap((one, k) => (one.rejected === undefined ? [] : [`seed ${seed + k}, at ${one.rejected}`])),
      partly: sum(each.map((one) => one.partly)),
      partlyAccepted: each.flatMap((one, k) => one.partlyAccepted.map((id) => `${id} (seed ${seed + k})`)),
      missing: each.flatMap((one) => one.missing ?? []),
      hints: text.hints.length,
    };
  });
  const passing = of.flatMap(({ id, starters }) => starters.filter(isPass).map(({ file }) => `${id}/${file}`));
  const failing = of.flatMap(({ id, solutions }) =>
    solutions.filter((one) => !isPass(one)).map(({ file, status }) => `${id}/${file}: ${status}`),
  );
  const wrong = [
    ...passing.map((file) => [file, 'a starter that passes']),
    ...failing.map((file) => [file, 'a solution that fails']),
    ...of.flatMap(({ id, accepted }) => accepted.map((mistake) => [`${id}: ${mistake}`, 'a mistake that passes'])),
    ...of.flatMap(({ id, partlyAccepted }) =>
      partlyAccepted.map((program) => [`${id}: ${program}`, 'a program that is only partly right passes']),
    ),
    ...of.flatMap(({ id, missing }) => missing.map((what) => [`${id}: ${what}`, 'is missing'])),
    ...of.flatMap(({ id, rejected }) => rejected.map((where) => [`${id}: ${where}`, 'the reference fails'])),
    ...of.flatMap(({ id, unlisted }) => unlisted.map(({ file }) => [`${id}/${file}`, 'a file that nothing lists'])),
  ];
  const inAll = (key: 'accepted' | 'partlyAccepted' | 'missing' | 'rejected' | 'unlisted'): number =>
    sum(of.map((one) => one[key].length));
  const counts = [
    ['starters', 'every starter fails: starters that pass', passing.length],
    ['solutions', 'every solution passes, in every language: solutions that fail', failing.length],
    ['complete', 'each has its starters, solutions and an example: what is missing', inAll('missing')],
    ['mistakes', 'every known mistake is found on every seed: that pass', inAll('accepted')],
    ['partly-right', 'every program that is right for most calls is found: that pass', inAll('partlyAccepted')],
    ['reference', 'the reference passes on every seed: seeds on which one fails', inAll('rejected')],
    ['files', 'every file is known: files that nothing lists', inAll('unlisted')],
  ] as const;
  return {
    unroll: 1,
    experiment: 'homework verify',
    question: 'Do the exercises hold?',
    options: { seeds, exercises: homework.map(({ exercise }) => exercise.id) },
    seed,
    figures: [
      {
        kind: 'table',
        title: `Over ${counted(found.length, 'seed')}`,
        columns: [
          ...left('exercise'),
          ...right('starters fail', 'solutions pass', 'mistakes found', 'partly right found', 'hints'),
        ],
        rows: of.map(({ id, starters, solutions, mistakes, accepted, partly, partlyAccepted, hints }) => [
          id,
          `${starters.filter((one) => !isPass(one)).length} of ${starters.length}`,
          `${solutions.filter(isPass).length} of ${solutions.length}`,
          `${mistakes * found.length - accepted.length} of ${mistakes * found.length}`,
          `${partly - partlyAccepted.length} of ${partly}`,
          hints,
        ]),
      },
      ...(wrong.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              title: 'What is wrong',
              columns: [...left('where', 'what')],
              rows: wrong,
            },
          ]),
    ],
    claims: counts.map(([id, says, count]) => claim(id, says, count, '=', 0)),
    notes: [
      `A mistake is one edit of the reference equations, or one of the slips beside them; ${counted(sum(of.map((one) => one.mistakes)), 'mistake')} in all, asked what a submission is asked.`,
      `A program that is right for most calls is the reference with a defect added: outputs are clipped or rounded, a size of 1 is not handled, a loop ends early. They run on one seed in ${partlyEvery}.`,
    ],
  };
}

const isPass = ({ status }: FileFound): boolean => status === 'pass';
