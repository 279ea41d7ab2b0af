// Writes WebAssembly modules byte by byte: just the instructions that the kernels need, over one imported memory.
// Source: WebAssembly Core Specification 2.0, chapter 5 (binary format), with 128-bit SIMD.

type ValueType = 'i32' | 'f64' | 'v128';

const typeByte: Readonly<Record<ValueType, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** Instructions without immediates. */
const plain = {
  select: [0x1b],
  'i32.lt_u': [0x49],
  'i32.ge_s': [0x4e],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i32.div_u': [0x6e],
  'i32.rem_u': [0x70],
  'i32.and': [0x71],
  'i32.shr_u': [0x76],
  'f64x2.splat': [0xfd, 0x14],
  'f64x2.eq': [0xfd, 0x47],
  'f64x2.ne': [0xfd, 0x48],
  'f64x2.lt': [0xfd, 0x49],
  'v128.and': [0xfd, 0x4e],
  'v128.andnot': [0xfd, 0x4f],
  'v128.or': [0xfd, 0x50],
  'v128.xor': [0xfd, 0x51],
  'v128.bitselect': [0xfd, 0x52],
  'f64x2.floor': [0xfd, 0x75],
  'i64x2.add': [0xfd, 0xce, 0x01],
  'f64x2.abs': [0xfd, 0xec, 0x01],
  'f64x2.neg': [0xfd, 0xed, 0x01],
  'f64x2.sqrt': [0xfd, 0xef, 0x01],
  'f64x2.add': [0xfd, 0xf0, 0x01],
  'f64x2.sub': [0xfd, 0xf1, 0x01],
  'f64x2.mul': [0xfd, 0xf2, 0x01],
  'f64x2.div': [0xfd, 0xf3, 0x01],
  'f64x2.max': [0xfd, 0xf5, 0x01],
  'f64x2.pmin': [0xfd, 0xf6, 0x01],
  'f64x2.pmax': [0xfd, 0xf7, 0x01],
  'i64x2.shl': [0xfd, 0xcb, 0x01],
  'i64x2.shr_u': [0xfd, 0xcd, 0x01],
} as const;

export type PlainInstruction = keyof typeof plain;

/** Memory instructions on whole lanes; all take an offset. */
const memory = {
  'v128.load': [0xfd, 0x00],
  'v128.load64_splat': [0xfd, 0x0a],
  'v128.store': [0xfd, 0x0b],
  'v128.load64_zero': [0xfd, 0x5d],
} as const;

const zeroLanes = [0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as const;

type MemoryInstruction = keyof typeof memory;

/** LEB128, appended to `out`. */
function unsigned(out: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

function signed(out: number[], value: number): void {
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    out.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  out.push(rest & 0x7f);
}

function append(out: number[], bytes: readonly number[]): void {
  for (const byte of bytes) out.push(byte);
}

/** The body of one function. Instructions append; `loop` nests. Parameters are the first locals. */
export class Code {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly #bytes: number[] = [];
  readonly #locals: ValueType[] = [];

  constructor(parameters: readonly ValueType[] = [], results: readonly ValueType[] = []) {
    this.parameters = parameters;
    this.results = results;
  }

  /** A new local; its index. */
  local(type: ValueType): number {
    this.#locals.push(type);
    return this.parameters.length + this.#locals.length - 1;
  }

  do(...instructions: readonly PlainInstruction[]): this {
    for (const instruction of instructions) append(this.#bytes, plain[instruction]);
    return this;
  }

  #local(opcode: number, local: number): this {
    this.#bytes.push(opcode);
    unsigned(this.#bytes, local);
    return this;
  }
  get = (local: number): this => this.#local(0x20, local);
  set = (local: number): this => this.#local(0x21, local);
  tee = (local: number): this => this.#local(0x22, local);

  int(value: number): this {
    this.#bytes.push(0x41);
    signed(this.#bytes, value);
    return this;
  }

  /** Zero in both lanes. */
  zeros(): this {
    append(this.#bytes, zeroLanes);
    return this;
  }

  /** Address on the stack (and for a store the value above it), plus a constant offset in bytes. */
  memory(instruction: MemoryInstruction, offset: number): this {
    append(this.#bytes, memory[instruction]);
    this.#bytes.push(3);
    unsigned(this.#bytes, offset);
    return this;
  }

  /** Stores lane 0. */
  storeLow(offset: number): this {
    this.#bytes.push(0xfd, 0x5b, 3);
    unsigned(this.#bytes, offset);
    this.#bytes.push(0);
    return this;
  }

  /** Address and vector on the stack: the vector with its lane 1 from memory. */
  loadHigh(offset: number): this {
    this.#bytes.push(0xfd, 0x57, 3);
    unsigned(this.#bytes, offset);
    this.#bytes.push(1);
    return this;
  }

  /** A local with its lanes swapped. */
  swapLanes(local: number): this {
    this.get(local).get(local);
    append(this.#bytes, [0xfd, 0x0d, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]);
    return this;
  }

  /** Lane 0 of the vector on the stack in both lanes. */
  spreadLow(): this {
    this.#bytes.push(0xfd, 0x21, 0);
    return this.do('f64x2.splat');
  }

  call(functionIndex: number): this {
    return this.#local(0x10, functionIndex);
  }

  /** local += bytes */
  advance(local: number, bytes: number): this {
    return bytes === 0 ? this : this.get(local).int(bytes).do('i32.add').set(local);
  }

  /** Runs the body again as long as `condition` leaves a non-zero i32. The body runs at least once. */
  loop(body: () => void, condition: () => void): this {
    this.#bytes.push(0x03, 0x40);
    body();
    condition();
    this.#bytes.push(0x0d, 0x00, 0x0b);
    return this;
  }

  /** Runs the body if the i32 on the stack is not zero. */
  if(body: () => void): this {
    this.#bytes.push(0x04, 0x40);
    body();
    this.#bytes.push(0x0b);
    return this;
  }

  /** The function as the code section wants it, without its size: locals, then instructions. */
  toBytes(): readonly [locals: number[], instructions: readonly number[]] {
    const groups: { count: number; readonly type: ValueType }[] = [];
    for (const type of this.#locals) {
      const last = groups.at(-1);
      if (last?.type === type) last.count++;
      else groups.push({ count: 1, type });
    }
    const locals: number[] = [];
    unsigned(locals, groups.length);
    for (const { count, type } of groups) {
      unsigned(locals, count);
      locals.push(typeByte[type]);
    }
    return [locals, this.#bytes];
  }
}

/** A module over one imported memory (`host.memory`), with functions that it exports by name. */
export class ModuleWriter {
  readonly #functions: Code[] = [];
  readonly #exports = new Map<string, number>();

  /** Adds a function; its index, for calls from other functions. */
  add(code: Code, exportName?: string): number {
    const index = this.#functions.push(code) - 1;
    if (exportName !== undefined) this.#exports.set(exportName, index);
    return index;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const parts: (readonly number[])[] = [[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]];
    const section = (id: number, count: number, ...body: readonly (readonly number[])[]) => {
      const start: number[] = [];
      unsigned(start, count);
      const head = [id];
      unsigned(
        head,
        body.reduce((sum, part) => sum + part.length, start.length),
      );
      parts.push(head, start, ...body);
    };
    const functions = this.#functions;
    const types = functions.flatMap(({ parameters, results }) => {
      const bytes = (list: readonly ValueType[]) => [list.length, ...list.map((type) => typeByte[type])];
      return [0x60, ...bytes(parameters), ...bytes(results)];
    });
    const indices: number[] = [];
    for (let i = 0; i < functions.length; i++) unsigned(indices, i);
    const exports: number[] = [];
    for (const [name, index] of this.#exports) {
      text(exports, name);
      exports.push(0x00);
      unsigned(exports, index);
    }
    const bodies = functions.flatMap((code) => {
      const [locals, instructions] = code.toBytes();
      const size: number[] = [];
      unsigned(size, locals.length + instructions.length + 1);
      return [size, locals, instructions, end];
    });
    section(1, functions.length, types);
    section(2, 1, memoryImport);
    section(3, functions.length, indices);
    section(7, this.#exports.size, exports);
    section(10, functions.length, ...bodies);

    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

const end = [0x0b] as const;

function text(out: number[], words: string): void {
  unsigned(out, words.length);
  for (let i = 0; i < words.length; i++) out.push(words.charCodeAt(i));
}

/** `host.memory`, a memory of at least no pages. */
const memoryImport: number[] = [];
text(memoryImport, 'host');
text(memoryImport, 'memory');
memoryImport.push(0x02, 0x00, 0x00);
