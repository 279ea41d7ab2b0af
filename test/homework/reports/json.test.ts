// The JSON of a report is described by the published schema, and holds every number whole.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportSchema } from '../../../lib/homework/check-report.ts';
import { disarm } from '../../../lib/render/legible.ts';
import { unroll } from '../../cli/run-unroll.ts';
import { messages } from './messages.ts';
import { rendered } from './render-all.ts';
import { drifting, hostile, samples, swapped } from './samples.ts';

const validate = new Ajv2020({ strict: false }).compile(reportSchema);
const errors = (): string => JSON.stringify(validate.errors?.slice(0, 3));

describe('a report as JSON', () => {
  for (const [name, report] of Object.entries(samples))
    it(`is what the schema says: ${name}`, () => assert.ok(validate(JSON.parse(rendered(report, 'json'))), errors()));
  it('is what the schema says, whatever went wrong', () => {
    for (const { called, report } of messages)
      assert.ok(validate(JSON.parse(rendered(report, 'json'))), `${called}: ${errors()}`);
  });
  it('holds what came back and what was expected', () => {
    const { finding } = JSON.parse(rendered(swapped, 'json')).checks[2];
    assert.deepEqual(finding.got, swapped.checks[2]!.finding!.got);
    assert.deepEqual(finding.expected, swapped.checks[2]!.finding!.expected);
    assert.deepEqual(finding.call, swapped.checks[2]!.finding!.call);
  });
  it('writes what JSON has no number for as a word', () => {
    const { strips } = JSON.parse(rendered(drifting, 'json')).checks[4].finding;
    assert.deepEqual(strips[0].errors.slice(-2), ['NaN', 'NaN']);
  });
  it('has the words of each message', () => {
    const { message } = JSON.parse(rendered(swapped, 'json')).checks[2];
    assert.match(message.what, /the input and the forget gate are swapped/);
  });
  it('holds no control character and no half of a pair, even when read', () => {
    let texts = 0;
    JSON.parse(rendered(hostile, 'json'), (_key, value) => {
      if (typeof value !== 'string') return value;
      texts++;
      assert.equal(disarm(value), value);
      return value;
    });
    assert.ok(texts > 20);
  });
});

describe('the schema', () => {
  const parsed = () => JSON.parse(rendered(swapped, 'json'));
  it('is what `unroll schema homework` prints', () =>
    assert.deepEqual(JSON.parse(unroll(['schema', 'homework']).out), reportSchema));
  it('refuses a status that there is not', () => assert.equal(validate({ ...parsed(), status: 'perfect' }), false));
  it('refuses a check without points', () => {
    const report = parsed();
    delete report.checks[0].points;
    assert.equal(validate(report), false);
  });
  it('refuses a field that it does not know', () => assert.equal(validate({ ...parsed(), grade: 'A' }), false));
  it('refuses a problem that there is not', () => {
    const report = parsed();
    report.checks[2].finding.problem.code = 'ugly';
    assert.equal(validate(report), false);
  });
  it('is asked for by a name that there is', () => {
    const { code, err } = unroll(['schema', 'homwork']);
    assert.equal(code, 2);
    assert.match(err, /did you mean `homework`/);
  });
});
