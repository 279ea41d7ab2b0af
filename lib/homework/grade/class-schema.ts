// The JSON Schema (draft 2020-12) of the report of a class.

import { listOf, record, type Schema, text } from '../../render/json-schema.ts';
import { reportSchema } from '../reports/schema.ts';
import { leftOutWords } from './left-out-words.ts';

const { $schema, $defs, title: _, ...report } = reportSchema;
const count: Schema = { type: 'integer', minimum: 0 };
const points: Schema = { type: 'number', minimum: 0 };

const graded = record(
  {
    student: text,
    exercise: text,
    file: { ...text, description: 'the one that counts, below the folder of the class' },
    report,
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
