// unroll schema [of]

import { reportSchema } from '../../homework/check-report.ts';
import { classSchema } from '../../homework/reports/class-report.ts';
import { oneOf } from '../../options/names.ts';
import { once, type Typed } from '../../options/typed.ts';
import { resultSchema } from '../../render/render.ts';
import type { Command } from '../command.ts';
import { formatFrom, formatOptions, type OutputArguments, outputOptions, write } from '../output.ts';

const endings = { '.json': 'json' } as const;
const schemas = { result: resultSchema, homework: reportSchema, class: classSchema };

export const schemaCommand: Command = {
  options: { out: formatOptions(['json'], endings).out, force: outputOptions.force },
  places: { of: ['result, homework (a report), or class (all of a class)', 'result'] },
  examples: [
    ['unroll schema > result.schema.json', 'to check Results with'],
    ['unroll schema homework > homework.schema.json', 'to check homework reports with'],
  ],
  run: async (typed) => {
    const schema = schemas[asked(typed.of as Typed)];
    formatFrom(typed as OutputArguments, ['json'], endings);
    write(`${JSON.stringify(schema, null, 2)}\n`, typed as OutputArguments);
    return 0;
  },
};

function asked(typed: Typed): keyof typeof schemas {
  const word = once('schema', typed) ?? 'result';
  const names = Object.keys(schemas) as (keyof typeof schemas)[];
  return oneOf(word, { where: 'schema', what: 'schema of', names });
}
