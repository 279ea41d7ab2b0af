// Opens a submission: takes it in, puts it into a fresh folder beside its runner, starts that, and has it load.

import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Language } from '../report.ts';
import type { Limits, Opened } from '../sandbox.ts';
import type { Trouble } from '../session.ts';
import { Child } from './child.ts';
import { childSession, ended, Lockstep } from './child-session.ts';
import type { Confinement, Kind } from './confinement.ts';
import { layOut, type Runtime } from './folder.ts';
import { takeIn } from './intake.ts';
import { raisedOf, troubleOfLoading, troubleOfNone } from './troubles.ts';

export interface Place {
  /** Where each submission gets its folder. */
  readonly folder: string;
  readonly confinement: Confinement;
  readonly limits: Limits;
  readonly runtimes: Readonly<Record<Kind, Runtime | undefined>>;
}

export const kinds: Readonly<Record<Language, Kind | undefined>> = {
  javascript: 'node',
  typescript: 'node',
  python: 'python',
  program: 'program',
  cell: undefined,
};
export async function openSubmission(
  place: Place,
  file: string,
  language: Language,
  functions: readonly string[],
): Promise<Opened> {
  const silent = { prints: '', printsCut: false };
  const without = (trouble: Trouble, runtime = ''): Opened => ({ trouble, ...silent, runtime });
  const taken = takeIn(file);
  if (taken.trouble !== undefined) return without(taken.trouble);
  const kind = kinds[language];
  if (kind === undefined) return without({ status: 'refused', code: 'language', got: language });
  const runtime = place.runtimes[kind];
  if (runtime === undefined) return without({ status: 'refused', code: 'no-runtime', got: kind });
  const job = layOut(place.folder, kind, runtime, { name: file, bytes: taken.bytes }, place.limits);
  const tidy = (): void => rmSync(job.folder, { recursive: true, force: true });
  try {
    const lines = new Lockstep(new Child(place.confinement.launch(job), kind !== 'program'), place.limits);
    const opened = await load(lines, functions, taken.text, runtime.says, tidy);
    if (opened.session === undefined) tidy();
    return opened;
  } catch (error) {
    tidy();
    throw error;
  }
}

async function load(
  lines: Lockstep,
  functions: readonly string[],
  source: string,
  runtime: string,
  tidy: () => void,
): Promise<Opened> {
  const answered = await lines.ask({ ask: 'load', functions }, ['loaded', 'failed', 'none', 'threw', 'long']);
  if (answered.kind === 'said' && answered.word === 'loaded') {
    const says = withNumPy(runtime, answered.body);
    return { session: childSession(lines, says, (body) => raisedOf(body, source), tidy) };
  }
  if (isUnlocated(answered)) await Promise.race([lines.child.exited, setTimeout(500)]);
  const printed = lines.child.prints.raw;
  const trouble = troubleOf(answered, functions, source, printed);
  return { trouble, ...(await ended(lines, trouble)), runtime };
}

/** Of a syntax error in a module Node itself alone says which line it was, and that as its last words. */
const isUnlocated = (answered: Awaited<ReturnType<Lockstep['ask']>>): boolean => {
  if (answered.kind === 'ended' || answered.word !== 'failed') return false;
  const { kind, raised } = answered.body as { kind?: unknown; raised?: { line?: unknown } };
  return kind === 'syntax' && raised?.line === undefined;
};

function troubleOf(
  answered: Awaited<ReturnType<Lockstep['ask']>>,
  functions: readonly string[],
  source: string,
  printed: string,
): Trouble {
  if (answered.kind === 'ended') return answered.trouble;
  if (answered.word === 'none') return troubleOfNone(answered.body, functions, source);
  return troubleOfLoading(answered.body, source, printed);
}

function withNumPy(runtime: string, body: unknown): string {
  const version = (body as { numpy?: unknown } | null)?.numpy;
  const known = typeof version === 'string' ? /^\d+\.\d+/.exec(version)?.[0] : undefined;
  return known === undefined ? runtime : `${runtime} with NumPy ${known}`;
}
