// The licences of what is bundled, for dist/LICENSES.txt: every licence and notice that a package ships, and those in the bundled files themselves.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const isText = /^(un)?(licen[cs]e|copying|notice)([-._].*)?$/i;
const isNotice = /^notice/i;

const mit = (copyright) => `MIT License

${copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Of packages that ship no text: the standard text of the licence, and the author, that their package.json names. */
const given = { 'normalize-strings': mit('Copyright (c) Pablo Terradillos <tehsis@gmail.com>') };

/** `files`: paths of bundled files. Throws for a package without a licence text, and for a file under the GPL or the like. */
export function licencesOf(files) {
  const packages = new Map();
  for (const file of files) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    if (folder !== undefined) packages.set(folder, [...(packages.get(folder) ?? []), file]);
  }
  const licences = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map((one) => licenceOf(...one));
  return `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceOf(folder, files) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isText.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (given[name] === undefined && !names.some((file) => !isNotice.test(file)))
    throw new Error(`${name} ${version} (${license}) is bundled and ships no licence text: give one in licences.js.`);
  const shipped = names.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const texts = given[name] === undefined ? shipped : [given[name], ...shipped];
  const notices = files.flatMap(noticesIn).filter((notice) => !texts.some((text) => text.includes(notice)));
  return [`${name} ${version} (${license})`, ...texts, ...new Set(notices)].join('\n\n');
}

/** Comments of a file that name a copyright: of code that came from elsewhere. */
function noticesIn(file) {
  const comments = readFileSync(file, 'utf8').match(/\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n?)+/gm) ?? [];
  const found = comments.filter((comment) => /copyright \(?c?\)?|spdx-license/i.test(comment));
  const viral = found.find((comment) => /SPDX-License-Identifier:.*GPL/i.test(comment));
  if (viral !== undefined)
    throw new Error(`${file} is under a licence that this bundle does not comply with: ${viral.trim()}`);
  return found.map((comment) => comment.replace(/^[ \t]*(\/\*+|\*\/|\*|\/\/)[ \t]?|\*\/[ \t]*$/gm, '').trim());
}
