// The JSON Schema (draft 2020-12) of a homework report. test/homework/reports holds it against real ones.

import { listOf, real, record, type Schema, text } from '../../render/json-schema.ts';
import { leftOutWords } from '../grade/hand-ins.ts';

const whole: Schema = { type: 'integer' };
const points: Schema = { type: 'number', minimum: 0 };
const statuses = ['pass', 'fail', 'error', 'timeout', 'limit', 'violation', 'refused', 'internal'];

/** A number, a word, a list or a record of such: a vector is a list, a matrix a list of its rows. */
const value: Schema = { $ref: '#/$defs/value' };
const recordOf = (items: Schema): Schema => ({ type: 'object', additionalProperties: items });

const message = record({ what: text, why: text, next: text, quoted: listOf(text) }, ['why', 'quoted']);

const raised = record({ name: text, message: text, line: whole, text }, ['line', 'text']);

const problem: Schema = {
  oneOf: [
    record({ code: { const: 'wrong-shape' }, path: text, expected: text, got: text, inside: listOf(text) }, ['inside']),
    record({ code: { enum: ['not-a-number', 'not-finite'] }, path: text, got: text }),
    record({ code: { enum: ['values', 'changed-arguments', 'result-reused', 'remembers', 'promise'] } }),
    record({ code: { const: 'drifts' }, step: whole, unit: { const: 'call' } }, ['unit']),
    record({ code: { const: 'property' }, because: text }),
    record({ code: { const: 'claim' }, measured: listOf(real), reached: whole, needed: whole }),
    record({ code: { const: 'threw' }, raised }),
  ],
};

const clue: Schema = {
  oneOf: [
    record({ code: { enum: ['untouched', 'remembers', 'changed-arguments', 'float32', 'small'] } }),
    record({ code: { const: 'order' }, own: listOf(text) }),
    record(
      {
        code: { const: 'convention' },
        own: listOf(text),
        order: listOf(text),
        transposed: { const: true },
        exchanged: { const: true },
        vectors: { enum: ['columns', 'rows'] },
        time: { enum: ['last', 'middle'] },
        returned: listOf(text),
      },
      ['own', 'order', 'transposed', 'exchanged', 'vectors', 'time', 'returned'],
    ),
    record({ code: { const: 'word' }, parameter: text, word: text }),
    record({ code: { const: 'line' }, id: text, line: whole, text }),
    record({ code: { const: 'part' }, read: text, part: text, parts: listOf(text) }),
    record({ code: { const: 'rounded' }, decimals: whole }),
  ],
};

const finding = record(
  {
    problem,
    call: record({ function: text, parameters: listOf(text), given: listOf(value) }),
    got: recordOf(value),
    expected: recordOf(value),
    worst: record({ path: text, got: real, expected: real, error: real }),
    strips: listOf(record({ name: text, errors: listOf(real) })),
    diagnosis: record({ mistake: record({ id: text, says: text, wrong: listOf(text), right: listOf(text) }) }, [
      'mistake',
    ]),
    clue,
  },
  ['call', 'got', 'expected', 'worst', 'strips', 'diagnosis', 'clue'],
);

const check = record(
  {
    id: text,
    says: text,
    status: { enum: [...statuses, 'skipped'] },
    points,
    of: points,
    after: { ...text, description: 'for skipped: the id of the check that has to pass first' },
    finding,
    message,
  },
  ['after', 'finding', 'message'],
);

/** What ended a run: its code says which further fields there are. */
const trouble: Schema = {
  type: 'object',
  properties: { status: { enum: statuses.slice(2) }, code: text, message, raised },
  required: ['status', 'code', 'message'],
};

const attempts = ['read a file', 'reach a port', 'signal the parent', 'fork past the limit', 'write outside'];

export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A homework report of unroll',
  ...record(
    {
      homework: { const: 1, description: 'version of this format' },
      exercise: record({ id: text, title: text, function: text, parameters: listOf(text), returns: listOf(text) }, [
        'function',
        'parameters',
        'returns',
      ]),
      submission: record(
        {
          file: text,
          student: text,
          language: { enum: ['javascript', 'typescript', 'python', 'cell', 'program'] },
          runtime: text,
        },
        ['student'],
      ),
      status: { enum: statuses, description: 'pass when every check passed; internal is the tool’s own fault' },
      points,
      of: points,
      checks: listOf(check),
      trouble,
      prints: record({ text, cut: { type: 'boolean' } }),
      isolation: record({
        level: { enum: [0, 1, 2, 3] },
        says: text,
        attempts: listOf(
          record({ attempt: { enum: attempts }, outcome: { enum: ['refused', 'succeeded', 'not measured'] } }),
        ),
      }),
      seed: { ...whole, description: 'the teacher’s: what the inputs were drawn from' },
      hints: whole,
    },
    ['trouble', 'seed'],
  ),
  $defs: {
    value: {
      anyOf: [
        real,
        text,
        { type: 'array', items: { $ref: '#/$defs/value' } },
        { type: 'object', additionalProperties: { $ref: '#/$defs/value' } },
      ],
    },
  },
};

const { $schema, $defs, title: _, ...reportFields } = reportSchema;
const count: Schema = { type: 'integer', minimum: 0 };

const graded = record(
  {
    student: text,
    exercise: text,
    file: { ...text, description: 'the one that counts, below the folder of the class' },
    report: reportFields,
    beside: listOf(record({ file: { ...text, description: 'another file for the exercise, which was not run' } })),
    weakIsolation: { const: true, description: 'below level 3: the verdict can be forged' },
  },
  ['weakIsolation'],
);

export const classSchema: Schema = {
  $schema,
  title: 'The report of a class of unroll homework grade',
  ...record(
    {
      unroll: { const: 1, description: 'version of this format' },
      kind: { const: 'class' },
      version: { ...text, description: 'of unroll' },
      seed: { type: 'integer', description: 'the teacher’s: what all inputs were drawn from' },
      shard: record({ part: { type: 'integer', minimum: 1 }, of: { type: 'integer', minimum: 1 } }),
      unfinished: { ...count, description: 'interrupted: so many pieces of work are not in it' },
      roll: { ...text, description: 'the same for all parts of a class' },
      exercises: listOf(record({ id: text, title: text, points })),
      students: listOf(text),
      graded: listOf(graded),
      leftOut: listOf(record({ file: text, why: { enum: Object.keys(leftOutWords) } })),
      totals: listOf(record({ student: text, points, of: points, missing: listOf(text) })),
      counts: listOf(
        record({
          exercise: text,
          handedIn: count,
          passed: count,
          meanPoints: { anyOf: [points, { type: 'null' }] },
        }),
      ),
      misconceptions: listOf(
        record({ id: text, exercise: text, says: text, count: { ...count, minimum: 1 }, students: listOf(text) }, [
          'exercise',
        ]),
      ),
    },
    ['shard', 'unfinished'],
  ),
  $defs,
};
