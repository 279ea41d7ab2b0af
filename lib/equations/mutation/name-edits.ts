// Names: the new state for the old one, one state for another, one gate or one gate's parameter for another's.

import { apply, type Expression, name as leaf, number } from '../expression.ts';
import type { Edit } from './edit.ts';
import { becomes, type Finder, type MutationSubject, placeOf, type Site } from './subject.ts';

const isPrevious = (name: string): boolean => name.endsWith('_prev');

export const nameEdits: Finder = function* (subject) {
  const { names } = subject;
  for (const site of subject.sites) {
    if (site.here.kind !== 'name') continue;
    const { name } = site.here;
    const kind = subject.kindOf(name);
    for (const other of names)
      if (
        other !== name &&
        subject.kindOf(other) === kind &&
        subject.sameShape(name, other) &&
        subject.isReadyAt(other, site.at)
      )
        yield {
          id: `${other} for ${name} ${placeOf(site)}`,
          says: `${subject.where(site)} uses ${described(other, name)} instead of ${name}${again(subject, site)}`,
          changes: [becomes(site, leaf(other))],
          everywhere:
            isPrevious(name) && (isPrevious(other) || name === `${other}_prev`)
              ? { key: `${other} for ${name}`, says: `${described(other, name)} is used wherever ${name} belongs` }
              : undefined,
        };
  }
};

/** `the new state h` for `h_prev`. */
function described(other: string, name: string): string {
  if (name === `${other}_prev`) return `the new state ${other}`;
  if (other === `${name}_prev`) return `the old state ${other}`;
  return other;
}

/** Which one it is, where an equation reads a name more than once. */
function again(subject: MutationSubject, site: Site): string {
  const { here, at } = site;
  const own = subject.sites.filter(
    (s) => s.at === at && s.here.kind === 'name' && here.kind === 'name' && s.here.name === here.name,
  );
  return own.length < 2 ? '' : ` in its ${ordinals[own.indexOf(site)] ?? 'last'} place`;
}

const ordinals = ['first', 'second', 'third', 'fourth'];

/** 1 - z for z, z for 1 - z, and both. */
export const complementEdits: Finder = function* (subject) {
  const turned = subject.sites.flatMap((site) => {
    const edit = complemented(subject, site);
    return edit === undefined ? [] : [{ site, ...edit }];
  });
  for (const [i, one] of turned.entries()) {
    const both = turned.filter(({ site, of }, j) => j >= i && site.at === one.site.at && of === one.of);
    if (both.length === 2)
      yield {
        id: `complement ${one.site.equation.name} ${one.of}`,
        says: `${one.of} and 1 - ${one.of} are exchanged in ${subject.where(one.site)}`,
        changes: both.map(({ site, to }) => becomes(site, to)),
      };
  }
  for (const { site, of, to } of turned) {
    const [wrong, right] = to.kind === 'name' ? [of, `1 - ${of}`] : [`1 - ${of}`, of];
    yield {
      id: `complement ${placeOf(site)}`,
      says: `${wrong} is used instead of ${right} in ${subject.where(site)}`,
      changes: [becomes(site, to)],
    };
  }
  for (const site of subject.sites) {
    if (site.here.kind !== 'name' || !isGate(subject, site.here.name)) continue;
    const { name } = site.here;
    for (const other of subject.names)
      if (
        other !== name &&
        isGate(subject, other) &&
        subject.sameShape(name, other) &&
        subject.isReadyAt(other, site.at)
      )
        yield {
          id: `complement of ${other} for ${name} ${placeOf(site)}`,
          says: `${subject.where(site)} uses 1 - ${other} instead of ${name}${again(subject, site)}`,
          changes: [becomes(site, complement(leaf(other)))],
        };
  }
};

const complement = (e: Expression): Expression => apply('subtract', number(1), e);

/** A gate's name and what becomes of it: z of 1 - z, 1 - z of z. */
function complemented(subject: MutationSubject, { here, parent }: Site): { of: string; to: Expression } | undefined {
  const rest = complementOf(here);
  if (rest?.kind === 'name') return { of: rest.name, to: rest };
  const isRest = parent !== undefined && complementOf(parent.here) === here;
  return here.kind === 'name' && isGate(subject, here.name) && !isRest
    ? { of: here.name, to: complement(here) }
    : undefined;
}

/** z, of 1 - z. */
export const complementOf = (e: Expression): Expression | undefined =>
  e.kind === 'apply' && e.op === 'subtract' && e.args[0]?.kind === 'number' && e.args[0].value === 1
    ? e.args[1]
    : undefined;

const isGate = ({ program }: MutationSubject, name: string): boolean =>
  program.equations.some((e) => e.name === name && e.value.kind === 'apply' && e.value.op === 'sigmoid');

/** Two gates swapped wherever they are read, two parameters, or all the parameters of two gates. */
export const swapEdits: Finder = function* (subject) {
  const { names } = subject;
  for (const [i, a] of names.entries())
    for (const b of names.slice(i + 1)) {
      const kind = subject.kindOf(a);
      if (kind !== subject.kindOf(b) || kind === 'input' || isPrevious(a) || isPrevious(b) || !subject.sameShape(a, b))
        continue;
      // Parameters and gradients of another letter (W and U) nobody swaps.
      if ((kind === 'parameter' || kind === 'gradient') && headOf(a) !== headOf(b)) continue;
      yield swapped(subject, a, b);
    }
  yield* parametersSwapped(subject);
};

const headOf = (name: string): string => name.replace(/_.*/, '');

const swapped = (subject: MutationSubject, a: string, b: string): Edit => ({
  id: `swap ${a} ${b}`,
  says: `${pair(subject.role(a), subject.role(b))} are swapped`,
  changes: swapsOf(subject, [[a, b]]),
});

const swapsOf = (subject: MutationSubject, pairs: readonly (readonly [string, string])[]) =>
  pairs.flatMap(([a, b]) => [
    ...subject.readsOf(a).map((site) => becomes(site, leaf(b))),
    ...subject.readsOf(b).map((site) => becomes(site, leaf(a))),
  ]);

/** `the input and the forget gate`. */
function pair(a: string, b: string): string {
  const [last, other] = [a.split(' ').at(-1)!, b.split(' ').at(-1)!];
  return a.includes(' ') && last === other ? `${a.slice(0, -last.length - 1)} and ${b}` : `${a} and ${b}`;
}

/** f and g where they end in _f and _g: W_f and W_g, b_f and b_g. */
function* parametersSwapped(subject: MutationSubject): Generator<Edit> {
  const { parameters } = subject.program;
  const suffixed = (gate: string) =>
    parameters.filter((p) => p.endsWith(`_${gate}`) && subject.kindOf(p) === 'parameter');
  const gates = subject.program.equations.map(({ name }) => name).filter((name) => suffixed(name).length > 1);
  for (const [i, a] of gates.entries())
    for (const b of gates.slice(i + 1)) {
      const pairs = suffixed(a).map((p) => [p, `${p.slice(0, -a.length)}${b}`] as const);
      if (!pairs.every(([p, q]) => parameters.includes(q) && subject.sameShape(p, q))) continue;
      yield {
        id: `swap parameters ${a} ${b}`,
        says: `the parameters of ${pair(subject.role(a), subject.role(b))} are swapped`,
        changes: swapsOf(subject, pairs),
      };
    }
}

/** Two names of one equation in each other's place: o .* tanh(c) as c .* tanh(o). */
export const operandEdits: Finder = function* (subject) {
  for (const site of subject.sites)
    for (const other of subject.sites) {
      if (site.at !== other.at || site.here.kind !== 'name' || other.here.kind !== 'name') continue;
      const [a, b] = [site.here.name, other.here.name];
      if (a >= b || subject.kindOf(a) !== subject.kindOf(b) || !subject.sameShape(a, b)) continue;
      yield {
        id: `exchange ${placeOf(site)} ${placeOf(other)}`,
        says: `${a}${again(subject, site)} and ${b}${again(subject, other)} are exchanged in ${subject.where(site)}`,
        changes: [becomes(site, leaf(b)), becomes(other, leaf(a))],
      };
    }
};

/** An equation that is one of the values it reads: h = n. */
export const aloneEdits: Finder = function* (subject) {
  const { states } = subject.program;
  const whole = subject.sites.filter(({ parent }) => parent === undefined);
  const isState = ({ equation }: Site): boolean => states.includes(equation.name);
  for (const site of [...whole.filter(isState), ...whole.filter((s) => !isState(s))]) {
    const read = new Set(
      subject.sites.flatMap((s) => (s.at === site.at && s.here.kind === 'name' ? [s.here.name] : [])),
    );
    for (const name of read) {
      if (subject.kindOf(name) !== subject.kindOf(site.equation.name) || !subject.sameShape(name, site.equation.name))
        continue;
      yield {
        id: `alone ${placeOf(site)} ${name}`,
        says:
          name === `${site.equation.name}_prev`
            ? `${subject.where(site)} is not updated`
            : `${subject.where(site)} is ${name} and nothing else`,
        changes: [becomes(site, leaf(name))],
      };
    }
  }
};
