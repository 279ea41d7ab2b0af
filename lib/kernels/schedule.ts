// When each node is computed: once, for all steps at once, or step by step. Only what lies on the way from a state to the next
// one has to wait for its turn; everything else is done for all steps together, before or after.

import { type CellGraph, under } from './cell-graph.ts';
import type { Elementwise, Node } from './graph.ts';

export const phases = [
  'once',
  'before',
  'loop',
  'after',
  'back before',
  'back loop',
  'back after',
  'gather',
  'final',
] as const;
export type Phase = (typeof phases)[number];

/** Of one step backward, which may be done for several readouts side by side. */
export const isBackward = (phase: Phase): boolean => phase.startsWith('back');

/** A product of a matvec that is ready at the same time as its neighbours in the list. */
export interface MatvecTerm {
  readonly node: Node;
  readonly matrix: Node;
  readonly transposed: boolean;
  readonly vector: Node;
  /** Whether an earlier term has left a sum to add to. */
  readonly onTop: boolean;
}

export type KernelOperation =
  | { readonly kind: 'elements'; readonly nodes: readonly Node[] }
  | { readonly kind: 'totals'; readonly nodes: readonly Node[] }
  | { readonly kind: 'matvec'; readonly terms: readonly MatvecTerm[] }
  | { readonly kind: 'outer total'; readonly nodes: readonly Node[] }
  | { readonly kind: 'sum' | 'softmax' | 'product' | 'transpose'; readonly node: Node };

export interface KernelSchedule {
  readonly operations: ReadonlyMap<Phase, readonly KernelOperation[]>;
  /** Nodes that are computed once and read from memory; all others are computed anew wherever they are read. */
  readonly solid: ReadonlySet<Node>;
  /** Whether a node belongs to the forward pass. */
  readonly forward: ReadonlySet<Node>;
  /** Nodes that somebody outside looks at. */
  readonly roots: ReadonlySet<Node>;
}

/** The nodes whose memory an operation reads. */
export function readsOf(operation: KernelOperation, solid: ReadonlySet<Node>): Set<Node> {
  if (operation.kind === 'matvec') return new Set(operation.terms.flatMap(({ vector, matrix }) => [vector, matrix]));
  const own = new Set(nodesOf(operation));
  return sourcesOf(
    [...own].flatMap((node) => node.args),
    (node) => node.what.kind === 'leaf' || (solid.has(node) && !own.has(node)),
  );
}

/** The first nodes under `nodes`, themselves included, that are sources. Each is looked at once, however often it is read. */
export function sourcesOf(nodes: readonly Node[], isSource: (node: Node) => boolean): Set<Node> {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (isSource(node)) found.add(node);
    else for (const arg of node.args) visit(arg);
  };
  for (const node of nodes) visit(node);
  return found;
}

/** What an operation computes. */
export function nodesOf(operation: KernelOperation): readonly Node[] {
  if (operation.kind === 'matvec') return operation.terms.map((term) => term.node);
  return 'nodes' in operation ? operation.nodes : [operation.node];
}

export function schedule(cell: CellGraph): KernelSchedule {
  const back = cell.backward;
  const forwardRoots = [...cell.values.values(), ...cell.states.values()];
  const ends = back?.toInput === undefined ? [] : [back.toInput];
  const perStepRoots = back === undefined ? [] : [...back.totals.values(), ...back.toPrevious.values(), ...ends];
  const roots = new Set([...forwardRoots, ...perStepRoots, ...(back?.toParameters.values() ?? [])]);
  const all = [...under([...roots])].sort((a, b) => a.id - b.id);
  const forward = under(forwardRoots);
  const solid = solidNodes(all, roots);

  const reads = { previous: dependents(all, 'previous'), next: dependents(all, 'next') };
  const feedsState = under([...cell.states.values()]);
  const feedsPrevious = under([...(back?.toPrevious.values() ?? [])]);
  const phaseOf = (node: Node): Phase => {
    if (node.what.kind === 'total' || node.what.kind === 'outer total') return 'gather';
    if (node.late) return 'final';
    if (!node.varies) return 'once';
    if (forward.has(node)) return !reads.previous.has(node) ? 'before' : feedsState.has(node) ? 'loop' : 'after';
    return !reads.next.has(node) ? 'back before' : feedsPrevious.has(node) ? 'back loop' : 'back after';
  };

  const operations = new Map<Phase, KernelOperation[]>();
  const done = new Set<Node>();
  const sorted = new Map(phases.map((phase): [Phase, Node[]] => [phase, []]));
  for (const node of all) if (solid.has(node)) sorted.get(phaseOf(node))!.push(node);
  const matvecs = new Matvecs(all, phaseOf);
  for (const phase of phases) {
    const order = orderOf(phase, sorted.get(phase)!, matvecs, solid, done);
    operations.set(phase, order);
  }
  return { operations, solid, forward, roots };
}

const cheap: ReadonlySet<Elementwise> = new Set(['add', 'subtract', 'negate', 'times', 'relu', 'step', 'abs', 'sign']);

/** Exponents for which a power is a few products. */
export const isSmallPower = (exponent: Node): boolean =>
  exponent.what.kind === 'number' && Number.isInteger(exponent.what.value) && Math.abs(exponent.what.value) <= 4;

function isCheap({ what, args }: Node): boolean {
  if (what.kind !== 'elementwise') return false;
  if (what.op !== 'power') return cheap.has(what.op);
  return isSmallPower(args[1]!) && (args[1]!.what as { value: number }).value >= 0;
}

function solidNodes(all: readonly Node[], roots: ReadonlySet<Node>): Set<Node> {
  const solid = new Set<Node>();
  const isSource = ({ what }: Node) => what.kind === 'leaf' || what.kind === 'number';
  for (const node of all) {
    if (!isSource(node) && (roots.has(node) || !isCheap(node))) solid.add(node);
    if (['matvec', 'product', 'transpose', 'outer total'].includes(node.what.kind))
      for (const arg of node.args) if (!isSource(arg)) solid.add(arg);
  }
  return solid;
}

function dependents(all: readonly Node[], role: 'previous' | 'next'): Set<Node> {
  const found = new Set<Node>();
  for (const node of all) {
    const itself = node.what.kind === 'leaf' && node.what.role === role;
    if (itself || node.args.some((arg) => found.has(arg))) found.add(node);
  }
  return found;
}

/** The terms of all matvecs, each in the first phase in which it can be added. */
class Matvecs {
  readonly #waiting = new Map<Node, number>();
  readonly #terms = new Map<Phase, Omit<MatvecTerm, 'onTop'>[]>();
  readonly #started = new Set<Node>();

  constructor(all: readonly Node[], phaseOf: (node: Node) => Phase) {
    for (const node of all) {
      if (node.what.kind !== 'matvec') continue;
      const { transposed } = node.what;
      this.#waiting.set(node, transposed.length);
      for (const [i, isTransposed] of transposed.entries()) {
        const [matrix, vector] = [node.args[2 * i]!, node.args[2 * i + 1]!];
        const own = phaseOf(node);
        const early = isBackward(own) ? 'back before' : 'before';
        const isEarly = phases.indexOf(phaseOf(vector)) <= phases.indexOf(early) && !isStepLeaf(vector);
        const phase = isEarly ? early : own;
        const list = this.#terms.get(phase) ?? [];
        list.push({ node, matrix, transposed: isTransposed, vector });
        this.#terms.set(phase, list);
      }
    }
  }

  /** Takes what is ready in this phase; adds to `done` the matvecs that are complete. */
  take(phase: Phase, isReady: (vector: Node) => boolean, done: Set<Node>): MatvecTerm[] {
    const terms = this.#terms.get(phase) ?? [];
    // A sum that still waits for one of its terms waits with all of them: then they can be one product.
    const early = new Set(terms.filter((term) => !isReady(term.vector)).map((term) => term.node));
    const ready = terms.filter((term) => !early.has(term.node));
    this.#terms.set(
      phase,
      terms.filter((term) => !ready.includes(term)),
    );
    return ready.map((term) => {
      const left = this.#waiting.get(term.node)! - 1;
      this.#waiting.set(term.node, left);
      if (left === 0) done.add(term.node);
      const onTop = this.#started.has(term.node);
      this.#started.add(term.node);
      return { ...term, onTop };
    });
  }
}

/** Leaves that are there only when the step before (or after) is done. */
const isStepLeaf = ({ what }: Node): boolean =>
  what.kind === 'leaf' && (what.role === 'previous' || what.role === 'next');

function orderOf(
  phase: Phase,
  nodes: readonly Node[],
  matvecs: Matvecs,
  solid: ReadonlySet<Node>,
  done: Set<Node>,
): KernelOperation[] {
  const order: KernelOperation[] = [];
  const remaining = new Set(nodes.filter((node) => node.what.kind !== 'matvec'));
  const needs = new Map(nodes.map((node) => [node, [...sourcesOf(node.args, (arg) => solid.has(arg))]]));
  const isReady = (node: Node, own?: ReadonlySet<Node>) =>
    needs.get(node)!.every((other) => done.has(other) || own?.has(other));
  const finish = (operation: KernelOperation) => {
    order.push(operation);
    for (const node of nodesOf(operation)) {
      remaining.delete(node);
      if (operation.kind !== 'matvec') done.add(node);
    }
  };
  for (;;) {
    const terms = matvecs.take(phase, (vector) => vector.what.kind === 'leaf' || done.has(vector), done);
    if (terms.length > 0) {
      finish({ kind: 'matvec', terms });
      continue;
    }
    const gathered = [...remaining].filter((node) => node.what.kind === 'outer total' && isReady(node));
    if (gathered.length > 0) {
      finish({ kind: 'outer total', nodes: gathered });
      continue;
    }
    const single = [...remaining].find(
      (node) => ['sum', 'softmax', 'product', 'transpose'].includes(node.what.kind) && isReady(node),
    );
    if (single !== undefined) {
      finish({ kind: single.what.kind as 'sum', node: single });
      continue;
    }
    const first = [...remaining].find((node) => isReady(node));
    if (first === undefined) break;
    const isTotal = first.what.kind === 'total';
    const group = new Set<Node>();
    // Nodes that wait for a long function in the same loop.
    const waiting = new Set<Node>();
    for (const node of remaining) {
      const fits = node.size === first.size && (node.what.kind === 'total') === isTotal;
      const loops = node.what.kind === 'elementwise' || node.what.kind === 'copy' || node.what.kind === 'total';
      if (!fits || !loops || !isReady(node, group)) continue;
      const isLong = node.what.kind === 'elementwise' && !isCheap(node);
      const late = needs.get(node)!.some((other) => waiting.has(other));
      // One long function after the other, as in tanh(f .* c_prev + …), keeps the processor waiting: the second has the next loop.
      if (late && isLong) continue;
      if (late || isLong) waiting.add(node);
      group.add(node);
    }
    finish({ kind: isTotal ? 'totals' : 'elements', nodes: [...group] });
  }
  if (remaining.size > 0)
    throw new Error(`unreachable: ${remaining.size} values of phase ${phase} wait for each other`);
  return order;
}
