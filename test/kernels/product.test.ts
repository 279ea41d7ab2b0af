// The product kernels against three nested loops, over all remainders of the tile's sizes. Sums run in the same order in both, so
// the numbers are not close but the same; and nothing beside the result may change.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code } from '../../lib/kernels/assembler.ts';
import { emitPacking } from '../../lib/kernels/matvec.ts';
import { emitProduct, panelWidth } from '../../lib/kernels/product.ts';
import { random } from '../../lib/numbers/random.ts';
import * as fc from '../fast-check.ts';
import { benchOf } from './run-code.ts';

const [leftAt, rightAt, resultAt, packedAt, constantsAt] = [0, 1 << 17, 2 << 17, 3 << 17, 4 << 17];

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly terms: number;
  readonly onTop: boolean;
  /** Whether the number of rows, or of terms, is known only when it runs. */
  readonly open: 'rows' | 'terms' | 'none';
  readonly seed: number;
}

const cases = fc.record({
  rows: fc.integer({ min: 1, max: 21 }),
  columns: fc.integer({ min: 1, max: 35 }),
  terms: fc.integer({ min: 1, max: 37 }),
  onTop: fc.boolean(),
  open: fc.constantFrom('rows', 'terms', 'none'),
  seed: fc.nat(),
});

function check({ rows, columns, terms, onTop, open, seed }: Case, packed: boolean): void {
  // Strides leave a gap behind every row.
  const [leftStride, resultStride] = [terms + 3, columns + 2];
  const { memory, run } = benchOf(9, constantsAt, () => {
    const code = new Code(['i32']);
    const none = code.local('i32');
    emitProduct(code, {
      rows: open === 'rows' ? { local: 0 } : rows,
      columns,
      terms: open === 'terms' ? { local: 0 } : terms,
      left: { address: none, offset: leftAt, rowStep: leftStride * 8, step: 8 },
      right: packed
        ? { address: none, offset: packedAt, step: panelWidth * 8, panelStep: terms * panelWidth * 8 }
        : { address: none, offset: rightAt, step: columns * 8 },
      result: { address: none, offset: resultAt, rowStep: resultStride * 8 },
      onTop,
    });
    const block = { address: rightAt, transposed: true, results: columns, entries: terms };
    return {
      product: code,
      pack: emitPacking({ address: packedAt, results: columns, entries: terms, blocks: [[block]] }),
    };
  });
  const rng = random(seed);
  const at = (address: number, length: number) => memory.subarray(address / 8, address / 8 + length);
  const fill = (view: Float64Array) => {
    for (let i = 0; i < view.length; i++) view[i] = rng.normal();
  };
  const left = at(leftAt, rows * leftStride);
  const right = at(rightAt, terms * columns);
  const result = at(resultAt, rows * resultStride + 8);
  for (const view of [left, right, result]) fill(view);
  const wanted = result.slice();
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = onTop ? wanted[i * resultStride + j]! : 0;
      for (let k = 0; k < terms; k++) sum += left[i * leftStride + k]! * right[k * columns + j]!;
      wanted[i * resultStride + j] = sum;
    }
  run.pack!(0, 1);
  run.product!(open === 'terms' ? terms : rows);
  assert.deepEqual(result, wanted);
}

test('a product is what three nested loops give, bit by bit', () => {
  fc.assert(
    fc.property(cases, (c) => check(c, false)),
    { numRuns: 150 },
  );
});

test('so is one with a packed matrix', () => {
  fc.assert(
    fc.property(cases, (c) => check(c, true)),
    { numRuns: 150 },
  );
});

test('packing puts every number of several blocks where the product looks for it', () => {
  const shape = fc.record({
    runs: fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 4 }),
    rows: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
    transposed: fc.boolean(),
  });
  fc.assert(
    fc.property(shape, ({ runs, rows, transposed }) => {
      const [results, entries] = [runs, rows].map((list) => list.reduce((a, b) => a + b, 0)) as [number, number];
      let next = 0;
      const source = new Map<string, number>();
      let entry = 0;
      const blocks = rows.map((height) => {
        let result = 0;
        const row = runs.map((width) => {
          const block = { address: next * 8, transposed, results: width, entries: height };
          for (let j = 0; j < width; j++)
            for (let k = 0; k < height; k++)
              source.set(`${result + j} ${entry + k}`, next + (transposed ? k * width + j : j * height + k));
          next += width * height;
          result += width;
          return block;
        });
        entry += height;
        return row;
      });
      const { memory, run } = benchOf(9, constantsAt, () => ({
        pack: emitPacking({ address: packedAt, results, entries, blocks }),
      }));
      for (let i = 0; i < next; i++) memory[i] = i + 1;
      run.pack!(0, 1);
      for (let j = 0; j < results; j++) {
        const panel = j - (j % panelWidth);
        const width = Math.min(panelWidth, results - panel + ((results - panel) % 2));
        for (let k = 0; k < entries; k++)
          assert.equal(
            memory[packedAt / 8 + panel * entries + k * width + (j - panel)],
            source.get(`${j} ${k}`)! + 1,
            `result ${j}, entry ${k}`,
          );
      }
    }),
    { numRuns: 100 },
  );
});
