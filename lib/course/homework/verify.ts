// Do the exercises hold? The author's question: every starter fails, every solution passes, every known mistake is found on every seed,
// the reference never is, and no file lies about unlisted.

import { claim } from '../../experiments/claim.ts';
import type { Result } from '../../experiments/result.ts';
import type { Seeded, Watch } from '../../experiments/seeds.ts';
import { counted } from '../../numbers/counted.ts';
import { random } from '../../numbers/random.ts';
import { Asked, casesOf } from './asked.ts';
import { checkSubmission, type Homework } from './check.ts';
import { checksOf } from './checks.ts';
import { agrees } from './difference.ts';
import { answering } from './equations-session.ts';
import type { Answer } from './exercise.ts';
import { exerciseFiles, fileOf } from './exercise-folder.ts';
import { answerOf, mistakeId, mistakesOf } from './mistakes.ts';
import { Misfit } from './run-program.ts';
import { languageOf } from './sandbox/intake.ts';
import type { Sandbox } from './sandbox.ts';
import type { Value } from './value.ts';

export interface VerifyOptions {
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
  /** The check at which the reference itself failed. */
  readonly rejected?: string;
  readonly files?: readonly FileFound[];
}

interface FileFound {
  readonly file: string;
  readonly kind: 'starter' | 'solution' | 'page' | 'unlisted';
  readonly status: string;
}

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
          const files = sandbox === undefined ? {} : { files: await filesOf(homework, sandbox, options.seed) };
          exercises.push({ ...(await verifySeed(homework, options.seed + k, watch)), ...files });
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
  [/^exercise\.md$/, 'page'],
  [/^starter\.(js|ts|py|cell)$/, 'starter'],
  [/^(solution(-numpy)?\.(js|ts|py|cell)|program\.(awk|c))$/, 'solution'],
];

async function filesOf(homework: Homework, sandbox: Sandbox, seed: number): Promise<FileFound[]> {
  const { id } = homework.exercise;
  const found: FileFound[] = [];
  for (const file of exerciseFiles(id)) {
    const kind = fileKinds.find(([name]) => name.test(file))?.[1] ?? 'unlisted';
    // The C program has to be compiled first: a test does that.
    const language = file === 'program.awk' ? 'program' : languageOf(file);
    if (kind === 'page' || kind === 'unlisted' || language === undefined) {
      found.push({ file, kind, status: '' });
      continue;
    }
    const { status } = await checkSubmission(homework, { file: fileOf(id, file), language }, { seed, sandbox });
    found.push({ file, kind, status });
  }
  return found;
}

/** Every mistake and the reference, asked what a submission is asked. */
export async function verifySeed(
  { exercise, text }: Homework,
  seed: number,
  watch: Pick<Watch, 'stopped'>,
): Promise<FoundOf> {
  if (exercise.kind === 'claims') return { mistakes: 0, accepted: [] };
  const rng = random(seed).fork(exercise.id);
  const cases = casesOf(exercise, rng);
  const failedAt = async (answer: (given: readonly Value[]) => Answer): Promise<string | undefined> => {
    const asked = new Asked(exercise, text.tolerance, rng, answering(answer, exercise.returns), cases);
    for (const check of checksOf(exercise)) {
      const { status } = await check.run(asked);
      if (status !== 'pass') return check.id;
    }
    return undefined;
  };
  /** Numbers that are off already fail; only what gets them right is asked everything. */
  const isOff = (answer: (given: readonly Value[]) => Answer): boolean => {
    try {
      return cases.small.some(({ given, expected }) => !agrees(answer(given), expected, text.tolerance));
    } catch (error) {
      if (error instanceof Misfit) return true;
      throw error;
    }
  };
  const accepted: string[] = [];
  const mistakes = mistakesOf(exercise);
  for (const mistake of mistakes) {
    if (watch.stopped()) break;
    const answer = (given: readonly Value[]) => answerOf(exercise, mistake, given);
    if (!isOff(answer) && (await failedAt(answer)) === undefined) accepted.push(mistakeId(mistake));
  }
  const rejected = await failedAt((given) => exercise.answer(exercise.reference(), given));
  return { mistakes: mistakes.length, accepted, ...(rejected === undefined ? {} : { rejected }) };
}

function resultOf({ homework, seed, seeds }: VerifyOptions, found: readonly Found[]): Result {
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
      hints: text.hints.length,
    };
  });
  const passing = of.flatMap(({ id, starters }) => starters.filter(isPass).map(({ file }) => `${id}/${file}`));
  const failing = of.flatMap(({ id, solutions }) =>
    solutions.filter((one) => !isPass(one)).map(({ file, status }) => `${id}/${file}: ${status}`),
  );
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0);
  const wrong = [
    ...passing.map((file) => [file, 'a starter that passes']),
    ...failing.map((file) => [file, 'a solution that fails']),
    ...of.flatMap(({ id, accepted }) => accepted.map((mistake) => [`${id}: ${mistake}`, 'a mistake that passes'])),
    ...of.flatMap(({ id, rejected }) => rejected.map((where) => [`${id}: ${where}`, 'the reference fails'])),
    ...of.flatMap(({ id, unlisted }) => unlisted.map(({ file }) => [`${id}/${file}`, 'a file that nothing lists'])),
  ];
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
          { title: 'exercise', align: 'left' },
          { title: 'starters fail', align: 'right' },
          { title: 'solutions pass', align: 'right' },
          { title: 'mistakes found', align: 'right' },
          { title: 'hints', align: 'right' },
        ],
        rows: of.map(({ id, starters, solutions, mistakes, accepted, hints }) => [
          id,
          `${starters.filter((one) => !isPass(one)).length} of ${starters.length}`,
          `${solutions.filter(isPass).length} of ${solutions.length}`,
          `${mistakes * found.length - accepted.length} of ${mistakes * found.length}`,
          hints,
        ]),
      },
      ...(wrong.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              title: 'What is wrong',
              columns: [
                { title: 'where', align: 'left' as const },
                { title: 'what', align: 'left' as const },
              ],
              rows: wrong,
            },
          ]),
    ],
    claims: [
      claim('starters', 'every starter fails: starters that pass', passing.length, '=', 0),
      claim('solutions', 'every solution passes, in every language: solutions that fail', failing.length, '=', 0),
      claim(
        'mistakes',
        'every known mistake is found on every seed: that pass',
        sum(of.map((one) => one.accepted.length)),
        '=',
        0,
      ),
      claim(
        'reference',
        'the reference passes on every seed: seeds on which one fails',
        sum(of.map((one) => one.rejected.length)),
        '=',
        0,
      ),
      claim(
        'files',
        'every file is known: files that nothing lists',
        sum(of.map((one) => one.unlisted.length)),
        '=',
        0,
      ),
    ],
    notes: [
      `A mistake is one edit of the reference equations, or one of the slips beside them; ${counted(sum(of.map((one) => one.mistakes)), 'mistake')} in all, asked what a submission is asked.`,
    ],
  };
}

const isPass = ({ status }: FileFound): boolean => status === 'pass';
