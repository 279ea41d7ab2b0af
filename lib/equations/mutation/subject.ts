// A program as those see it who look for edits of it: its places, and words for its names.

import { type Expression, namesIn } from '../expression.ts';
import { printExpression } from '../print.ts';
import type { Equation, Program } from '../program.ts';
import { ShapeOf } from '../shape-of.ts';
import type { Change, Edit } from './edit.ts';

/** One subexpression of one equation. */
export interface Site {
  readonly at: number;
  readonly equation: Equation;
  readonly path: readonly number[];
  readonly here: Expression;
  /** What it is an argument of; absent at the top of an equation. */
  readonly parent?: Site;
}

/** Those who look for edits. Whether an edit makes sense to the language is asked later. */
export type Finder = (subject: MutationSubject) => Iterable<Edit>;

/** What a name stands for: only names of one kind are taken for each other. */
type Kind = 'parameter' | 'value' | 'gradient' | 'input';

export class MutationSubject {
  readonly program: Program;
  readonly sites: readonly Site[];
  readonly shapes: ShapeOf;
  /** Every value, previous value, parameter and x that can be mistaken for another, in the order of the text. */
  readonly names: readonly string[];
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(program: Program) {
    this.program = program;
    this.shapes = new ShapeOf(program.shapes);
    this.#indexOf = new Map(program.equations.map(({ name }, at) => [name, at]));
    this.names = namesOf(program.equations);
    this.sites = program.equations.flatMap((equation, at) =>
      isBookkeeping(equation) ? [] : sitesIn({ at, equation, path: [], here: equation.value }),
    );
  }

  /** The places where a name is read. */
  readsOf(name: string): Site[] {
    return this.sites.filter(({ here }) => here.kind === 'name' && here.name === name);
  }

  /** Whether an equation at `at` may read the name. */
  isReadyAt(name: string, at: number): boolean {
    return (this.#indexOf.get(name) ?? -1) < at;
  }

  kindOf(name: string): Kind {
    if (name === 'x') return 'input';
    if (isGradient.test(name)) return 'gradient';
    return this.program.parameters.includes(name) ? 'parameter' : 'value';
  }

  sameShape(a: string, b: string): boolean {
    const [left, right] = [this.program.shapes.get(a), this.program.shapes.get(b)];
    return left !== undefined && left.rows === right?.rows && left.columns === right.columns;
  }

  isMatrix(expression: Expression): boolean {
    const { rows, columns } = this.shapes.of(expression);
    return rows !== 1 && columns !== 1;
  }

  isScalar(expression: Expression): boolean {
    const { rows, columns } = this.shapes.of(expression);
    return rows === 1 && columns === 1;
  }

  /** `the forget gate`, where a caption begins so, else the name. */
  role(name: string): string {
    const equation = this.program.equations[this.#indexOf.get(name) ?? -1];
    const [head = ''] = (equation?.caption ?? '').split(/[:,;]/);
    const words = head.trim().replace(/^the /, '');
    // One thing in a few words: `energies` would want another verb.
    return /^(?!what\b)[a-z]+( [a-z]+){0,2}(?<!s)$/.test(words) ? `the ${words}` : name;
  }

  /** Where a site is: `the forget gate`. */
  where({ equation }: Site): string {
    return this.role(equation.name);
  }
}

/** `d_f`, `da_f`, `dL_c_next`: as the derivation names gradients. */
const isGradient = /^(d|dL|grad\d*)[a-w]?_/;

/** A state that is only kept. */
const isCopy = ({ name, value }: Equation): boolean => value.kind === 'name' && value.name === `${name}_prev`;

/** A one at every entry, to spread a vector over columns. */
const isOnes = ({ value }: Equation): boolean =>
  value.kind === 'apply' && value.op === 'power' && value.args[1]?.kind === 'number' && value.args[1].value === 0;

/** Lines that the notation wants and no one gets wrong. */
const isBookkeeping = (equation: Equation): boolean => isCopy(equation) || isOnes(equation);

function namesOf(equations: readonly Equation[]): string[] {
  const found = new Set<string>();
  for (const equation of equations) {
    if (!isOnes(equation)) namesIn(equation.value, found).add(equation.name);
    if (isCopy(equation)) found.delete(`${equation.name}_prev`);
  }
  return [...found];
}

function sitesIn(site: Site): Site[] {
  const { at, equation, here } = site;
  if (here.kind !== 'apply') return [site];
  return [
    site,
    ...here.args.flatMap((arg, i) => sitesIn({ at, equation, path: [...site.path, i], here: arg, parent: site })),
  ];
}

export const becomes = ({ at, path }: Site, to: Expression): Change => ({ at, path, to });

/** The id of an edit at a place: unique with what is done there in front. */
export const placeOf = ({ equation, path }: Site): string => [equation.name, ...path].join('.');

/** An expression in a sentence: in parentheses where it is a sum. */
export function said(expression: Expression): string {
  const text = printExpression(expression);
  return expression.kind === 'apply' && ['add', 'subtract'].includes(expression.op) ? `(${text})` : text;
}
