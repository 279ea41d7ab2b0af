// The published schema describes every Result that a command prints, and refuses what is none.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { resultSchema } from '../../lib/render/render.ts';
import { unroll } from '../cli/run-unroll.ts';

const validate = new Ajv2020({ strict: false }).compile(resultSchema);
const lines: readonly string[] = [
  'states lstm --perturb 2 --seeds 2',
  'states --signal sine',
  'gates lstm',
  'gradients --seeds 2 --decompose',
  'gradients --matrix 0',
  'gradients --cliff',
  'truncation --seeds 2',
  'truncation --balancing',
  'truncation --clip --seeds 1',
  'exposure --seeds 2 --updates 20',
  'sampling --epsilon 1 --seeds 1 --updates 20',
  'parallel --length 16',
  'probe --seeds 1 --updates 20',
  'compare rnn lstm --in states',
  'compare rnn lstm --in diagram',
  'diagram --bidirectional',
  'diagram lstm --inside',
  'diagram --truncated 2',
  'diagram --seq2seq',
  'diagram --attention',
  'cell list',
  'cell show gru',
  'cell derive rnn',
  'cell check rnn',
];

describe('the schema of a Result', () => {
  for (const line of lines)
    it(`describes what \`unroll ${line}\` prints`, () => {
      const result: unknown = JSON.parse(unroll([...line.split(' '), '--format', 'json']).out);
      assert.ok(validate(result), JSON.stringify(validate.errors?.slice(0, 3)));
    });
  it('is what `unroll schema` prints', () => assert.deepEqual(JSON.parse(unroll(['schema']).out), resultSchema));
  it('refuses a Result with a claim that has no measured number', () => {
    const result = JSON.parse(unroll(['diagram', '--format', 'json']).out) as { claims: { measured?: number }[] };
    delete result.claims[0]!.measured;
    assert.equal(validate(result), false);
  });
});
