// A hand-in that is graded by what it learns: equations only, trained here, seed by seed.

import { basename } from 'node:path';
import type { Program } from '../equations/program.ts';
import { readProgram } from '../equations/read.ts';
import type { Verdict } from './asked.ts';
import type { Listed } from './checks.ts';
import { isStarter } from './clues.ts';
import { equationsRuntime, syntaxTrouble } from './equations-session.ts';
import type { ByClaims } from './exercise.ts';
import { Misfit } from './run-program.ts';
import type { Trouble } from './session.ts';

/** The one check of such an exercise, as the report lists it. */
export const claimCheck = ({ says }: ByClaims): Listed => ({ id: 'claim', says, needs: [], weight: 1 });

/** Trains what the file holds, which is `text`, on every seed of the exercise, and counts. */
export function checkClaim(exercise: ByClaims, file: string, text: string) {
  const said = { prints: '', printsCut: false, runtime: equationsRuntime };
  const ended = (trouble: Trouble) => ({ outcomes: new Map<string, Verdict>(), trouble, said });
  const { program, errors } = readProgram(text, basename(file));
  if (errors !== undefined) return ended(syntaxTrouble(errors[0]!));
  const judged = (verdict: Verdict) => ({ outcomes: new Map([['claim', verdict]]), said });
  try {
    const verdict = verdictOf(exercise, program);
    if (verdict.status === 'pass' || !isStarter(exercise.id, 'cell', text)) return judged(verdict);
    return judged({ ...verdict, finding: { ...verdict.finding!, clue: { code: 'untouched' } } });
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return judged({ status: 'fail', finding: { problem: { code: 'property', because: error.message } } });
  }
}

function verdictOf(exercise: ByClaims, program: Program): Verdict {
  const { seeds, needed } = exercise;
  const attempts: ReturnType<ByClaims['attempt']>[] = [];
  let reached = 0;
  // Until it is decided: a cell that takes long is not trained for nothing.
  for (let seed = 1; seed <= seeds && reached < needed && reached + seeds - attempts.length >= needed; seed++) {
    const attempt = exercise.attempt(program, seed);
    attempts.push(attempt);
    if (attempt.reached) reached++;
  }
  if (reached >= needed) return { status: 'pass' };
  const measured = attempts.map((attempt) => attempt.measured);
  return { status: 'fail', finding: { problem: { code: 'claim', measured, reached, needed: exercise.needed } } };
}
