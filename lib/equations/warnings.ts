// Legal, and most likely not meant.

import { type Assignment, type Roles, suffix } from './infer.ts';
import { constantsElsewhere } from './likely.ts';
import { misspeltAmong } from './misspelt.ts';

const otherInputs = new Set(['X', 'x_t', 'xt', 'X_t', 'input', 'inputs']);

/** A sentence for everything that looks like a slip. `settled` are names with a declaration or an initialiser of their own. */
export function warningsOf(
  equations: readonly Assignment[],
  { parameters, readsInput }: Roles,
  settled: ReadonlySet<string>,
): string[] {
  const assigned = equations.map(({ name }) => name);
  const known = new Set(assigned);
  const inputs = readsInput ? [] : parameters.filter((name) => otherInputs.has(name));
  const slips = [
    ...inputs.map((name) => ({ name, instead: 'x' })),
    ...misspeltAmong(
      parameters.filter((name) => !inputs.includes(name)),
      assigned,
    ),
  ];
  const warnings = slips.map(
    ({ name, instead }) =>
      `\`${name}\` is read as a parameter. If it was meant to be \`${instead}\`, mend the spelling.`,
  );
  for (const name of parameters) {
    const number = constantsElsewhere.get(name);
    if (number !== undefined && !settled.has(name))
      warnings.push(`\`${name}\` is read as a learned parameter, not as a constant. For the number, write ${number}.`);
  }
  for (const name of assigned) {
    const state = name.slice(0, -suffix.length);
    // A derived pass assigns d_h_prev, which goes back to the step before.
    if (name.endsWith(suffix) && known.has(state) && !name.startsWith('d'))
      warnings.push(`\`${name}\` is assigned and never read, so it carries nothing to the next step.`);
  }
  return warnings;
}
