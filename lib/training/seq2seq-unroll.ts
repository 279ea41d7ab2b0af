// A sequence-to-sequence model compiled for sources of S symbols and T outputs, B sequences side by side. Teacher forcing: forward
// and back through decoder, memory and encoder. Decoding: step by step on its own likeliest words.

import { alignmentName, memoryColumns, memoryName } from '../cells/memory-reads.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { argmax } from './free-running.ts';
import { compiled, partRunner } from './runner.ts';
import type { Seq2seq } from './seq2seq.ts';

export interface Seq2seqUnrolled {
  readonly model: Seq2seq;
  readonly sourceSteps: number;
  readonly targetSteps: number;
  readonly batch: number;
  /** Write here: [S][B][source symbols]. */
  readonly sources: Float64Array;
  /** What the decoder hears, [T][B][target symbols]: the output before, and zeros at the first step. */
  readonly heard: Float64Array;
  /** [T][B][target symbols], written by `forward`. */
  readonly outputs: Float64Array;
  /** Write here, before `backward`: ∂L/∂outputs. */
  readonly outputGradients: Float64Array;
  /** In the order of `model.parameters`, written by `backward`. */
  readonly gradients: Float64Array;
  /** Takes the parameters of the model as they are now. */
  forward(): void;
  backward(): void;
  /** Says its likeliest symbol at every step and hears it at the next; overwrites `heard` and `outputs`. */
  decode(): Decoded;
  /** α of the last `forward`, [T][B][S]; empty without attention. */
  alignment(): Float64Array;
}

export interface Decoded {
  /** [T][B]; -1 where the outputs are not finite. */
  readonly said: Int32Array;
  /** [T][B][S]; empty without attention. */
  readonly alignment: Float64Array;
}

/** Compiles a kernel for each part, in some milliseconds. Without `gradients`, forward only. */
export function unrollSeq2seq(
  model: Seq2seq,
  {
    sourceSteps: S,
    targetSteps: T,
    batch: B,
    gradients: wanted = true,
  }: {
    readonly sourceSteps: number;
    readonly targetSteps: number;
    readonly batch: number;
    readonly gradients?: boolean;
  },
): Seq2seqUnrolled {
  const { design, handed, attends } = model;
  const gradients = new Float64Array(wanted ? model.parameters.length : 0);
  const options = { batch: B, gradients: wanted ? gradients : undefined };
  const encoders = model.encoders.map((part) =>
    partRunner(model, part, compiled, { ...options, steps: S, readsData: true }),
  );
  const [inOrder, fromEnd] = encoders.map(({ kernel }) => kernel) as [Kernel, Kernel?];
  const attending = { ...model.decoder, sizes: new Map([...model.decoder.sizes, [memoryColumns, S]]) };
  const decoder = partRunner(model, attending, compiled, { ...options, steps: T, readsData: true });
  const readout = partRunner(model, model.readout, compiled, { ...options, steps: T, readsData: false });
  const parts = [...encoders, decoder, readout];
  const [read, said] = [design.encoder.program.output, design.decoder.program.output];
  const H = model.decoder.size;
  const O = design.targetSymbols;
  const outputs = new Float64Array(T * B * O);

  /** Which step of encoder `e` reads source position j: the second one reads from the end. */
  const stepOf = (e: number, j: number): number => (e === 0 ? j : S - 1 - j);
  const half = H / encoders.length;

  /** The encoder's last states become the decoder's first, all its outputs the columns of the memory: one direction below the other. */
  const handOver = (): void => {
    for (const [e, { kernel }] of encoders.entries()) {
      for (const state of handed) {
        const initial = decoder.kernel.initial(state);
        for (let b = 0; b < B; b++) {
          const last = kernel.value(state, S - 1, b);
          initial.set(last, (b * encoders.length + e) * last.length);
        }
      }
      if (!attends) continue;
      const memory = decoder.kernel.initial(memoryName);
      for (let j = 0; j < S; j++)
        for (let b = 0; b < B; b++) {
          const column = kernel.value(read, stepOf(e, j), b);
          for (let i = 0; i < half; i++) memory[(b * H + e * half + i) * S + j] = column[i]!;
        }
    }
  };
  /** The same way back: what the decoder wants of its first states, and of the memory. */
  const handBack = (): void => {
    for (const [e, { kernel }] of encoders.entries()) {
      for (const state of handed) {
        const arriving = kernel.arriving(state);
        for (let b = 0; b < B; b++) {
          const first = decoder.kernel.initialGradient(state, b);
          const length = first.length / encoders.length;
          arriving.set(first.subarray(e * length, (e + 1) * length), b * length);
        }
      }
      if (!attends) continue;
      for (let b = 0; b < B; b++) {
        const memory = decoder.kernel.initialGradient(memoryName, b);
        for (let j = 0; j < S; j++)
          for (let i = 0; i < half; i++)
            kernel.readouts[(stepOf(e, j) * B + b) * half + i] = memory[(e * half + i) * S + j]!;
      }
    }
  };
  /** `steps` of the decoder, and what it says at them, at the beginning of `outputs`. */
  const speak = (steps: number, carry: boolean): void => {
    decoder.kernel.forward({ steps, carry, sameParameters: carry });
    decoder.kernel.values(said, readout.kernel.inputs);
    readout.kernel.forward({ steps, sameParameters: carry });
    readout.kernel.values(model.readout.cell.program.output, outputs);
  };
  const encode = (): void => {
    for (const { takeParameters } of parts) takeParameters();
    const width = design.sourceSymbols * B;
    for (let j = 0; j < S && fromEnd !== undefined; j++)
      fromEnd.inputs.set(inOrder.inputs.subarray(j * width, (j + 1) * width), (S - 1 - j) * width);
    for (const { kernel } of encoders) kernel.forward();
    handOver();
  };
  const alignment = (): Float64Array => (attends ? decoder.kernel.values(alignmentName) : new Float64Array(0));
  const heard = decoder.kernel.inputs;

  return {
    model,
    sourceSteps: S,
    targetSteps: T,
    batch: B,
    sources: inOrder.inputs,
    heard,
    outputs,
    outputGradients: readout.kernel.readouts,
    gradients,
    forward() {
      encode();
      speak(T, false);
    },
    backward() {
      readout.kernel.backward();
      decoder.kernel.readouts.set(readout.kernel.inputGradients);
      decoder.kernel.backward();
      handBack();
      for (const { kernel } of encoders) kernel.backward();
      for (const { giveGradients } of parts) giveGradients();
    },
    decode() {
      const words = new Int32Array(T * B);
      const weights = new Float64Array(attends ? T * B * S : 0);
      encode();
      heard.fill(0, 0, B * O);
      for (let t = 0; t < T; t++) {
        speak(1, t > 0);
        if (attends) weights.set(alignment(), t * B * S);
        heard.fill(0, 0, B * O);
        for (let b = 0; b < B; b++) {
          const word = argmax(outputs.subarray(b * O, (b + 1) * O));
          words[t * B + b] = word;
          if (word < 0) heard.fill(Number.NaN, b * O, (b + 1) * O);
          else heard[b * O + word] = 1;
        }
      }
      return { said: words, alignment: weights };
    },
    alignment,
  };
}
