// The part of the WebAssembly JavaScript API that the kernels use. TypeScript has it in its DOM library only.
// Source: WebAssembly JavaScript Interface, W3C.

declare namespace WebAssembly {
  class Memory {
    constructor(size: { readonly initial: number });
    /** 64 KiB for each of the `initial` pages. */
    readonly buffer: ArrayBuffer;
  }
  class Module {
    /** Throws a CompileError for bytes that are no module. */
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: { readonly [module: string]: { readonly [name: string]: Memory } });
    readonly exports: { readonly [name: string]: unknown };
  }
}
