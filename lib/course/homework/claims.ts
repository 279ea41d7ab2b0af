// A hand-in that is graded by what it learns: equations only, trained here, seed by seed.

import { basename } from 'node:path';
import { readProgram } from '../../equations/read.ts';
import type { Listed, Verdict } from './checks.ts';
import { equationsRuntime, syntaxTrouble } from './equations-session.ts';
import type { ByClaims } from './exercise.ts';
import { takeIn } from './sandbox/intake.ts';
import type { Trouble } from './session.ts';

/** The one check of such an exercise, as the report lists it. */
export const claimCheck = ({ says }: ByClaims): Listed => ({ id: 'claim', says, needs: [], weight: 1 });

/** Trains what the file holds on every seed of the exercise, and counts. */
export function checkClaim(exercise: ByClaims, file: string) {
  const said = { prints: '', printsCut: false, runtime: equationsRuntime };
  const ended = (trouble: Trouble) => ({ outcomes: new Map<string, Verdict>(), trouble, said });
  const taken = takeIn(file);
  if (taken.trouble !== undefined) return ended(taken.trouble);
  const { program, errors } = readProgram(taken.text, basename(file));
  if (errors !== undefined) return ended(syntaxTrouble(errors[0]!));
  const measured = Array.from({ length: exercise.seeds }, (_, k) => exercise.attempt(program, k + 1));
  const reached = measured.filter((attempt) => attempt.reached).length;
  const problem = {
    code: 'claim',
    measured: measured.map((attempt) => attempt.measured),
    reached,
    needed: exercise.needed,
  } as const;
  const verdict: Verdict = reached >= exercise.needed ? { status: 'pass' } : { status: 'fail', finding: { problem } };
  return { outcomes: new Map([['claim', verdict]]), said };
}
