// Node 22.1 and newer can keep compiled code from one run to the next, which saves an experiment about a sixth of its start. It is kept in the
// user's own cache folder: in a shared one anybody could leave code for others to run. NODE_DISABLE_COMPILE_CACHE turns it off.

import { statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Does nothing on older versions of Node, from sources, and where there is no cache folder that the user alone can write to. */
export function keepCompiledCode(): void {
  const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache === undefined || import.meta.url.endsWith('.ts')) return;
  try {
    const folder = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    const { uid, mode } = statSync(folder);
    if (isAbsolute(folder) && uid === process.getuid?.() && (mode & 0o022) === 0)
      enableCompileCache(join(folder, 'unroll'));
  } catch {
    // Without a home folder nothing is kept.
  }
}
