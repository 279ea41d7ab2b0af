// Finds the programs that build a sandbox and the Pythons that run in it, and sees to it that an unprivileged user can run them.

import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, copyFileSync, existsSync, linkSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** What runs a language here. */
export interface Runtime {
  readonly executable: string;
  /** Folders that it reads, where they are not the system's. */
  readonly needs: readonly string[];
  /** `Node 22.1`, `Python 3.11`. */
  readonly says: string;
}

/** The path of a program by its name, or by a path where it may be. */
export type Find = (name: string) => string | undefined;

/** On the PATH, then where distributions have them. */
export const findOnPath: Find = (name) =>
  [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/bin', '/usr/local/bin']
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => (name.startsWith('/') ? name : join(folder, name)))
    .find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The user who owns nothing: where root starts a submission, it runs as that. */
const nobody = 65534;

/** Whether submissions run as nobody. Not for a root who has no other user to become, as in some containers: that one is no more than a user outside. */
export const drops = once((): boolean => {
  if (process.getuid?.() !== 0) return false;
  // A folder cannot be run, which is found out only once the user has been changed.
  const { error } = spawnSync('/', { uid: nobody, gid: nobody });
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EACCES';
});

export const droppedTo = (): { readonly user?: number } => (drops() ? { user: nobody } : {});

function once<Of>(ask: () => Of): () => Of {
  let answer: { readonly of: Of } | undefined;
  return () => (answer ??= { of: ask() }).of;
}

/** Whether a user who owns nothing can read a file or a folder and come down to it. */
export function isForAll(path: string): boolean {
  try {
    if ((statSync(path).mode & 0o005) !== 0o005) return false;
  } catch {
    return false;
  }
  return path === '/' || isForAll(dirname(path));
}

/** A file that can be run by an unprivileged user: itself, or where root alone can get at it, another in `folder`. */
export function runnableByAll(file: string, folder: string): string {
  if (!drops() || isForAll(file)) return file;
  const copy = join(folder, 'runtime');
  if (existsSync(copy)) return copy;
  try {
    linkSync(file, copy);
  } catch {
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
  }
  return copy;
}

/** The words before a command that end it when whoever started it is gone; none where there is no setpriv. */
export function diesWithParent(find: Find): readonly string[] {
  const setpriv = find('setpriv');
  return setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
}

const probe = `
import importlib.util, json, site, sys
mine = site.getusersitepackages()
print(json.dumps({"executable": sys.executable, "version": sys.version_info[:2],
                  "needs": [sys.prefix, sys.base_prefix] + [mine] * (mine in sys.path),
                  "numpy": importlib.util.find_spec("numpy") is not None}))
`;

interface Probed {
  readonly executable: string;
  readonly version: readonly [number, number];
  readonly needs: readonly string[];
  readonly numpy: boolean;
}

/** From the first to be tried: those with NumPy, then in the order of the PATH. What root alone can read is none. */
export async function findPythons(find: Find): Promise<Runtime[]> {
  const paths = ['python3', 'python', '/usr/bin/python3', '/usr/local/bin/python3'].map(find);
  const known = [...new Set(paths)].filter((path) => path !== undefined).filter(isUsable);
  const probed = (await Promise.all(known.map(ask))).filter((found) => found !== undefined);
  const able = probed.filter(({ executable, version }) => isUsable(executable) && version[0] === 3 && version[1] >= 8);
  return [...able.filter(({ numpy }) => numpy), ...able.filter(({ numpy }) => !numpy)].map(
    ({ executable, version, needs }) => ({
      executable,
      needs: needs.filter(isUsable),
      says: `Python ${version.join('.')}`,
    }),
  );
}

const isUsable = (path: string): boolean => !drops() || isForAll(path);

async function ask(path: string): Promise<Probed | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-c', probe], { timeout: 10_000, cwd: '/' });
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
