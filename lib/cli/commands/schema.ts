// unroll schema

import { resultSchema } from '../../experiments/schema.ts';
import type { Command } from '../command.ts';
import { type OutputArguments, outputOptions, write } from '../output.ts';

export const schemaCommand: Command = {
  options: { out: outputOptions.out, force: outputOptions.force },
  examples: [['unroll schema > result.schema.json', 'to check Results with']],
  run: async (typed) => {
    write(`${JSON.stringify(resultSchema, null, 2)}\n`, typed as OutputArguments);
    return 0;
  },
};
