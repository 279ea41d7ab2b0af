// A schedule as a WebAssembly module: a function for every operation, so that V8 can improve each of them while the loop around
// them runs, and three that run them all: prepare (what depends on parameters alone), forward and backward.

import { type Reserve, stepsTogether } from './addresses.ts';
import { Code, ModuleWriter } from './assembler.ts';
import { emitElements, emitSoftmax, emitSum, emitTotals } from './elements.ts';
import type { Where } from './entry-loop.ts';
import { emitMatrixProduct, emitOuterTotals, emitTranspose } from './matrix-products.ts';
import { emitMatvec } from './matvec.ts';
import { isBackward, type KernelOperation, type KernelSchedule, type Phase, phases } from './schedule.ts';
import { Library } from './simd-functions.ts';

export type Runs = Readonly<Record<'prepare' | 'forward' | 'backward', (steps: number) => void>>;

interface Emitted {
  readonly code: Uint8Array<ArrayBuffer>;
  /** Writes the constants that the code reads. */
  readonly fill: (memory: ArrayBuffer) => void;
}

/** Rows are `batch` a step. */
export function emitModule({ operations }: KernelSchedule, where: Where, reserve: Reserve, batch: number): Emitted {
  const writer = new ModuleWriter();
  const library = new Library(writer, reserve);
  const functions = new Map<Phase, number[]>();
  const packings: number[] = [];
  for (const phase of phases) {
    const rows = rowsAtOnce(phase, batch);
    const emitted = operations.get(phase)!.flatMap((operation) => {
      if (operation.kind !== 'matvec') return emit(operation, where, library);
      const matvec = emitMatvec(operation.terms, where, reserve, rows);
      packings.push(...matvec.packings.map((packing) => writer.add(packing)));
      return matvec.codes;
    });
    functions.set(
      phase,
      emitted.map((code) => writer.add(code)),
    );
  }
  functions.set('once', [...functions.get('once')!, ...packings]);
  const run = (...list: readonly Phase[]) => emitRun(functions, list, batch);
  writer.add(run('once'), 'prepare');
  writer.add(run('before', 'loop', 'after'), 'forward');
  writer.add(run('back before', 'back loop', 'back after', 'gather', 'final'), 'backward');
  return { code: writer.toBytes(), fill: (memory) => library.fill(memory) };
}

function emit(operation: Exclude<KernelOperation, { kind: 'matvec' }>, where: Where, library: Library): Code[] {
  switch (operation.kind) {
    case 'elements':
      return [emitElements(operation.nodes, where, library)];
    case 'totals':
      return [emitTotals(operation.nodes, where, library)];
    case 'outer total':
      return emitOuterTotals(operation.nodes, where);
    case 'sum':
      return [emitSum(operation.node, where, library)];
    case 'softmax':
      return [emitSoftmax(operation.node, where, library)];
    case 'product':
      return [emitMatrixProduct(operation.node, where)];
    case 'transpose':
      return [emitTranspose(operation.node, where)];
  }
}

/** The rows of one call; undefined where it goes over those of all steps. */
function rowsAtOnce(phase: Phase, batch: number): number | undefined {
  if (phase === 'once' || phase === 'final') return 1;
  return phase === 'loop' || phase === 'back loop' ? batch : undefined;
}

/**
 * Runs phases a few steps at a time, backward from the last ones. Then even the first run calls every function often enough for V8
 * to improve it.
 */
function emitRun(functions: ReadonlyMap<Phase, readonly number[]>, run: readonly Phase[], batch: number): Code {
  const steps = 0;
  const code = new Code(['i32']);
  const [first, now, row, left] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')];
  const atOnce = stepsTogether(batch);
  const back = run.some(isBackward);
  const inTurn = (phase: Phase) => {
    const calls = functions.get(phase)!;
    if (calls.length === 0) return;
    const rows = rowsAtOnce(phase, batch);
    if (rows === undefined) {
      for (const call of calls) {
        code.get(first).int(batch).do('i32.mul');
        code.get(now).int(batch).do('i32.mul').call(call);
      }
      return;
    }
    code.get(now).set(left).get(first);
    if (isBackward(phase)) code.get(left).do('i32.add').int(1).do('i32.sub');
    code.int(rows).do('i32.mul').set(row);
    const step = () => {
      for (const call of calls) code.get(row).int(rows).call(call);
      code.advance(row, isBackward(phase) ? -rows : rows);
    };
    code.loop(step, () => code.get(left).int(1).do('i32.sub').tee(left));
  };
  const once = (phase: Phase) => {
    for (const call of functions.get(phase)!) code.int(0).int(1).call(call);
  };

  for (const phase of run) if (phase === 'once') once(phase);
  const perRow = run.filter((phase) => phase !== 'once' && phase !== 'final');
  if (perRow.length > 0) {
    // first = 0, or the multiple of atOnce below the last step.
    if (back) code.get(steps).int(1).do('i32.sub').int(atOnce).do('i32.div_u').int(atOnce).do('i32.mul').set(first);
    const some = () => {
      // now = min(atOnce, steps - first)
      code.int(atOnce).get(steps).get(first).do('i32.sub').tee(now);
      code.int(atOnce).get(now).do('i32.lt_u', 'select').set(now);
      for (const phase of perRow) inTurn(phase);
      code.advance(first, back ? -atOnce : atOnce);
    };
    code.loop(some, () => {
      if (back) code.get(first).int(0).do('i32.ge_s');
      else code.get(first).get(steps).do('i32.lt_u');
    });
  }
  for (const phase of run) if (phase === 'final') once(phase);
  return code;
}
