// The corpus of submissions is what its manifest says. It is run in corpus.alone.slow.test.ts.

import assert from 'node:assert/strict';
import { basename } from 'node:path';
import test from 'node:test';
import { exerciseNamed } from '../../../lib/homework/catalogue.ts';
import { corpusFiles, type Kind, kindOf, languageOf, submissions } from './corpus.ts';

const all = submissions();

test('every submission is in the manifest, under a name of its own, for an exercise that there is', () => {
  const files = all.map(({ file }) => file);
  assert.deepEqual(files.toSorted(), corpusFiles().toSorted());
  assert.equal(new Set(files.map((file) => basename(file))).size, files.length);
  for (const submission of all) {
    const { file, exercise, allowed } = submission;
    assert.notEqual(exerciseNamed(exercise), undefined, file);
    assert.notEqual(languageOf(submission), undefined, file);
    assert.notEqual(allowed.length, 0, file);
    assert.ok(!allowed.includes('internal'), file);
    assert.equal(allowed.includes('pass'), file.startsWith('right/'), file);
  }
});

test('the corpus has enough of every kind, in JavaScript and in Python', () => {
  const count = (...kinds: Kind[]): number => all.filter((submission) => kinds.includes(kindOf(submission))).length;
  assert.ok(count('hostile', 'wrong') >= 80);
  assert.ok(count('honest') >= 25);
  assert.ok(count('right') >= 15);
  for (const language of ['javascript', 'python'])
    assert.ok(all.filter((submission) => languageOf(submission) === language).length >= 60, language);
});
