// The corpus of submissions, once over. What is asked of twenty seeds is in corpus.deep.test.ts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import test from 'node:test';
import { exerciseNamed } from '../../../lib/homework/catalogue.ts';
import { corpusFiles, corpusFolder, type Kind, kindOf, languageOf, submissions } from './corpus.ts';
import { faultsOf, successesOf } from './faults.ts';
import { cannotWatch, watched } from './watch.ts';

const all = submissions();
const skip = cannotWatch() ?? false;

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

test('at level 3 no verdict is wrong, no secret is learned, nothing is left', { skip }, async (t) => {
  const run = await watched({ level: 3, seed: 1, submissions: all, jobs: 3 });
  if (run.isolation.level < 3) return t.skip(`only level ${run.isolation.level} is to be had here`);
  assert.deepEqual(faultsOf(run, all), []);
});

test('at level 1 no verdict is wrong, and just those attacks succeed that are known to', { skip }, async () => {
  const run = await watched({ level: 1, seed: 2, submissions: all, jobs: 3 });
  assert.equal(run.isolation.level, 1);
  const statuses = all.map((submission) => ({
    ...submission,
    status: run.outcomes.get(submission.file)?.report.status,
  }));
  assert.deepEqual(
    statuses.filter(
      ({ status, allowed }) =>
        status === undefined || status === 'internal' || (status === 'pass') !== allowed.includes('pass'),
    ),
    [],
  );
  assert.deepEqual(successesOf(run), JSON.parse(readFileSync(`${corpusFolder}/l1-successes.json`, 'utf8')));
});
