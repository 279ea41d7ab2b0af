// unroll tour: what there is, in three charts; `npm start` runs it.

import { builtIn } from '../../cells/catalogue.ts';
import { textDrive } from '../../experiments/drive.ts';
import { exposure } from '../../experiments/exposure.ts';
import { gradients } from '../../experiments/gradients.ts';
import { states } from '../../experiments/states.ts';
import { labelStart } from '../../experiments/trained.ts';
import { render } from '../../render/render.ts';
import { wrap } from '../../render/wrap.ts';
import type { Command } from '../command.ts';
import { subjectFrom } from '../learned-subject.ts';
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
    const options = renderOptions(args);
    const drive = textDrive(sentence);
    const start = { hidden: 8 };
    const remembered = await states({ cells: [builtIn('rnn')], drive, start, seed: 1, seeds: 1, engine: 'fast' });
    const faded = await gradients({
      cells: ['rnn', 'lstm', 'gru'].map(builtIn),
      drive,
      steps: drive.inputs.length,
      input: drive.size,
      start: { hidden: 16 },
      decompose: false,
      seed: 1,
      seeds: 10,
      engine: 'fast',
    });
    const cell = builtIn('rnn');
    const { task, measure } = await subjectFrom({});
    const alone = await exposure({
      task,
      measure,
      cell,
      start: labelStart(cell, 8),
      steps: 30,
      prefix: 0,
      batch: 16,
      updates: 300,
      rate: 0.01,
      sequences: 256,
      ways: ['forced'],
      seed: 1,
      seeds: 5,
    });
    const say = (text: string): string => `${wrap(text, options.width).join('\n')}\n`;
    const parts = [
      say('1. A recurrent net reads one character at a time. Its hidden state is its memory.'),
      render(remembered, options),
      say('2. To learn, it sends a gradient back through every step. On the way it fades.'),
      render(faded, options),
      say('3. Trained on the truth, it meets its own words only when it is left alone.'),
      render(alone, options),
      'More:  unroll --help\n',
    ];
    write(parts.join('\n'), {});
    return 0;
  },
};
