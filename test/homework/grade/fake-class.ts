// A class in a temporary folder, and a check that needs no sandbox: its verdict depends on the exercise, the file and the seed alone, and
// takes a while.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { CheckReport, Report } from '../../../lib/homework/check-report.ts';
import { digest } from '../../../lib/homework/grade/hand-ins.ts';
import type { Assigned } from '../../../lib/homework/reports/class-report.ts';
import type { IsolationReport } from '../../../lib/homework/session.ts';

export const assigned: readonly Assigned[] = [
  { id: 'rnn-step', title: 'One step of an RNN', points: 6 },
  { id: 'lstm-step', title: 'One step of an LSTM', points: 12 },
  { id: 'birnn', title: 'Both ways', points: 8 },
];

export const ids = assigned.map(({ id }) => id);

/** A folder that is nobody else's. */
export const temporary = (): string => mkdtempSync(join(tmpdir(), 'unroll-class-'));

export function layOut(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Runs `use` in a folder with these files. */
export async function inFolder<Of>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Of | Promise<Of>,
): Promise<Of> {
  const folder = temporary();
  try {
    layOut(folder, files);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const strong: IsolationReport = { level: 3, says: 'sandbox (measured)', attempts: [] };

/**
 * What comes of a file is written in it: a status, `swap` for a mistake that is recognised, `nan` for numbers that JSON has not, `alone` for a
 * timeout unless it is `again`, with nothing beside it.
 */
export function reportOn(exercise: string, path: string, student: string, seed: number, again = false): Report {
  const content = readFileSync(path, 'utf8');
  const { title, points: of } = assigned.find(({ id }) => id === exercise)!;
  const hungry = content.includes('alone') && !again;
  const status = hungry
    ? 'timeout'
    : ((/pass|error|timeout|internal/.exec(content)?.[0] ?? 'fail') as Report['status']);
  const half = Math.floor(of / 2);
  const worst = { path: 'h[0]', got: Number.NaN, expected: -0, error: Number.POSITIVE_INFINITY };
  const check: CheckReport = {
    id: 'one-step',
    says: 'one step',
    status: status === 'pass' ? 'pass' : 'fail',
    points: status === 'pass' ? of - half : 0,
    of: of - half,
    ...(status === 'fail' && {
      finding: {
        problem: { code: 'values' as const },
        got: { h: [Number.NaN, 0.5] },
        expected: { h: [-0, digest(`${seed} ${exercise}`).charCodeAt(0)] },
        ...(content.includes('nan') && { worst }),
        ...(content.includes('swap') && {
          diagnosis: { mistake: { id: 'swap f i', says: 'f and i are swapped', wrong: ['c = i'], right: ['c = f'] } },
        }),
      },
    }),
  };
  return {
    exercise: { id: exercise, title },
    submission: { file: basename(path), student, language: 'python', runtime: 'Python 3.11' },
    status,
    points: status === 'pass' ? of : status === 'fail' && !content.includes('nothing') ? half : 0,
    of,
    checks: [{ ...check, id: 'shape', status: 'pass', points: half, of: half }, check],
    ...(status === 'timeout' && {
      trouble: {
        status: 'timeout' as const,
        code: 'too-slow' as const,
        seconds: 2,
        loading: false,
        ...(/alone|starved/.test(content) && { starved: true as const }),
      },
    }),
    prints: { text: content, cut: false },
    isolation: strong,
    seed,
    hints: 3,
  };
}

/** The same after some milliseconds, other ones for every file. */
export async function slowly(
  exercise: string,
  path: string,
  student: string,
  seed: number,
  again = false,
): Promise<Report> {
  await new Promise((resolve) => setTimeout(resolve, digest(path).charCodeAt(1) % 12));
  return reportOn(exercise, path, student, seed, again);
}

/** Twelve students, three exercises, a mistake or two. */
export const aClass: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => `student-${i}`).flatMap((student, i) => [
    [`${student}/rnn_step.py`, i % 3 === 0 ? `fail swap ${i}` : 'pass'],
    [`${student}/lstm-step.js`, i % 4 === 0 ? 'timeout' : i % 4 === 1 ? 'fail nan' : `pass ${i}`],
    ...(i % 5 === 0 ? [] : [[`${student}/biRNN.ts`, i === 7 ? 'fail nothing' : 'pass']]),
  ]),
);
