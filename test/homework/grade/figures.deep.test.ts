// How long a class takes at level 3 on two cores, and that it stays the same under GNU parallel. Times want a machine with nothing else to do.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ClassReport } from '../../../lib/homework/reports/class-report.ts';
import { program } from '../../cli/run-unroll.ts';
import { layOut, temporary } from './fake-class.ts';
import { grade, mixed, uniform } from './real-class.ts';

const beside = temporary();
after(() => rmSync(beside, { recursive: true }));

const students = 200;
const endless = 'export function rnnStep() { for (;;); }\n';
const fewer = availableParallelism() < 2 ? 'the figures are of two cores' : false;

/** The seconds that it took; all but `loops` passed. */
async function timed(folder: string, loops = 0): Promise<number> {
  const { code, out, err, seconds } = await grade([
    folder,
    '--seed',
    '1',
    '--limit',
    '2',
    '--format',
    'json',
    '--quiet',
  ]);
  assert.equal(code, 0, err);
  const { graded } = JSON.parse(out) as ClassReport;
  const count = (status: string): number => graded.filter(({ report }) => report.status === status).length;
  assert.deepEqual([count('pass'), count('timeout')], [students - loops, loops]);
  return seconds;
}

describe(`${students} submissions at level 3`, { skip: fewer }, () => {
  const within = (seconds: number, most: number, what: string): void => {
    console.log(`${what}: ${seconds.toFixed(1)} s, at most ${most}`);
    assert.ok(seconds <= most);
  };

  it('JavaScript, all right: at most 15 s', async () => {
    const folder = join(beside, 'javascript');
    uniform(folder, students, 'solution.js', 'rnn-step.js');
    within(await timed(folder), 15, 'JavaScript');
  });

  it('NumPy, all right: at most 25 s', async () => {
    const folder = join(beside, 'numpy');
    uniform(folder, students, 'solution-numpy.py', 'rnn_step.py');
    within(await timed(folder), 25, 'NumPy');
  });

  it('a tenth endless loops, at a limit of 2 s: at most 45 s', async () => {
    const folder = join(beside, 'loops');
    uniform(folder, students, 'solution.js', 'rnn-step.js');
    for (let i = 0; i < students; i += 10)
      writeFileSync(join(folder, `student-${String(i).padStart(3, '0')}`, 'rnn-step.js'), endless);
    within(await timed(folder, students / 10), 45, 'a tenth endless loops');
  });
});

const noParallel = spawnSync('parallel', ['--version']).status === 0 ? false : 'GNU parallel is not installed';

it('GNU parallel: the parts put together are the report of one run', { skip: noParallel }, async () => {
  const folder = join(beside, 'mixed');
  layOut(folder, mixed);
  const line = [process.execPath, program, 'homework', 'grade', folder, '--seed', '20240917', '--jobs', '1', '--quiet'];
  const parts = ['--allow-weak-isolation', '--shard', '{}/8', '--out', 'part-{}.json', ':::', ...'12345678'];
  const { status } = spawnSync('parallel', ['-j4', ...line, ...parts], { cwd: beside, stdio: 'inherit' });
  assert.equal(status, 0);
  const whole = await grade([...line.slice(4), '--allow-weak-isolation', '--format', 'json']);
  const files = [...'12345678'].map((part) => join(beside, `part-${part}.json`));
  const merged = await grade(['merge', ...files, '--format', 'json', '--quiet']);
  assert.equal(merged.out, whole.out);
  assert.ok(readFileSync(files[0]!, 'utf8').includes('"shard"'));
});
