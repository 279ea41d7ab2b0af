// The readout as equations of the language: what a model says, from what its last layer holds.

import { type Cell, cellOf } from '../cells/catalogue.ts';

/** `x` is the output of the last layer; with two directions, the forward one's and then the backward one's. */
export const readoutText = `
# Readout
y = V * x + a   # what the model says

V : O D
a : O
`.trim();

/** Throws CellError for a text that is no program. */
export const readoutOf = (text: string = readoutText): Cell => cellOf('readout', text);
