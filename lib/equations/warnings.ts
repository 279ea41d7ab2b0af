// Legal, and most likely not meant.

import { type Assignment, type Roles, suffix } from './infer.ts';
import { previousByHabit } from './likely.ts';
import { nearest } from './nearest.ts';
import { functionNames } from './ops.ts';

/** No text by hand has more parameters; looking through thousands would take seconds. */
const mostLookedAt = 100;
const otherInputs = new Set(['X', 'x_t', 'xt', 'X_t', 'input', 'inputs']);

/** A sentence for everything that looks like a slip. */
export function warningsOf(equations: readonly Assignment[], { parameters, readsInput }: Roles): string[] {
  const assigned = equations.map(({ name }) => name);
  const likely = [...assigned.map((name) => name + suffix), ...assigned.filter((n) => n.length > 3), ...functionNames];
  const known = new Set(assigned);
  const warnings: string[] = [];
  for (const parameter of parameters.slice(0, mostLookedAt)) {
    const near = parameter.length > 4 ? nearest(parameter, likely) : undefined;
    const meant = !readsInput && otherInputs.has(parameter) ? 'x' : (previousByHabit(parameter, known) ?? near);
    if (meant !== undefined)
      warnings.push(`\`${parameter}\` is read as a parameter. If it was meant to be \`${meant}\`, mend the spelling.`);
  }
  for (const name of assigned) {
    const state = name.slice(0, -suffix.length);
    // A derived pass assigns d_h_prev, which goes back to the step before.
    if (name.endsWith(suffix) && known.has(state) && !name.startsWith('d'))
      warnings.push(`\`${name}\` is assigned and never read, so it carries nothing to the next step.`);
  }
  return warnings;
}
