// Derivatives of tanh and sigmoid in a backward pass: one for the other, or taken of the function's value as if of its argument.

import { apply, type Expression, number } from '../expression.ts';
import { printExpression } from '../print.ts';
import { factorsOf, isTimes, timesFrom } from './chains.ts';
import { complementOf } from './names.ts';
import { becomes, type Finder, placeOf } from './subject.ts';

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
