// unroll cell list | show | derive | check | run

import { builtInNames } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { backwardLatex, programLatex } from '../../equations/latex.ts';
import { readVectors, vectorsJson } from '../../equations/vectors.ts';
import { cellCheck } from '../../experiments/cell-check.ts';
import { cellDerive } from '../../experiments/cell-derive.ts';
import { cellFacts } from '../../experiments/cell-facts.ts';
import { cellList } from '../../experiments/cell-list.ts';
import { cellRun } from '../../experiments/cell-run.ts';
import { cellArgument, cellArguments, cellWords, checkedCell } from '../../options/cell-argument.ts';
import { engineFor } from '../../options/engine.ts';
import { flag, type Given, numberOption, otherwise, textOption } from '../../options/option.ts';
import { engineFrom, type RunArguments, runOptions, seedFrom } from '../../options/runs.ts';
import { standardInput } from '../../options/standard-input.ts';
import { once, type Typed, wholeNumber } from '../../options/typed.ts';
import { renderFigure } from '../../render/figure.ts';
import type { Result } from '../../render/result.ts';
import type { Command } from '../command.ts';
import { readText } from '../files.ts';
import {
  type Endings,
  endings,
  type Format,
  formatFrom,
  formatOptions,
  formats,
  lookOptions,
  type OutputArguments,
  outFrom,
  outputOptions,
  present,
  renderOptions,
  write,
} from '../output.ts';
import { environment } from '../process-environment.ts';

const sizeOptions = (hidden: number, input: number) => ({
  hidden: numberOption('Cell', 'H, how many units', String(hidden)),
  input: numberOption('Cell', 'D, the size of the input', String(input)),
});

type SizeArguments = Given<ReturnType<typeof sizeOptions>>;
type OneCell = OutputArguments & RunArguments & SizeArguments & { readonly cell: string };

const sizesFrom = (args: SizeArguments, hidden: number, input: number) => ({
  hidden: wholeNumber('--hidden', args.hidden, 1, 4096) ?? hidden,
  input: wholeNumber('--input', args.input, 1, 4096) ?? input,
});

const list: Command = {
  options: { ...sizeOptions(32, 16), ...outputOptions },
  examples: [['unroll cell list --hidden 64 --input 64', 'parameters for these sizes']],
  result: async (typed) => {
    const args = typed as unknown as OneCell;
    const { hidden, input } = sizesFrom(args, 32, 16);
    return cellList(hidden, input);
  },
};

const show: Command = {
  places: { cell: [cellWords] },
  options: { ...sizeOptions(32, 16), ...outputOptions },
  examples: [
    ['unroll cell show lstm', 'a built-in cell'],
    ['unroll cell show "h = tanh(W * h_prev + U * x)"', 'equations of your own, read and checked'],
  ],
  result: async (typed) => {
    const args = typed as unknown as OneCell;
    const { hidden, input } = sizesFrom(args, 32, 16);
    return cellFacts(cellArgument(args.cell, environment), hidden, input);
  },
};

// What is printed is a cell, and may be named like one.
const deriveEndings: Endings<Format> = { '.cell': 'text', ...endings };

const derive: Command = {
  places: { cell: [cellWords] },
  options: {
    latex: flag('Output', 'both passes as LaTeX, for a slide; --out then takes .tex or .txt'),
    ...runOptions,
    engine: otherwise(runOptions.engine, 'mathjs'),
    ...outputOptions,
    ...formatOptions(formats, deriveEndings),
  },
  examples: [
    ['unroll cell derive lstm', 'every line is an equation of the language'],
    ['unroll cell derive gru+additive', 'a cell that reads a memory: attention'],
    ['unroll cell derive gru --latex', 'for a slide'],
    ['unroll cell derive rnn | unroll cell show -', 'what is printed reads back'],
  ],
  result: async (typed) => derived(typed as unknown as OneCell),
  run: async (typed) => {
    const args = typed as unknown as OneCell & { readonly latex?: boolean };
    if (args.latex === true) {
      formatFrom(args, ['text'], { '.tex': 'text', '.txt': 'text' });
      const cell = checkedCell(args.cell, environment);
      write(`${programLatex(cell.program)}\n\n${backwardLatex(cell.backward)}\n`, args);
      return 0;
    }
    const result = await derived(args);
    const options = lookOptions(args, formatFrom(args, formats, deriveEndings));
    if (options.format !== 'text' || args.assert === true) return present(result, args);
    // The text is a program of the language and nothing else, so that it can be piped; only for reading are its lines broken.
    const toBeRead = outFrom(args) === undefined && (args.width !== undefined || process.stdout.isTTY);
    const look = toBeRead ? options : { ...options, width: Number.POSITIVE_INFINITY };
    write(result.figures.map((figure) => `${renderFigure({ ...figure, title: '' }, look)}\n`).join(''), args);
    return 0;
  },
};

const derived = (args: OneCell): Promise<Result> =>
  cellDerive(checkedCell(args.cell, environment), seedFrom(args, environment), engineFrom(args, 'mathjs'));

const check: Command = {
  places: { cells: [cellWords, 'all built-in cells'] },
  options: {
    ...sizeOptions(4, 3),
    steps: numberOption('Cell', 'T, how many steps', '5'),
    ...runOptions,
    engine: otherwise(runOptions.engine, 'mathjs'),
    ...outputOptions,
  },
  examples: [
    ['unroll cell check', 'all built-in cells'],
    ['unroll cell check mine.cell --assert', 'exit 1 when a gradient is wrong'],
  ],
  result: async (typed) => {
    const args = typed as unknown as OneCell & { readonly cells?: readonly string[]; readonly steps?: Typed };
    const cells = cellArguments(args.cells ?? [], builtInNames(), environment, { memory: true });
    return cellCheck({
      cells,
      hidden: wholeNumber('--hidden', args.hidden, 1, 32, 'every entry costs four runs of the whole sequence') ?? 4,
      input: wholeNumber('--input', args.input, 1, 32, 'every entry costs four runs of the whole sequence') ?? 3,
      steps: wholeNumber('--steps', args.steps, 1, 200, 'every entry costs four runs of the whole sequence') ?? 5,
      seed: seedFrom(args, environment),
      engine: engineFrom(args, 'mathjs'),
    });
  },
};

const run: Command = {
  places: { cell: [cellWords] },
  options: {
    vectors: {
      ...textOption('Input', 'JSON with params, initial, inputs, readout; - is standard input'),
      demandOption: true,
    },
    engine: otherwise(runOptions.engine, 'mathjs'),
    ...outputOptions,
  },
  examples: [['unroll cell run lstm --vectors numbers.json --format json', 'every value in full precision']],
  run: async (typed) => {
    const args = typed as unknown as OneCell & { readonly vectors: Typed };
    const cell = checkedCell(args.cell, environment);
    const path = once('--vectors', args.vectors)!;
    if (path === standardInput && args.cell === standardInput)
      throw new InputError('-', 'Standard input can be read only once.', {
        expected: 'one `-`',
        got: 'two',
        fix: 'put the cell or the vectors into a file',
      });
    const { text, more } = readText(path, longestVectors);
    const { given } = readVectors(cell.program, jsonOf(text, more, path), path);
    const engine = engineFrom(args, 'mathjs');
    const trace = (await engineFor(cell, engine)).gradients(given);
    const options = renderOptions(args);
    if (options.format === 'json') {
      write(`${JSON.stringify(vectorsJson(cell.program, trace))}\n`, args);
      return 0;
    }
    return present(cellRun(cell, given, trace, engine), args);
  },
};

const longestVectors = 64_000_000;

function jsonOf(text: string, more: boolean, name: string): unknown {
  if (more)
    throw new InputError(name, `${name} is too large.`, {
      expected: 'at most 64 MB of JSON',
      got: 'more than that',
      fix: 'give fewer steps',
    });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(name, `${name} is not JSON.`, {
      expected: 'an object with params, initial, inputs and readout',
      got: (error as Error).message,
      fix: 'NaN and Infinity are no JSON; a trailing comma is not allowed',
    });
  }
}

export const cellCommand: Command = {
  options: {},
  subcommands: [
    { usage: 'list', describe: 'the built-in cells, their gates and parameters', load: async () => list },
    { usage: 'show <cell>', describe: 'equations, parameters, states, first values, source', load: async () => show },
    { usage: 'derive <cell>', describe: 'the backward pass, derived as equations', load: async () => derive },
    { usage: 'check [cells..]', describe: 'every gradient against central differences', load: async () => check },
    { usage: 'run <cell>', describe: 'values, loss and gradients for given numbers', load: async () => run },
  ],
  examples: [
    ['unroll cell show lstm', 'what it is'],
    ['unroll cell derive lstm', 'its backward pass'],
  ],
};
