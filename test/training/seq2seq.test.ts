// Sequence to sequence beside PyTorch in float64: three updates with teacher forcing, through decoder, memory and encoder.
// fixtures/attention/make.py made the vectors. And decoding: a model that hears itself says what teacher forcing would have it say.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { attending } from '../../lib/cells/memory-reads.ts';
import { random } from '../../lib/numbers/random.ts';
import { pairTasks } from '../../lib/tasks/catalogue.ts';
import type { Pair, PairTask } from '../../lib/tasks/task.ts';
import { createSeq2seq, emptySeq2seq, type Seq2seq } from '../../lib/training/seq2seq.ts';
import { decodePairs, learningStep, trainSeq2seq } from '../../lib/training/seq2seq-train.ts';

const copyPairs = pairTasks.get('copy')!;

type Tensors = Readonly<Record<string, readonly number[]>>;

interface Run {
  readonly cell: string;
  readonly read: string | null;
  readonly reversed: boolean;
  readonly bidirectional: boolean;
  readonly start: Tensors;
  readonly end: Tensors;
  readonly pairs: readonly { readonly source: readonly number[]; readonly target: readonly number[] }[];
  readonly losses: readonly number[];
  readonly gradients: Tensors;
  /** [B·T][S], sequence by sequence. */
  readonly alpha: readonly (readonly number[])[];
}

const { hidden, batch, sourceSteps, targetSteps, sourceSymbols, targetSymbols, runs } = JSON.parse(
  readFileSync('fixtures/attention/training.json', 'utf8'),
) as Record<'hidden' | 'batch' | 'sourceSteps' | 'targetSteps' | 'sourceSymbols' | 'targetSymbols', number> & {
  runs: readonly Run[];
};

const pairsOf = ({ pairs }: Run): Pair[] =>
  pairs.map(({ source, target }) => ({ source, target, gold: target.map(() => []), length: source.length }));

function modelOf({ cell, read, bidirectional, start }: Run): Seq2seq {
  const encoder = builtIn(cell);
  const decoder = read === null ? encoder : attending(encoder, read);
  const model = emptySeq2seq({ encoder, decoder, hidden, bidirectional, sourceSymbols, targetSymbols });
  assert.deepEqual(model.places.map(({ name }) => name).sort(), Object.keys(start).sort());
  for (const { name } of model.places) model.parameter(name).set(start[name]!);
  return model;
}

function close(what: string, got: ArrayLike<number>, wanted: ArrayLike<number>): void {
  assert.equal(got.length, wanted.length, what);
  for (let i = 0; i < got.length; i++)
    assert.ok(Math.abs(got[i]! - wanted[i]!) < 1e-10, `${what}[${i}]: ${got[i]}, PyTorch ${wanted[i]}`);
}

describe('a training step of PyTorch, to 1e-10', () => {
  for (const run of runs) {
    const called = `${run.cell}, ${run.read ?? 'no'} attention${run.reversed ? ', source reversed' : ''}${run.bidirectional ? ', from both ends' : ''}`;
    it(`${called}: loss, alignment and every gradient`, () => {
      const model = modelOf(run);
      const { unrolled, gradientsOf } = learningStep(model, { sourceSteps, targetSteps, batch });
      close('loss', [gradientsOf(pairsOf(run).slice(0, batch), run.reversed)], run.losses.slice(0, 1));
      for (const { name, offset, rows, columns } of model.places)
        close(name, unrolled.gradients.subarray(offset, offset + rows * columns), run.gradients[name]!);
      const alpha = unrolled.alignment();
      for (const [row, wanted] of (run.read === null ? [] : run.alpha).entries()) {
        const at = ((row % targetSteps) * batch + Math.floor(row / targetSteps)) * sourceSteps;
        close(`alpha ${row}`, alpha.subarray(at, at + sourceSteps), wanted);
      }
    });
    it(`${called}: losses and parameters of three updates of Adam, clipped`, () => {
      const model = modelOf(run);
      const pairs = pairsOf(run);
      let next = 0;
      const task: PairTask = { ...copyPairs, targetSteps: () => targetSteps, pair: () => pairs[next++]! };
      const options = {
        task,
        rng: random(1),
        steps: sourceSteps,
        reversed: run.reversed,
        batch,
        updates: 3,
        rate: 0.01,
      };
      close('losses', [...trainSeq2seq(model, options)], run.losses);
      for (const { name } of model.places) close(name, model.parameter(name), run.end[name]!);
    });
  }
});

describe('sequence to sequence', () => {
  const gru = builtIn('gru');
  const design = { encoder: gru, decoder: gru, hidden: 6, sourceSymbols: 8, targetSymbols: 8 };
  it('begins with the same encoder whatever the decoder is', () => {
    const [plain, attends] = [gru, attending(gru, 'additive')].map((decoder) =>
      createSeq2seq({ ...design, decoder }, random(3)),
    );
    for (const { name } of plain!.places.filter(({ name }) => name.startsWith('encoder.')))
      assert.deepEqual(plain!.parameter(name), attends!.parameter(name));
  });
  it('decodes what it would say if it heard that as the truth', () => {
    const rng = random(5);
    const pairs = Array.from({ length: 4 }, () => copyPairs.pair(rng, 5));
    for (const [read, bidirectional] of [['additive'], ['dot'], [], ['additive', true]] as [string?, boolean?][]) {
      const decoder = read === undefined ? gru : attending(gru, read);
      const model = createSeq2seq({ ...design, decoder, bidirectional: bidirectional === true }, random(7));
      for (const reversed of [false, true]) {
        const { said, alignment } = decodePairs(model, pairs, reversed);
        const spoken = pairs.map((pair, b) => ({ ...pair, target: pair.target.map((_, t) => said[t * 4 + b]!) }));
        const { unrolled, gradientsOf } = learningStep(model, { sourceSteps: 5, targetSteps: 5, batch: 4 });
        gradientsOf(spoken, reversed);
        for (let row = 0; row < 20; row++) {
          const y = unrolled.outputs.subarray(row * 8, (row + 1) * 8);
          assert.equal(y.indexOf(Math.max(...y)), said[row]);
        }
        assert.deepEqual(unrolled.alignment(), alignment);
      }
    }
  });
  it('from both ends turns with its source: reversed, the two directions change places', () => {
    const model = createSeq2seq({ ...design, decoder: attending(gru, 'dot'), bidirectional: true }, random(9));
    const rng = random(6);
    const pairs = Array.from({ length: 4 }, () => copyPairs.pair(rng, 5));
    const alphaOf = (reversed: boolean): Float64Array => {
      const { unrolled, gradientsOf } = learningStep(model, { sourceSteps: 5, targetSteps: 5, batch: 4 });
      gradientsOf(pairs, reversed);
      return unrolled.alignment();
    };
    // What is kept per half changes places everywhere: in the first state, in the columns, and in what reads them.
    const swapHalves = (name: string, rows: boolean, columns: boolean): void => {
      const place = model.places.find((each) => each.name === name)!;
      const values = model.parameter(name);
      const old = values.slice();
      const turned = (k: number, size: number, turn: boolean) => (turn ? (k + size / 2) % size : k);
      for (let i = 0; i < place.rows; i++)
        for (let j = 0; j < place.columns; j++)
          values[i * place.columns + j] =
            old[turned(i, place.rows, rows) * place.columns + turned(j, place.columns, columns)]!;
    };
    const inOrder = alphaOf(false);
    for (const { name } of model.places.filter(({ name }) => name.startsWith('encoder.'))) {
      const [one, other] = [name, name.replace('encoder.', 'encoder_reverse.')].map((each) => model.parameter(each));
      const kept = one!.slice();
      one!.set(other!);
      other!.set(kept);
    }
    for (const { name, columns } of model.places.filter(({ name }) => name.startsWith('decoder.')))
      swapHalves(name, true, columns === 6);
    swapHalves('readout.V', false, true);
    const turned = alphaOf(true);
    for (let row = 0; row < 20; row++)
      for (let j = 0; j < 5; j++)
        assert.ok(Math.abs(turned[row * 5 + 4 - j]! - inOrder[row * 5 + j]!) < 1e-14, `row ${row}, column ${j}`);
  });
  it('refuses two directions where H cannot be halved', () =>
    assert.throws(() => emptySeq2seq({ ...design, hidden: 5, bidirectional: true }), /need an even number/));
  it('refuses a decoder whose states nobody hands over', () =>
    assert.throws(() => emptySeq2seq({ ...design, decoder: builtIn('lstm') }), /no state c/));
});
