// What must hold for every program of the language, on random ones and on the built-in cells.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from '../fast-check.ts';
import { arbitraryProgram } from './arbitrary-program.ts';
import { cellTexts, programOf } from './cells.ts';
import { rightGradients, sameNumbersFromText, sameWhenReadAgain, tidy } from './program-properties.ts';

const settings = { numRuns: 300, seed: 20, includeErrorInReport: true } as const;

test(`${settings.numRuns} random programs: the backward pass is the central difference`, (t) => {
  let [worst, entries] = [0, 0];
  fc.assert(
    fc.property(arbitraryProgram(), (arbitrary) => {
      const check = rightGradients(arbitrary);
      worst = Math.max(worst, check.worst.error);
      entries += check.entries;
    }),
    settings,
  );
  t.diagnostic(`worst of ${entries} entries: ${worst.toExponential(1)}`);
  assert.ok(entries > 5000, `only ${entries}`);
});

test('printing and reading gives the same program, for the cell and for its derived whole', () => {
  fc.assert(
    fc.property(arbitraryProgram(), ({ program }) => sameWhenReadAgain(program)),
    settings,
  );
  for (const text of cellTexts.values()) sameWhenReadAgain(programOf(text));
});

test('the printed whole pass, read again and evaluated, gives the numbers of the engine', () => {
  fc.assert(fc.property(arbitraryProgram(), sameNumbersFromText), settings);
});

test('no derived line is dead and none repeats another, but for outputs that are plain names', () => {
  fc.assert(
    fc.property(arbitraryProgram(), ({ program }) => tidy(program)),
    settings,
  );
  for (const text of cellTexts.values()) tidy(programOf(text));
});
