// Where numbers lie: regions of rows in the one memory, and places in them.

/** A run of rows, one a sequence and step (step by step, sequences within); a stride of 0: one row, the same for all. */
export interface Region {
  /** In bytes; row 0 is the first sequence at the first step. */
  readonly base: number;
  /** In doubles. */
  readonly stride: number;
  /** So many rows of an operation in succession are one row of this region. More than 1 for what several readouts share. */
  readonly shared: number;
  /** So many rows, used over and over, for what nobody reads when the steps that are done together are over. 0: all are kept. */
  readonly ring: number;
}

/** An operation's numbers: at base + 8 · ((row + shift) · stride + offset) for each row. */
export interface Place {
  readonly region: Region;
  readonly offset: number;
  readonly shift: number;
}

/** Bytes from one row of an operation to the next. */
export const rowStep = ({ stride, shared }: Region): number => (shared > 1 ? 0 : stride * 8);

/** The byte address of row 0. */
export const addressOf = ({ region, offset, shift }: Place): number =>
  region.base + 8 * (shift * region.stride + offset);

export const samePlace = (a: Place, b: Place): boolean =>
  a.region === b.region && a.shift === b.shift && a.offset === b.offset;

/** Whether b lies right behind the `size` entries of a. */
export const follows = (a: Place, size: number, b: Place): boolean =>
  a.region === b.region && a.shift === b.shift && a.offset + size === b.offset;

/** Room for so many doubles in memory that nobody has yet; its byte address. */
export type Reserve = (doubles: number) => number;

/** Hands out memory from the bottom up, in whole cache lines, so that no two regions share one. */
export class Room {
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
