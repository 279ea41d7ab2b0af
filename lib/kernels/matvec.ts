// Products of parameter matrices with vectors: those that share a vector, or add up in one place, become a single product with a
// matrix that is packed anew whenever parameters change.

import {
  type Address,
  addressOf,
  follows,
  operationCode,
  Pointers,
  type Reserve,
  rowCount,
  rowStep,
  samePlace,
} from './addresses.ts';
import type { Code } from './assembler.ts';
import type { Where } from './entry-loop.ts';
import { emitProduct, evenWidth, panelWidth } from './product.ts';
import type { MatvecTerm } from './schedule.ts';

/** results (+)= matrix · vector, for one run of results and one run of entries; `blocks[i][j]`: j-th results, i-th entries. */
interface Call {
  readonly vector: Address;
  readonly entries: number;
  readonly result: Address;
  readonly results: number;
  readonly blocks: readonly (readonly Block[])[];
  readonly onTop: boolean;
}

/** The functions that carry out the terms, in order, and those that pack the matrices for them. */
export function emitMatvec(
  terms: readonly MatvecTerm[],
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

function callOf({ node, matrix, transposed, vector, onTop }: MatvecTerm, where: Where): Call {
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

// Packs matrices for products: panels of eight results, and within a panel entry after entry, so that the product reads straight on.

/** A matrix of results × entries in memory, or of entries × results where transposed. */
interface Block {
  readonly address: number;
  readonly transposed: boolean;
  readonly results: number;
  readonly entries: number;
}

/** `blocks[i][j]`: the j-th run of results of the i-th run of entries. */
interface Packing {
  readonly address: number;
  readonly results: number;
  readonly entries: number;
  readonly blocks: readonly (readonly Block[])[];
}

export function emitPacking(packing: Packing): Code {
  const code = operationCode();
  let entry = 0;
  for (const row of packing.blocks) {
    let result = 0;
    for (const block of row) {
      emitBlock(code, packing, block, entry, result);
      result += block.results;
    }
    entry += row[0]!.entries;
  }
  return code;
}

/** Copies a block whose first entry and result are given; all addresses and steps in bytes. */
function emitBlock(code: Code, packing: Packing, block: Block, entry: number, result: number): void {
  const resultStep = 8 * (block.transposed ? 1 : block.entries);
  const entryStep = 8 * (block.transposed ? block.results : 1);
  const [from, to, left] = [code.local('i32'), code.local('i32'), code.local('i32')];
  /** Copies `width` results, for every entry. */
  const copy = (source: number, target: number, width: number, targetStep: number) => {
    code.int(source).set(from).int(target).set(to);
    run(width, targetStep);
  };
  const run = (width: number, targetStep: number) => {
    code.int(block.entries).set(left);
    const once = () => {
      for (let j = 0; j + 1 < width; j += 2) {
        code
          .get(to)
          .get(from)
          .get(from)
          .memory('v128.load64_zero', j * resultStep);
        code.loadHigh((j + 1) * resultStep).memory('v128.store', j * 8);
      }
      if (width % 2 === 1) {
        const j = width - 1;
        code
          .get(to)
          .get(from)
          .memory('v128.load64_zero', j * resultStep)
          .storeLow(j * 8);
      }
      code.advance(from, entryStep).advance(to, targetStep);
    };
    code.loop(once, () => code.get(left).int(1).do('i32.sub').tee(left));
  };
  const panelSize = panelWidth * 8 * packing.entries;

  let done = 0;
  const aligned = result % panelWidth === 0;
  const full = aligned ? Math.floor(block.results / panelWidth) : 0;
  if (full > 0) {
    const [source, target, panels] = [code.local('i32'), code.local('i32'), code.local('i32')];
    code.int(block.address).set(source).int(full).set(panels);
    code.int(packing.address + (result / panelWidth) * panelSize + entry * panelWidth * 8).set(target);
    const panel = () => {
      code.get(source).set(from).get(target).set(to);
      run(panelWidth, panelWidth * 8);
      code.advance(source, panelWidth * resultStep).advance(target, panelSize);
    };
    code.loop(panel, () => code.get(panels).int(1).do('i32.sub').tee(panels));
    done = full * panelWidth;
  }
  while (done < block.results) {
    const column = result + done;
    const inPanel = column % panelWidth;
    const panelFirst = column - inPanel;
    const width = Math.min(panelWidth - inPanel, block.results - done);
    const targetStep = 8 * Math.min(panelWidth, evenWidth(packing.results - panelFirst));
    const target = packing.address + (panelFirst / panelWidth) * panelSize + entry * targetStep + inPanel * 8;
    copy(block.address + done * resultStep, target, width, targetStep);
    done += width;
  }
}
