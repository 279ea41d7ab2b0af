// Functions: another one, none, the same one twice; a softmax that does not normalise, or does nothing else.

import { type Application, apply, type Expression, longerThan, number } from '../expression.ts';
import { functionNames } from '../ops.ts';
import { printExpression } from '../print.ts';
import { factorsOf, isTimes, timesFrom } from './chains.ts';
import type { Edit } from './edit.ts';
import { complementOf } from './name-edits.ts';
import { becomes, type Finder, type MutationSubject, placeOf, type Site } from './subject.ts';

const squashing = ['sigmoid', 'tanh', 'relu'] as const;
export const functionEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    const { here } = site;
    if (here.kind !== 'apply' || !functionNames.includes(here.op)) continue;
    yield* editsOf(subject, site, here);
  }
};

function* editsOf(subject: MutationSubject, site: Site, here: Application): Generator<Edit> {
  const { op } = here;
  const inner = here.args[0]!;
  const where = subject.where(site);
  const whole = site.parent === undefined;
  const short = !longerThan(1, inner);
  const others = (op === 'softmax' ? ['sigmoid', 'tanh', 'exp'] : [...squashing]) as (typeof squashing)[number][];
  const edit = (what: string, says: string, to: Expression, everywhere?: string): Edit => ({
    id: `${what} ${placeOf(site)}`,
    says,
    changes: [becomes(site, to)],
    everywhere: everywhere === undefined ? undefined : { key: `${what} for ${op}`, says: everywhere },
  });
  yield edit(
    'no function',
    whole
      ? `${where} has no ${op}`
      : short
        ? `${where} uses ${printExpression(inner)} instead of ${printExpression(here)}`
        : `${op} is missing in ${where}`,
    inner,
    `${op} is missing everywhere`,
  );
  for (const other of others)
    if (other !== op)
      yield edit(
        other,
        op === 'softmax' && (other as string) === 'exp'
          ? `${where} is exp without the division by the sum`
          : whole || !short
            ? `${where} uses ${other} instead of ${op}`
            : `${where} uses ${other}(${printExpression(inner)}) instead of ${printExpression(here)}`,
        apply(other, inner),
        `${other} is used for every ${op}`,
      );
  if (op === 'softmax')
    yield edit('sum', `${where} is divided by its sum without exp`, apply('divide', inner, apply('sum', inner)));
  yield edit('function twice', `${op} is taken twice in ${where}`, apply(op, here), `every ${op} is taken twice`);
}

// Derivatives of tanh and sigmoid in a backward pass: one for the other, or taken of the function's value as if of its argument.

const squared = (y: Expression): Expression => apply('power', y, number(2));
const ofTanh = (y: Expression): Expression => apply('subtract', number(1), squared(y));
const ofSigmoid = (y: Expression): readonly Expression[] => [y, apply('subtract', number(1), y)];

export const derivativeEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    const { here, parent } = site;
    const where = subject.where(site);
    const base = squareOf(complementOf(here));
    if (base !== undefined) {
      const text = printExpression(here);
      const sigmoid = timesFrom(ofSigmoid(base));
      yield {
        id: `derivative ${placeOf(site)}`,
        says: `sigmoid's derivative ${printExpression(sigmoid)} is used instead of tanh's ${text} in ${where}`,
        changes: [becomes(site, sigmoid)],
        everywhere: { key: 'derivative of sigmoid', says: "sigmoid's derivative is used for tanh's everywhere" },
      };
      yield {
        id: `derivative of value ${placeOf(site)}`,
        says: `the derivative of tanh is taken of ${printExpression(base)} as if that were tanh's argument in ${where}`,
        changes: [becomes(site, ofTanh(apply('tanh', base)))],
        everywhere: {
          key: 'derivative of value',
          says: "derivatives are taken of the functions' values as if those were their arguments",
        },
      };
      yield {
        id: `square of difference ${placeOf(site)}`,
        says: `the square is taken of the whole of ${printExpression(apply('subtract', number(1), base))} in ${where}`,
        changes: [becomes(site, squared(apply('subtract', number(1), base)))],
      };
    }
    if (!isTimes(here) || (parent !== undefined && isTimes(parent.here))) continue;
    const factors = factorsOf(here);
    const rest = factors.find((factor) => complementOf(factor)?.kind === 'name');
    const y = rest === undefined ? undefined : complementOf(rest)!;
    const own = factors.find((factor) => factor.kind === 'name' && y?.kind === 'name' && factor.name === y.name);
    if (y === undefined || own === undefined) continue;
    const others = factors.filter((factor) => factor !== rest && factor !== own);
    yield {
      id: `derivative ${placeOf(site)}`,
      says: `tanh's derivative ${printExpression(ofTanh(y))} is used instead of sigmoid's ${printExpression(timesFrom(ofSigmoid(y)))} in ${where}`,
      changes: [becomes(site, timesFrom([...others, ofTanh(y)]))],
      everywhere: { key: 'derivative of tanh', says: "tanh's derivative is used for sigmoid's everywhere" },
    };
    const again = apply('sigmoid', y);
    yield {
      id: `derivative of value ${placeOf(site)}`,
      says: `the derivative of sigmoid is taken of ${printExpression(y)} as if that were sigmoid's argument in ${where}`,
      changes: [becomes(site, timesFrom([...others, ...ofSigmoid(again)]))],
      everywhere: {
        key: 'derivative of value',
        says: "derivatives are taken of the functions' values as if those were their arguments",
      },
    };
    yield {
      id: `no derivative ${placeOf(site)}`,
      says: `the derivative of sigmoid, ${printExpression(timesFrom(ofSigmoid(y)))}, is missing in ${where}`,
      changes: others.length === 0 ? [] : [becomes(site, timesFrom(others))],
      everywhere: { key: 'no derivative', says: 'every derivative of a sigmoid is missing' },
    };
  }
};

const squareOf = (e: Expression | undefined): Expression | undefined =>
  e?.kind === 'apply' && e.op === 'power' && e.args[1]?.kind === 'number' && e.args[1].value === 2
    ? e.args[0]
    : undefined;
