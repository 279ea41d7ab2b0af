// The mark of own-cell over 20 seeds: gated cells reach it, the plain one does not, and neither comes near the line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtInText } from '../../lib/cells/catalogue.ts';
import { equations } from '../../lib/homework/exercise-kit/reference.ts';
import ownCell from '../../lib/homework/exercises/own-cell.ts';

const errorsOf = (cell: string) =>
  Array.from({ length: 20 }, (_, k) => ownCell.attempt(equations(builtInText(cell)), k + 1).measured);

test('a GRU and a minimal gated unit reach half of what is asked from all of 20 seeds', () => {
  for (const cell of ['gru', 'mgu']) assert.ok(Math.max(...errorsOf(cell)) < 0.01, cell);
});

test('the plain network stays five times above it from all of 20 seeds', () => {
  assert.ok(Math.min(...errorsOf('rnn')) > 0.1);
});
