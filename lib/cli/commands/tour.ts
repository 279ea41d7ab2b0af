// unroll tour: what there is, in four parts; `npm start` runs it. On a terminal it waits for Enter.

import { join } from 'node:path';
import { builtIn, type Cell } from '../../cells/catalogue.ts';
import { packageFolder } from '../../cells/package-folder.ts';
import { exposure } from '../../experiments/exposure.ts';
import { gradients } from '../../experiments/gradients.ts';
import { runSeeded } from '../../experiments/kit/seeds.ts';
import { states } from '../../experiments/states.ts';
import { labelStart } from '../../experiments/trained.ts';
import type { StartOptions } from '../../options/initialisation.ts';
import { type InputSequence, textSequence } from '../../options/input-sequence.ts';
import { someText } from '../../options/sequence-options.ts';
import { render } from '../../render/render.ts';
import type { Result } from '../../render/result.ts';
import { wrap } from '../../render/wrap.ts';
import type { Command } from '../command.ts';
import { type Subject, subjectFrom } from '../learned-subject.ts';
import { type OutputArguments, outputOptions, renderOptions, write } from '../output.ts';
import { isReadAlong, pageByPage } from '../page-by-page.ts';

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
    const parts = partsOf(options);
    const isAll = isReadAlong() ? await pageByPage(parts) : await throughAPipe(parts);
    if (isAll)
      write(
        `${said('The course begins with  unroll lesson  and the exercises with  unroll homework list', options)}\nAll there is to ask:  unroll --help\n`,
        {},
      );
    return 0;
  },
};

type Options = Parameters<typeof render>[1];

async function throughAPipe(parts: readonly Part[]): Promise<boolean> {
  for (const part of parts) write(`${await part()}\n`, {});
  return true;
}

/** Text that is made when it is shown. */
type Part = () => Promise<string>;

const said = (text: string, { width }: Options): string => `${wrap(text, width).join('\n')}\n`;

function partsOf(options: Options): Part[] {
  const part =
    (title: string, result: () => Promise<Result>): Part =>
    async () =>
      `${said(title, options)}\n${render(await result(), options)}`;
  const sequence = textSequence(sentence);
  return [
    part('1. A recurrent net reads one character at a time. Its hidden state is its memory.', () =>
      remembered(sequence),
    ),
    part('2. To learn, it sends a gradient back through every step. On the way it fades.', () => faded(sequence)),
    part('3. Trained on the truth, it meets its own words only when it is left alone.', ownLabels),
    part('4. The same on a real series: carbon dioxide in the air, month by month since 1958.', ownSeries),
  ];
}

const remembered = (sequence: InputSequence): Promise<Result> =>
  runSeeded(
    states.seeded({ cells: [builtIn('rnn')], sequence, start: { hidden: 8 }, seed: 1, seeds: 1, engine: 'fast' }),
  );

const faded = (sequence: InputSequence): Promise<Result> =>
  runSeeded(
    gradients({
      cells: ['rnn', 'lstm', 'gru'].map(builtIn),
      sequence,
      steps: sequence.inputs.length,
      input: sequence.size,
      start: { hidden: 16 },
      decompose: false,
      seed: 1,
      seeds: 10,
      engine: 'fast',
    }),
  );

async function ownLabels(): Promise<Result> {
  const cell = builtIn('rnn');
  return alone(await subjectFrom({}), cell, labelStart(cell, 8), { steps: 30, prefix: 0, updates: 300, seeds: 5 });
}

async function ownSeries(): Promise<Result> {
  const csv = join(packageFolder(), 'fixtures', 'series', 'co2-concentration.csv');
  const subject = await subjectFrom({ csv, column: 'CO2' });
  return alone(subject, builtIn('gru'), { hidden: 16 }, { steps: 50, prefix: 20, updates: 400, seeds: 2 });
}

interface Lengths {
  readonly steps: number;
  readonly prefix: number;
  readonly updates: number;
  readonly seeds: number;
}

/** What becomes of a model that hears its own words. */
const alone = ({ task, measure }: Subject, cell: Cell, start: StartOptions, lengths: Lengths): Promise<Result> =>
  runSeeded(
    exposure({
      task,
      measure,
      cell,
      start,
      ...lengths,
      batch: 16,
      rate: 0.01,
      sequences: 256,
      ways: ['forced'],
      seed: 1,
      engine: 'fast',
    }),
  );
