// Functions: another one, none, the same one twice; a softmax that does not normalise, or does nothing else.

import { type Application, apply, type Expression, longerThan } from '../expression.ts';
import { printExpression } from '../print.ts';
import type { Edit } from './edit.ts';
import { becomes, type Finder, placeOf, type Site, type Subject } from './subject.ts';

const squashing = ['sigmoid', 'tanh', 'relu'] as const;
const functions: ReadonlySet<string> = new Set([
  ...squashing,
  'exp',
  'log',
  'sqrt',
  'abs',
  'step',
  'sign',
  'softmax',
  'sum',
]);

export const functionEdits: Finder = function* (subject) {
  for (const site of subject.sites) {
    const { here } = site;
    if (here.kind !== 'apply' || !functions.has(here.op)) continue;
    yield* editsOf(subject, site, here);
  }
};

function* editsOf(subject: Subject, site: Site, here: Application): Generator<Edit> {
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
    ...(everywhere === undefined ? {} : { everywhere: { key: `${what} for ${op}`, says: everywhere } }),
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
