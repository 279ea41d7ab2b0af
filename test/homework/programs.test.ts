// The programs in other languages that answer lines, as PROTOCOL.md describes it: the next request only after the answer.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { exercisesFolder, fileOf } from '../../lib/homework/exercise-text.ts';
import rnnStep from '../../lib/homework/exercises/rnn-step.ts';
import { written } from '../../lib/homework/sandbox/reply-lines.ts';
import type { Value } from '../../lib/homework/value.ts';
import { random } from '../../lib/numbers/random.ts';
import { distance } from './handed-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-programs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Asks a program call by call, and closes its input. */
async function converse(command: string, args: readonly string[], calls: readonly (readonly Value[])[]) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const values: Value[] = [];
  for (const [k, given] of calls.entries()) {
    const id = `${k}-of-many`;
    child.stdin.write(`${written({ id, function: 'rnn_step', arguments: given })}\n`);
    const answer = JSON.parse((await lines.next()).value);
    assert.equal(answer.id, id);
    values.push(answer.value);
  }
  child.stdin.end();
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return { values, code };
}

const program = (file: string): string => fileOf({ id: 'rnn-step' }, file);

function compiled(): string {
  const out = join(folder, 'rnn-step');
  const { status, stderr } = spawnSync('cc', ['-O2', '-Wall', '-Werror', '-o', out, program('program.c'), '-lm'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return out;
}

const calls = Array.from({ length: 100 }, (_, k) => rnnStep.draw(random(k + 1), k % 2 === 0 ? 'small' : 'large'));
const large = [
  [0.5, -0],
  [1e-7],
  [
    [1000, 2],
    [-3000, 1e-300],
  ],
  [[1], [2]],
  [0, 0],
];

const programs: [what: string, command: string, run: () => [string, string[]]][] = [
  ['awk, whichever it is', 'awk', () => ['awk', ['-Winteractive', '-f', program('program.awk')]]],
  ['mawk', 'mawk', () => ['mawk', ['-Winteractive', '-f', program('program.awk')]]],
  ['C', 'cc', () => [compiled(), []]],
];

describe('a program that answers lines', () => {
  for (const [what, command, run] of programs)
    it(`is rnn-step in ${what}`, { skip: !has(command) }, async () => {
      const { values, code } = await converse(...run(), [...calls, large]);
      assert.equal(code, 0);
      for (const [k, given] of [...calls, large].entries()) {
        const { h } = rnnStep.answer(rnnStep.reference(), given);
        assert.ok(distance(values[k], h!) <= 1e-9, `call ${k}`);
      }
    });

  it('is described with requests and answers that are true', () => {
    const text = readFileSync(join(exercisesFolder(), 'PROTOCOL.md'), 'utf8');
    const lines = [...text.matchAll(/^ {4}(\{.*\})$/gm)]
      .map((match) => match[1]!)
      .filter((line) => !line.includes('[[…]]'));
    const parsed = lines.map((line) => JSON.parse(line));
    assert.equal(parsed.length, 3);
    const call = parsed.find((line) => line.function === 'rnn_step');
    const { h } = rnnStep.answer(rnnStep.reference(), call.arguments);
    const answer = parsed.find(({ id, value }) => id === call.id && value !== undefined);
    assert.ok(distance(answer.value, h!) <= 1e-12);
  });
});
