// Every command line that the help, the README and the lessons show, over many fresh seeds: how often does each of its claims fail?
//
//     node --import tsx test/claim-runs.ts [--seeds 300] [--from 60001] [--shard 1/2] [--keep FOLDER] [PART OF A COMMAND LINE …]
//
// Each seed is run once and grouped by three, as `--seeds 3` groups them; a line a command says how many runs had a claim that failed.
// `--keep` keeps what the seeds found, so that other claims can be held against it without training again.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { nameOf } from '../lib/cli/command.ts';
import { wordsOf } from '../lib/cli/command-words.ts';
import { commands } from '../lib/cli/commands.ts';
import { reader } from '../lib/cli/main.ts';
import { unwatched } from '../lib/experiments/kit/seeds.ts';
import { lessonAt, lessonPlaces } from '../lib/lessons/course.ts';
import type { Claim } from '../lib/render/result.ts';
import { blocksOf } from './readme-blocks.ts';

export interface ClaimRuns {
  readonly runs: number;
  /** Runs in which at least one claim failed. */
  readonly failed: number;
  /** By the id of the claim: the first seed of each run in which it failed. */
  readonly failures: ReadonlyMap<string, readonly number[]>;
  /** By the id of the claim: what one seed alone measured, in order. */
  readonly single: ReadonlyMap<string, readonly Claim[]>;
}

/** What these command lines are run with here in place of files that a reader would have. */
const replaced = / (book\.txt|co2\.csv|my\.cell|mine\.cell|numbers\.json|TEXT|FILE)\b/;
/** No experiment, or one whose claims are about the clock of this machine. */
const without = new Set(['tour', 'lesson', 'homework', 'schema', 'completion', 'bench', 'streaming', 'compare']);

/** The command lines that are shown, each once, without `unroll` and without the options that this test chooses itself. */
export async function shownCommands(): Promise<string[]> {
  const lines: string[] = [];
  for (const listed of commands) {
    const { examples, options } = await listed.load();
    lines.push(...examples.map(([line]) => line));
    if ('seeds' in options) lines.push(`unroll ${nameOf(listed)}${nameOf(listed) === 'train' ? ' adding gru' : ''}`);
  }
  lines.push(...blocksOf(readFileSync('README.md', 'utf8')).map(({ command }) => command));
  for (const place of lessonPlaces())
    for (const part of (await lessonAt(place)).parts) {
      if (part.kind === 'run') lines.push(`unroll ${part.command}`);
      if (part.kind === 'predict') lines.push(`unroll ${part.run.command}`);
      if (part.kind === 'cell' && part.command !== undefined)
        lines.push(`unroll ${part.command.replace('{cell}', `'${part.text.replaceAll("'", '').trim()}'`)}`);
    }
  const chosen = lines
    .filter((line) => !/[|>]/.test(line) && !replaced.test(line) && !without.has(line.split(' ')[1]!))
    .map((line) =>
      line.replace(/^unroll /, '').replace(/ --(seeds?|out|format|save|quiet|assert|jobs)\b( (?!-)\S+)?/g, ''),
    );
  return [...new Set(chosen)].sort();
}

/** Runs a command line for `seeds` seeds from `from` on and groups them by `group`. Undefined for a command without seeds. */
export async function claimRuns(
  line: string,
  from: number,
  seeds: number,
  { group = 3, keep }: { group?: number; keep?: string | undefined } = {},
): Promise<ClaimRuns | undefined> {
  const chosen = await reader.read([...wordsOf(line, 'claims'), '--seed', String(from), '--seeds', String(seeds)]);
  if (chosen?.command.experiment === undefined || (await chosen.command.result?.(chosen.args)) !== undefined)
    return undefined;
  const seeded = await chosen.command.experiment(chosen.args);
  if (seeded.timed) return undefined;
  const key = createHash('sha256').update(`${line} ${from} ${seeds}`).digest('hex').slice(0, 16);
  const kept = keep === undefined ? undefined : join(keep, key);
  let found: unknown[] = [];
  if (kept !== undefined && existsSync(kept)) found = deserialize(readFileSync(kept)) as unknown[];
  else for (let k = 0; k < seeds; k++) found.push(await seeded.run(k, unwatched));
  if (kept !== undefined) writeFileSync(kept, serialize(found));
  const failures = new Map<string, number[]>();
  const single = new Map<string, Claim[]>();
  let failed = 0;
  for (const one of found)
    for (const claim of seeded.result([one]).claims) single.set(claim.id, [...(single.get(claim.id) ?? []), claim]);
  for (let k = 0; k + group <= seeds; k += group) {
    const broken = seeded.result(found.slice(k, k + group)).claims.filter(({ holds }) => !holds);
    if (broken.length > 0) failed += 1;
    for (const { id } of broken) failures.set(id, [...(failures.get(id) ?? []), from + k]);
  }
  return { runs: Math.floor(seeds / group), failed, failures, single };
}

if (process.argv[1]?.endsWith('claim-runs.ts')) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '300' },
      from: { type: 'string', default: '60001' },
      shard: { type: 'string', default: '1/1' },
      keep: { type: 'string' },
    },
  });
  const [shard, shards] = values.shard.split('/').map(Number) as [number, number];
  const lines = (await shownCommands()).filter((line) => positionals.every((part) => line.includes(part)));
  for (const [i, line] of lines.entries()) {
    if (i % shards !== shard - 1) continue;
    const started = process.cpuUsage().user;
    try {
      const runs = await claimRuns(line, Number(values.from), Number(values.seeds), { keep: values.keep });
      if (runs === undefined) continue;
      const seconds = ((process.cpuUsage().user - started) / 1e6 / Number(values.seeds)).toFixed(2);
      const each = [...runs.failures].map(([id, at]) => `${id} ${at.length} (${at.slice(0, 5).join(', ')})`).join('; ');
      console.log(
        `${runs.failed} of ${runs.runs}  ${seconds} s a seed  ${line.replaceAll('\n', '; ')}${each && `: ${each}`}`,
      );
    } catch (error) {
      console.log(`not run  ${line.replaceAll('\n', '; ')}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
