// unroll train, as a student or a script uses it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { builtIn } from '../../lib/cells/catalogue.ts';
import { random } from '../../lib/numbers/random.ts';
import { resultSchema } from '../../lib/render/render.ts';
import type { LinesFigure, Result, TableFigure } from '../../lib/render/result.ts';
import { createModel } from '../../lib/training/model.ts';
import { tensorsOf } from '../../lib/training/pytorch.ts';
import { writeSafetensors } from '../../lib/training/safetensors.ts';
import { program, type Setting, stackTrace, unroll } from './run-unroll.ts';

const validate = new Ajv2020({ strict: false }).compile(resultSchema);
const short = ['--updates', '12', '--seeds', '2', '--batch', '4'];
const text = 'the bank of the river. '.repeat(30);
const csv = `Year,CO2\n${Array.from({ length: 80 }, (_, i) => `${i},${(i % 12) + i / 10}`).join('\n')}\n`;

interface Saved {
  readonly about: Readonly<Record<string, unknown>>;
}

/** Runs command lines one after the other in one folder, and reads the files that each of them leaves. */
function inOneFolder(lines: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-train-'));
  try {
    return lines.map((line) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...line.split(' ')], {
        cwd: folder,
        encoding: 'utf8',
      });
      const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
      return { code: status, out: stdout, err: stderr, files: Object.fromEntries(files) as Record<string, string> };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lossesOf = (out: string): number[] =>
  ((JSON.parse(out) as Result).figures[0] as LinesFigure).series[0]!.values as number[];
const newLossOf = (out: string): number =>
  ((JSON.parse(out) as Result).figures[1] as TableFigure).rows[0]![3] as number;

describe('unroll train', () => {
  const lines: readonly (readonly string[])[] = [
    ['adding', 'rnn', 'gru', ...short],
    ['majority', 'rnn', '--bidirectional', '--layers', '2', ...short],
    ['latch', 'lstm', '--forget-bias', '0', '--truncate', '10,5', '--optimiser', 'rmsprop', ...short],
    ['two-sines', '--schedule', 'cosine', '--clip', '.1', '--clip-by', 'element', '--init', 'identity', ...short],
    ['reber', 'h = tanh(W * h_prev + U * x)', '--hidden', '5', '--rate', '.1', '--steps', '12', ...short],
    ['text', '--file', 'book.txt', '--hidden', '8', ...short],
    ['series', '--csv', 'co2.csv', '--column', 'CO2', '--steps', '10', ...short],
  ];
  const files = { 'book.txt': text, 'co2.csv': csv };
  for (const args of lines)
    it(`${args.join(' ')}: to read, at 40 columns in ASCII, in words, as JSON`, () => {
      const run = (...extra: string[]) => unroll(['train', ...args, ...extra], { files });
      for (const extra of [[], ['--width', '40', '--ascii'], ['--plain']]) {
        const { code, out, err } = run(...extra);
        assert.equal(err, '');
        assert.equal(code, 0);
        assert.doesNotMatch(out, stackTrace);
        const widest = Math.max(
          ...out
            .split('\n')
            .filter((line) => !line.includes('unroll train'))
            .map((line) => Array.from(line).length),
        );
        assert.ok(widest <= (extra.includes('40') ? 40 : 80));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what ASCII is
        if (extra.includes('--ascii')) assert.match(out, /^[\u0000-\u007f]*$/);
      }
      const { out } = run('--format', 'json');
      assert.ok(validate(JSON.parse(out)), JSON.stringify(validate.errors?.slice(0, 3)));
    });

  it('gives the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: string) => unroll(['train', 'adding', ...short, '--seed', seed, '--format', 'csv']).out;
    assert.equal(bytes('3'), bytes('3'));
    assert.notEqual(bytes('3'), bytes('4'));
  });

  it('holds what it claims, and --assert says so', () => {
    const { code, out } = unroll(['train', 'latch', 'lstm', '--assert']);
    assert.equal(code, 0);
    assert.match(out, /✓ lstm learns it: more than 95 % right, in the median of 5 seeds/);
    assert.equal(unroll(['train', 'latch', 'lstm', '--updates', '10', '--assert']).code, 1);
  });

  for (const file of ['m.json', 'm.safetensors'])
    it(`--save ${file}, then --load goes on where it was`, () => {
      const cell = file.endsWith('.json') ? '' : ' gru';
      const [first, again, refused] = inOneFolder([
        `train adding gru --steps 10 --updates 100 --format json --save ${file}`,
        `train adding${cell} --steps 10 --updates 100 --format json --load ${file} --save more.json`,
        `train adding gru --updates 1 --save ${file}`,
      ]);
      assert.equal(first!.code, 0);
      assert.match(first!.err, /saved after 100 updates: m\./);
      assert.equal(again!.err, `saved after 200 updates: more.json\n`);
      assert.ok(lossesOf(again!.out)[0]! < 0.5 * lossesOf(first!.out)[0]!);
      assert.ok(newLossOf(again!.out) < newLossOf(first!.out));
      const { about } = JSON.parse(again!.files['more.json']!) as Saved;
      assert.deepEqual(about, { task: 'adding', seed: 1, updates: 200 });
      assert.equal(refused!.code, 2);
      assert.match(refused!.err, /already exists/);
      assert.deepEqual(Object.keys(refused!.files).sort(), [file, 'more.json'].sort());
    });

  it('goes on with the weights of PyTorch, whose names say the cell', () => {
    const cells = [builtIn('lstm'), builtIn('lstm')];
    const model = createModel({ cells, directions: 1, hidden: 4, inputs: 2, outputs: 1 }, random(1));
    const weights = writeSafetensors(tensorsOf(model));
    const { code, out, err } = unroll(['train', 'adding', '--load', 'w.safetensors', ...short.slice(0, 2), '--plain'], {
      files: { 'w.safetensors': weights },
    });
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /H 4 \S 2 layers/);
  });
});

describe('a run that is interrupted', () => {
  it('draws the curve as far as it goes, saves the model and exits 130', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-train-'));
    try {
      const args = ['train', 'adding', 'rnn', '--updates', '1000000', '--format', 'json', '--save', 'm.json'];
      const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        err += chunk.toString();
      });
      // The first word of how far it is: by then there are updates to keep.
      await once(child.stderr, 'data');
      child.kill('SIGINT');
      const [code] = await once(child, 'close');
      assert.equal(code, 130);
      assert.match(err, /interrupted after \d+ updates: this is what there is/);
      const result = JSON.parse(out) as Result;
      assert.ok(validate(result));
      const { updates } = (JSON.parse(readFileSync(join(folder, 'm.json'), 'utf8')) as Saved).about;
      assert.equal((result.figures[0] as LinesFigure).x.values.at(-1), updates);
      assert.match(result.notes[0]!, new RegExp(`^Interrupted after ${updates} of 1000000 updates`));
      assert.deepEqual(readdirSync(folder), ['m.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('wrong input to unroll train', () => {
  const model = { 'm.json': '{"unroll":"model","version":1}', 'w.safetensors': new Uint8Array(3) };
  const cases: readonly (readonly [line: string, says: RegExp, files?: Setting['files']])[] = [
    ['', /No task is given[\s\S]*adding[\s\S]*unroll train adding gru/],
    ['addng gru', /no task `addng`[\s\S]*did you mean `adding`/],
    ['adding ltsm', /no cell `ltsm`[\s\S]*did you mean `lstm`/],
    ['text', /wants a text[\s\S]*--file FILE/],
    ['text --text abc', /3 characters are too few/],
    ['text --file b.txt --steps 400', /held out has 69 characters, so at most 68 steps/, { 'b.txt': text }],
    ['series', /wants numbers[\s\S]*--csv FILE/],
    ['series --csv c.csv', /2 columns of numbers[\s\S]*--column "Year"/, { 'c.csv': csv }],
    ['adding --csv c.csv', /takes no --csv[\s\S]*`series`/],
    ['adding --steps 1', /--steps 1 is too small/],
    ['adding --steps 100000 --batch 4096', /GB at H = 16[\s\S]*--truncate/],
    ['adding --rate 0', /nothing moves/],
    ['adding --rate fast', /`fast` is not a number/],
    ['adding --optimiser adan', /did you mean `adam`/],
    ['adding --schedule cosin', /did you mean `cosine`/],
    ['adding --clip 0', /--clip none/],
    ['adding --clip none --clip-by norm', /take one of them out/],
    ['adding --clip-by elements', /did you mean `element`/],
    ['adding --truncate 31', /--truncate 31 is too large/],
    ['adding --truncate 10,11', /--truncate 11 is too large/],
    ['adding --truncate 1,2,3', /not K or K,STRIDE/],
    ['majority --truncate 3 --bidirectional', /Two directions read a whole sequence/],
    ['labels --bidirectional', /the answer is the next input/],
    ['adding gru --forget-bias 1', /no parameter `b_f`/],
    ['adding --save model.pt', /does not imply a format[\s\S]*model\.json/],
    ['adding --save no/such/m.json', /folder of no\/such\/m\.json does not exist/],
    ['adding rnn gru --save m.json', /one cell, trained from one seed/],
    ['adding --load none.json', /no file none\.json/],
    ['adding --load m.json', /`layers` is not a list/, model],
    ['adding --load w.safetensors', /too short/, model],
    ['adding --out r.txt', /r\.txt already exists/, { 'r.txt': 'mine' }],
    ['adding --engine mathsj', /did you mean `mathjs`/],
  ];
  for (const [line, says, files = {}] of cases)
    it(`unroll train ${line}`, () => {
      const outcome = unroll(['train', ...line.split(' ').filter((word) => word !== '')], { files });
      assert.match(outcome.err, says);
      assert.doesNotMatch(outcome.err, stackTrace);
      assert.equal(outcome.out, '');
      assert.equal(outcome.code, 2);
      assert.deepEqual([...outcome.files].sort(), Object.keys(files).sort());
    });
});
