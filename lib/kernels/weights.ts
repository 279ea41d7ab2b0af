// W·h + U·x + … in one expression is one node, so that its products add up in the same place: what does not depend on the state
// is there before the first step, and the rest is put on top.

import type { Graph, Kind, Node } from './graph.ts';

/** Rewrites everything under `roots` (which stay separate values) with sums of weighings joined. */
export function joinWeighings(graph: Graph, roots: readonly Node[]): Map<Node, Node> {
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
    const weighings = terms.filter((t) => t.sign === 1 && t.node.what.kind === 'weigh' && alone(t.node));
    if (weighings.length < 2) return undefined;
    const transposed = weighings.flatMap((t) => (t.node.what as Kind & { kind: 'weigh' }).transposed);
    const args = weighings.flatMap((t) => t.node.args.map(rewrite));
    let sum = graph.make({ kind: 'weigh', transposed }, args, node.size);
    for (const term of terms) {
      if (weighings.includes(term)) continue;
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
