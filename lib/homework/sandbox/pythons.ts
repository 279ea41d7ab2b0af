// The Pythons of this machine that a submission could be run with.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Runtime } from './folder.ts';
import { drops, type Find, isForAll } from './tools.ts';

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
