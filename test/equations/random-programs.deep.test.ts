// The properties of random programs on thousands more, other ones each time: the seed is in the report of a failure.

import { test } from 'node:test';
import * as fc from '../fast-check.ts';
import { arbitraryProgram } from './arbitrary-program.ts';
import { rightGradients, sameNumbersFromText, sameWhenReadAgain, tidy } from './program-properties.ts';

const settings = { numRuns: 2000, includeErrorInReport: true } as const;

test(`${settings.numRuns} random programs: gradients, printing, numbers from the text, tidiness`, () => {
  fc.assert(
    fc.property(arbitraryProgram(), (arbitrary) => {
      sameWhenReadAgain(arbitrary.program);
      sameNumbersFromText(arbitrary);
      tidy(arbitrary.program);
      rightGradients(arbitrary);
    }),
    settings,
  );
});
