// Runs tests with node:test: `npm test` those that take seconds; `npm run test:slow` the files named *.slow.test.ts; `npm run test:deep` both, and
// the files named *.deep.test.ts. Who names files is given the slow ones among them by `npm test` too. What holds programs to their time, *.alone.slow.test.ts, has the
// machine for itself.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const deep = process.argv.includes('--deep');
const slow = process.argv.includes('--slow');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
  .map((file) => join('test', file))
  .sort();

function run(chosen: readonly string[], extra: readonly string[]): number {
  if (chosen.length === 0) return 0;
  // Wherever it is printed: what failed stands once more at the end.
  const how = ['--import', 'tsx', '--test', '--test-reporter=spec', ...extra];
  const { status } = spawnSync(process.execPath, [...how, ...chosen], {
    stdio: 'inherit',
    env: { ...process.env, ...(deep ? { UNROLL_DEEP: '1' } : {}) },
  });
  return status ?? 1;
}

const isDeep = (file: string): boolean => file.endsWith('.deep.test.ts');
const isSlow = (file: string): boolean => file.endsWith('.slow.test.ts');
const isAlone = (file: string): boolean => isDeep(file) || file.endsWith('.alone.slow.test.ts');
const isWanted = (file: string): boolean =>
  isDeep(file) ? deep : isSlow(file) ? slow || deep || only.length > 0 : !slow;
const wanted = files.filter(isWanted);
// As many files at once as there are cores: most of them wait for programs that they run.
const together = run(
  wanted.filter((file) => !isAlone(file)),
  [`--test-concurrency=${availableParallelism()}`],
);
process.exitCode = together || run(wanted.filter(isAlone), ['--test-concurrency=1']);
