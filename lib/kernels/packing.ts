// Packs matrices for products: panels of eight results, and within a panel entry after entry, so that the product reads straight on.

import type { Code } from './assembler.ts';
import { evenWidth, panelWidth } from './product.ts';
import { operationCode } from './rows.ts';

/** A matrix of results × entries in memory, or of entries × results where transposed. */
export interface Block {
  readonly address: number;
  readonly transposed: boolean;
  readonly results: number;
  readonly entries: number;
}

/** `blocks[i][j]`: the j-th run of results of the i-th run of entries. */
export interface Packing {
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
