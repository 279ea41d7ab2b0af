// Grades the folder of a class: from what was typed to the exit code. 0 graded, 3 where a fault of ours kept something from being graded,
// 130 interrupted; what the students did does not show in it.

import { randomInt } from 'node:crypto';
import { InputError } from '../equations/input-error.ts';
import type { Report } from '../homework/check-report.ts';
import { type GradedClass, gradeClass } from '../homework/grade/grade-class.ts';
import { rollOf } from '../homework/grade/hand-ins.ts';
import { type Journal, openJournal } from '../homework/grade/journal.ts';
import { type Assigned, type ClassFacts, classReport, strongIsolation } from '../homework/reports/class-report.ts';
import type { Sandbox } from '../homework/session.ts';
import { counted } from '../numbers/counted.ts';
import { type GradeArguments, presentClass } from './grade-options.ts';
import { journalOf, largestSeed, type Plan, planOf } from './grade-plan.ts';
import { firstInterrupt, liveView } from './long-run.ts';
import { message } from './output.ts';

/** What grading needs from elsewhere. */
export interface Tools {
  /** The ids of all exercises there are. */
  readonly known: readonly string[];
  /** Reads these. */
  readonly assigned: (ids: readonly string[]) => Promise<readonly Assigned[]>;
  /** Only for exercises that have been read. */
  readonly check: (
    exercise: string,
    path: string,
    student: string,
    options: { readonly seed: number; readonly sandbox: Sandbox },
  ) => Promise<Report>;
  readonly openSandbox: () => Promise<Sandbox>;
  readonly close: () => Promise<void>;
  /** Of unroll. */
  readonly version: string;
}

/** Throws InputError for what is wrong with the command line, and below level 3 unless that is allowed. */
export async function gradeFolder(args: GradeArguments, tools: Tools): Promise<number> {
  const plan = planOf(args, tools.known);
  const assigned = await tools.assigned(plan.sorted.exercises);
  const sandbox = await tools.openSandbox();
  try {
    checkIsolation(sandbox, args.allowWeakIsolation === true);
    const journal = plan.out === undefined ? undefined : openJournal(journalOf(plan.out));
    try {
      const seed = plan.seed ?? journal?.seed ?? randomInt(largestSeed);
      journal?.begin(seed);
      const graded = await grading(args, plan, tools, { seed, sandbox, ...(journal && { journal }) });
      return await told(graded, args, plan, { seed, version: tools.version, exercises: assigned });
    } finally {
      journal?.close();
    }
  } finally {
    await sandbox.close();
    await tools.close();
  }
}

interface Means {
  readonly seed: number;
  readonly sandbox: Sandbox;
  readonly journal?: Journal;
}

/** Until all is graded, or the first Ctrl-C. */
async function grading(
  args: GradeArguments,
  { work, jobs }: Plan,
  { check, version }: Tools,
  { seed, sandbox, ...kept }: Means,
): Promise<GradedClass> {
  const { isolation, limits } = sandbox;
  const interrupt = firstInterrupt();
  const view = liveView(args);
  interrupt.signal.addEventListener('abort', () => {
    view.end();
    message('what has begun is finished; Ctrl-C again ends at once');
  });
  try {
    return await gradeClass(
      {
        folder: args.dir,
        work,
        jobs,
        check: (exercise, path, student) => check(exercise, path, student, { seed, sandbox }),
        given: { seed, version, node: process.version, level: isolation.level, limits: { ...limits } },
        ...kept,
      },
      {
        begun: ({ before, all }) => {
          if (args.quiet !== true) message(`${before} of ${all} were done already, and are taken from the journal`);
        },
        again: (count) => {
          if (args.quiet === true) return;
          view.end();
          message(`${counted(count, 'timeout')} had too little processor time: running again, one at a time`);
        },
        stopped: () => interrupt.signal.aborted,
        tick: ({ done, before, all }) =>
          interrupt.signal.aborted ||
          view.show({ share: (done - before) / (all - before), says: '', count: `${done} of ${all} graded` }),
      },
    );
  } finally {
    view.end();
    interrupt.release();
  }
}

/** Writes the report. Of a run that was interrupted only where nothing is kept: else the same command goes on. */
async function told(
  { graded, interrupted }: GradedClass,
  args: GradeArguments,
  { out, sorted, work, shard }: Plan,
  run: Pick<ClassFacts, 'seed' | 'version' | 'exercises'>,
): Promise<number> {
  const soFar = `interrupted after ${graded.length} of ${work.length}:`;
  if (interrupted && out !== undefined) {
    message(`${soFar} kept in ${journalOf(out)}. The same command goes on.`);
    return 130;
  }
  const facts: ClassFacts = {
    ...run,
    ...(shard && { shard }),
    ...(interrupted && { unfinished: work.length - graded.length }),
    roll: rollOf(sorted),
    students: sorted.students,
    graded,
    leftOut: sorted.leftOut,
  };
  const code = await presentClass(classReport(facts), args);
  if (!interrupted) return code;
  message(`${soFar} this is what there is. With --out FILE it is kept, and the same command goes on.`);
  return 130;
}

function checkIsolation({ isolation }: Sandbox, weak: boolean): void {
  if (isolation.level >= strongIsolation || weak) return;
  throw new InputError('--allow-weak-isolation', 'Submissions can forge their verdicts here: a class is not graded.', {
    expected: `isolation L${strongIsolation}, as measured`,
    got: `L${isolation.level}, ${isolation.says}`,
    fix: 'install bubblewrap, or add --allow-weak-isolation: every row is stamped',
  });
}
