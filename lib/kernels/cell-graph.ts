// One step of a cell, forward and backward, as one graph: which node is which value, state and gradient.

import type { Backward } from '../equations/derive.ts';
import { type Equation, type Program, type Sizes, sizedShape } from '../equations/program.ts';
import { Graph, type MatrixOperand, type Node, type NodeKind } from './graph.ts';
import { SumsOverTime } from './sums-over-time.ts';

export interface CellGraph {
  /** What every equation assigns. */
  readonly values: ReadonlyMap<string, Node>;
  /** What each state becomes: nodes that nothing else is, so that each has a place of its own at every step. */
  readonly states: ReadonlyMap<string, Node>;
  readonly backward?: {
    readonly totals: ReadonlyMap<string, Node>;
    /** ∂L/∂s_prev; again a place of their own. */
    readonly toPrevious: ReadonlyMap<string, Node>;
    /** Summed over all sequences and steps; a place of their own. */
    readonly toParameters: ReadonlyMap<string, Node>;
    readonly toInput?: Node | undefined;
  };
}

/** `wanted`: all gradients, or those of parameters (and first states) alone. Throws RangeError when a dimension has no size. */
export function cellGraph(
  program: Program,
  sizes: Sizes,
  backward?: Backward,
  wanted: 'all' | 'parameters' = 'all',
): CellGraph {
  const graph = new Graph();
  const leaf = (role: Parameters<Graph['leaf']>[0], name: string, of = name): MatrixOperand => {
    const { rows, columns } = sizedShape(program, of, sizes);
    return { node: graph.leaf(role, name, rows * columns), rows, columns };
  };
  const scope = new Map<string, MatrixOperand>();
  for (const name of program.parameters) scope.set(name, leaf('parameter', name));
  for (const name of program.states) scope.set(`${name}_prev`, leaf('previous', name));
  if (program.readsInput) scope.set('x', leaf('input', 'x'));
  const run = (equations: readonly Equation[]) => {
    for (const { name, value } of equations) scope.set(name, graph.build(value, scope));
  };
  run(program.equations);
  const nodeOf = (name: string): Node => scope.get(name)!.node;

  const values = new Map(program.equations.map(({ name }): [string, Node] => [name, nodeOf(name)]));
  const taken = new Set<Node>();
  /** The node itself where it can have a place of its own, else a copy of it. */
  const placed = (to: string, node: Node, varies: boolean, mayBe: (node: Node) => boolean): Node => {
    const free = mayBe(node) && node.what.kind !== 'leaf' && node.what.kind !== 'number' && !taken.has(node);
    const own = free ? node : graph.copy(to, node, varies);
    taken.add(own);
    return own;
  };
  const states = new Map(
    program.states.map((name): [string, Node] => [name, placed(`state ${name}`, nodeOf(name), true, (n) => n.varies)]),
  );
  // A number has no place of its own to be looked at.
  for (const [name, node] of values)
    if (node.what.kind === 'number') values.set(name, graph.copy(`value ${name}`, node, false));

  if (backward === undefined) {
    const roots = [...values.values(), ...states.values()];
    const joined = joinMatvecs(graph, roots);
    return { values: mapped(values, joined), states: mapped(states, joined) };
  }

  const forward = under([...values.values(), ...states.values()]);
  for (const [of, name] of backward.arriving) {
    const next = program.states.includes(of) ? leaf('next', of) : undefined;
    const readout = of === program.output ? leaf('readout', of) : undefined;
    if (next !== undefined && readout !== undefined)
      scope.set(name, { ...next, node: graph.elementwise('add', readout.node, next.node) });
    else scope.set(name, (next ?? readout)!);
  }
  run(backward.equations);
  const perStep = (node: Node) => node.varies && !forward.has(node);
  const toPrevious = new Map<string, Node>();
  for (const [state, name] of backward.toPrevious)
    toPrevious.set(state, placed(`previous ${state}`, nodeOf(name), true, perStep));
  const toInput =
    backward.toInput === undefined || wanted === 'parameters'
      ? undefined
      : placed('input', nodeOf(backward.toInput), true, perStep);
  const perStepTotals = wanted === 'parameters' ? [] : [...backward.totals];
  const totals = new Map(perStepTotals.map(([of, name]): [string, Node] => [of, nodeOf(name)]));
  const isSum = ({ what }: Node) => what.kind === 'total' || what.kind === 'outer total';
  const sums = new SumsOverTime(graph);
  const toParameters = new Map<string, Node>();
  for (const [parameter, name] of backward.toParameters)
    toParameters.set(parameter, placed(`gradient ${parameter}`, sums.of(scope.get(name)!), false, isSum));

  const ends = toInput === undefined ? [] : [toInput];
  const maps = [values, states, totals, toPrevious, toParameters];
  const joined = joinMatvecs(graph, [...maps.flatMap((map) => [...map.values()]), ...ends]);
  return {
    values: mapped(values, joined),
    states: mapped(states, joined),
    backward: {
      totals: mapped(totals, joined),
      toPrevious: mapped(toPrevious, joined),
      toParameters: mapped(toParameters, joined),
      toInput: toInput && joined.get(toInput),
    },
  };
}

/** The nodes and everything that they are made of. */
export function under(nodes: readonly Node[]): Set<Node> {
  const found = new Set<Node>();
  const visit = (node: Node): void => {
    if (found.has(node)) return;
    found.add(node);
    for (const arg of node.args) visit(arg);
  };
  for (const node of nodes) visit(node);
  return found;
}

const mapped = (nodes: ReadonlyMap<string, Node>, to: ReadonlyMap<Node, Node>): Map<string, Node> =>
  new Map([...nodes].map(([name, node]) => [name, to.get(node)!]));

// W·h + U·x + … in one expression is one node, so that its products add up in the same place: what does not depend on the state
// is there before the first step, and the rest is put on top.

/** Rewrites everything under `roots` (which stay separate values) with sums of matvecs joined. */
function joinMatvecs(graph: Graph, roots: readonly Node[]): Map<Node, Node> {
  const uses = countUses(roots);
  const kept = new Set(roots);
  const done = new Map<Node, Node>();
  const alone = (node: Node): boolean => uses.get(node) === 1 && !kept.has(node);

  const termsOf = (node: Node, sign: 1 | -1, out: { node: Node; sign: 1 | -1 }[], size: number, top: boolean): void => {
    const op = node.what.kind === 'elementwise' ? node.what.op : undefined;
    const opens = top || (alone(node) && node.size === size);
    if (opens && (op === 'add' || op === 'subtract')) {
      termsOf(node.args[0]!, sign, out, size, false);
      termsOf(node.args[1]!, op === 'add' ? sign : (-sign as 1 | -1), out, size, false);
    } else if (opens && !top && op === 'negate') termsOf(node.args[0]!, -sign as 1 | -1, out, size, false);
    else out.push({ node, sign });
  };

  const rewrite = (node: Node): Node => {
    const existing = done.get(node);
    if (existing !== undefined) return existing;
    const result = joined(node) ?? graph.make(node.what, node.args.map(rewrite), node.size);
    done.set(node, result);
    return result;
  };

  const joined = (node: Node): Node | undefined => {
    if (node.what.kind !== 'elementwise' || !['add', 'subtract'].includes(node.what.op)) return undefined;
    const terms: { node: Node; sign: 1 | -1 }[] = [];
    termsOf(node, 1, terms, node.size, true);
    const matvecs = terms.filter((t) => t.sign === 1 && t.node.what.kind === 'matvec' && alone(t.node));
    if (matvecs.length < 2) return undefined;
    const transposed = matvecs.flatMap((t) => (t.node.what as NodeKind & { kind: 'matvec' }).transposed);
    const args = matvecs.flatMap((t) => t.node.args.map(rewrite));
    let sum = graph.make({ kind: 'matvec', transposed }, args, node.size);
    for (const term of terms) {
      if (matvecs.includes(term)) continue;
      sum = graph.elementwise(term.sign === 1 ? 'add' : 'subtract', sum, rewrite(term.node));
    }
    return sum;
  };

  for (const root of roots) rewrite(root);
  return done;
}

function countUses(roots: readonly Node[]): Map<Node, number> {
  const uses = new Map<Node, number>();
  const visit = (node: Node): void => {
    const count = uses.get(node);
    uses.set(node, (count ?? 0) + 1);
    if (count === undefined) for (const arg of node.args) visit(arg);
  };
  for (const root of roots) visit(root);
  return uses;
}
