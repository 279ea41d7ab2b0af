// Bundles bin/unroll.ts into dist/: a small file to start with, and one with everything that a command needs.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { tsImport } from 'tsx/esm/api';
import { licencesOf } from './licences.js';

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

// Bundles of their own: what --help does not need, what only --engine mathjs needs, what only a drawing
// needs, what only a file of numbers needs, and what only a page of the course needs. They share no class that anyone tells apart.
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve(
      {
        filter:
          /\/(bundle-main|bundle-course|mathjs-engine|formula|charts|markdown-page|reading-level|page-of-lesson|csv-parse)\.ts$/,
      },
      ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `./${path.replace(/^.*\/|\.ts$/g, '')}.js`, external: true } : undefined,
    );
  },
};

// `await defaultExports<T>(import.meta.url, 'folder')` becomes an array of default imports, so that a list made from a folder is bundled;
// `await namedExports<T>(import.meta.url, 'folder', 'name')` one of imports by that name.
const { filesWithDefault } = await tsImport('./lib/default-exports.ts', import.meta.url);
const listedFolders = {
  name: 'listed folders',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]lib[/\\].*\.ts$/ }, ({ path }) => {
      const imports = [];
      const text = readFileSync(path, 'utf8');
      const call = /\bawait (?:default|named)Exports(?:<[^(]*>)?\(import\.meta\.url(?:, '([^']*)')?(?:, '(\w+)')?\)/g;
      const contents = text.replace(call, (_, folder = '.', name = 'default') => {
        const names = filesWithDefault(new URL(`${folder}/`, pathToFileURL(path))).map((file) => {
          imports.push(`import { ${name} as listed${imports.length} } from './${folder}/${file}';`);
          return `listed${imports.length - 1}`;
        });
        return `[${names.join(', ')}]`;
      });
      return imports.length === 0
        ? undefined
        : { contents: `${contents}\n${imports.join('\n')}`, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};

// CommonJS, of which a bundle that only draws or only reads keeps nothing.
const freeOfEffects = {
  name: 'free of effects',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(asciichart|cli-table3)$/ }, async ({ path, pluginData, ...from }) =>
      pluginData === path ? undefined : { ...(await resolve(path, { ...from, pluginData: path })), sideEffects: false },
    );
  },
};

// What the list of commands says of the experiments is written down, so that --help reads none of them.
const { listedExperiments } = await tsImport('./lib/cli/listed-experiments.ts', import.meta.url);
const writtenList = {
  name: 'written list',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]listed-experiments\.ts$/ }, () => ({
      contents: `export const listedExperiments = ${JSON.stringify(listedExperiments)};`,
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
const options = {
  entryPoints: {
    unroll: 'bin/unroll.ts',
    'mathjs-engine': 'lib/equations/mathjs-engine.ts',
    formula: 'lib/numbers/formula.ts',
    worker: 'lib/cli/worker.ts',
    charts: 'lib/render/charts.ts',
    'csv-parse': 'lib/cli/csv-parse.ts',
    'markdown-page': 'lib/lessons/markdown-page.ts',
    'reading-level': 'lib/lessons/reading-level.ts',
    'page-of-lesson': 'lib/lessons/page-of-lesson.ts',
    'transpile-worker': 'lib/homework/sandbox/transpile-worker.mjs',
  },
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  outdir: 'dist',
  minify: true,
  legalComments: 'none',
  metafile: true,
  // yargs and cli-table3 are bundled from CommonJS in part.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  plugins: [lightLayout, apart, writtenList, listedFolders, freeOfEffects],
  logLevel: 'warning',
};
const { metafile } = await build(options);
// Two that share most of what they are made of, in a third file.
const bundles = { 'bundle-main': 'lib/cli/bundle-main.ts', 'bundle-course': 'lib/cli/bundle-course.ts' };
const { metafile: sharing } = await build({ ...options, entryPoints: bundles, splitting: true });

// The pages of the course, read once for all.
const { shippedPages } = await tsImport('./lib/homework/shipped-pages.ts', import.meta.url);
mkdirSync(join('dist', 'pages'));
for (const [name, text] of await shippedPages()) writeFileSync(join('dist', 'pages', name), text);

// What is bundled comes with its licence: files of which something is left in the bundles.
const outputs = [...Object.values(metafile.outputs), ...Object.values(sharing.outputs)];
const bundled = outputs.flatMap(({ inputs }) =>
  Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
);
writeFileSync(join('dist', 'LICENSES.txt'), licencesOf(new Set(bundled.map(([file]) => file))));
