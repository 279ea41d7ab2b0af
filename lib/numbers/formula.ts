// Formulas as people write them, `1 - a / b`, over names that the caller gives: mathjs's parser and a handful of its functions. Nothing
// that reads, imports or evaluates text is in it.

import {
  absDependencies,
  addDependencies,
  andDependencies,
  create,
  divideDependencies,
  equalDependencies,
  largerDependencies,
  largerEqDependencies,
  log10Dependencies,
  maxDependencies,
  minDependencies,
  multiplyDependencies,
  notDependencies,
  orDependencies,
  parseDependencies,
  powDependencies,
  roundDependencies,
  smallerDependencies,
  smallerEqDependencies,
  sqrtDependencies,
  subtractDependencies,
  unaryMinusDependencies,
} from 'mathjs';

const math = create({
  absDependencies,
  addDependencies,
  andDependencies,
  divideDependencies,
  equalDependencies,
  largerDependencies,
  largerEqDependencies,
  log10Dependencies,
  maxDependencies,
  minDependencies,
  multiplyDependencies,
  notDependencies,
  orDependencies,
  parseDependencies,
  powDependencies,
  roundDependencies,
  smallerDependencies,
  smallerEqDependencies,
  sqrtDependencies,
  subtractDependencies,
  unaryMinusDependencies,
} as Parameters<typeof create>[0]);

/** Functions of texts and numbers that a formula may call, beside its own. */
export type Callable = { readonly [name: string]: (...args: readonly (string | number)[]) => number | string };

/** A formula's value: a number, a text that a function gave, or 1 and 0 for true and false. Throws Error for what it cannot read. */
export function formula(text: string, functions: Callable): number | string {
  const value: unknown = math
    .parse(text)
    .compile()
    .evaluate(new Map(Object.entries(functions)));
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new Error(`\`${text}\` gives neither a number nor a text`);
}
