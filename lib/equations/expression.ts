// The small union to which mathjs's parse tree is lowered at once. Everything after the reader works on this.

/** What can be applied; `ops.ts` has a row for each. */
export type OpName =
  | 'add'
  | 'subtract'
  | 'negate'
  | 'product'
  | 'times'
  | 'divide'
  | 'power'
  | 'transpose'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'step'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'abs'
  | 'sign'
  | 'softmax'
  | 'sum';

/** Where an expression stands in the text: offsets into its line, end exclusive. Derived expressions have none. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression = NumberLeaf | NameLeaf | Application;

interface NumberLeaf {
  readonly kind: 'number';
  readonly value: number;
  readonly span?: Span;
}

/** A state's previous value keeps its suffix here: `h_prev`. */
interface NameLeaf {
  readonly kind: 'name';
  readonly name: string;
  readonly span?: Span;
}

/** An operator or a function of the op table, applied to its arguments. */
export interface Application {
  readonly kind: 'apply';
  readonly op: OpName;
  readonly args: readonly Expression[];
  readonly span?: Span;
}

export const number = (value: number): NumberLeaf => ({ kind: 'number', value });
export const name = (text: string): NameLeaf => ({ kind: 'name', name: text });
export const apply = (op: OpName, ...args: readonly Expression[]): Application => ({ kind: 'apply', op, args });

/** Every name that is read, in order of first appearance. */
export function namesIn(expression: Expression, found: Set<string> = new Set()): Set<string> {
  if (expression.kind === 'name') found.add(expression.name);
  else if (expression.kind === 'apply') for (const arg of expression.args) namesIn(arg, found);
  return found;
}

const keys = new WeakMap<Application, string>();

/** A key that is equal exactly when two expressions are the same up to their place in the text. */
export function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return Object.is(expression.value, -0) ? '-0' : String(expression.value);
    case 'name':
      return expression.name;
    case 'apply': {
      const ready = keys.get(expression);
      if (ready !== undefined) return ready;
      const key = `(${expression.op} ${expression.args.map(keyOf).join(' ')})`;
      keys.set(expression, key);
      return key;
    }
  }
}

/** Whether an expression has more than `limit` operators and calls; looks no further than that. */
export function longerThan(limit: number, expression: Expression): boolean {
  let left = limit;
  const within = (e: Expression): boolean => e.kind !== 'apply' || (left-- > 0 && e.args.every(within));
  return !within(expression);
}
