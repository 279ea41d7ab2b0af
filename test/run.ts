// Runs tests with node:test: `npm test` those that take seconds; `npm run test:slow` the files named *.slow.test.ts; `npm run test:deep` both, and
// the files named *.deep.test.ts. Who names files is given the slow ones among them by `npm test` too.

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

/** The deep ones one at a time: some of them measure time. */
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
const isWanted = (file: string): boolean => (isSlow(file) ? slow || deep || only.length > 0 : !slow);
// As many files at once as there are cores: most of them wait for programs that they run.
const ordinary = run(
  files.filter((file) => !isDeep(file) && isWanted(file)),
  [`--test-concurrency=${availableParallelism()}`],
);
process.exitCode = ordinary !== 0 || !deep ? ordinary : run(files.filter(isDeep), ['--test-concurrency=1']);
