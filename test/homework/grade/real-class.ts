// Classes of real submissions, graded by the built program as a teacher does.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../../cli/run-unroll.ts';

export const exercise = (name: string): string => readFileSync(`lessons/exercises/rnn-step/${name}`, 'utf8');

const withoutBias = exercise('solution.js').replace(' + bias)', ')');

/** Right, wrong, broken, and named as nobody would. */
export const mixed: Readonly<Record<string, string>> = {
  'ann/rnn-step (1).js': exercise('solution.js'),
  'ben/rnn_step.py': exercise('solution.py'),
  'cem/rnnStep.ts': exercise('solution.ts'),
  'dan/rnn-step.cell': exercise('solution.cell'),
  'eve/rnn-step.js': exercise('starter.js'),
  'fay/rnn-step.js': 'export function rnnStep() { throw new Error(import.meta.url); }',
  'gil/rnn-step.js': 'export const other = 1;',
  'hal/rnn-step.js': 'this is no program',
  'ida/rnn-step.js': withoutBias,
  '-rf/rnn-step.js': exercise('solution.js'),
  '$(id)\n\u001b[31m/rnn-step.js': exercise('solution.js'),
  'José, "=1+1"/rnn-step.js': exercise('solution.js'),
  'ann/rnn_step.py': exercise('starter.py'),
  'notes.md': 'grades: see elsewhere',
};

/** `count` students, each with this file of the exercise. */
export function uniform(folder: string, count: number, from: string, name: string): void {
  for (let i = 0; i < count; i++) {
    const student = join(folder, `student-${String(i).padStart(3, '0')}`);
    mkdirSync(student, { recursive: true });
    cpSync(`lessons/exercises/rnn-step/${from}`, join(student, name));
  }
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** `unroll homework grade …`; `interrupt` gets the process to do something to it. */
export async function grade(
  args: readonly string[],
  interrupt: (kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Ran> {
  const began = performance.now();
  const child = spawn(process.execPath, [program, 'homework', 'grade', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  interrupt((signal) => child.kill(signal));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err, seconds: (performance.now() - began) / 1000 };
}
