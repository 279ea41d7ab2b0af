// unroll tour: what there is, in three charts; `npm start` runs it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn, type Cell } from '../../cells/catalogue.ts';
import { packageFolder } from '../../cells/shipped.ts';
import { textDrive } from '../../experiments/drive.ts';
import { exposure } from '../../experiments/exposure.ts';
import { gradients } from '../../experiments/gradients.ts';
import { runSeeded } from '../../experiments/seeds.ts';
import type { StartOptions } from '../../experiments/start.ts';
import { states } from '../../experiments/states.ts';
import { labelStart } from '../../experiments/trained.ts';
import { render } from '../../render/render.ts';
import { wrap } from '../../render/wrap.ts';
import type { Command } from '../command.ts';
import { type Subject, subjectFrom } from '../learned-subject.ts';
import { type OutputArguments, outputOptions, renderOptions, write } from '../output.ts';
import { someText } from './states.ts';

const sentence = `${someText} was green, and the bank on the corner was grey.`;

export const tourCommand: Command = {
  options: {
    width: outputOptions.width,
    height: outputOptions.height,
    color: outputOptions.color,
    ascii: outputOptions.ascii,
    plain: outputOptions.plain,
    quiet: outputOptions.quiet,
  },
  examples: [['unroll tour', 'takes a second']],
  run: async (typed) => {
    const args = typed as OutputArguments;
    const options = { ...renderOptions(args), format: 'text' as const };
    const drive = textDrive(sentence);
    const start = { hidden: 8 };
    const remembered = await runSeeded(
      states({ cells: [builtIn('rnn')], drive, start, seed: 1, seeds: 1, engine: 'fast' }),
    );
    const faded = await runSeeded(
      gradients({
        cells: ['rnn', 'lstm', 'gru'].map(builtIn),
        drive,
        steps: drive.inputs.length,
        input: drive.size,
        start: { hidden: 16 },
        decompose: false,
        seed: 1,
        seeds: 10,
        engine: 'fast',
      }),
    );
    const say = (text: string): string => `${wrap(text, options.width).join('\n')}\n`;
    const cell = builtIn('rnn');
    const alone = async (
      subject: Subject,
      learner: Cell,
      start: StartOptions,
      [steps, prefix, updates, seeds]: readonly number[],
    ) =>
      render(
        await runSeeded(
          exposure({
            task: subject.task,
            measure: subject.measure,
            cell: learner,
            start,
            steps: steps!,
            prefix: prefix!,
            batch: 16,
            updates: updates!,
            rate: 0.01,
            sequences: 256,
            ways: ['forced'],
            seed: 1,
            seeds: seeds!,
            engine: 'fast',
          }),
        ),
        options,
      );
    const labels = await alone(await subjectFrom({}), cell, labelStart(cell, 8), [30, 0, 300, 5]);
    // In a checkout there is a real series too; the installed program does not carry it.
    const series = join(packageFolder(), 'node_modules', 'vega-datasets', 'data', 'co2-concentration.csv');
    const real = existsSync(series)
      ? [
          say('4. The same on a real series: carbon dioxide in the air, month by month since 1958.'),
          await alone(
            await subjectFrom({ csv: series, column: 'CO2' }),
            builtIn('gru'),
            { hidden: 16 },
            [50, 20, 400, 2],
          ),
        ]
      : [];
    const parts = [
      say('1. A recurrent net reads one character at a time. Its hidden state is its memory.'),
      render(remembered, options),
      say('2. To learn, it sends a gradient back through every step. On the way it fades.'),
      render(faded, options),
      say('3. Trained on the truth, it meets its own words only when it is left alone.'),
      labels,
      ...real,
      say('The course begins with  unroll lesson  and the exercises with  unroll homework list'),
      'All there is to ask:  unroll --help\n',
    ];
    write(parts.join('\n'), {});
    return 0;
  },
};
