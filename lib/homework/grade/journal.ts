// What has been graded so far, in a file beside the report: a line a submission, appended whole. After a kill the next run reads it and
// goes on; after the last line the report is written from the same reports, so that nobody can tell how often it was interrupted.

import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { InputError } from '../../equations/input-error.ts';
import type { Report } from '../check-report.ts';

// A report as it is after it has been written and read: the same whether it was made now, kept by a journal, or made by a shard elsewhere.

/** Of what a student printed. A class of five hundred prints much. */
const longestPrints = 4000;

/** Numbers that JSON has no word for stand as words, and −0 as 0. */
export const settled = (report: Report): Report => revived(JSON.parse(reportText(report)) as Report);

const reportText = (report: Report): string => JSON.stringify({ ...report, prints: shortened(report.prints) }, worded);

export const worded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

function shortened({ text, cut }: Report['prints']): Report['prints'] {
  return text.length <= longestPrints ? { text, cut } : { text: text.slice(0, longestPrints), cut: true };
}

/** Turns the words back into numbers, only where numbers stand. */
export function revived(report: Report): Report {
  return {
    ...report,
    checks: report.checks.map((check) => {
      if (check.finding === undefined) return check;
      const { problem, call, got, expected, worst, strips } = check.finding;
      return {
        ...check,
        finding: {
          ...check.finding,
          ...(problem.code === 'claim' && { problem: { ...problem, measured: numbersIn(problem.measured) } }),
          ...(call && { call: { ...call, given: numbersIn(call.given) } }),
          ...(got && { got: numbersIn(got) }),
          ...(expected && { expected: numbersIn(expected) }),
          ...(worst && {
            worst: { ...worst, ...numbersIn({ got: worst.got, expected: worst.expected, error: worst.error }) },
          }),
          ...(strips && { strips: numbersIn(strips) }),
        },
      };
    }),
  };
}

const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

function numbersIn<Of>(value: Of): Of {
  if (typeof value === 'string') return (Object.hasOwn(words, value) ? words[value] : value) as Of;
  if (Array.isArray(value)) return value.map(numbersIn) as Of;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numbersIn(part)])) as Of;
}

export interface Journal {
  /** What the inputs were drawn from, as the last run wrote it. */
  readonly seed: number | undefined;
  readonly done: ReadonlyMap<string, Report>;
  /** Says what the inputs are drawn from now. */
  begin(seed: number): void;
  /** `again`: it is the verdict of the second try. */
  add(key: string, report: Report, again: boolean): void;
  close(): void;
}

const start = '{"journal":1,';

/** Reads what is there and opens it for more; created where there is none, for the owner alone. Throws InputError for a file that is no journal. */
export function openJournal(path: string): Journal {
  const text = textOf(path);
  if (!text.startsWith(start) && !start.startsWith(text)) throw notOurs(path);
  const done = new Map<string, Report>();
  let seed: number | undefined;
  for (const line of text.split('\n')) {
    const read = lineOf(line);
    if (read?.journal === 1 && Number.isSafeInteger(read.seed)) seed = read.seed as number;
    if (typeof read?.key === 'string' && isReport(read.report)) done.set(read.key, revived(read.report));
  }
  const file = opened(path);
  // A line that a kill has cut in two ends here, and the next one stands by itself.
  const append = (line: string): void => {
    try {
      whole(file, `${line}\n`);
    } catch (error) {
      throw unusable(path, error);
    }
  };
  if (text !== '' && !text.endsWith('\n')) append('');
  return {
    seed,
    done,
    begin(now) {
      if (now !== seed) append(`${start}"seed":${now}}`);
    },
    add: (key, report, again) =>
      append(`{"key":${JSON.stringify(key)},${again ? '"again":true,' : ''}"report":${reportText(report)}}`),
    close: () => closeSync(file),
  };
}

/** Nothing where there is no such file. What is not a file is not read: a pipe may never end. */
function textOf(path: string): string {
  try {
    const about = statSync(path, { throwIfNoEntry: false });
    if (about === undefined) return '';
    if (about.isFile()) return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, error);
  }
  throw notOurs(path);
}

function opened(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** In one write: whoever appends too does not come between. What a full disk leaves of it is a cut line like any other. */
function whole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Undefined for what a kill has left of a line. */
function lineOf(line: string): { [name: string]: unknown } | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? (read as { [name: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}

const isReport = (value: unknown): value is Report =>
  typeof value === 'object' && value !== null && 'status' in value && 'checks' in value && Array.isArray(value.checks);

const notOurs = (path: string): InputError =>
  new InputError(path, `${path} is in the way: what is done is kept there, and it holds something else.`, {
    expected: 'a journal of unroll homework grade, or no file of this name',
    got: 'another file',
    fix: 'move it away, or choose another name with --out',
  });

const unusable = (path: string, error: unknown): InputError =>
  new InputError(
    path,
    `${path} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): what is done is kept there.`,
    { expected: 'a file that can be read and written', got: path, fix: 'choose a folder of your own with --out' },
  );
