// What the build keeps of the pages is what they say now.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageFolder } from '../../lib/cells/package-folder.ts';
import { exercises } from '../../lib/homework/catalogue.ts';
import { shippedPages } from '../../lib/homework/shipped-pages.ts';
import { lessonAt, lessonPlaces } from '../../lib/lessons/course.ts';
import { prebuiltPage } from '../../lib/lessons/prebuilt-pages.ts';

const folder = join(packageFolder(), 'dist', 'pages');

/** Without the keys that have no value. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([name, one]) => [name, given(one)]));
}

describe('the pages that are kept beside the program', () => {
  it('are those of every lesson, every translation and every exercise, as they are read now', async () => {
    const pages = await shippedPages();
    const translations = lessonPlaces().reduce((count, { languages }) => count + languages.length, 0);
    assert.equal(pages.size, lessonPlaces().length + translations + exercises.length);
    assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
    for (const [name, text] of pages) assert.equal(readFileSync(join(folder, name), 'utf8'), text, name);
  });

  it('say as much as the pages themselves', async () => {
    for (const place of lessonPlaces()) {
      const lesson = await lessonAt(place);
      assert.deepEqual(JSON.parse(JSON.stringify(lesson)), given(lesson), place.id);
    }
  });

  it('are none for a text that was never built', () => assert.equal(prebuiltPage('lesson', 'never built'), undefined));
});
