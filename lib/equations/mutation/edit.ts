// An edit of a program: what becomes of one place, or of several at once.

import type { Expression } from '../expression.ts';
import type { Equation } from '../program.ts';

export interface Edit {
  readonly id: string;
  /** Behind "this is what comes out when": `W_h is transposed`. */
  readonly says: string;
  readonly changes: readonly Change[];
  /** The same slip elsewhere has the same key: all of them at once are a mistake of their own. */
  readonly everywhere?: { readonly key: string; readonly says: string } | undefined;
}

export interface Change {
  /** The equation's place in the program. */
  readonly at: number;
  /** Which argument of which argument, from the top of the equation. */
  readonly path: readonly number[];
  readonly to: Expression;
}

/** The equations with the changes made; those that none touches are the very same objects. Undefined when two changes overlap. */
export function applyEdits(equations: readonly Equation[], changes: readonly Change[]): Equation[] | undefined {
  for (const [i, a] of changes.entries())
    for (const b of changes.slice(i + 1))
      if (a.at === b.at && (isWithin(a.path, b.path) || isWithin(b.path, a.path))) return undefined;
  return equations.map((equation, at) => {
    const own = changes.filter((change) => change.at === at);
    return own.length === 0
      ? equation
      : { ...equation, value: own.reduce((value, { path, to }) => replaced(value, path, to), equation.value) };
  });
}

const isWithin = (inner: readonly number[], outer: readonly number[]): boolean =>
  outer.every((step, i) => inner[i] === step);

function replaced(expression: Expression, [step, ...rest]: readonly number[], to: Expression): Expression {
  if (step === undefined || expression.kind !== 'apply') return to;
  return { ...expression, args: expression.args.map((arg, i) => (i === step ? replaced(arg, rest, to) : arg)) };
}

/** One slip made everywhere (all biases left out, every sigmoid a tanh): for each key that several edits have, all of them at once. */
export function everywhereEdits(edits: readonly Edit[]): Edit[] {
  const groups = new Map<string, Edit[]>();
  for (const edit of edits)
    if (edit.everywhere !== undefined) {
      const group = groups.get(edit.everywhere.key);
      if (group === undefined) groups.set(edit.everywhere.key, [edit]);
      else group.push(edit);
    }
  return [...groups].flatMap(([key, group]) =>
    group.length < 2
      ? []
      : [
          {
            id: `everywhere ${key}`,
            says: group[0]!.everywhere!.says,
            changes: group.flatMap(({ changes }) => changes),
          },
        ],
  );
}
