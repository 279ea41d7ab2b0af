// unroll tour: what there is, in four parts; `npm start` runs it. On a terminal it waits for Enter.

import { join } from 'node:path';
import { clearLine, moveCursor } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import { builtIn } from '../../cells/catalogue.ts';
import { packageFolder } from '../../cells/package-folder.ts';
import { continuedTask, exposure } from '../../experiments/exposure/exposure.ts';
import { gradients } from '../../experiments/gradients/gradients.ts';
import { runSeeded } from '../../experiments/kit/seeds.ts';
import { states } from '../../experiments/states.ts';
import { labelStart } from '../../experiments/trained.ts';
import type { StartOptions } from '../../options/initialisation.ts';
import { type InputSequence, textSequence } from '../../options/input-sequence.ts';
import type { Arguments } from '../../options/option.ts';
import { someText } from '../../options/sequence-options.ts';
import { wrap } from '../../render/columns.ts';
import { render } from '../../render/render.ts';
import type { Result } from '../../render/result.ts';
import type { Command } from '../command.ts';
import { type OutputArguments, outputOptions, renderOptions, write } from '../output.ts';
import { environment } from '../process-environment.ts';

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
    gradients.seeded({
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

const ownLabels = (): Promise<Result> =>
  alone({}, 'rnn', labelStart(builtIn('rnn'), 8), { steps: 30, prefix: 0, updates: 300, seeds: 5 });

function ownSeries(): Promise<Result> {
  const csv = join(packageFolder(), 'fixtures', 'series', 'co2-concentration.csv');
  return alone({ csv, column: 'CO2' }, 'gru', { hidden: 16 }, { steps: 50, prefix: 20, updates: 400, seeds: 2 });
}

interface Lengths {
  readonly steps: number;
  readonly prefix: number;
  readonly updates: number;
  readonly seeds: number;
}

/** What becomes of a model that hears its own words. */
async function alone(data: Arguments, cell: string, start: StartOptions, lengths: Lengths): Promise<Result> {
  const task = { ...(await continuedTask.read(data, {}, environment)), notes: [] };
  const fixed = { batch: 16, rate: 0.01, sequences: 256, regimes: ['forced'], seed: 1, engine: 'fast' } as const;
  return runSeeded(exposure.seeded({ task, cell: builtIn(cell), start, ...lengths, ...fixed }));
}

/** Whether somebody reads along and can press a key. */
const isReadAlong = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Pieces of at most `rows` lines, parted where the text has an empty line, if there is one. */
export function pagesOf(text: string, rows: number): string[] {
  const pages: string[][] = [[]];
  for (const block of text.trimEnd().split(/\n{2,}/)) {
    const lines = block.split('\n');
    const page = pages.at(-1)!;
    if (page.length > 0 && page.length + 1 + lines.length <= rows) page.push('', ...lines);
    else for (let at = 0; at < lines.length; at += rows) pages.push(lines.slice(at, at + rows));
  }
  return pages.filter(({ length }) => length > 0).map((lines) => lines.join('\n'));
}

/** What is read stands there as it would without the questions. */
function takeBackQuestion(): void {
  if (process.env.TERM === 'dumb') return;
  moveCursor(process.stdout, 0, -1);
  clearLine(process.stdout, 0);
}

/** Shows these one after the other and waits behind every screen for Enter or the space bar; `q` and Ctrl-C end it. Says whether all was seen. */
async function pageByPage(texts: readonly (() => Promise<string>)[]): Promise<boolean> {
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  // As in `less`, neither needs Enter behind it.
  const onKey = (_: unknown, { name }: { readonly name?: string }): void => {
    if (name === 'q' || name === 'space') ask.write(null, { name: 'return' });
  };
  process.stdin.on('keypress', onKey);
  const closed = new Promise<string>((resolve) => ask.once('close', () => resolve('q')));
  try {
    for (const text of texts) {
      // One row for what is asked, and one that parts it from the page.
      for (const page of pagesOf(await text(), Math.max(4, (process.stdout.rows ?? 24) - 2))) {
        process.stdout.write(`${page}\n\n`);
        const typed = await Promise.race([ask.question('Enter: on  q: leave '), closed]);
        takeBackQuestion();
        if (/q$/i.test(typed.trim())) return false;
      }
    }
    return true;
  } finally {
    process.stdin.off('keypress', onKey);
    ask.close();
  }
}
