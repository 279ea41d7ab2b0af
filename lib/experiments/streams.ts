// One token at a time: a cell that carries its state.

import type { Cell } from '../cells/catalogue.ts';
import { sizesFor, zeroStates } from '../equations/program.ts';
import { compile, type Kernel } from '../kernels/kernel.ts';
import { column, filled } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { startValues } from '../options/initialisation.ts';
import { firstNonFinite, nonFiniteSays } from './non-finite.ts';

/** Tokens are d numbers each, so many of them drawn once; the stream goes round them. */
export const drawn = 1024;

export interface Tokens {
  /** d */
  readonly width: number;
  /** The token at position t, counted from 0. */
  readonly at: (t: number) => Float64Array;
}

export function tokens(width: number, seed: number): Tokens {
  const { data } = filled(drawn, width, random(seed).fork('tokens').normal);
  return { width, at: (t) => data.subarray((t % drawn) * width, ((t % drawn) + 1) * width) };
}

/** Whatever takes one token after the other. */
export interface Stream {
  /** Returns the output, a view that the next token overwrites. */
  next(token: Float64Array): Float64Array;
  /** Bytes that the next token will need of those before it. */
  readonly bytes: number;
}

interface RecurrentStream extends Stream {
  /** Begins again from states of zero. */
  restart(): void;
}

const parametersFor = (cell: Cell, width: number, seed: number) =>
  startValues(
    cell,
    sizesFor(cell.program, width, width),
    { hidden: width },
    random(seed).fork(`parameters of ${cell.name}`),
  );

/** H and D are the width of a token. Parameters depend on the seed alone. */
function kernelFor(cell: Cell, width: number, steps: number, seed: number): Kernel {
  const sizes = sizesFor(cell.program, width, width);
  const kernel = compile(cell.program, undefined, sizes, { steps, batch: 1 });
  for (const [name, { data }] of parametersFor(cell, width, seed)) kernel.parameter(name).set(data);
  return kernel;
}

/** A compiled cell of one step, whose states are carried on. */
export function recurrentStream(cell: Cell, width: number, seed: number): RecurrentStream {
  const kernel = kernelFor(cell, width, 1, seed);
  const { output, states } = cell.program;
  let carry = false;
  kernel.forward();
  return {
    next(token) {
      kernel.inputs.set(kernel.inputs.length === 0 ? [] : token);
      kernel.forward({ carry, sameParameters: true });
      carry = true;
      return kernel.value(output, 0);
    },
    restart() {
      carry = false;
    },
    get bytes() {
      return states.reduce((sum, state) => sum + kernel.initial(state).byteLength, 0);
    },
  };
}

/** Where the outputs of the first `steps` tokens stop being finite, in words. */
export function streamNonFinite(cell: Cell, from: Tokens, steps: number, seed: number): string | undefined {
  const { width } = from;
  const sizes = sizesFor(cell.program, width, width);
  const first = firstNonFinite(cell.backward, {
    params: parametersFor(cell, width, seed),
    initial: zeroStates(cell.program, sizes),
    inputs: Array.from({ length: steps }, (_, t) => column(from.at(t))),
    readout: [],
  });
  return first === undefined ? undefined : nonFiniteSays(first);
}

/** All outputs of the first `steps` tokens in one run over the whole sequence, [T][width]. */
export function recurrentWhole(cell: Cell, from: Tokens, steps: number, seed: number): Float64Array {
  const kernel = kernelFor(cell, from.width, steps, seed);
  if (kernel.inputs.length > 0) for (let t = 0; t < steps; t++) kernel.inputs.set(from.at(t), t * from.width);
  kernel.forward();
  return kernel.values(cell.program.output);
}

/** max |one token at a time − the whole sequence at once| over the first `steps` tokens. */
export function streamError(stream: Stream, whole: Float64Array, from: Tokens): number {
  const width = from.width;
  let error = 0;
  for (let t = 0; t < whole.length / width; t++) {
    const output = stream.next(from.at(t));
    for (const [j, value] of output.entries()) error = Math.max(error, Math.abs(value - whole[t * width + j]!));
  }
  return error;
}
