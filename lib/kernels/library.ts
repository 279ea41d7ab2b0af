// What all functions of a module share: the elementary functions, each emitted once and only where it is called, and the constants,
// which lie in memory.

import { Code, type ModuleWriter } from './assembler.ts';
import { Lanes, type LibraryFunction, type Shared } from './lanes.ts';
import type { Reserve } from './places.ts';

const constantsAtATime = 128;

export class Library implements Shared {
  readonly #writer: ModuleWriter;
  readonly #reserve: Reserve;
  readonly #functions = new Map<LibraryFunction, number>();
  readonly #constants = new Map<string, { readonly address: number; readonly upper: number; readonly lower: number }>();
  #next = 0;

  constructor(writer: ModuleWriter, reserve: Reserve) {
    this.#writer = writer;
    this.#reserve = reserve;
  }

  indexOf(name: LibraryFunction): number {
    const existing = this.#functions.get(name);
    if (existing !== undefined) return existing;
    const code = new Code(name === 'power' ? ['v128', 'v128'] : ['v128'], ['v128']);
    const lanes = new Lanes(code, this);
    const [a, b] = [() => code.get(0), () => code.get(1)];
    (name === 'power' ? lanes.power(a, b) : lanes[name](a))();
    const index = this.#writer.add(code);
    this.#functions.set(name, index);
    return index;
  }

  addressOf(upper: number, lower: number): number {
    const key = `${upper} ${lower}`;
    const existing = this.#constants.get(key);
    if (existing !== undefined) return existing.address;
    if (this.#constants.size % constantsAtATime === 0) this.#next = this.#reserve(constantsAtATime);
    const address = this.#next;
    this.#next += 8;
    this.#constants.set(key, { address, upper, lower });
    return address;
  }

  /** Writes the constants to where the functions read them. */
  fill(memory: ArrayBuffer): void {
    const words = new Int32Array(memory);
    for (const { address, upper, lower } of this.#constants.values()) {
      words[address / 4] = lower;
      words[address / 4 + 1] = upper;
    }
  }
}
