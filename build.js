// Bundles bin/unroll.ts into dist/: one small file to start with, and a chunk for each part that only some commands need.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

// yargs and cliui lay out the help with string-width, strip-ansi and wrap-ansi; see lib/cli/help-layout.ts for what takes their place.
const layout = { 'string-width': 'stringWidth', 'strip-ansi': 'stripAnsi', 'wrap-ansi': 'wrapAnsi' };
const lightLayout = {
  name: 'light layout',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(string-width|strip-ansi|wrap-ansi)$/ }, ({ path, importer }) =>
      /node_modules\/(yargs|cliui)\//.test(importer) ? { path, namespace: 'layout' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'layout' }, ({ path }) => ({
      contents: `export { ${layout[path]} as default } from './lib/cli/help-layout.ts';`,
      resolveDir: process.cwd(),
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['bin/unroll.ts'],
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  metafile: true,
  // yargs and cli-table3 are bundled from CommonJS in part.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  plugins: [lightLayout],
  logLevel: 'warning',
});

// What is bundled comes with its licence.
const folders = new Set(
  Object.keys(metafile.inputs)
    .map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter((folder) => folder !== undefined),
);
const licences = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE']
    .map((file) => readOr(join(folder, file)))
    .find((t) => t !== '');
  return `${name} ${version} (${license})\n\n${text ?? 'The package ships no licence text.'}`;
});
writeFileSync(join('dist', 'LICENSES.txt'), `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);

function readOr(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
