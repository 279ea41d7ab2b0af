// Other people's readers, in Python: where they are not installed, a test says so and is not run. UNROLL_READERS names the Python
// that has them; .ci/run makes one.

import { spawnSync } from 'node:child_process';

const python = process.env.UNROLL_READERS ?? 'python3';

/** Why a reader cannot be asked, or false. */
export function missing(module: string): string | false {
  const { status } = spawnSync(python, ['-c', `import ${module}`], { timeout: 60_000 });
  return status === 0 ? false : `${module} is not installed for ${python}: name a Python that has it in UNROLL_READERS`;
}

/** Runs a script that reads standard input and prints JSON. */
export function readBy(script: string, input: string): unknown {
  const { status, stdout, stderr } = spawnSync(python, ['-c', script], {
    input,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
