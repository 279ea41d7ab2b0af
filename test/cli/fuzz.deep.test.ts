// Whatever is typed and whatever file is given: no internal error, no hang, nothing left behind or replaced that was not asked for, and no claim
// that holds on what is not a number. `UNROLL_LINES=200 UNROLL_FILES=50 UNROLL_FROM=7 npm run test:deep -- fuzz` runs fewer, or others.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import type { FuzzOrder } from './fuzz-child.ts';
import { fileKinds, fuzzFile, modelOrder, shippedCells, shippedSubmissions, type Whole } from './fuzz-files.ts';
import { fuzzFiles, fuzzLine, placesToFuzz } from './fuzz-lines.ts';
import { FuzzRunner, faultOf } from './fuzz-run.ts';
import { program } from './run-unroll.ts';

const lines = Number(process.env.UNROLL_LINES ?? 20_000);
const files = Number(process.env.UNROLL_FILES ?? 5000);
const from = Number(process.env.UNROLL_FROM ?? 1);

/** What is wrong, a line each. */
async function faults(orders: Iterable<FuzzOrder>): Promise<string[]> {
  const runner = new FuzzRunner();
  const found: string[] = [];
  const codes = new Map<number | string, number>();
  try {
    for (const order of orders) {
      const outcome = await runner.run(order);
      const code = outcome === 'hangs' ? outcome : outcome.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const fault = faultOf(order, outcome);
      if (fault === undefined) continue;
      const given = Object.entries(order.files).filter(([name]) => !(name in fuzzFiles));
      found.push(`${JSON.stringify(order.line)}: ${fault}${given.length > 0 ? `\n${JSON.stringify(given)}` : ''}`);
      console.log(found.at(-1));
    }
  } finally {
    runner.end();
  }
  console.log(`ended with ${[...codes].map(([code, count]) => `${code}: ${count}`).join(', ')}`);
  return found;
}

describe('command lines at random', () => {
  it(`${lines} of them: told what is wrong, or answered`, async () => {
    const places = await placesToFuzz();
    function* orders(): Generator<FuzzOrder> {
      for (let n = 0; n < lines; n++)
        yield { line: fuzzLine(places, random(from * 1_000_003 + n)), files: fuzzFiles as FuzzOrder['files'] };
    }
    assert.equal((await faults(orders())).length, 0);
  });
});

function savedModel(name: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-fuzz-model-'));
  try {
    const { line, files: given } = modelOrder(name);
    for (const [file, content] of Object.entries(given)) writeFileSync(join(folder, file), content as string);
    const { stderr } = spawnSync(process.execPath, [program, ...line], { cwd: folder, encoding: 'utf8' });
    return readFileSync(join(folder, name), { flag: 'r' }) ?? assert.fail(stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('data files at random', () => {
  const models = { json: savedModel('model.json'), safetensors: savedModel('model.safetensors') };
  const whole: Whole = { cells: shippedCells(), models, submissions: shippedSubmissions() };
  // A submission starts a sandbox, which takes as long as a hundred of the others.
  const tenth = Math.ceil(files / 20);
  for (const kind of fileKinds) {
    const count = kind === 'submission' ? tenth : Math.ceil((files - tenth) / (fileKinds.length - 1));
    it(`${count} of ${kind}`, async () => {
      function* orders(): Generator<FuzzOrder> {
        for (let n = 0; n < count; n++) yield fuzzFile(kind, whole, random(from * 1_000_003 + n).fork(kind));
      }
      assert.equal((await faults(orders())).length, 0);
    });
  }
});
