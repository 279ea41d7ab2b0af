// A function over rows: each operation of a kernel gets the first row and their number, and walks along the frames.

import { Code } from './assembler.ts';
import { addressOf, type Place, type Region, rowStep } from './places.ts';

/** The parameters of every operation's function. */
export const firstRow = 0;
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
  at(place: Place): { local: number; offset: number } {
    const { region } = place;
    const offset = addressOf(place);
    if (region.stride === 0) return { local: this.#none, offset };
    const existing = this.#locals.get(region);
    if (existing !== undefined) return { local: existing, offset };
    const local = this.#code.local('i32');
    this.#locals.set(region, local);
    this.#code.get(firstRow);
    if (region.ring > 0) this.#code.int(region.ring).do('i32.rem_u');
    if (region.shared > 1) this.#code.int(region.shared).do('i32.div_u');
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
