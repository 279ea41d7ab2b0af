// Sequence to sequence: an encoder reads, its last states are the decoder's first, and a decoder with a memory gets all of the
// encoder's outputs beside. Cho et al. 2014; Sutskever, Vinyals & Le 2014; Bahdanau, Cho & Bengio 2015.

import { memoryColumns, memoryName } from '../cells/attention.ts';
import type { Cell } from '../cells/catalogue.ts';
import { shapeOf } from '../equations/program.ts';
import { sizesFor } from '../equations/sizes.ts';
import type { Random } from '../numbers/random.ts';
import { type Parameters, type Part, parametersOf, partOf, readoutPart, startPart } from './parts.ts';

export interface Seq2seqDesign {
  readonly encoder: Cell;
  /** Has the encoder's states, and the memory `M` where it attends. */
  readonly decoder: Cell;
  /** H of both */
  readonly hidden: number;
  /** How many symbols there are to read, and to say. */
  readonly sourceSymbols: number;
  readonly targetSymbols: number;
}

export interface Seq2seq extends Parameters {
  readonly design: Seq2seqDesign;
  readonly encoder: Part;
  readonly decoder: Part;
  readonly readout: Part;
  /** The states that the encoder hands over. */
  readonly handed: readonly string[];
  readonly attends: boolean;
}

/** First values are the cells' own; a part of the same name starts alike for the same `rng`, whatever the others are. */
export function createSeq2seq(design: Seq2seqDesign, rng: Random): Seq2seq {
  const model = emptySeq2seq(design);
  for (const part of [model.encoder, model.decoder, model.readout]) startPart(model, part, rng);
  return model;
}

/** All parameters 0. Throws RangeError for a decoder whose states the encoder does not have. */
export function emptySeq2seq(design: Seq2seqDesign): Seq2seq {
  const { hidden, sourceSymbols, targetSymbols } = design;
  const encoder = partOf('encoder', design.encoder, sizesFor(design.encoder.program, hidden, sourceSymbols));
  const decoder = partOf('decoder', design.decoder, sizesFor(design.decoder.program, hidden, targetSymbols));
  const readout = readoutPart(decoder.size, targetSymbols);
  const handed = design.decoder.program.states.filter((state) => state !== memoryName);
  const missing = handed.find((state) => !design.encoder.program.states.includes(state));
  if (missing !== undefined) throw new RangeError(`the encoder has no state ${missing} to hand over`);
  const attends = design.decoder.program.states.includes(memoryName);
  const sized = design.decoder.program.parameters.find((name) => {
    const { rows, columns } = shapeOf(design.decoder.program, name);
    return [rows, columns].includes(memoryColumns);
  });
  if (attends && sized !== undefined) throw new RangeError(`${sized} has a size that depends on the source's length`);
  return { design, encoder, decoder, readout, handed, attends, ...parametersOf([encoder, decoder, readout]) };
}
