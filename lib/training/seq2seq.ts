// Sequence to sequence: an encoder reads, its last states are the decoder's first, and a decoder with a memory gets all of the
// encoder's outputs beside. Cho et al. 2014; Sutskever, Vinyals & Le 2014; Bahdanau, Cho & Bengio 2015. An encoder that reads from both
// ends has half of the decoder's H for each: what it hands over is as long as that of one direction.

import type { Cell } from '../cells/catalogue.ts';
import { memoryColumns, memoryName } from '../cells/memory-reads.ts';
import { shapeOf, sizeOf, sizesFor } from '../equations/program.ts';
import type { Random } from '../numbers/random.ts';
import { createPart, type Parameters, type Part, parametersOf, readoutPart, startPart } from './parts.ts';

interface Seq2seqDesign {
  readonly encoder: Cell;
  /** Has the encoder's states, and the memory `M` where it attends. */
  readonly decoder: Cell;
  /** H of the decoder, and of what the encoder hands over. */
  readonly hidden: number;
  /** The encoder reads from both ends, with H/2 from each. */
  readonly bidirectional?: boolean;
  /** How many symbols there are to read, and to say. */
  readonly sourceSymbols: number;
  readonly targetSymbols: number;
}

export interface Seq2seq extends Parameters {
  readonly design: Seq2seqDesign;
  /** One that reads in order, and where the design says so one that reads from the end. */
  readonly encoders: readonly Part[];
  readonly decoder: Part;
  readonly readout: Part;
  /** The states that the encoder hands over. */
  readonly handed: readonly string[];
  readonly attends: boolean;
}

/** First values are the cells' own; a part of the same name starts alike for the same `rng`, whatever the others are. */
export function createSeq2seq(design: Seq2seqDesign, rng: Random): Seq2seq {
  const model = emptySeq2seq(design);
  for (const part of [...model.encoders, model.decoder, model.readout]) startPart(model, part, rng);
  return model;
}

/**
 * All parameters 0. Throws RangeError for a decoder whose states the encoder does not have, and for both directions where H or a
 * state cannot be halved.
 */
export function emptySeq2seq(design: Seq2seqDesign): Seq2seq {
  const { hidden, bidirectional = false, sourceSymbols, targetSymbols } = design;
  const each = bidirectional ? hidden / 2 : hidden;
  if (!Number.isInteger(each)) throw new RangeError(`H is ${hidden}: two directions need an even number`);
  const encoders = (bidirectional ? ['encoder', 'encoder_reverse'] : ['encoder']).map((name) =>
    createPart(name, design.encoder, sizesFor(design.encoder.program, each, sourceSymbols)),
  );
  const decoder = createPart('decoder', design.decoder, sizesFor(design.decoder.program, hidden, targetSymbols));
  const readout = readoutPart(decoder.size, targetSymbols);
  const handed = design.decoder.program.states.filter((state) => state !== memoryName);
  const missing = handed.find((state) => !design.encoder.program.states.includes(state));
  if (missing !== undefined) throw new RangeError(`the encoder has no state ${missing} to hand over`);
  const whole = [...handed, design.encoder.program.output].find((name) => {
    const { rows } = shapeOf(design.encoder.program, name);
    return encoders.reduce((sum, { sizes }) => sum + sizeOf(rows, sizes), 0) !== sizeOf(rows, decoder.sizes);
  });
  if (whole !== undefined) throw new RangeError(`the size of ${whole} is not H, so two directions cannot share it`);
  const attends = design.decoder.program.states.includes(memoryName);
  const sized = design.decoder.program.parameters.find((name) => {
    const { rows, columns } = shapeOf(design.decoder.program, name);
    return [rows, columns].includes(memoryColumns);
  });
  if (attends && sized !== undefined) throw new RangeError(`${sized} has a size that depends on the source's length`);
  return { design, encoders, decoder, readout, handed, attends, ...parametersOf([...encoders, decoder, readout]) };
}
