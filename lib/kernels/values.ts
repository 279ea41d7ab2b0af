// The value of a node at two neighbouring places: solid nodes come from memory, all others are computed in place.

import type { Node } from './graph.ts';
import type { Lanes, Value } from './lanes.ts';
import { isSmallPower } from './schedule.ts';

/** Values of nodes at the current place of a loop. `load` gives what memory holds, undefined for what is computed here. */
export class Values {
  readonly #lanes: Lanes;
  readonly #load: (node: Node) => Value | undefined;
  readonly #known = new Map<Node, Value>();

  constructor(lanes: Lanes, load: (node: Node) => Value | undefined) {
    this.#lanes = lanes;
    this.#load = load;
  }

  /** Says what a node's value is. */
  know(node: Node, value: Value): void {
    this.#known.set(node, value);
  }

  of(node: Node): Value {
    const existing = this.#known.get(node);
    if (existing !== undefined) return existing;
    const value =
      node.what.kind === 'number' ? this.#lanes.number(node.what.value) : this.#lanes.keep(this.#made(node));
    this.#known.set(node, value);
    return value;
  }

  #made(node: Node): Value {
    const loaded = this.#load(node);
    if (loaded !== undefined) return loaded;
    if (node.what.kind === 'copy') return this.of(node.args[0]!);
    if (node.what.kind !== 'elementwise') throw new Error(`unreachable: a ${node.what.kind} is not computed in place`);
    const { lanes, of } = { lanes: this.#lanes, of: (n: Node) => this.of(n) };
    const [first, second] = node.args as [Node, Node];
    if (node.what.op === 'power' && isSmallPower(second)) return this.#smallPower(first, second);
    const a = of(first);
    switch (node.what.op) {
      case 'add':
        return lanes.add(a, of(second));
      case 'subtract':
        return lanes.subtract(a, of(second));
      case 'times':
        return lanes.times(a, of(second));
      case 'divide':
        return lanes.divide(a, of(second));
      case 'power':
        return lanes.call('power', a, of(second));
      case 'negate':
        return lanes.negate(a);
      case 'sigmoid':
        return lanes.sigmoid(a);
      case 'tanh':
        return lanes.tanh(a);
      case 'exp':
        return lanes.call('exp', a);
      case 'log':
        return lanes.call('log', a);
      case 'sqrt':
        return lanes.sqrt(a);
      case 'abs':
        return lanes.abs(a);
      // A NaN stays a NaN in all three.
      case 'relu':
        return lanes.select(lanes.less(a, lanes.number(0)), lanes.number(0), lanes.add(a, lanes.number(0)));
      case 'step':
        return this.#orNaN(a, lanes.and(lanes.less(lanes.number(0), a), lanes.number(1)));
      case 'sign': {
        const up = lanes.and(lanes.less(lanes.number(0), a), lanes.number(1));
        const down = lanes.and(lanes.less(a, lanes.number(0)), lanes.number(-1));
        return this.#orNaN(a, lanes.or(up, down));
      }
    }
  }

  #orNaN(a: Value, value: Value): Value {
    const lanes = this.#lanes;
    return lanes.select(lanes.unequal(a, a), a, value);
  }

  /** By products; 1 for the power 0, whatever the base. */
  #smallPower(base: Node, exponent: Node): Value {
    const lanes = this.#lanes;
    const n = (exponent.what as { value: number }).value;
    const size = Math.abs(n);
    if (size === 0) return lanes.number(1);
    const a = this.of(base);
    const square = size < 2 ? a : lanes.keep(lanes.times(a, a));
    const power = size === 1 ? a : size === 2 ? square : lanes.times(square, size === 3 ? a : square);
    return n < 0 ? lanes.divide(lanes.number(1), power) : power;
  }
}
