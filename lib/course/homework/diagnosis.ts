// Which known mistake gives exactly these numbers.

import type { Answer, ByValues } from './exercise.ts';
import type { Diagnosis } from './report.ts';
import type { Value } from './value.ts';

/** Names the mistake whose answers these are; nothing when none is known to give them. */
export function diagnose(
  _exercise: ByValues,
  _cases: readonly { readonly given: readonly Value[]; readonly got: Answer }[],
): Diagnosis {
  return {};
}
