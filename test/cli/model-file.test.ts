// Models of PyTorch by their own files: the same outputs as PyTorch gives, with an embedding and without. What could be taken for
// something else is refused with a list. fixtures/modules/make.py made the files.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { environment } from '../../lib/cli/process-environment.ts';
import { InputError, type InputProblem } from '../../lib/equations/input-error.ts';
import { readModel } from '../../lib/options/loaded-model.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../lib/training/safetensors.ts';
import { unroll as unrolledOf } from '../../lib/training/unroll.ts';
import { type Outcome, program, unroll } from './run-unroll.ts';

interface Module {
  readonly name: string;
  /** [T][B] */
  readonly tokens: readonly (readonly number[])[];
  /** [T][B][V] */
  readonly outputs: readonly (readonly (readonly number[])[])[];
}

const folder = 'fixtures/modules';
const { symbols, steps, batch, modules } = JSON.parse(readFileSync(`${folder}/modules.json`, 'utf8')) as {
  readonly symbols: number;
  readonly steps: number;
  readonly batch: number;
  readonly modules: readonly Module[];
};
const task = { inputs: symbols, outputs: symbols };

const loaded = (path: string) => {
  const file = readModel(path, task, environment);
  assert.ok(file.kind === 'whole');
  return file.loaded;
};

describe('a module of PyTorch', () => {
  for (const { name, tokens, outputs } of modules)
    it(`${name} predicts what PyTorch predicts`, () => {
      const { model, notes } = loaded(`${folder}/${name}.safetensors`);
      const unrolled = unrolledOf(model, { steps, batch, gradients: false });
      for (const [t, row] of tokens.entries())
        for (const [b, token] of row.entries()) unrolled.inputs[(t * batch + b) * symbols + token] = 1;
      unrolled.forward();
      for (const [i, expected] of outputs.flat(2).entries())
        assert.ok(Math.abs(unrolled.outputs[i]! - expected) < 1e-13, `${i}: ${unrolled.outputs[i]} and ${expected}`);
      assert.equal(
        notes.some((note) => /^The embedding `\w+\.weight` \(6×\d\) is multiplied/.test(note)),
        name !== 'gru-one-hot',
      );
    });
});

/** The problem with these tensors: a file of the fixtures, changed. */
function problemOf(change: (tensors: Map<string, Tensor>) => void, name = 'lstm-embedding'): InputProblem {
  const into = mkdtempSync(join(tmpdir(), 'unroll-model-'));
  const path = join(into, 'm.safetensors');
  try {
    const tensors = new Map(readSafetensors(readFileSync(`${folder}/${name}.safetensors`), name).tensors);
    change(tensors);
    writeFileSync(path, writeSafetensors(tensors));
    loaded(path);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.problem;
  } finally {
    rmSync(into, { recursive: true });
  }
  throw new assert.AssertionError({ message: 'it was loaded' });
}

const matrix = (rows: number, columns: number): Tensor => ({
  shape: [rows, columns],
  data: new Float64Array(rows * columns),
});

describe('a tensor that could be something else', () => {
  const cases: readonly (readonly [string, (tensors: Map<string, Tensor>) => void, RegExp])[] = [
    ['an attention matrix', (t) => t.set('attn.weight', matrix(5, 5)), /^1 tensor .*not be used: `attn\.weight`/],
    [
      'a second readout',
      (t) => t.set('head.weight', matrix(6, 5)),
      /^2 matrices could be the readout: `fc\.weight`, `h/,
    ],
    ['a second embedding', (t) => t.set('emb2.weight', matrix(7, 4)), /^2 matrices could be the embedding/],
    [
      'an embedding with a bias',
      (t) => t.set('embedding.bias', matrix(1, 6)),
      /`embedding\.weight`, `embedding\.bias`/,
    ],
    ['an embedding of another width', (t) => t.set('embedding.weight', matrix(6, 3)), /used: `embedding\.weight`/],
    ['a readout of another width', (t) => t.set('fc.weight', matrix(6, 4)), /used: `fc\.bias`, `fc\.weight`/],
    ['a bias of another size', (t) => t.set('fc.bias', { ...matrix(1, 5), shape: [5] }), /used: `fc\.bias`, `fc\.w/],
    ['a vector', (t) => t.set('norm.weight', { ...matrix(1, 5), shape: [5] }), /used: `norm\.weight`/],
    ['another recurrent layer', (t) => t.set('decoder.weight_ih_l0', matrix(20, 4)), /used: `decoder\.weight_ih_l0`/],
    ['a layer too many', (t) => t.set('lstm.weight_hh_l2', matrix(20, 5)), /no `weight_|not be used/],
    ['no bias for a readout that is tied', (t) => t.delete('fc.weight'), /used: `fc\.bias`/],
  ];
  for (const [what, change, says] of cases)
    it(`${what} is refused, and every tensor listed`, () => {
      const { says: said, got = '' } = problemOf(change);
      assert.match(said, says);
      assert.match(got, /lstm\.weight_ih_l0 20×4 \(recurrent layer\)|weight_ih_l0 20×6/);
    });

  it('is a readout under any name when it has a bias for each row, and one of two where another has one too', () => {
    const renamed = (tensors: Map<string, Tensor>, name: string): void => {
      for (const part of ['weight', 'bias']) {
        tensors.set(`${name}.${part}`, tensors.get(`fc.${part}`)!);
        tensors.delete(`fc.${part}`);
      }
    };
    assert.throws(() => problemOf((tensors) => renamed(tensors, 'net.3')), /it was loaded/);
    const { says } = problemOf((tensors) => {
      tensors.set('attn.weight', matrix(5, 5));
      tensors.set('attn.bias', { ...matrix(1, 5), shape: [5] });
    });
    assert.match(says, /^2 matrices could be the readout: `fc\.weight`, `attn\.weight`/);
  });

  it('is no readout for its shape alone', () => {
    const { says } = problemOf((tensors) => {
      tensors.set('bilinear.weight', tensors.get('fc.weight')!);
      tensors.delete('fc.weight');
      tensors.delete('fc.bias');
    });
    assert.match(says, /not be used: `bilinear\.weight`/);
  });

  it('of a size that does not fit is named with it, also beside an embedding', () => {
    assert.match(
      problemOf((t) => t.set('lstm.weight_hh_l0', matrix(20, 6))).says,
      /not the weights of an RNN, LSTM or GRU/,
    );
    assert.match(
      problemOf((t) => t.set('rnn.weight_ih_l0_reverse', matrix(4, 9)), 'rnn-both').says,
      /`weight_ih_l0_reverse` is 4×9, not 4×6/,
    );
  });
});

describe('a text and the characters of a model', () => {
  const text = (letters: string) => letters.repeat(20);
  const train = (
    file: string,
    more: readonly string[],
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Outcome =>
    unroll(
      ['train', 'text', '--file', file, '--updates', '1', '--hidden', '3', ...more].filter((w) => w !== ''),
      { files },
    );
  const saved = (name: string): Uint8Array => {
    const into = mkdtempSync(join(tmpdir(), 'unroll-model-'));
    try {
      const path = join(into, name);
      const { code } = train('a.txt', ['lstm', '--save', path], { 'a.txt': text('abcdef') });
      assert.equal(code, 0);
      return readFileSync(path);
    } finally {
      rmSync(into, { recursive: true });
    }
  };
  for (const name of ['m.json', 'm.safetensors']) {
    const model = saved(name);
    const load = (letters: string) =>
      unroll(['train', 'text', '--file', 'b.txt', '--updates', '1', '--load', name], {
        files: { 'b.txt': text(letters), [name]: model },
      });
    it(`${name}: others are refused by name, the same are taken`, () => {
      assert.equal(load('fedcba').code, 0);
      const as = load('ghijkl');
      assert.equal(as.code, 2);
      assert.match(
        as.err,
        /trained on a text with other characters\.\n +expected +the 6 characters "abcdef"\n +got +the 6 characters "ghijkl"/,
      );
      assert.match(load('abcdefg').err, /expected +the 6 characters "abcdef"\n +got +the 7 characters "abcdefg"/);
      const other = unroll(['train', 'adding', '--updates', '1', '--load', name], { files: { [name]: model } });
      assert.equal(other.code, 2);
      assert.match(
        other.err,
        /for another task: text\.\n +expected +2 inputs and 1 output, as adding has\n +got +a model with 6 inputs and 6/,
      );
    });
  }

  it('of PyTorch’s files, which do not name them, are counted, and their order is said', () => {
    const weights = readFileSync(`${folder}/lstm-embedding.safetensors`);
    const load = (letters: string) =>
      unroll(['train', 'text', '--file', 'b.txt', '--updates', '1', '--load', 'w.safetensors', '--width', '200'], {
        files: { 'b.txt': text(letters), 'w.safetensors': weights },
      });
    assert.match(
      load('abcdef').out,
      /does not name its characters; they are assumed .*: class 0 is "a", 1 is "b", 2 is "c" and so on/,
    );
    assert.match(
      load('abcdefg').err,
      /each of the 7 different\s+characters of\s+the text\n +got +a model with 6 inputs and 6/,
    );
  });
});

describe('a file of another kind', () => {
  it('of torch.save is named, with the way to save it', () => {
    const { code, err } = unroll(['train', 'adding', '--load', 'm.pt'], {
      files: { 'm.pt': new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]) },
    });
    assert.equal(code, 2);
    assert.match(err, /binary file[\s\S]*safetensors\.torch\.save_file/);
  });
  it('is told by its bytes: safetensors come through standard input too, but two files do not', () => {
    const weights = readFileSync(`${folder}/lstm-embedding.safetensors`);
    const files = { 'a.txt': 'abcdef'.repeat(20), 'W.SAFETENSORS': weights };
    const args = ['train', 'text', '--updates', '1', '--quiet', '--file'];
    const named = unroll([...args, 'a.txt', '--load', 'W.SAFETENSORS'], { files });
    assert.equal(named.code, 0, named.err);
    const piped = spawnSync(
      'sh',
      [
        '-c',
        '"$0" "$@" < fixtures/modules/lstm-embedding.safetensors',
        process.execPath,
        program,
        'train',
        'text',
        '--updates',
        '1',
        '--quiet',
        '--text',
        files['a.txt'],
        '--load',
        '-',
      ],
      { encoding: 'utf8' },
    );
    assert.equal(piped.status, 0, piped.stderr);
    assert.equal(piped.stdout, named.out);
    const both = unroll([...args, '-', '--load', '-'], { input: files['a.txt'] });
    assert.equal(both.code, 2);
    assert.match(both.err, /Standard input can be read only once/);
  });

  it('with another cell than the one that is named is refused', () => {
    const cells = ['h = tanh(W * h_prev + U * x)', 'h = relu(W * h_prev + U * x)'];
    const into = mkdtempSync(join(tmpdir(), 'unroll-model-'));
    try {
      const path = join(into, 'm.safetensors');
      const run = (cell: string, ...more: string[]) =>
        unroll(['train', 'adding', cell, '--hidden', '3', '--updates', '1', ...more]);
      assert.equal(run(cells[0]!, '--seeds', '1', '--save', path).code, 0);
      assert.equal(run(cells[0]!, '--load', path).code, 0);
      const { code, err } = run(cells[1]!, '--load', path);
      assert.equal(code, 2);
      assert.match(err, /another\s+cell\.\n +expected +h = tanh\(W \* h_prev \+ U \* x\)\n +got +h = relu/);
    } finally {
      rmSync(into, { recursive: true });
    }
  });
});
