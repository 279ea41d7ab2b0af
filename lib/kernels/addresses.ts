// Where numbers lie: regions of rows in the one memory, and places in them.

import { Code } from './assembler.ts';

/** A run of rows, one a sequence and step (step by step, sequences within); a stride of 0: one row, the same for all. */
export interface Region {
  /** In bytes; row 0 is the first sequence at the first step. */
  readonly base: number;
  /** In doubles. */
  readonly stride: number;
  /** So many rows, used over and over, for what nobody reads when the steps that are done together are over. 0: all are kept. */
  readonly ring: number;
}

/** An operation's numbers: at base + 8 · ((row + shift) · stride + offset) for each row. */
export interface Address {
  readonly region: Region;
  readonly offset: number;
  readonly shift: number;
}

/** Bytes from one row of an operation to the next. */
export const rowStep = ({ stride }: Region): number => stride * 8;

/** The byte address of row 0. */
export const addressOf = ({ region, offset, shift }: Address): number =>
  region.base + 8 * (shift * region.stride + offset);

export const samePlace = (a: Address, b: Address): boolean =>
  a.region === b.region && a.shift === b.shift && a.offset === b.offset;

/** Whether b lies right behind the `size` entries of a. */
export const follows = (a: Address, size: number, b: Address): boolean =>
  a.region === b.region && a.shift === b.shift && a.offset + size === b.offset;

/** Room for so many doubles in memory that nobody has yet; its byte address. */
export type Reserve = (doubles: number) => number;

/** Hands out memory from the bottom up, in whole cache lines, so that no two regions share one. */
export class Arena {
  // Address 0 stays free, and products may read one vector past the end.
  #end = 64;
  readonly reserve: Reserve = (doubles) => {
    const at = this.#end;
    this.#end += Math.ceil((doubles * 8 + 16) / 64) * 64;
    return at;
  };
  get bytes(): number {
    return this.#end + 64;
  }
}

/**
 * All phases do so many steps before the next ones: so few that what one phase leaves is still in the cache when the next one
 * reads it, and enough rows for products over all of them at once.
 */
export const stepsTogether = (batch: number): number => Math.max(1, Math.floor(64 / batch));

// A function over rows: each operation of a kernel gets the first row and their number, and walks along the frames.

/** The parameters of every operation's function. */
const firstRow = 0;
export const rowCount = 1;

export const operationCode = (): Code => new Code(['i32', 'i32']);

/** Pointers into the regions that an operation touches: byte offsets from row 0, one local a region. */
export class Pointers {
  readonly #code: Code;
  readonly #locals = new Map<Region, number>();
  readonly #none: number;

  constructor(code: Code) {
    this.#code = code;
    this.#none = code.local('i32');
  }

  /** The local for a place, set at its first mention to the first row; and the constant offset that goes with it. */
  at(place: Address): { local: number; offset: number } {
    const { region } = place;
    const offset = addressOf(place);
    if (region.stride === 0) return { local: this.#none, offset };
    const existing = this.#locals.get(region);
    if (existing !== undefined) return { local: existing, offset };
    const local = this.#code.local('i32');
    this.#locals.set(region, local);
    this.#code.get(firstRow);
    if (region.ring > 0) this.#code.int(region.ring).do('i32.rem_u');
    this.#code
      .int(region.stride * 8)
      .do('i32.mul')
      .set(local);
    return { local, offset };
  }

  /** To the next row, or as many rows further. */
  next(rows = 1): void {
    for (const [region, local] of this.#locals) this.#code.advance(local, rows * rowStep(region));
  }

  /** Within the row. */
  walk(bytes: number): void {
    for (const local of this.#locals.values()) this.#code.advance(local, bytes);
  }
}

/** Runs the body for every row. There must be at least one. */
export function forEachRow(code: Code, body: () => void): void {
  const left = code.local('i32');
  code.get(rowCount).set(left);
  code.loop(body, () => code.get(left).int(1).do('i32.sub').tee(left));
}
