// The loop that all elementwise work shares: over rows, and within a row over the entries of a value, two at a time.

import type { Code } from './assembler.ts';
import type { Node } from './graph.ts';
import { Lanes, type Shared, type Value } from './lanes.ts';
import type { Place } from './places.ts';
import { forEachRow, operationCode, Pointers } from './rows.ts';
import { sourcesOf } from './schedule.ts';
import { Values } from './values.ts';

/** The place of a node that memory holds; undefined where a node is computed anew wherever it is read. */
export type Where = (node: Node) => Place | undefined;

/** Where the current entry of a node lies. `isLast`: the one entry left over of an odd number; otherwise there are two. */
export interface Entry {
  readonly values: Values;
  readonly isLast: boolean;
  readonly load: (node: Node) => void;
  /** Stores one or two entries. */
  readonly store: (node: Node, value: Value) => void;
}

export class EntryLoop {
  readonly code: Code = operationCode();
  readonly lanes: Lanes;
  readonly #pointers = new Pointers(this.code);
  readonly #entry = this.code.local('i32');
  readonly #scalars = new Map<Node, Value>();
  readonly #size: number;
  readonly #reads: ReadonlySet<Node>;
  readonly #own: ReadonlySet<Node>;
  readonly #where: Where;

  /** Over values of `size` entries; `own` are the nodes that the loop computes, and `sources` all whose values it needs. */
  constructor(size: number, sources: readonly Node[], own: readonly Node[], where: Where, shared: Shared) {
    this.lanes = new Lanes(this.code, shared);
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

  pass(body: (entry: Entry) => void): void {
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
  storeFirst(node: Node, value: Value): void {
    const { local, offset } = this.#pointers.at(this.#where(node)!);
    this.code.get(local);
    value();
    this.code.storeLow(offset);
  }

  #at(isLast: boolean): Entry {
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
    const store = (node: Node, value: Value) => {
      const { address, offset } = this.#entryOf(this.#where(node)!);
      code.get(address);
      value();
      if (isLast) code.storeLow(offset);
      else code.memory('v128.store', offset);
    };
    return { values, isLast, load, store };
  }

  #entryOf(place: Place): { address: number; offset: number } {
    const { local, offset } = this.#pointers.at(place);
    // What all rows share begins anew in every row.
    return { address: place.region.stride === 0 ? this.#entry : local, offset };
  }

  #readsUnder(sources: readonly Node[]): Set<Node> {
    return sourcesOf(sources, (node) => !this.#own.has(node) && this.#where(node) !== undefined);
  }
}
