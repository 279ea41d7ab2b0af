// What is bundled comes with its licence, or the build fails.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';

const { licencesOf } = (await import(new URL('../licences.js', import.meta.url).href)) as {
  readonly licencesOf: (files: Iterable<string>) => string;
};

const folder = mkdtempSync(join(tmpdir(), 'unroll-licences-'));
after(() => rmSync(folder, { recursive: true }));

/** Lays out a package with these files; the path of its `index.js`. */
function bundled(name: string, files: Readonly<Record<string, string>>): string {
  const about = JSON.stringify({ name: name.split('node_modules/').at(-1), version: '1.0.0', license: 'MIT' });
  for (const [file, text] of Object.entries({ 'package.json': about, 'index.js': '', ...files })) {
    const path = join(folder, 'node_modules', name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(folder, 'node_modules', name, 'index.js');
}

describe('the licences of what is bundled', () => {
  for (const name of ['LICENSE', 'LICENCE.md', 'license.txt', 'LICENSE-MIT.txt', 'COPYING', 'UNLICENSE'])
    it(`are found in ${name}`, () => {
      assert.equal(licencesOf([bundled(name, { [name]: `of ${name}\n` })]), `${name} 1.0.0 (MIT)\n\nof ${name}\n`);
    });

  it('have a notice with them, and what the bundled files say themselves, each once', () => {
    const file = bundled('@a/b', {
      LICENSE: 'the licence\nCopyright (c) 1 Ann',
      NOTICE: 'the notice',
      'index.js': '/*\n * Copyright (c) 2 Ben\n */\n// Copyright (c) 1 Ann\nf(); // no comment\n',
      'other.js': '/* Copyright (c) 3 Cem, not bundled */',
    });
    const text = '@a/b 1.0.0 (MIT)\n\nthe licence\nCopyright (c) 1 Ann\n\nthe notice\n\nCopyright (c) 2 Ben\n';
    assert.equal(licencesOf([file, file]), text);
  });

  it('are those of a package inside another, too', () => {
    const [outer, inner] = ['outer', 'outer/node_modules/inner'].map((name) =>
      bundled(name, { LICENSE: `of ${name}` }),
    );
    assert.match(
      licencesOf([outer!, inner!]),
      /^outer 1\.0\.0 [\s\S]*of outer\n\n-+\n\ninner 1\.0\.0 [\s\S]*node_modules\/inner\n$/,
    );
  });

  it('stop the build where there is none, or one that a bundle does not comply with', () => {
    assert.throws(() => licencesOf([bundled('bare', {})]), /bare 1\.0\.0 \(MIT\) is bundled and ships no licence text/);
    assert.throws(() => licencesOf([bundled('only-notice', { NOTICE: 'n' })]), /ships no licence text/);
    const lesser = bundled('lesser', { LICENSE: 'l', 'index.js': '// SPDX-License-Identifier: LGPL-2.1+\n' });
    assert.throws(() => licencesOf([lesser]), /LGPL-2\.1/);
  });

  it('are all in the bundle', () => {
    const text = readFileSync('dist/LICENSES.txt', 'utf8');
    for (const part of [
      /^mathjs [\s\S]*?^math\.js\nhttps:\/\/github\.com\/josdejong\/mathjs/m,
      /^decimal\.js \S+ \(MIT\)\n\nThe MIT Licence/m,
    ])
      assert.match(text, part);
    for (const [heading, next] of [...text.matchAll(/^(\S+ \d\S* \(.*\))\n\n(.*)/gm)].map((found) => found.slice(1)))
      assert.match(next!, /\S/, heading);
  });
});
