// The corpus of submissions, once over. What is asked of twenty seeds is in corpus.deep.test.ts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { corpusFolder, submissions } from './corpus.ts';
import { faultsOf, successesOf } from './faults.ts';
import { cannotWatch, watched } from './watch.ts';

const all = submissions();
const skip = cannotWatch() ?? false;

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
