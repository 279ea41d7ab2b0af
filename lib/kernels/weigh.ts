// Products of parameter matrices with vectors: those that share a vector, or add up in one place, become a single product with a
// matrix that is packed anew whenever parameters change.

import type { Code } from './assembler.ts';
import type { Where } from './entries.ts';
import { type Block, emitPacking } from './packing.ts';
import { addressOf, follows, type Place, type Reserve, rowStep, samePlace } from './places.ts';
import { emitProduct, panelWidth } from './product.ts';
import { operationCode, Pointers, rowCount } from './rows.ts';
import type { WeighTerm } from './schedule.ts';

/** results (+)= matrix · vector, for one run of results and one run of entries; `blocks[i][j]`: j-th results, i-th entries. */
interface Call {
  readonly vector: Place;
  readonly entries: number;
  readonly result: Place;
  readonly results: number;
  readonly blocks: readonly (readonly Block[])[];
  readonly onTop: boolean;
}

/** The functions that carry out the terms, in order, and those that pack the matrices for them. */
export function emitWeigh(
  terms: readonly WeighTerm[],
  where: Where,
  reserve: Reserve,
  rows: number | undefined,
): { codes: Code[]; packings: Code[] } {
  const packings: Code[] = [];
  const codes = joined(terms.map((term) => callOf(term, where))).map((call) => {
    const address = reserve(Math.ceil(call.results / panelWidth) * panelWidth * call.entries);
    packings.push(emitPacking({ ...call, address }));
    return emitCall(call, address, rows);
  });
  return { codes, packings };
}

function callOf({ node, matrix, transposed, vector, onTop }: WeighTerm, where: Where): Call {
  const [results, entries] = [node.size, vector.size];
  const block = { address: addressOf(where(matrix)!), transposed, results, entries };
  return { vector: where(vector)!, entries, result: where(node)!, results, blocks: [[block]], onTop };
}

/** Joins calls with neighbouring results of the same vector, then those with neighbouring vectors for the same results. */
function joined(calls: readonly Call[]): Call[] {
  const byResult = [...calls].sort((a, b) => a.result.offset - b.result.offset);
  const wide = fold(byResult, (a, b) =>
    samePlace(a.vector, b.vector) &&
    a.entries === b.entries &&
    a.onTop === b.onTop &&
    follows(a.result, a.results, b.result)
      ? {
          ...a,
          results: a.results + b.results,
          blocks: a.blocks.map((row, i) => [...row, ...b.blocks[i]!]),
        }
      : undefined,
  );
  const byVector = wide.sort((a, b) => a.vector.offset - b.vector.offset);
  const tall = fold(byVector, (a, b) =>
    samePlace(a.result, b.result) && a.results === b.results && follows(a.vector, a.entries, b.vector)
      ? { ...a, entries: a.entries + b.entries, blocks: [...a.blocks, ...b.blocks], onTop: a.onTop && b.onTop }
      : undefined,
  );
  // What begins a sum comes before what is added to it.
  return tall.sort((a, b) => Number(a.onTop) - Number(b.onTop));
}

/** Joins each item to an earlier one where `join` can. */
function fold(calls: readonly Call[], join: (a: Call, b: Call) => Call | undefined): Call[] {
  const out: Call[] = [];
  for (const call of calls) {
    const at = out.findIndex((earlier) => join(earlier, call) !== undefined);
    if (at < 0) out.push(call);
    else out[at] = join(out[at]!, call)!;
  }
  return out;
}

function emitCall(call: Call, packed: number, rows: number | undefined): Code {
  const code = operationCode();
  const pointers = new Pointers(code);
  const vector = pointers.at(call.vector);
  const result = pointers.at(call.result);
  const none = code.local('i32');
  emitProduct(code, {
    rows: rows ?? { local: rowCount },
    columns: call.results,
    terms: call.entries,
    left: { address: vector.local, offset: vector.offset, rowStep: rowStep(call.vector.region), step: 8 },
    right: { address: none, offset: packed, step: panelWidth * 8, panelStep: call.entries * panelWidth * 8 },
    result: { address: result.local, offset: result.offset, rowStep: rowStep(call.result.region) },
    onTop: call.onTop,
  });
  return code;
}
