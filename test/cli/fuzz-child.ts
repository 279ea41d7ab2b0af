// Runs command lines in this process, each in a folder of its own, and tells the parent what came of each: what it printed, how it ended, and which files it left or changed.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSoFar } from '../../lib/cli/files.ts';
import { main } from '../../lib/cli/main.ts';

export interface FuzzOrder {
  readonly line: readonly string[];
  /** By name: text, or bytes in base64. */
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>;
}

export interface FuzzOutcome {
  readonly code: number;
  /** Of the processor. */
  readonly milliseconds: number;
  readonly out: string;
  readonly err: string;
  /** Names of files that are there and were not before. */
  readonly left: readonly string[];
  /** Names of files that were there before and are gone or different. */
  readonly changed: readonly string[];
}

const bytesOf = (file: FuzzOrder['files'][string]): Buffer =>
  typeof file === 'string' ? Buffer.from(file) : Buffer.from(file.base64, 'base64');

const printed = { out: '', err: '' };
/** What a run printed stays small enough to send. */
const most = 2_000_000;
for (const [name, stream] of [
  ['out', process.stdout],
  ['err', process.stderr],
] as const)
  stream.write = ((chunk: string | Uint8Array, encoding?: unknown, done?: () => void) => {
    if (printed[name].length < most) printed[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const callback = typeof encoding === 'function' ? encoding : done;
    callback?.();
    return true;
  }) as typeof stream.write;

const home = mkdtempSync(join(tmpdir(), 'unroll-fuzz-home-'));
process.env.XDG_DATA_HOME = home;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

async function run({ line, files }: FuzzOrder): Promise<FuzzOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-fuzz-'));
  for (const [name, file] of Object.entries(files)) writeFileSync(join(folder, name), bytesOf(file));
  process.chdir(folder);
  printed.out = '';
  printed.err = '';
  // A program reads a file once; here the next run has others of the same name.
  (readSoFar() as Map<string, Uint8Array>).clear();
  process.exitCode = undefined;
  const started = process.cpuUsage().user;
  const code = await main(line);
  const milliseconds = (process.cpuUsage().user - started) / 1000;
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  process.removeAllListeners('SIGINT');
  process.chdir(tmpdir());
  const there = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const changed = Object.entries(files)
    .filter(([name, file]) => !isFile(join(folder, name)) || !readFileSync(join(folder, name)).equals(bytesOf(file)))
    .map(([name]) => name);
  rmSync(folder, { recursive: true, force: true });
  return {
    code,
    milliseconds,
    out: printed.out,
    err: printed.err,
    left: there.filter((name) => !(name in files)),
    changed,
  };
}

process.on('message', async (order: FuzzOrder | 'end') => {
  if (order === 'end') {
    rmSync(home, { recursive: true, force: true });
    process.exit(0);
  }
  mkdirSync(home, { recursive: true });
  let outcome: FuzzOutcome;
  try {
    outcome = await run(order);
  } catch (error) {
    outcome = {
      code: 3,
      milliseconds: 0,
      out: printed.out,
      err: `thrown: ${error instanceof Error ? error.stack : error}`,
      left: [],
      changed: [],
    };
  }
  process.send!(outcome);
});
process.on('disconnect', () => process.exit(1));
process.send!('ready');
