// Runs every test with node:test: `npm test` those that take seconds, `npm run test:deep` also the files named *.deep.test.ts.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const deep = process.argv.includes('--deep');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && (deep || !file.endsWith('.deep.test.ts')))
  .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
  .map((file) => join('test', file))
  .sort();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...files], { stdio: 'inherit' });
process.exitCode = status ?? 1;
