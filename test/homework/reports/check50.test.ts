// What `check50 --output json` writes: the fields of its CheckResult, and shown by its own renderers.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { checkRows, isFailed } from '../../../lib/homework/reports/rows.ts';
import { missing, readBy } from './readers.ts';
import { rendered } from './render-all.ts';
import { hostile, internal, samples, swapped } from './samples.ts';

const text = { type: 'string' };
const record = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const error = record({ type: text, value: text, traceback: { type: 'array', items: text }, data: { type: 'object' } });
const nullable = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });

/** check50 3.5: the fields of its CheckResult, and of the causes that its renderers look at. */
const validate = new Ajv2020().compile(
  record({
    slug: text,
    results: {
      type: 'array',
      items: record({
        name: text,
        description: text,
        passed: nullable({ type: 'boolean' }),
        log: { type: 'array', items: text },
        cause: nullable(
          record({ rationale: text, help: nullable(text), expected: text, actual: text, error }, ['rationale', 'help']),
        ),
        data: { type: 'object' },
        dependency: nullable(text),
      }),
    },
    version: text,
  }),
);

const passedOf = (status: string): boolean | null =>
  status === 'pass' ? true : status === 'skipped' || status === 'internal' ? null : false;

describe('a report as check50 writes it', () => {
  for (const [name, report] of Object.entries(samples))
    it(`has its fields: ${name}`, () => {
      const text = rendered(report, 'check50');
      assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
      const read = JSON.parse(text);
      assert.deepEqual(
        read.results.map(({ passed }: { passed: boolean | null }) => passed),
        checkRows(report).map(({ check }) => passedOf(check.status)),
      );
      for (const { passed, cause } of read.results) assert.equal(cause === null, passed === true);
    });
  it('puts what came back beside what was expected', () => {
    const { cause } = JSON.parse(rendered(swapped, 'check50')).results[2];
    assert.equal(cause.actual, 'h: 0.1834 -0.4410\nc: 0.0921 0.3377');
    assert.equal(cause.expected, 'h: 0.3021 -0.1178\nc: 0.5530 0.2904');
  });
  it('makes the tool’s own fault an error of the checker', () => {
    const [first] = JSON.parse(rendered(internal, 'check50')).results;
    assert.deepEqual([first.passed, first.cause.error.type], [null, 'internal']);
  });
});

const script = `
import builtins, json, sys
builtins._ = lambda text: text
from check50 import renderer
from check50.runner import CheckResult
payload = json.load(sys.stdin)
for result in payload['results']:
    CheckResult.from_dict(result)
ansi = renderer.to_ansi(**payload, _log=True)
html = renderer.to_html(**payload)
ansi.encode(); html.encode()
print(json.dumps([ansi, html, json.loads(renderer.to_json(**payload)) == payload]))
`;

describe('check50’s own renderers', { skip: missing('check50') }, () => {
  for (const [name, report] of Object.entries(samples))
    it(`show it: ${name}`, () => {
      const [ansi, html, same] = readBy(script, rendered(report, 'check50')) as [string, string, boolean];
      assert.ok(same);
      const rows = checkRows(report);
      const faces = [':)', ':(', ':|'].map((face) => ansi.split(`${face} `).length - 1);
      const failed = rows.filter(({ check }) => passedOf(check.status) === false).length;
      const passed = rows.filter(({ check }) => check.status === 'pass').length;
      assert.deepEqual(faces, [passed, failed, rows.length - passed - failed]);
      assert.equal(html.split('<h3').length - 1, rows.length);
    });
  it('are given nothing to obey', () => {
    const [ansi, html] = readBy(script, rendered(hostile, 'check50')) as [string, string];
    const row = checkRows(hostile).find(({ check }) => isFailed(check))!;
    assert.ok(ansi.includes(row.check.says));
    assert.ok(!ansi.includes('\u001b[2J') && !ansi.includes('\u0007'));
    assert.ok(!html.includes('<failure/>'));
  });
});
