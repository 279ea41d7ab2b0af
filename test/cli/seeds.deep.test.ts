// What a second core is worth: eight seeds with two threads beside one, in turn, on a machine that is otherwise idle. Two cores share a clock,
// a cache and the memory, so two programs that know nothing of each other are slowed down, too: they are measured beside it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { median } from '../../lib/numbers/statistics.ts';
import { program } from './run-unroll.ts';

const run = promisify(execFile);
const rounds = 9;
const lines = ['train adding lstm', 'exposure --compare forced,scheduled,free'];

/** Seconds until the last of these programs has ended. */
async function time(...commands: readonly string[]): Promise<number> {
  const began = performance.now();
  await Promise.all(commands.map((command) => run(process.execPath, [program, ...command.split(' '), '--quiet'])));
  return (performance.now() - began) / 1000;
}

for (const line of lines)
  it(`${line} --seeds 8: two threads take at most 0.6 of the time of one, or no more than two programs`, async (context) => {
    if (availableParallelism() < 2) return context.skip('this machine has one core: there is nothing to compare');
    const [threads, programs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const one = await time(`${line} --seeds 8 --jobs 1`);
      threads.push((await time(`${line} --seeds 8 --jobs 2`)) / one);
      programs.push((await time(`${line} --seeds 4 --jobs 1`, `${line} --seeds 4 --seed 5 --jobs 1`)) / one);
    }
    // Round by round, so that a machine that is slow for a while is slow for both.
    const beside = threads.map((ratio, round) => ratio / programs[round]!);
    const [two, apart, times] = [threads, programs, beside].map(median) as [number, number, number];
    const said = `two threads ${two.toFixed(3)} of the time of one, two programs ${apart.toFixed(3)}; threads beside programs ${times.toFixed(3)}`;
    console.log(`${line}: ${said}`);
    assert.ok(two <= 0.6 || times <= 1.05, said);
  });
