// Where the files are that are shipped beside the code: the package's own folder, from the sources as from the bundle.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json and lib/cells. */
export function packageFolder(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, 'lib', 'cells', 'rnn.cell'))) return at;
    if (dirname(at) === at) throw new Error('the files that belong to unroll are not where it was installed');
  }
}

/** Which unroll this is. */
export function version(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}
