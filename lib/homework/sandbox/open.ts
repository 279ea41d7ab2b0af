// Opens a submission: takes it in, puts it into a fresh folder beside its runner, starts that, and has it load.

import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Language } from '../language.ts';
import type { FileContent, Limits, Opened, Trouble } from '../session.ts';
import { Child } from './child.ts';
import type { Confinement, RuntimeKind } from './confinements.ts';
import { type Content, layOut } from './folders.ts';
import { readSubmission } from './intake.ts';
import { type LineReply, Lockstep } from './lockstep.ts';
import type { Runtime } from './machine.ts';
import { childSession, ended, programSession } from './sessions.ts';
import { type Transpiler, transpile } from './transpiler.ts';
import { cannotRun, packedTrouble, type Source, troubleOfExit, troubleOfLoading, troubleOfNone } from './troubles.ts';

interface Place {
  /** Where each submission gets its folder. */
  readonly folder: string;
  readonly confinement: Confinement;
  readonly limits: Limits;
  readonly runtimes: Readonly<Record<RuntimeKind, Runtime | undefined>>;
  readonly transpiler: Transpiler;
  /** Those that run. */
  readonly children: Set<Child>;
}

export const runtimeKinds: Readonly<Record<Language, RuntimeKind | undefined>> = {
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
  content?: FileContent,
): Promise<Opened> {
  const silent = { prints: '', printsCut: false };
  const without = (trouble: Trouble, runtime = ''): Opened => ({ trouble, ...silent, runtime });
  const taken = content ?? readSubmission(file);
  if (taken.trouble !== undefined) return without(taken.trouble);
  const kind = runtimeKinds[language];
  if (kind === undefined) return without({ status: 'refused', code: 'language', got: language });
  const runtime = place.runtimes[kind];
  if (runtime === undefined) return without({ status: 'refused', code: 'no-runtime', got: kind });
  const start = performance.now();
  const written = await contentOf(place, file, language, taken);
  if (written.trouble !== undefined) return without(packedTrouble(written.trouble, taken.text), runtime.says);
  const spent = performance.now() - start;
  const job = layOut(place.folder, kind, runtime, written, place.limits);
  const tidy = (): void => rmSync(job.folder, { recursive: true, force: true });
  try {
    const launch = place.confinement.launch(job);
    const child = new Child(launch, kind !== 'program');
    place.children.add(child);
    void child.exited.then(() => place.children.delete(child));
    const lines = new Lockstep(child, place.limits, kind === 'program', spent);
    if (kind === 'program')
      return { session: programSession(lines, runtime.says, `${launch.inside}/submission/`, tidy) };
    const source = { text: taken.text, folder: `${launch.inside}/submission/` };
    const opened = await load(lines, functions, source, runtime.says, tidy);
    if (opened.session === undefined) tidy();
    return opened;
  } catch (error) {
    tidy();
    const failed = { code: null, signal: null, failed: String(error) };
    return without(troubleOfExit(kind === 'program' ? cannotRun : failed, ''), runtime.says);
  }
}

type Ready = (Content & { readonly trouble?: undefined }) | { readonly trouble: Trouble };

/** What is written into the folder, which is what was handed in but for TypeScript, and the line ends of a script. */
async function contentOf(
  { transpiler, limits }: Place,
  file: string,
  language: Language,
  { bytes, text }: FileContent,
): Promise<Ready> {
  if (language === 'program' && text.startsWith('#!')) return { name: file, bytes: text.replace(/\r\n/g, '\n') };
  if (language !== 'typescript') return { name: file, bytes };
  const { code, trouble } = await transpile(text, transpiler, limits);
  return trouble === undefined ? { name: file.replace(/ts$/i, 'js'), bytes: code } : { trouble };
}

async function load(
  lines: Lockstep,
  functions: readonly string[],
  source: Source,
  runtime: string,
  tidy: () => void,
): Promise<Opened> {
  const answered = await lines.ask({ ask: 'load', functions }, ['loaded', 'failed', 'none', 'threw', 'long']);
  if (answered.kind === 'said' && answered.word === 'loaded') {
    const says = withNumPy(runtime, answered.body);
    return { session: childSession(lines, says, source, tidy) };
  }
  if (isUnlocated(answered)) await Promise.race([lines.child.exited, setTimeout(500)]);
  const printed = lines.child.prints.raw;
  const trouble = troubleOf(answered, functions, source, printed);
  return { trouble, ...(await ended(lines, source.folder, trouble)), runtime };
}

/** Of a module that does not parse Node itself alone says which line it was, and that as its last words. */
const isUnlocated = (answered: LineReply): boolean =>
  answered.kind === 'said' && answered.word === 'failed' && (answered.body as { last?: unknown })?.last === true;

function troubleOf(answered: LineReply, functions: readonly string[], source: Source, printed: string): Trouble {
  if (answered.kind === 'ended') return answered.trouble;
  if (answered.word === 'none') return troubleOfNone(answered.body, functions, source);
  return packedTrouble(troubleOfLoading(answered.body, source, printed), source.text);
}

function withNumPy(runtime: string, body: unknown): string {
  const version = (body as { numpy?: unknown } | null)?.numpy;
  const known = typeof version === 'string' ? /^\d+\.\d+/.exec(version)?.[0] : undefined;
  return known === undefined ? runtime : `${runtime} with NumPy ${known}`;
}
