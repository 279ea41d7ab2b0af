// Gradescope's results.json: its specification (gradescope-autograders.readthedocs.io) as a schema, since none is published.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { rendered } from './render-all.ts';
import { ended, hostile, internal, samples } from './samples.ts';

const text = { type: 'string' };
const visibility = { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] };
const format = { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] };
const optional = (properties: object) => ({ type: 'object', properties, additionalProperties: false });

const specification = {
  ...optional({
    score: { type: 'number' },
    execution_time: { type: 'number' },
    output: text,
    output_format: format,
    test_output_format: format,
    test_name_format: format,
    visibility,
    stdout_visibility: visibility,
    extra_data: { type: 'object' },
    tests: {
      type: 'array',
      items: optional({
        score: { type: 'number' },
        max_score: { type: 'number' },
        status: { enum: ['passed', 'failed'] },
        name: text,
        name_format: format,
        number: text,
        output: text,
        output_format: format,
        tags: { type: 'array', items: text },
        visibility,
        extra_data: { type: 'object' },
      }),
    },
    leaderboard: { type: 'array' },
  }),
};
const validate = new Ajv2020().compile(specification);
/** "required if not on each test case", "required if no top-level score" */
const isScored = new Ajv2020().compile({ type: 'object', required: ['score'] });

interface Results {
  readonly score?: number;
  readonly output: string;
  readonly tests: readonly {
    readonly score?: number;
    readonly max_score?: number;
    readonly status: string;
    readonly output?: string;
  }[];
}
const results = (report: Parameters<typeof rendered>[0]): Results => JSON.parse(rendered(report, 'gradescope'));

describe('results.json of Gradescope', () => {
  for (const [name, report] of Object.entries(samples))
    it(`is what its specification asks for: ${name}`, () => {
      const read = results(report);
      assert.ok(validate(read), JSON.stringify(validate.errors));
      assert.equal(isScored(read), report !== internal);
    });
  it('gives the points of the report, which are the sum of its tests', () => {
    for (const report of Object.values(samples).filter((one) => one !== internal)) {
      const { score, tests } = results(report);
      assert.equal(score, report.points);
      assert.equal(
        score,
        tests.reduce((sum, test) => sum + (test.score ?? 0), 0),
      );
      assert.equal(
        report.of,
        tests.reduce((sum, test) => sum + (test.max_score ?? 0), 0),
      );
    }
  });
  it('is worth nothing after a violation, whatever passed before', () => {
    const report = { ...hostile, status: 'violation', points: 0 } as const;
    assert.equal(results(report).score, 0);
  });
  it('has no score for the tool’s own fault: never the student’s zero', () => {
    const read = results(internal);
    assert.equal('score' in read, false);
    assert.deepEqual(read.tests, []);
    assert.match(read.output, /not graded/);
  });
  it('says which test failed and why where nothing could be loaded', () => {
    const read = results(ended({ status: 'limit', code: 'memory' }));
    assert.equal(read.tests[0]!.status, 'failed');
    assert.match(read.tests[0]!.output!, /more memory/);
  });
  it('asks for no text of a student to be rendered', () => {
    const read = JSON.parse(rendered(hostile, 'gradescope'));
    assert.deepEqual([read.output_format, read.test_output_format, read.test_name_format], ['text', 'text', 'text']);
  });
});
