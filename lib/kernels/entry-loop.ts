// The loop that all elementwise work shares: over rows, and within a row over the entries of a value, two at a time.

import { type Address, forEachRow, operationCode, Pointers } from './addresses.ts';
import type { Code } from './assembler.ts';
import type { Elementwise, Node } from './graph.ts';
import { isSmallPower, sourcesOf } from './schedule.ts';
import { Lanes, type LaneValue, type Library } from './simd-functions.ts';

/** The place of a node that memory holds; undefined where a node is computed anew wherever it is read. */
export type Where = (node: Node) => Address | undefined;

/** Where the current entry of a node lies. `isLast`: the one entry left over of an odd number; otherwise there are two. */
export interface EntryCursor {
  readonly values: Values;
  readonly isLast: boolean;
  readonly load: (node: Node) => void;
  /** Stores one or two entries. */
  readonly store: (node: Node, value: LaneValue) => void;
}

export class EntryLoop {
  readonly code: Code = operationCode();
  readonly lanes: Lanes;
  readonly #pointers = new Pointers(this.code);
  readonly #entry = this.code.local('i32');
  readonly #scalars = new Map<Node, LaneValue>();
  readonly #size: number;
  readonly #reads: ReadonlySet<Node>;
  readonly #own: ReadonlySet<Node>;
  readonly #where: Where;

  /** Over values of `size` entries; `own` are the nodes that the loop computes, and `sources` all whose values it needs. */
  constructor(size: number, sources: readonly Node[], own: readonly Node[], where: Where, library: Library) {
    this.lanes = new Lanes(this.code, library);
    this.#size = size;
    this.#own = new Set(own);
    this.#where = where;
    this.#reads = this.#readsUnder(sources);
  }

  /** Runs `row` for every row; within it `pass` goes over the entries. The finished function. */
  run(row: () => void): Code {
    for (const node of [...this.#reads, ...this.#own]) {
      const place = this.#where(node);
      if (place !== undefined) this.#pointers.at(place);
    }
    forEachRow(this.code, () => {
      // A scalar is spread over the entries; it is read once a row.
      for (const node of this.#reads)
        if (node.size === 1 && this.#size > 1)
          this.#scalars.set(
            node,
            this.lanes.keep(() => this.#spreadFirst(node)),
          );
      row();
      this.#pointers.next();
    });
    return this.code;
  }

  pass(body: (entry: EntryCursor) => void): void {
    const { code } = this;
    const end = this.#size - (this.#size % 2);
    code.int(0).set(this.#entry);
    if (end > 0) {
      const step = () => {
        body(this.#at(false));
        this.#pointers.walk(16);
        code.advance(this.#entry, 16);
      };
      code.loop(step, () =>
        code
          .get(this.#entry)
          .int(end * 8)
          .do('i32.lt_u'),
      );
    }
    if (this.#size > end) body(this.#at(true));
    this.#pointers.walk(-end * 8);
  }

  #spreadFirst(node: Node): void {
    const { local, offset } = this.#pointers.at(this.#where(node)!);
    this.code.get(local).memory('v128.load64_splat', offset);
  }

  /** Stores the lower lane as a node's first entry in this row. */
  storeFirst(node: Node, value: LaneValue): void {
    const { local, offset } = this.#pointers.at(this.#where(node)!);
    this.code.get(local);
    value();
    this.code.storeLow(offset);
  }

  #at(isLast: boolean): EntryCursor {
    const { code } = this;
    const load = (node: Node) => {
      const { address, offset } = this.#entryOf(this.#where(node)!);
      code.get(address).memory(isLast ? 'v128.load64_zero' : 'v128.load', offset);
    };
    const values = new Values(this.lanes, (node) => {
      if (this.#own.has(node) || this.#where(node) === undefined) return undefined;
      return () => load(node);
    });
    for (const [node, value] of this.#scalars) values.know(node, value);
    const store = (node: Node, value: LaneValue) => {
      const { address, offset } = this.#entryOf(this.#where(node)!);
      code.get(address);
      value();
      if (isLast) code.storeLow(offset);
      else code.memory('v128.store', offset);
    };
    return { values, isLast, load, store };
  }

  #entryOf(place: Address): { address: number; offset: number } {
    const { local, offset } = this.#pointers.at(place);
    // What all rows share begins anew in every row.
    return { address: place.region.stride === 0 ? this.#entry : local, offset };
  }

  #readsUnder(sources: readonly Node[]): Set<Node> {
    return sourcesOf(sources, (node) => !this.#own.has(node) && this.#where(node) !== undefined);
  }
}

const orNaN = (lanes: Lanes, a: LaneValue, value: LaneValue): LaneValue => lanes.select(lanes.unequal(a, a), a, value);

/** What an op of the language is on two neighbouring entries. */
const elementwise: Readonly<Record<Elementwise, (lanes: Lanes, a: LaneValue, b: LaneValue) => LaneValue>> = {
  add: (lanes, a, b) => lanes.add(a, b),
  subtract: (lanes, a, b) => lanes.subtract(a, b),
  times: (lanes, a, b) => lanes.times(a, b),
  divide: (lanes, a, b) => lanes.divide(a, b),
  power: (lanes, a, b) => lanes.call('power', a, b),
  negate: (lanes, a) => lanes.negate(a),
  sigmoid: (lanes, a) => lanes.sigmoid(a),
  tanh: (lanes, a) => lanes.tanh(a),
  exp: (lanes, a) => lanes.call('exp', a),
  log: (lanes, a) => lanes.call('log', a),
  sqrt: (lanes, a) => lanes.sqrt(a),
  abs: (lanes, a) => lanes.abs(a),
  // A NaN stays a NaN in all three.
  relu: (lanes, a) => lanes.select(lanes.less(a, lanes.number(0)), lanes.number(0), lanes.add(a, lanes.number(0))),
  step: (lanes, a) => orNaN(lanes, a, lanes.and(lanes.less(lanes.number(0), a), lanes.number(1))),
  sign: (lanes, a) => {
    const up = lanes.and(lanes.less(lanes.number(0), a), lanes.number(1));
    const down = lanes.and(lanes.less(a, lanes.number(0)), lanes.number(-1));
    return orNaN(lanes, a, lanes.or(up, down));
  },
};

/** Values of nodes at two neighbouring places of a loop. `load` gives what memory holds, undefined for what is computed in place. */
class Values {
  readonly #lanes: Lanes;
  readonly #load: (node: Node) => LaneValue | undefined;
  readonly #known = new Map<Node, LaneValue>();

  constructor(lanes: Lanes, load: (node: Node) => LaneValue | undefined) {
    this.#lanes = lanes;
    this.#load = load;
  }

  /** Says what a node's value is. */
  know(node: Node, value: LaneValue): void {
    this.#known.set(node, value);
  }

  of(node: Node): LaneValue {
    const existing = this.#known.get(node);
    if (existing !== undefined) return existing;
    const value =
      node.what.kind === 'number' ? this.#lanes.number(node.what.value) : this.#lanes.keep(this.#made(node));
    this.#known.set(node, value);
    return value;
  }

  #made(node: Node): LaneValue {
    const loaded = this.#load(node);
    if (loaded !== undefined) return loaded;
    if (node.what.kind === 'copy') return this.of(node.args[0]!);
    if (node.what.kind !== 'elementwise') throw new Error(`unreachable: a ${node.what.kind} is not computed in place`);
    const [first, second] = node.args as [Node, Node];
    if (node.what.op === 'power' && isSmallPower(second)) return this.#smallPower(first, second);
    const [a, b] = node.args.map((arg) => this.of(arg));
    return elementwise[node.what.op](this.#lanes, a!, b!);
  }

  /** By products; 1 for the power 0, whatever the base. */
  #smallPower(base: Node, exponent: Node): LaneValue {
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
