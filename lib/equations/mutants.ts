// Every program that is one edit away from another: the classic mistakes, each with the words that name it.
// Mutation of programs: DeMillo, Lipton & Sayward 1978.

import { keyOf } from './expression.ts';
import { applyEdits, type Edit, everywhereEdits } from './mutation/edit.ts';
import { factorDrops, factorEdits } from './mutation/factor-edits.ts';
import { derivativeEdits, functionEdits } from './mutation/function-edits.ts';
import { classesOf } from './mutation/functions-alike.ts';
import { matrixEdits } from './mutation/matrix-edits.ts';
import { aloneEdits, complementEdits, nameEdits, operandEdits, swapEdits } from './mutation/name-edits.ts';
import { rebuildProgram } from './mutation/rebuild-program.ts';
import { MutationSubject } from './mutation/subject.ts';
import { signEdits, termEdits } from './mutation/term-edits.ts';
import { printEquation } from './print.ts';
import type { Equation, Program } from './program.ts';

export interface Mutant {
  /** Unique among the mutants of a program: `drop c 2`, `swap f i`. */
  readonly id: string;
  /** The edit in words, behind "this is what comes out when": `the input and the forget gate are swapped`. */
  readonly says: string;
  /** The equations that are edited, as they are and as they become; most edits touch one. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly program: Program;
  /** Other edits that give the very same numbers, whatever the input: no test can tell them from this one. */
  readonly alike: readonly Pick<Mutant, 'id' | 'says' | 'before' | 'after'>[];
}

/** What is first here names a function that several edits give. */
const finders = [
  functionEdits,
  factorDrops,
  termEdits,
  complementEdits,
  swapEdits,
  matrixEdits,
  factorEdits,
  derivativeEdits,
  aloneEdits,
  nameEdits,
  operandEdits,
  signEdits,
];

const found = new WeakMap<Program, Map<string, readonly Mutant[]>>();

/**
 * The mutants of a program, each another function than the program and than each other: where several edits come to the same, the
 * plainest is the mutant and the rest are its `alike`. Equality is decided by running all of them on random numbers, to 1e-9, and
 * looking at the states, the output, whatever nothing else reads, and `seen`. Every mutant is a program that the reader takes.
 */
export function mutantsOf(program: Program, seen: readonly string[] = []): readonly Mutant[] {
  const ofProgram = found.get(program) ?? new Map<string, readonly Mutant[]>();
  found.set(program, ofProgram);
  const key = seen.join(' ');
  const mutants = ofProgram.get(key) ?? allOf(program, seen);
  ofProgram.set(key, mutants);
  return mutants;
}

function allOf(program: Program, seen: readonly string[]): readonly Mutant[] {
  const subject = new MutationSubject(program);
  const single = finders.flatMap((find) => [...find(subject)]);
  const valid = single.flatMap((edit) => made(subject, edit));
  const taken = new Set(valid.map(({ id }) => id));
  const several = everywhereEdits(single.filter(({ id }) => taken.has(id))).flatMap((edit) => made(subject, edit));
  const [, ...classes] = classesOf(program, withoutDoubles([...valid, ...several], program), seen);
  return classes.map(([first, ...rest]) => mutantOf(program, first!, rest));
}

interface Made extends Edit {
  readonly equations: readonly Equation[];
  readonly program: Program;
}

/** An edit with what it makes of the program; nothing when the language refuses that. */
function made({ program, shapes }: MutationSubject, edit: Edit): Made[] {
  const equations = edit.changes.length === 0 ? undefined : applyEdits(program.equations, edit.changes);
  const mutant = equations === undefined ? undefined : rebuildProgram(program, equations, shapes);
  return mutant === undefined ? [] : [{ ...edit, equations: mutant.equations, program: mutant }];
}

/** The first of those that come to the same text. */
function withoutDoubles(all: readonly Made[], program: Program): Made[] {
  const texts = new Map<string, Made>();
  for (const one of all) {
    const text = changedIn(program, one)
      .map((at) => `${at} ${keyOf(one.equations[at]!.value)}`)
      .join('; ');
    if (!texts.has(text)) texts.set(text, one);
  }
  return [...texts.values()];
}

const changedIn = (program: Program, { equations }: Made): number[] =>
  [...equations.keys()].filter((at) => equations[at] !== program.equations[at]);

function mutantOf(program: Program, first: Made, rest: readonly Made[]): Mutant {
  const told = (one: Made) => {
    const at = changedIn(program, one);
    return {
      id: one.id,
      says: one.says,
      before: at.map((i) => printEquation(program.equations[i]!)),
      after: at.map((i) => printEquation(one.equations[i]!)),
    };
  };
  return { ...told(first), program: first.program, alike: rest.map(told) };
}
