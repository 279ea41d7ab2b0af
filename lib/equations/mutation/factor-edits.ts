// Products, quotients and powers: a factor left out, the wrong product, an operand on the wrong side.

import { apply, type Expression } from '../expression.ts';
import { printExpression } from '../print.ts';
import { factorsOf, isTimes, timesFrom } from './chains.ts';
import type { Edit } from './edit.ts';
import { becomes, type Finder, type MutationSubject, placeOf, type Site, said } from './subject.ts';
import { entrywise } from './term-edits.ts';

export const factorDrops: Finder = function* (subject) {
  for (const site of subject.sites) {
    if (!isTimes(site.here) || (site.parent !== undefined && isTimes(site.parent.here))) continue;
    const factors = factorsOf(site.here);
    for (const [i, factor] of factors.entries())
      yield {
        id: `drop factor ${placeOf(site)} ${i + 1}`,
        says: `the factor ${said(factor)} is missing in ${subject.where(site)}`,
        changes: [becomes(site, timesFrom(factors.filter((other) => other !== factor)))],
      };
  }
};

export const factorEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    if (isTimes(site.here)) {
      yield* added(subject, site);
      yield* moved(subject, site);
    }
    yield* binary(subject, site);
  }
};

function* added(subject: MutationSubject, site: Site): Generator<Edit> {
  if (site.here.kind !== 'apply') return;
  const [a, b] = site.here.args;
  yield {
    id: `add ${placeOf(site)}`,
    says: `${said(a!)} and ${said(b!)} are added instead of multiplied in ${subject.where(site)}`,
    changes: [becomes(site, apply('add', a!, b!))],
  };
}

/** o .* tanh(c) as tanh(o .* c); W * (r .* h) as r .* (W * h) and back. */
function* moved(subject: MutationSubject, site: Site): Generator<Edit> {
  if (site.here.kind !== 'apply') return;
  const [a, b] = site.here.args as [Expression, Expression];
  for (const [outer, inner] of [
    [a, b],
    [b, a],
  ] as const) {
    if (inner.kind !== 'apply') continue;
    if (entrywise.has(inner.op))
      yield {
        id: `inside ${placeOf(site)} ${printExpression(outer)}`,
        says: `${said(outer)} is multiplied inside of ${inner.op} in ${subject.where(site)}`,
        changes: [becomes(site, apply(inner.op, apply('times', outer, inner.args[0]!)))],
      };
    if (inner.op === 'product')
      yield {
        id: `before ${placeOf(site)} ${printExpression(outer)}`,
        says: `${said(outer)} multiplies ${said(inner.args[1]!)} instead of ${said(inner)}`,
        changes: [becomes(site, apply('product', inner.args[0]!, apply('times', outer, inner.args[1]!)))],
      };
  }
}

function* binary(subject: MutationSubject, site: Site): Generator<Edit> {
  const { here } = site;
  if (here.kind !== 'apply' || here.args.length !== 2) return;
  const [a, b] = here.args as [Expression, Expression];
  const where = subject.where(site);
  const place = placeOf(site);
  const into = (what: string, says: string, to: Expression): Edit => ({
    id: `${what} ${place}`,
    says,
    changes: [becomes(site, to)],
  });
  if (here.op === 'product') {
    yield into('drop left', `${said(a)} is missing in ${where}: ${said(b)} stands alone`, b);
    yield into('drop right', `${said(b)} is missing in ${where}: ${said(a)} stands alone`, a);
    yield into(
      'times',
      `${said(a)} and ${said(b)} are multiplied element by element in ${where}`,
      apply('times', a, b),
    );
    if (b.kind === 'apply' && b.op === 'times') {
      const [gate, value] = b.args as [Expression, Expression];
      const after = apply('times', gate, apply('product', a, value));
      const role = gate.kind === 'name' ? subject.role(gate.name) : said(gate);
      yield into(
        'after',
        `${role} multiplies ${printExpression(apply('product', a, value))} instead of ${said(value)}`,
        after,
      );
    }
  }
  if (here.op === 'times') yield into('product', `\`*\` is used instead of \`.*\` in ${where}`, apply('product', a, b));
  if (here.op === 'divide') {
    yield into('drop divisor', `nothing is divided by ${said(b)} in ${where}`, a);
    yield into(
      'turn',
      `${said(b)} is divided by ${said(a)} in ${where}, and not the other way round`,
      apply('divide', b, a),
    );
    yield into(
      'multiply',
      `${said(a)} is multiplied by ${said(b)} instead of divided in ${where}`,
      apply('times', a, b),
    );
  }
  if (here.op === 'subtract')
    yield into(
      'turn',
      `${printExpression(apply('subtract', b, a))} is used instead of ${printExpression(here)} in ${where}`,
      apply('subtract', b, a),
    );
  if (here.op === 'power') {
    yield into('drop power', `${said(a)} is used instead of ${printExpression(here)} in ${where}`, a);
    yield into(
      'turn',
      `${printExpression(apply('power', b, a))} is used instead of ${printExpression(here)} in ${where}`,
      apply('power', b, a),
    );
    yield into(
      'times',
      `${said(a)} is multiplied by ${said(b)} instead of raised to it in ${where}`,
      apply('times', a, b),
    );
  }
}
