// The house: a folder of lib imports only from folders above it, a few packages live in a few folders, and no file is in a cycle.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';

const order = [
  'default-exports.ts',
  'numbers',
  'equations',
  'kernels',
  'cells',
  'tasks',
  'training',
  'render',
  'options',
  'experiments',
  'lessons',
  'homework',
  'cli',
];
const homes: Readonly<Record<string, readonly string[]>> = {
  yargs: ['cli'],
  chalk: ['render'],
  'cli-table3': ['render'],
  asciichart: ['render'],
  'd3-shape': ['render'],
  mathjs: ['equations', 'numbers'],
  sucrase: ['homework'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    // The programs of test/bench/*.js run other libraries where those are installed.
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));
const files = filesIn('lib').filter((file) => file.endsWith('.ts'));

const importsOf = (from: string): Import[] => {
  const text = readFileSync(from, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...found].map((m) => {
    const written = m[2] ?? m[3]!;
    const to = written.startsWith('.') ? normalize(join(dirname(from), written)) : written;
    return { from, to, typeOnly: m[1] !== undefined };
  });
};
const imports = files.flatMap(importsOf);

const folderOf = (file: string): string => file.split(/[/\\]/)[1]!;
const isOurs = ({ to }: Import): boolean => to.startsWith('lib');

/** Groups of files of which each leads to every other (Tarjan 1972). */
function circlesOf(edges: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const open: string[] = [];
  /** The earliest open file that this one leads to. */
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let low = own;
    for (const to of next.get(file) ?? [])
      if (!order.has(to)) low = Math.min(low, visit(to));
      else if (open.includes(to)) low = Math.min(low, order.get(to)!);
    if (low === own) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return circles;
}

describe('the house', () => {
  it('is read at all: every folder has imports', () => {
    assert.ok(imports.filter(isOurs).length > 100);
  });

  it('has every folder of lib in the order of the layers', () => {
    const unknown = files.map(folderOf).filter((folder) => !order.includes(folder));
    assert.deepEqual(unknown, []);
  });

  it('lets a folder import only from those above it', () => {
    const wrong = imports
      .filter((i) => isOurs(i) && order.indexOf(folderOf(i.to)) > order.indexOf(folderOf(i.from)))
      .map((i) => `${i.from} -> ${i.to}`);
    assert.deepEqual(wrong, []);
  });

  it('lets the experiments take only types from render', () => {
    const wrong = imports.filter((i) => folderOf(i.from) === 'experiments' && i.to.includes('render') && !i.typeOnly);
    assert.deepEqual(wrong, []);
  });

  it('keeps each of the packages of the house in its folders', () => {
    const wrong = imports
      .map((i) => ({ ...i, packageName: i.to.split('/')[0]! }))
      .filter(({ packageName, from }) => homes[packageName]?.includes(folderOf(from)) === false)
      .map((i) => `${i.from} -> ${i.to}`);
    assert.deepEqual(wrong, []);
  });

  it('declares every package that anything imports', () => {
    const { dependencies = {}, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const declared = { ...dependencies, ...devDependencies };
    const all = ['lib', 'bin', 'test'].flatMap(filesIn).concat('build.js', 'licences.js').flatMap(importsOf);
    const packages = all.flatMap(({ from, to, typeOnly }) => {
      const name = /^(?:@[^/]+\/)?[^./@][^/]*/.exec(to)?.[0];
      return name === undefined || to.startsWith('node:') || /^(lib|bin|test)\/|^licences/.test(to)
        ? []
        : [{ from, name, typeOnly }];
    });
    assert.ok(packages.length > 50);
    const missing = packages.filter(
      ({ name, typeOnly }) => !(name in declared) && !(typeOnly && `@types/${name}` in declared),
    );
    assert.deepEqual(missing, []);
  });

  it('has no circle of files, also where only types are imported', () => {
    assert.deepEqual(circlesOf(imports.filter(isOurs)), []);
  });

  it('draws no random number and reads no clock outside cli', () => {
    // They hold a submission to its time; no number comes of it.
    const free = ['lockstep', 'open'].map((name) => `lib/homework/sandbox/${name}.ts`);
    const wrong = files.filter(
      (file) =>
        folderOf(file) !== 'cli' &&
        !free.includes(file) &&
        /Math\.random|Date\.now|performance\.now|new Date/.test(readFileSync(file, 'utf8')),
    );
    assert.deepEqual(wrong, []);
  });

  it('takes no power, exponential or sine from the platform in what shapes numbers', () => {
    const free = ['lib/equations/mathjs-engine.ts'];
    const wrong = files
      .filter((file) => !['cli', 'render'].includes(folderOf(file)) && !free.includes(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line) => `${file}: ${line.trim()}`),
      )
      .filter((line) =>
        /Math\.(exp|expm1|log|log1p|log10|pow|sin|cos|tan|tanh|hypot|cbrt)\(|\*\* \(|\w \*\* [a-z]/.test(line),
      )
      .filter((line) => !/: (\/\/|\*|\/\*)/.test(line));
    assert.deepEqual(wrong, []);
  });

  // What a message quotes, `console.log(h)`, writes nothing.
  it('writes to the terminal in cli alone', () => {
    const wrong = files.filter(
      (file) => folderOf(file) !== 'cli' && /process\.std(out|err)|(?<!`)console\./.test(readFileSync(file, 'utf8')),
    );
    assert.deepEqual(wrong, []);
  });
});
