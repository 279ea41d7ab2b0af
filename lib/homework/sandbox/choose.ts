// Chooses where submissions run: the highest level at which a canary got no further than that level allows.

import { rmSync } from 'node:fs';
import type { Language } from '../language.ts';
import type { IsolationReport, Limits, Sandbox } from '../session.ts';
import type { Child } from './child.ts';
import { type Confinement, confinements, type RuntimeKind } from './confinements.ts';
import { sweep, workFolder } from './folders.ts';
import {
  type Canary,
  hatch,
  type IsolationLevel,
  isolationReport,
  levelOf,
  type Measured,
  together,
} from './isolation.ts';
import { type Find, findOnPath, findPythons, type Runtime, runnableByAll } from './machine.ts';
import { openSubmission, runtimeKinds } from './open.ts';
import { Transpiler } from './transpiler.ts';

interface Choice {
  readonly limits: Limits;
  /** No higher level than this. */
  readonly atMost?: IsolationLevel;
  /** What will be opened; each of them is measured. All, when not given. */
  readonly languages?: readonly Language[];
  /** Where the programs are that build a sandbox. */
  readonly find?: Find;
}

interface Chosen {
  readonly confinement: Confinement;
  readonly runtimes: Readonly<Record<RuntimeKind, Runtime | undefined>>;
  readonly isolation: IsolationReport;
}

/** A way that was tried. */
interface Tried extends Omit<Chosen, 'isolation'> {
  readonly measured: Measured;
  readonly level: IsolationLevel;
}

type Candidates = Readonly<Record<RuntimeKind, readonly Runtime[]>>;

const all: readonly Language[] = ['javascript', 'typescript', 'python', 'program'];

/** Rejects only when this machine has no place for temporary files. */
export async function chooseSandbox({
  limits,
  atMost = 3,
  languages = all,
  find = findOnPath,
}: Choice): Promise<Sandbox> {
  sweep();
  const folder = workFolder();
  const ignored = (): void => {};
  // Node opens its inspector at this signal unless somebody listens.
  process.on('SIGUSR1', ignored);
  const children = new Set<Child>();
  const transpiler = new Transpiler();
  const atExit = (): void => {
    for (const child of children) child.strike();
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', atExit);
  const { confinement, runtimes, isolation } = await choose(folder, limits, atMost, languages, find);
  return {
    isolation,
    limits,
    open: (...submission) =>
      openSubmission({ folder, confinement, limits, runtimes, transpiler, children }, ...submission),
    close: async () => {
      process.off('SIGUSR1', ignored);
      await Promise.all([transpiler.close(), ...[...children].map((child) => child.kill())]);
      process.off('exit', atExit);
      atExit();
    },
  };
}

async function choose(
  folder: string,
  limits: Limits,
  atMost: IsolationLevel,
  languages: readonly Language[],
  find: Find,
): Promise<Chosen> {
  const wanted = [...new Set(languages.map((language) => runtimeKinds[language]))].filter((kind) => kind !== undefined);
  const node: Runtime = { executable: runnableByAll(process.execPath, folder), needs: [], says: `Node ${nodeVersion}` };
  const program: Runtime = { ...node, says: 'a program' };
  const pythons = wanted.includes('python') ? await findPythons(find) : [];
  const candidates: Candidates = { node: [node], program: [program], python: pythons };
  const ways = confinements(find).filter(({ level }) => level <= atMost);
  const canary = await hatch(folder, limits);
  let best: Tried | undefined;
  for (const confinement of ways) {
    if (best !== undefined && best.level >= confinement.level) break;
    const tried = await tryOut(confinement, canary, wanted, candidates);
    if (tried !== undefined && (best === undefined || tried.level > best.level)) best = tried;
  }
  canary.close();
  const confinement = best?.confinement ?? ways.at(-1)!;
  return {
    confinement,
    runtimes: best?.runtimes ?? { node: undefined, python: undefined, program: undefined },
    isolation: isolationReport(best?.level ?? 0, best?.measured),
  };
}

/** Undefined: what is wanted does not run there. Python alone may be missing, as it may be from this machine. */
async function tryOut(
  confinement: Confinement,
  canary: Canary,
  wanted: readonly RuntimeKind[],
  candidates: Candidates,
): Promise<Tried | undefined> {
  const runtimes: Record<RuntimeKind, Runtime | undefined> = { node: undefined, python: undefined, program: undefined };
  const measured: Measured[] = [];
  const measure = async (kind: RuntimeKind): Promise<void> => {
    for (const runtime of candidates[kind]) {
      const found = await canary.measure(confinement, kind, runtime);
      if (found === undefined) continue;
      measured.push(found);
      runtimes[kind] = runtime;
      return;
    }
  };
  // At the same time: what one of them gets at counts for all.
  await Promise.all(wanted.map(measure));
  if (measured.length === 0 || wanted.some((kind) => kind !== 'python' && runtimes[kind] === undefined))
    return undefined;
  const worst = together(measured);
  return { confinement, runtimes, measured: worst, level: levelOf(confinement.level, worst) };
}

const nodeVersion = process.versions.node.replace(/\.\d+$/, '');
