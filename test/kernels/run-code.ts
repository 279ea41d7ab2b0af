// Runs functions that a test has written, over a memory that it can look at.

import { type Code, ModuleWriter } from '../../lib/kernels/assembler.ts';
import { Library } from '../../lib/kernels/simd-functions.ts';

export interface Bench {
  readonly memory: Float64Array;
  readonly run: Readonly<Record<string, (...args: number[]) => number>>;
}

/** A module of the codes that `write` gives by name, over `pages` of 64 KiB; constants lie behind `constantsAt` bytes. */
export function benchOf(pages: number, constantsAt: number, write: (shared: Library) => Record<string, Code>): Bench {
  const writer = new ModuleWriter();
  let end = constantsAt;
  const library = new Library(writer, (doubles) => {
    const at = end;
    end += doubles * 8;
    return at;
  });
  for (const [name, code] of Object.entries(write(library))) writer.add(code, name);
  const memory = new WebAssembly.Memory({ initial: pages });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(writer.toBytes()), { host: { memory } });
  library.fill(memory.buffer);
  return { memory: new Float64Array(memory.buffer), run: instance.exports as Bench['run'] };
}
