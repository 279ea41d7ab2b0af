// A matrix product as loops over tiles: panels of eight columns outside, so that a panel stays in the first cache while all rows
// pass by, pairs of rows inside.

import type { Code } from './assembler.ts';

/** A number known when the kernel is written, or a local that holds it. */
type Count = number | { readonly local: number };

/** result[i][j] (+)= Σ_k left[i][k] · right[k][j]; strides in bytes, addresses a local plus a constant. */
interface Product {
  readonly rows: Count;
  readonly columns: number;
  readonly terms: Count;
  readonly left: { readonly address: number; readonly offset: number; readonly rowStep: number; readonly step: number };
  /** `step` leads to the next term; the next eight columns follow after `panelStep`, or lie beside these where it is absent. */
  readonly right: {
    readonly address: number;
    readonly offset: number;
    readonly step: number;
    readonly panelStep?: number;
  };
  readonly result: { readonly address: number; readonly offset: number; readonly rowStep: number };
  readonly onTop: boolean;
}

export const panelWidth = 8;

/** Rows of a tile by its width in vectors, so that sums, a row of vectors and a number fit sixteen registers. */
const tileRows = [0, 4, 4, 2, 2] as const;

export function emitProduct(code: Code, product: Product): void {
  const { columns, right, result } = product;
  const panels = Math.floor(columns / panelWidth);
  const rest = columns % panelWidth;
  const panelAt = code.local('i32');
  const resultAt = code.local('i32');
  code.get(right.address).set(panelAt).get(result.address).set(resultAt);
  const panelStep = right.panelStep ?? panelWidth * 8;
  if (panels > 0) {
    const left = code.local('i32');
    code.int(panels).set(left);
    code.loop(
      () => {
        emitPanel(code, product, panelWidth, panelAt, resultAt, right.step);
        code.advance(panelAt, panelStep).advance(resultAt, panelWidth * 8);
      },
      () => code.get(left).int(1).do('i32.sub').tee(left),
    );
  }
  // A packed last panel is as wide as its columns.
  const lastStep = right.panelStep === undefined ? right.step : evenWidth(rest) * 8;
  if (rest > 0) emitPanel(code, product, rest, panelAt, resultAt, lastStep);
}

/** Doubles in a row of a packed panel. */
export const evenWidth = (columns: number): number => columns + (columns % 2);

function emitPanel(
  code: Code,
  product: Product,
  columns: number,
  panelAt: number,
  resultAt: number,
  step: number,
): void {
  const { rows, terms, left, right, result, onTop } = product;
  const height = tileRows[Math.ceil(columns / 2) as 1 | 2 | 3 | 4];
  const leftAt = code.local('i32');
  const at = code.local('i32');
  code.get(left.address).set(leftAt).get(resultAt).set(at);
  const tile = (count: number) => {
    emitTile(code, {
      rows: count,
      columns,
      spread: { address: leftAt, offset: left.offset, rowStep: left.rowStep, step: left.step },
      vectors: { address: panelAt, offset: right.offset, step },
      terms,
      result: { address: at, offset: result.offset, rowStep: result.rowStep },
      onTop,
    });
    code.advance(leftAt, count * left.rowStep).advance(at, count * result.rowStep);
  };
  const repeat = (counter: number, body: () => void) =>
    code.loop(body, () => code.get(counter).int(1).do('i32.sub').tee(counter));
  if (typeof rows === 'number') {
    const full = Math.floor(rows / height);
    if (full > 1) {
      const counter = code.local('i32');
      code.int(full).set(counter);
      repeat(counter, () => tile(height));
    } else if (full === 1) tile(height);
    if (rows % height > 0) tile(rows % height);
    return;
  }
  const counter = code.local('i32');
  code.get(rows.local).int(Math.log2(height)).do('i32.shr_u').tee(counter);
  code.if(() => repeat(counter, () => tile(height)));
  code
    .get(rows.local)
    .int(height - 1)
    .do('i32.and')
    .tee(counter);
  code.if(() => repeat(counter, () => tile(1)));
}

// The inner loop of every matrix product: a tile of results stays in registers while one factor's numbers are spread over the
// lanes and multiplied with the other's vectors. Source: Goto & van de Geijn 2008, "Anatomy of high-performance matrix
// multiplication"; with sixteen registers and no fused multiply-add a tile of 4×4 is the one that fits.

/** Where a factor of a tile lies: its address is in a local, `offset` is constant, `step` bytes lead to the next term. */
interface Operand {
  readonly address: number;
  readonly offset: number;
  readonly step: number;
}

interface Tile {
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
function emitTile(code: Code, tile: Tile): void {
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
