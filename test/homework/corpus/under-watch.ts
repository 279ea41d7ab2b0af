// The process that watch.ts starts: checks submissions of the corpus, several at once, and writes a line for each.

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exerciseNamed } from '../../../lib/homework/catalogue.ts';
import { checkSubmission } from '../../../lib/homework/check.ts';
import { exerciseText } from '../../../lib/homework/exercise-text.ts';
import { textReport } from '../../../lib/homework/reports/report-text.ts';
import { checkRows, isFailed } from '../../../lib/homework/reports/rows.ts';
import { chooseSandbox } from '../../../lib/homework/sandbox/choose.ts';
import type { Sandbox } from '../../../lib/homework/session.ts';
import { corpusFolder, languageOf, type Submission, submissions } from './corpus.ts';
import { below } from './processes.ts';
import type { Line, Outcome } from './watch.ts';

const options = JSON.parse(readFileSync(0, 'utf8'));
const say = (line: Line): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

/** A sandbox that notes how long the longest of everything took and all of it together, in seconds. */
function timed(sandbox: Sandbox): { sandbox: Sandbox; slowest: Outcome['slowest'] } {
  const slowest = { open: 0, ask: 0, end: 0, all: 0 };
  const noted = async <T>(what: keyof typeof slowest, done: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await done();
    const took = (performance.now() - start) / 1000;
    slowest[what] = Math.max(slowest[what], took);
    slowest.all += took;
    return result;
  };
  const open: Sandbox['open'] = async (...of) => {
    const opened = await noted('open', () => sandbox.open(...of));
    const { session } = opened;
    if (session === undefined) return opened;
    return {
      session: {
        ask: (question) => noted('ask', () => session.ask(question)),
        end: () => noted('end', () => session.end()),
      },
    };
  };
  return { sandbox: { ...sandbox, isolation: sandbox.isolation, limits: sandbox.limits, open }, slowest };
}

/** Ends what still runs below this process, esbuild's service aside, and says what that was. No two of the corpus have the same name. */
function killed(name: string): string[] {
  const left = below(process.pid).filter(({ command }) => `${command} `.includes(name) && !command.includes('esbuild'));
  for (const { pid } of left)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  return left.map(({ command }) => command);
}

async function outcomeOf(submission: Submission, sandbox: Sandbox): Promise<Outcome> {
  const { file, exercise } = submission;
  const homework = { exercise: exerciseNamed(exercise)!, text: await exerciseText({ id: exercise }) };
  const watch = timed(sandbox);
  const handIn = { file: join(corpusFolder, file), language: languageOf(submission) };
  const report = await checkSubmission(homework, handIn, { seed: options.seed, sandbox: watch.sandbox });
  const words = checkRows(report).find(({ check }) => isFailed(check))?.words;
  return {
    file,
    report,
    text: textReport(report, look),
    ...(words === undefined ? {} : { words }),
    slowest: watch.slowest,
    left: killed(`/${basename(file)} `),
  };
}

const look = { width: 100, height: 24, colour: false, unicode: true };

/** Checks those that wait, one after the other; several of these run at once. */
async function work(waiting: Submission[], sandbox: Sandbox): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) say(await outcomeOf(next, sandbox));
}

const { level, seconds, jobs, files } = options;
const chosen = new Set<string>(files);
const waiting = submissions().filter(({ file }) => chosen.has(file));
// A port to be reached, should any be within reach.
const server = createServer((socket) => socket.destroy()).on('error', () => {});
server.listen(47625, '127.0.0.1');
const sandbox = await chooseSandbox({ limits: { seconds, memory: 512 }, atMost: level });
say({ isolation: sandbox.isolation });
await Promise.all(Array.from({ length: jobs }, () => work(waiting, sandbox)));
await sandbox.close();
server.close();
say({ processes: killed(''), files: readdirSync(tmpdir()).filter((name) => !name.startsWith('tsx-')) });
