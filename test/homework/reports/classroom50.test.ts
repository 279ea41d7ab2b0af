// classroom50/result/v1: its published rules (github.com/foundation50/classroom50: schemas/result-v1.schema.json and validate_result of
// its runner, read in their state of 2026; GPL, so told here in our own words), after the runner has stamped what is its own.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { InputError } from '../../../lib/equations/input-error.ts';
import type { Report } from '../../../lib/homework/check-report.ts';
import { submittedFrom } from '../../../lib/homework/reports/classroom50.ts';
import { environment, rendered } from './render-all.ts';
import { internal, samples } from './samples.ts';

const word = { type: 'string', minLength: 1 };
const whole = { type: 'integer', minimum: 0 };
const instant = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' };

const validate = new Ajv2020().compile({
  type: 'object',
  additionalProperties: false,
  properties: {
    schema: { const: 'classroom50/result/v1' },
    classroom: word,
    assignment: word,
    assignment_type: { enum: ['individual', 'group'] },
    owner: word,
    submission: { type: 'string', pattern: '^submit/' },
    commit: word,
    release: word,
    review: word,
    datetime: instant,
    graded_at: instant,
    score: whole,
    'max-score': whole,
    tests: {
      type: 'array',
      items: {
        type: 'object',
        properties: { 'test-name': word, passed: { type: 'boolean' }, score: whole, 'max-score': whole },
        required: ['test-name', 'passed', 'score', 'max-score'],
      },
    },
    submitted_by: { type: 'object' },
  },
  required: [
    'schema',
    'classroom',
    'assignment',
    'assignment_type',
    'owner',
    'submission',
    'commit',
    'release',
    'review',
    'datetime',
    'score',
    'max-score',
    'tests',
  ],
});

interface Result {
  readonly score: number;
  readonly 'max-score': number;
  readonly tests: readonly { readonly passed: boolean; readonly score: number; readonly 'max-score': number }[];
}

/** As the runner publishes it. */
const stamped = (report: Report): Result => ({
  ...JSON.parse(rendered(report, 'classroom50')),
  owner: 'ada',
  assignment_type: 'individual',
  datetime: '2026-01-15T10:15:00Z',
  graded_at: '2026-01-15T10:16:00Z',
});

describe('result.json of Classroom 50', () => {
  for (const [name, report] of Object.entries(samples))
    it(`is what its collector takes: ${name}`, () => {
      const result = stamped(report);
      assert.ok(validate(result), JSON.stringify(validate.errors));
      for (const part of [result, ...result.tests]) assert.ok(part.score <= part['max-score']);
    });
  it('has the points of the report, and those of each check', () => {
    for (const report of Object.values(samples).filter((one) => one !== internal)) {
      const { score, 'max-score': most, tests } = stamped(report);
      assert.deepEqual([score, most], [report.points, report.of]);
      assert.equal(
        score,
        tests.reduce((sum, test) => sum + test.score, 0),
      );
      assert.equal(
        most,
        tests.reduce((sum, test) => sum + test['max-score'], 0),
      );
    }
  });
  it('passes a test that passed, and no other', () => {
    for (const report of Object.values(samples).filter((one) => one !== internal)) {
      const passed = stamped(report).tests.filter((test) => test.passed).length;
      assert.equal(passed, report.checks.filter(({ status }) => status === 'pass').length);
    }
  });
  it('makes whole numbers of points that are none', () => {
    const [first, ...rest] = samples.passed!.checks;
    const report = { ...samples.passed!, points: 11.6, checks: [{ ...first!, points: 0.6 }, ...rest] };
    const result = stamped(report);
    assert.ok(validate(result), JSON.stringify(validate.errors));
    assert.deepEqual([result.score, result.tests[0]!.score], [12, 1]);
  });
  it('leaves no test where the tool itself failed: the exit code says so, and the runner records an error', () =>
    assert.deepEqual([stamped(internal)['max-score'], stamped(internal).tests], [0, []]));
});

describe('what Classroom 50’s runner hands over', () => {
  it('is read from the environment', () => assert.equal(submittedFrom(environment).owner, 'ada'));
  it('shows the commit where there is nothing to review', () => {
    const { REVIEW_URL: _, ...rest } = environment;
    assert.equal(submittedFrom(rest).review, environment.COMMIT_URL);
  });
  for (const name of ['CLASSROOM', 'ASSIGNMENT', 'SUBMISSION_TAG', 'COMMIT_URL', 'RELEASE_URL'])
    it(`is asked for by name: ${name}`, () => {
      const asked = () => submittedFrom({ ...environment, [name]: '' });
      assert.throws(asked, (error) => error instanceof InputError && error.problem.says.includes(name));
    });
  it('is refused with a tag that is none of a submission', () =>
    assert.throws(() => submittedFrom({ ...environment, SUBMISSION_TAG: 'v1' }), InputError));
});
