// Nets as graphs of operations: chains, schedules, and the numbers that the statements rest on.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, builtInNames, cellOf } from '../../lib/cells/catalogue.ts';
import { sizesFor } from '../../lib/equations/program.ts';
import { productFlops } from '../../lib/experiments/bench-measures.ts';
import { bothModes, splitOperations } from '../../lib/experiments/parallel/counts.ts';
import { linearStates, scanAgainstLoop } from '../../lib/experiments/parallel/linear-scan.ts';
import * as nets from '../../lib/experiments/parallel/nets.ts';
import type { ParallelOptions } from '../../lib/experiments/parallel/options.ts';
import { parallel } from '../../lib/experiments/parallel/parallel.ts';
import { stepOperations } from '../../lib/experiments/parallel/step-operations.ts';
import { Chains, listSchedule, type ScheduledTask, wholeSteps } from '../../lib/experiments/parallel/task-graph.ts';
import { scanNames } from '../../lib/numbers/scan.ts';
import fc from '../fast-check.ts';

const [rnn, lstm, mingru] = [builtIn('rnn'), builtIn('lstm'), builtIn('mingru')];
const options = { hidden: 4, input: 3, weights: 'unit' } as const;
const some: ParallelOptions = {
  ...options,
  cells: [rnn, mingru],
  steps: 8,
  workers: 4,
  layers: 3,
  length: 1024,
  seed: 1,
  seeds: 2,
  measure: undefined,
};

const tasksOf = (net: nets.Net, steps: number, weights: nets.WeightName = 'unit'): ScheduledTask[] => {
  const tasks: ScheduledTask[] = [];
  net((task) => tasks.push(task) - 1, { ...options, weights, steps });
  return tasks;
};
const chainsOf = (net: nets.Net, steps: number): Chains => {
  const chains = new Chains();
  net(chains.add, { ...options, steps });
  return chains;
};
const some8: readonly (readonly [string, ScheduledTask[]])[] = [
  ['rnn', tasksOf(nets.layerNet(rnn), 8)],
  ['lstm, FLOPs', tasksOf(nets.layerNet(lstm), 8, 'flops')],
  ['stack', tasksOf(nets.stackedNet(rnn, 3), 8)],
  ['stack of whole steps', wholeSteps(tasksOf(nets.stackedNet(rnn, 3), 8))],
  ['both directions', tasksOf(nets.bidirectionalNet(lstm), 8)],
  ['scan', tasksOf(nets.scannedNet(mingru, 'hillis-steele'), 8, 'flops')],
  ['efficient scan', tasksOf(nets.scannedNet(mingru, 'work-efficient'), 7)],
  ['attention', tasksOf(nets.attentionNet('tree'), 8)],
  ['generating', tasksOf(nets.layerNet(rnn, 'generating'), 8)],
];

describe('the operations of a step', () => {
  it('of the rnn: two products, one of which waits', () => {
    const { waiting, free } = splitOperations(rnn, 4, 3);
    assert.deepEqual(
      [waiting, free].map((operations) => operations.map(({ name }) => name)),
      [['W_h * h_prev', 'h'], ['W_x * x']],
    );
  });

  it('of the reset gate before the product: the product waits for the gate', () => {
    const gru = builtIn('gru').program;
    const { operations } = stepOperations(gru.equations, gru.shapes, sizesFor(gru, 4, 3));
    const product = operations.find(({ name }) => name === 'W_n * (r .* h_prev)')!;
    const gated = operations[product.reads[0]!]!;
    assert.equal(gated.name, 'r .* h_prev');
    assert.equal(operations[gated.reads[0]!]!.name, 'r');
  });

  for (const name of builtInNames())
    it(`has the products of ${name}, as the bench counts them`, () => {
      const { program } = builtIn(name);
      const sizes = sizesFor(program, 5, 3);
      const { operations } = stepOperations(program.equations, program.shapes, sizes);
      const products = operations.filter((operation) => /^\w+ \* /.test(operation.name));
      assert.equal(
        products.reduce((sum, { flops }) => sum + flops, 0),
        productFlops(program, sizes),
      );
    });
});

describe('the chains of a net', () => {
  it('are T steps long for a recurrence, T + L − 1 for a stack, log₂ T for a scan, 1 + log₂ T for attention', () => {
    assert.equal(chainsOf(nets.layerNet(rnn), 64).waits, 64);
    assert.equal(chainsOf(nets.stackedNet(lstm, 4), 64).waits, 64 + 3);
    assert.equal(chainsOf(nets.bidirectionalNet(rnn), 64).waits, 64);
    assert.equal(chainsOf(nets.scannedNet(mingru, 'hillis-steele'), 64).waits, 6);
    assert.equal(chainsOf(nets.attentionNet('tree'), 64).waits, 7);
  });

  it('have the span that one can count: two operations a step of the rnn, four of the LSTM, six of the GRU', () => {
    assert.equal(chainsOf(nets.layerNet(rnn), 64).span, 128);
    assert.equal(chainsOf(nets.layerNet(lstm), 64).span, 256);
    assert.equal(chainsOf(nets.layerNet(builtIn('gru')), 64).span, 384);
    // The gates of the minGRU are ready before its loop begins.
    assert.equal(chainsOf(nets.layerNet(mingru), 64).span, 2 + 64);
  });

  it('are those of the loop where nothing is linear', () => {
    const [loop, scan] = [chainsOf(nets.layerNet(lstm), 20), chainsOf(nets.scannedNet(lstm, 'hillis-steele'), 20)];
    assert.deepEqual([scan.work, scan.span, scan.waits], [loop.work, loop.span, loop.waits]);
  });

  it('go on through equations that read a scanned state', () => {
    const cell = cellOf('equation', 'c = sigmoid(U * x) .* c_prev + V * x\nh = tanh(c) + c_prev');
    const tasks = tasksOf(nets.scannedNet(cell, 'hillis-steele'), 8);
    const last = tasks.filter(({ name }) => name === 'h');
    assert.equal(last.length, 8);
    assert.ok(last.slice(2).every(({ after, carried }) => after.length === 1 && carried.length === 1));
    assert.equal(chainsOf(nets.scannedNet(cell, 'hillis-steele'), 8).waits, 3);
  });

  it('compute once what reads parameters alone', () => {
    const cell = cellOf('equation', 'h = sigmoid(alpha) .* h_prev + U * x');
    assert.equal(tasksOf(nets.layerNet(cell), 8).filter(({ name }) => name === 'h').length, 8);
    const named = cellOf('equation', 'a = sigmoid(alpha)\nh = a .* h_prev + U * x');
    assert.equal(tasksOf(nets.layerNet(named), 8).filter(({ name }) => name === 'a').length, 1);
  });

  it('have T hops from the first input to the last output, or one', () => {
    const path = (net: nets.Net) => {
      const chains = new Chains();
      return chains.pathTo(net(chains.add, { ...options, steps: 32 }));
    };
    assert.equal(path(nets.layerNet(rnn)), 31);
    assert.equal(path(nets.attentionNet('one')), 1);
    assert.equal(path(nets.scannedNet(mingru, 'hillis-steele')), 5);
    assert.equal(path(nets.layerNet(cellOf('equation', 'h = tanh(U * x)'))), Number.POSITIVE_INFINITY);
  });
});

describe('a schedule', () => {
  for (const [name, tasks] of some8)
    it(`does everything once, in order, one thing at a time, within Graham's bound: ${name}`, () => {
      const chains = new Chains();
      for (const task of tasks) chains.add(task);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 12 }), (workers) => {
          const { placed, time } = listSchedule(tasks, workers);
          const end = new Map(placed.map(({ task, start }) => [tasks.indexOf(task), start + task.cost]));
          assert.equal(placed.length, chains.operations);
          assert.equal(end.size, chains.operations);
          for (const { task, start } of placed)
            for (const before of [...task.after, ...task.carried])
              if (tasks[before]!.cost > 0) assert.ok(end.get(before)! <= start);
          for (let worker = 0; worker < workers; worker++) {
            const own = placed.filter((p) => p.worker === worker).sort((a, b) => a.start - b.start);
            for (const [i, { start }] of own.entries())
              if (i > 0) assert.ok(own[i - 1]!.start + own[i - 1]!.task.cost <= start);
          }
          assert.ok(time >= Math.max(chains.work / workers, chains.span));
          assert.ok(time <= chains.work / workers + (1 - 1 / workers) * chains.span + 1e-9);
        }),
        { numRuns: 6 },
      );
    });

  it('of whole steps of a stack is the diagonal wavefront', () => {
    const { placed, time } = listSchedule(wholeSteps(tasksOf(nets.stackedNet(rnn, 3), 8)), 3);
    assert.equal(time, 8 + 3 - 1);
    for (const { task, start } of placed) assert.equal(start, task.step - 1 + task.group);
  });
});

describe('a linear recurrence', () => {
  it('is the same by scan, whatever else is in the cell', () => {
    const texts = [
      'h = 0.5 * h_prev + U * x',
      'm = sigmoid(U * x) .* h_prev\nh = m + h_prev ./ 10 - V * x',
      'c = sigmoid(U * x) .* c_prev + V * x\nh = tanh(c) + c_prev\nd = sigmoid(P * h) .* d_prev + h',
      'k = tanh(W * k_prev + U * x)\nh = 0.9 * h_prev + k',
      'h = 2 + alpha .* h_prev',
    ];
    for (const cell of [mingru, ...texts.map((text) => cellOf('equation', text))]) {
      const linear = linearStates(cell);
      assert.ok(linear.length > 0, cell.name);
      for (const state of linear)
        for (const scan of scanNames)
          for (const steps of [1, 2, 3, 100]) {
            const { error, largest } = scanAgainstLoop(cell, state, { ...options, steps, seed: 1, scan });
            assert.ok(error < 1e-13 * Math.max(1, largest), `${error}`);
            assert.ok(largest > 0.01);
          }
    }
  });
});

describe('unroll parallel', async () => {
  const result = await parallel.answered(some);

  it('holds its claims, with the numbers of the textbook', () => {
    const measured = new Map(result.claims.map(({ id, measured }) => [id, measured]));
    assert.deepEqual(
      result.claims.filter(({ holds }) => !holds),
      [],
    );
    assert.equal(measured.get('rnn-waits'), 1024);
    assert.equal(measured.get('mingru-levels'), 10);
    assert.equal(measured.get('mingru-work'), 9217);
    assert.equal(measured.get('wavefront'), 1026);
    assert.equal(measured.get('attention-generates'), 1024);
  });

  it('says from how many workers on a scan is shorter than the loop can be', () => {
    const table = result.figures.find((figure) => figure.kind === 'table' && figure.title.startsWith('At T'));
    assert.ok(table?.kind === 'table');
    for (const [name, , work, span, , from] of table.rows) {
      if (from === null) continue;
      const bound = (p: number) => Number(work) / p + (1 - 1 / p) * Number(span);
      assert.ok(bound(Number(from)) < 1026, String(name));
      assert.ok(bound(Number(from) - 1) >= 1026, String(name));
    }
    assert.deepEqual(
      table.rows.map((row) => row[5]).filter((from) => from !== null),
      [16, 9],
    );
  });

  it('counts FLOPs without projections, as Table 1 does, and with them', () => {
    const counts = (T: number, d: number) =>
      bothModes({ ...some, cells: [rnn, mingru], length: T, hidden: d, input: d }).map(
        ({ order, flops, withProjections }) => [order, flops, withProjections],
      );
    const [T, d] = [6, 4];
    // Per step of the rnn: 2d² for W_h h, 2d additions and d tanh; W_x x is a projection.
    const loop = T * (2 * d * d + 3 * d);
    // Step t of attention: t products q · k of 2d, and softmax and sum with 2d + 3 for each; q, k and v are projections.
    const pairs = ((4 * d + 3) * T * (T + 1)) / 2;
    const [ofRnn, ofMingru, ofAttention] = counts(T, d);
    assert.deepEqual(ofRnn, ['T·d²', loop, loop + 2 * T * d * d]);
    assert.deepEqual(ofAttention, ['T²·d', pairs, pairs + 6 * T * d * d]);
    assert.equal(ofMingru![0], 'T·log₂T·d');
    assert.equal(Number(ofMingru![2]) - Number(ofMingru![1]), 4 * T * d * d);
  });

  it('says which of the two needs more by either count, and claims it only where inputs are as wide as the state', async () => {
    const claimed = async (length: number, hidden: number, input = hidden) =>
      (await parallel.answered({ ...some, length, hidden, input })).claims
        .filter(({ id }) => id.startsWith('flops'))
        .map(({ id, relation, holds }) => [id, relation, holds]);
    const projections = ['flops-with-projections', '>=', true];
    for (const d of [1, 4, 16]) {
      assert.deepEqual(await claimed(2 * d, d), [['flops-table-1', '>', true], projections]);
      if (d > 1) assert.deepEqual(await claimed(d / 2, d), [['flops-table-1', '<', true], projections]);
      if (d > 1) assert.deepEqual(await claimed(d, d), [projections]);
    }
    assert.deepEqual(await claimed(64, 4, 1), []);
  });

  it('gives the same bytes for the same seed, and another error for another', async () => {
    assert.deepEqual(await parallel.answered(some), result);
    assert.notDeepEqual((await parallel.answered({ ...some, seed: 7 })).claims, result.claims);
  });

  it('holds its claims for every built-in cell, in operations and in FLOPs', async () => {
    for (const name of builtInNames())
      for (const weights of nets.weightNames) {
        const { claims } = await parallel.answered({
          ...some,
          cells: [builtIn(name)],
          weights,
          length: 48,
          workers: 3,
        });
        assert.deepEqual(
          claims.filter(({ holds }) => !holds),
          [],
        );
      }
  });
});
