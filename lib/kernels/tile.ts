// The inner loop of every matrix product: a tile of results stays in registers while one factor's numbers are spread over the
// lanes and multiplied with the other's vectors. Source: Goto & van de Geijn 2008, "Anatomy of high-performance matrix
// multiplication"; with sixteen registers and no fused multiply-add a tile of 4×4 is the one that fits.

import type { Code } from './assembler.ts';

/** Where a factor of a tile lies: its address is in a local, `offset` is constant, `step` bytes lead to the next term. */
export interface Operand {
  readonly address: number;
  readonly offset: number;
  readonly step: number;
}

export interface Tile {
  /** Results are rows × columns. */
  readonly rows: number;
  readonly columns: number;
  /** The factor whose numbers are spread; `rowStep` bytes lead to the number of the next row. */
  readonly spread: Operand & { readonly rowStep: number };
  /** The factor that is read in vectors along the columns. */
  readonly vectors: Operand;
  /** The number of terms: a constant, or a local that holds it (at least 1). */
  readonly terms: number | { readonly local: number };
  readonly result: { readonly address: number; readonly offset: number; readonly rowStep: number };
  /** Whether the sums begin with what the result holds, or with zero. */
  readonly onTop: boolean;
}

/**
 * Emits result[i][j] (+)= Σ_k spread[i][k] · vectors[k][j]. Each sum runs over k in order, so that a result does not depend on
 * the tile it fell into. Reads the lane behind an odd last column, and never writes it.
 */
export function emitTile(code: Code, tile: Tile): void {
  const { rows, columns, spread, vectors, terms, result, onTop } = tile;
  const width = Math.ceil(columns / 2);
  const sums = Array.from({ length: rows * width }, () => code.local('v128'));
  const vector = Array.from({ length: width }, () => code.local('v128'));
  const number = code.local('v128');
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < width; j++) {
      if (onTop) code.get(result.address).memory('v128.load', result.offset + i * result.rowStep + j * 16);
      else code.zeros();
      code.set(sums[i * width + j]!);
    }

  const spreadAt = code.local('i32');
  const vectorsAt = code.local('i32');
  const term = (at: number) => {
    for (let j = 0; j < width; j++)
      code
        .get(vectorsAt)
        .memory('v128.load', vectors.offset + at * vectors.step + j * 16)
        .set(vector[j]!);
    for (let i = 0; i < rows; i++) {
      code.get(spreadAt).memory('v128.load64_splat', spread.offset + i * spread.rowStep + at * spread.step);
      code.set(number);
      for (let j = 0; j < width; j++) {
        const sum = sums[i * width + j]!;
        code.get(sum).get(number).get(vector[j]!).do('f64x2.mul', 'f64x2.add').set(sum);
      }
    }
  };
  const advance = (by: number) => code.advance(spreadAt, by * spread.step).advance(vectorsAt, by * vectors.step);
  code.get(spread.address).set(spreadAt).get(vectors.address).set(vectorsAt);
  const left = code.local('i32');
  if (typeof terms === 'number') code.int(terms).set(left);
  else code.get(terms.local).set(left);
  code.loop(
    () => {
      term(0);
      advance(1);
    },
    () => code.get(left).int(1).do('i32.sub').tee(left),
  );

  for (let i = 0; i < rows; i++)
    for (let j = 0; j < width; j++) {
      const offset = result.offset + i * result.rowStep + j * 16;
      code.get(result.address).get(sums[i * width + j]!);
      if (j === width - 1 && columns % 2 === 1) code.storeLow(offset);
      else code.memory('v128.store', offset);
    }
}
