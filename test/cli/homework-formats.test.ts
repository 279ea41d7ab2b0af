// `homework check --format`: every format from the command line, for a solution and for the starter, with the exit code that goes with it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportSchema } from '../../lib/homework/check-report.ts';
import { reportFormats } from '../../lib/homework/reports/formats.ts';
import { environment } from '../homework/reports/render-all.ts';
import { unroll } from './run-unroll.ts';

// Equations: nothing of a student's runs, so this needs no sandbox.
const fileOf = (name: string): string => readFileSync(join('lessons', 'exercises', 'rnn-step', name), 'utf8');
const files = { 'right.cell': fileOf('solution.cell'), 'start.cell': fileOf('starter.cell') };
const check = (file: string, format: string, env: Readonly<Record<string, string>> = environment) =>
  unroll(['homework', 'check', 'rnn-step', file, '--format', format, '--seed', '1'], { files, env });

describe('homework check', () => {
  for (const format of reportFormats)
    it(`writes ${format}, exit 0 for a solution and 1 for the starter`, () => {
      const [right, start] = [check('right.cell', format), check('start.cell', format)];
      assert.deepEqual([right.code, start.code, right.err, start.err], [0, 1, '', '']);
      assert.ok(right.out.endsWith('\n') && start.out.endsWith('\n'));
      assert.notEqual(right.out, start.out);
    });
  it('writes JSON that the published schema describes', () => {
    const validate = new Ajv2020({ strict: false }).compile(reportSchema);
    for (const file of Object.keys(files))
      assert.ok(validate(JSON.parse(check(file, 'json').out)), JSON.stringify(validate.errors?.slice(0, 3)));
  });
  it('gives the same bytes for the same seed', () =>
    assert.equal(check('start.cell', 'json').out, check('start.cell', 'json').out));
  it('refuses classroom50 outside its runner before anything is run', () => {
    const { code, out, err } = check('right.cell', 'classroom50', { CLASSROOM: '' });
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /CLASSROOM/);
  });
});
