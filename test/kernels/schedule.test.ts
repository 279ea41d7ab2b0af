// What makes a kernel fast, seen in the list of what it does: only the way from a state to the next waits for its turn, and what
// can be one product is one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtIn, cellOf } from '../../lib/cells/catalogue.ts';
import { Arena } from '../../lib/kernels/addresses.ts';
import { cellGraph } from '../../lib/kernels/cell-graph.ts';
import { layout } from '../../lib/kernels/layout.ts';
import { emitOuterTotals } from '../../lib/kernels/matrix-products.ts';
import { emitMatvec } from '../../lib/kernels/matvec.ts';
import { phases, schedule } from '../../lib/kernels/schedule.ts';
import { sizesOf } from './kernel-of.ts';

/** For each phase in which something is done, what is done: `3 in 1` are three products carried out as one. */
function workOf(name: string, text?: string): Record<string, string> {
  const { program, backward } = text === undefined ? builtIn(name) : cellOf(name, text);
  const cell = cellGraph(program, sizesOf(8, 3), backward);
  const plan = schedule(cell);
  const room = new Arena();
  const { places } = layout(program, sizesOf(8, 3), cell, plan, { steps: 5, batch: 1 }, room);
  const where = (node: Parameters<typeof places.get>[0]) => places.get(node);
  const work: Record<string, string> = {};
  for (const phase of phases) {
    const list = plan.operations.get(phase)!.map((operation) => {
      if (operation.kind === 'matvec')
        return `${operation.terms.length} in ${emitMatvec(operation.terms, where, room.reserve, 1).codes.length}`;
      if (operation.kind === 'outer total')
        return `${operation.nodes.length} in ${emitOuterTotals(operation.nodes, where).length}`;
      return operation.kind;
    });
    if (list.length > 0) work[phase] = list.join(', ');
  }
  return work;
}

test('LSTM: one product a step each way; inputs and gradients in one product for all steps', () => {
  assert.deepEqual(workOf('lstm'), {
    before: '4 in 1',
    loop: '4 in 1, elements, elements',
    'back loop': 'elements, 4 in 1',
    'back after': '4 in 1',
    gather: '8 in 2, totals',
  });
});

test('GRU: the reset gate comes between two products, and everything else is joined', () => {
  assert.deepEqual(workOf('gru'), {
    before: '3 in 1',
    loop: '2 in 1, elements, 1 in 1, elements',
    'back loop': 'elements, 1 in 1, elements, 2 in 1, elements',
    'back after': '3 in 1',
    gather: '6 in 3, totals',
  });
});

test('minGRU: gates that no state enters are done for all steps at once', () => {
  const { before, loop } = workOf('mingru');
  assert.deepEqual([before, loop], ['2 in 1, elements', 'elements']);
});

test('a readout is behind the loop, and its gradient before the one back', () => {
  const work = workOf('readout', 's = tanh(W * s_prev + U * x)\ny = softmax(V * s)\nV : H H');
  assert.deepEqual([work.loop, work.after], ['1 in 1, elements', '1 in 1, softmax']);
  assert.match(work['back before']!, /1 in 1$/);
  assert.equal(work['back loop'], 'elements, 1 in 1');
});

test('a masked weight is masked once, and so is its gradient', () => {
  const work = workOf('masked', 'h = tanh((W .* M) * h_prev + U * x)\nM : H H');
  assert.equal(work.once, 'elements');
  assert.equal(work.gather, '2 in 2');
  assert.equal(work.final, 'elements');
});
