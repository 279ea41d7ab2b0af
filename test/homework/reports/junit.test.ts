// JUnit XML: well-formed, of the form that Jenkins' schema asks for, and read by junitparser as what it was.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { junit } from '../../../lib/homework/reports/junit.ts';
import { checkRows, isFailed, linesBelow } from '../../../lib/homework/reports/rows.ts';
import { missing, readBy } from './readers.ts';
import { hostile, internal, samples, swapped } from './samples.ts';
import { type Element, readXml, within } from './xml.ts';

/** What junit-10.xsd of Jenkins' xUnit plugin allows, of what is written here: attributes (! where required) and children. */
const rules: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: [
      'name!',
      'tests!',
      'failures!',
      'errors!',
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
    ],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name!', 'value!'], children: [] },
  testcase: {
    attributes: ['name!', 'time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], children: [] },
  error: { attributes: ['type', 'message'], children: [] },
  skipped: { attributes: ['type', 'message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

function obeys(element: Element): void {
  const rule = rules[element.name];
  assert.ok(rule, `<${element.name}> is not allowed`);
  const allowed = rule.attributes.map((name) => name.replace('!', ''));
  for (const name of Object.keys(element.attributes)) assert.ok(allowed.includes(name), `${element.name}@${name}`);
  for (const name of rule.attributes.filter((one) => one.endsWith('!')))
    assert.ok(element.attributes[name.slice(0, -1)] !== undefined, `${element.name} has no ${name}`);
  for (const child of element.children) {
    assert.ok(rule.children.includes(child.name), `<${child.name}> in <${element.name}>`);
    obeys(child);
  }
}

describe('a class as JUnit XML', () => {
  const all = Object.values(samples);
  const root = readXml(junit(all));
  it('is well-formed and obeys the schema', () => {
    assert.equal(root.name, 'testsuites');
    obeys(root);
  });
  it('has a suite a submission, and counts what is in it', () => {
    const suites = within(root, 'testsuite');
    assert.equal(suites.length, all.length);
    for (const [i, suite] of suites.entries()) {
      const cases = within(suite, 'testcase');
      const count = (kind: string) => cases.filter((one) => within(one, kind).length > 0).length;
      const counted = {
        tests: cases.length,
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      };
      const { name: _, ...said } = suite.attributes;
      assert.deepEqual(said, Object.fromEntries(Object.entries(counted).map(([key, number]) => [key, String(number)])));
      assert.equal(count('failure') + count('error') > 0, all[i]!.status !== 'pass');
    }
  });
  it('sums up what its suites say', () => {
    for (const key of ['tests', 'failures', 'errors']) {
      const sum = within(root, 'testsuite').reduce((total, suite) => total + Number(suite.attributes[key]), 0);
      assert.equal(root.attributes[key], String(sum));
    }
  });
  it('says below a failure what the text says', () => {
    const suite = within(readXml(junit([swapped])), 'testsuite')[0]!;
    const row = checkRows(swapped).find(({ check }) => isFailed(check))!;
    const failure = within(suite, 'testcase').flatMap((one) => within(one, 'failure'))[0]!;
    assert.equal(failure.text, linesBelow(row, swapped).join('\n'));
  });
  it('makes an error, not a failure, of the tool’s own fault', () => {
    const suite = within(readXml(junit([internal])), 'testsuite')[0]!;
    assert.deepEqual([suite.attributes.failures, suite.attributes.errors], ['0', '1']);
  });
  it('is not ended by what a student writes', () => {
    const suite = within(readXml(junit([hostile])), 'testsuite')[0]!;
    assert.match(within(suite, 'system-out')[0]!.text, /<\/system-out>\]\]>&lt;/);
    assert.equal(within(suite, 'testcase').length, hostile.checks.length);
  });
});

const script = `
import json, sys, junitparser
suites = junitparser.JUnitXml.fromstring(sys.stdin.buffer.read())
print(json.dumps([[s.name, s.tests, s.failures, s.errors, s.skipped,
  [[c.name, c.classname, [type(r).__name__ for r in c.result], [r.message for r in c.result], [r.text for r in c.result]] for c in s]] for s in suites]))
`;

describe('junitparser', { skip: missing('junitparser') }, () => {
  it('reads every suite and case as it was meant', () => {
    const all = Object.values(samples);
    const read = readBy(script, junit(all)) as [
      string,
      number,
      number,
      number,
      number,
      [string, string, string[], string[], string[]][],
    ][];
    assert.equal(read.length, all.length);
    for (const [i, [, tests, failures, errors, skipped, cases]] of read.entries()) {
      const rows = checkRows(all[i]!);
      assert.equal(tests, rows.length);
      assert.equal(failures + errors, rows.filter(({ check }) => isFailed(check)).length);
      assert.equal(skipped, rows.filter(({ check }) => check.status === 'skipped').length);
      for (const [j, [name, , kinds, , texts]] of cases.entries()) {
        const { check } = rows[j]!;
        assert.equal(name, check.says);
        const kind =
          check.status === 'pass'
            ? []
            : [check.status === 'skipped' ? 'Skipped' : check.status === 'fail' ? 'Failure' : 'Error'];
        assert.deepEqual(kinds, kind);
        if (isFailed(check)) assert.equal(texts[0], linesBelow(rows[j]!, all[i]!).join('\n'));
      }
    }
  });
});
