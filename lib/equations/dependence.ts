// What waits for what: the equations of a cell as a graph in which an arrow is a name that is read, in this step or, as s_prev, from the
// step before. Equations that wait for themselves in a circle are a loop over time; all others can be done for all steps at once.

import { namesIn } from './expression.ts';
import type { Equation, Program } from './program.ts';

export interface Component {
  /** In the order of the text. */
  readonly equations: readonly Equation[];
  /** The states by which the circle closes; none where the component is no loop. */
  readonly states: readonly string[];
}

/** The strongly connected components (Tarjan 1972), each after all that it reads. */
export function components(program: Program): Component[] {
  const { equations } = program;
  const indexOf = new Map(equations.map(({ name }, index) => [name, index]));
  const previous = new Map(program.states.map((state) => [`${state}_prev`, state]));
  const reads = equations.map(({ value }) =>
    [...namesIn(value)].flatMap((name) => {
      const index = indexOf.get(previous.get(name) ?? name);
      return index === undefined ? [] : [index];
    }),
  );

  const order: number[] = [];
  const low: number[] = [];
  const stack: number[] = [];
  const found: Component[] = [];
  let next = 0;
  const visit = (v: number): void => {
    const own = next++;
    order[v] = own;
    low[v] = own;
    stack.push(v);
    for (const w of reads[v]!) {
      if (order[w] === undefined) visit(w);
      if (stack.includes(w)) low[v] = Math.min(low[v]!, low[w]!);
    }
    if (low[v] !== own) return;
    const members = stack.splice(stack.indexOf(v)).sort((a, b) => a - b);
    found.push(componentOf(members.map((index) => equations[index]!)));
  };
  for (const v of equations.keys()) if (order[v] === undefined) visit(v);
  return found;

  function componentOf(members: readonly Equation[]): Component {
    const read = new Set(members.flatMap(({ value }) => [...namesIn(value)]));
    const states = members.map(({ name }) => name).filter((name) => read.has(`${name}_prev`));
    return { equations: members, states };
  }
}

/** The equations that depend on a state before the step, directly or through others, in this step or through an earlier one. */
export function dependents(program: Program): Set<string> {
  const found = new Set<string>(program.states.map((state) => `${state}_prev`));
  for (const { name, value } of program.equations)
    if ([...namesIn(value)].some((read) => found.has(read))) found.add(name);
  return new Set(program.equations.map(({ name }) => name).filter((name) => found.has(name)));
}
