// unroll bench

import type { Cell } from '../../cells/catalogue.ts';
import { InputError } from '../../equations/input-error.ts';
import { sizesFor } from '../../equations/program.ts';
import { type BenchRow, benchResult, gflopsOf, productFlops } from '../../experiments/bench-measures.ts';
import { numbersFor } from '../../experiments/cell-check.ts';
import { compile, type Kernel } from '../../kernels/kernel.ts';
import { random } from '../../numbers/random.ts';
import { cellArguments, cellWords } from '../../options/cell-argument.ts';
import { type EngineName, engineFor, engineNames } from '../../options/engine.ts';
import { oneOf } from '../../options/names.ts';
import { type Given, numberOption, textOption } from '../../options/option.ts';
import { once, type Typed, wholeNumber, wholeNumberList } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import { checkOut, outputOptions, present, renderOptions, write } from '../output.ts';
import { environment } from '../process-environment.ts';
import { microsecondsOf } from '../timing.ts';
import { refuseUnread } from '../unread.ts';

// Time is measured, not claimed: there is nothing to --assert.
const { assert: _, ...output } = outputOptions;

const options = {
  hidden: textOption('Cell', 'H, several with commas between them', '8,32'),
  input: numberOption('Cell', 'D, the size of the input', 'H'),
  steps: textOption('Run', 'T, several with commas between them', '50'),
  batch: textOption('Run', 'sequences side by side, several with commas between them', '1'),
  engine: textOption('Run', 'fast, mathjs or both', 'fast'),
  repeats: numberOption('Run', 'measurements, of which the median counts', '9'),
  ...output,
};

type BenchArguments = Given<typeof options> & { readonly cells?: readonly string[] };

export const benchCommand: Command = {
  places: { cells: [cellWords, 'lstm'] },
  options,
  examples: [
    ['unroll bench', 'the LSTM at two sizes'],
    ['unroll bench rnn gru lstm --hidden 64 --batch 1,16', 'cells, and what a batch gains'],
    ['unroll bench --engine both --hidden 8', 'compiled, and equation by equation'],
    ['unroll bench --hidden 8 --steps 1000,10000,100000', 'how the time grows with the length'],
  ],
  run: async (typed) => {
    const args = typed as unknown as BenchArguments;
    const cells = cellArguments(args.cells ?? [], ['lstm'], environment, { memory: true });
    const hiddens = wholeNumberList('--hidden', args.hidden, 1, 1024) ?? [8, 32];
    const input = wholeNumber('--input', args.input, 1, 1024);
    const lengths = wholeNumberList('--steps', args.steps, 1, 100_000) ?? [50];
    const batches = wholeNumberList('--batch', args.batch, 1, 1024) ?? [1];
    const engines = enginesFrom(args.engine);
    const repeats = wholeNumber('--repeats', args.repeats, 1, 1000) ?? 9;
    const { format } = renderOptions(args);
    checkOut(args);
    refuseUnread(args);
    if (engines.includes('mathjs') && batches.some((batch) => batch !== 1))
      throw new InputError('--batch', 'The mathjs engine runs one sequence at a time.', {
        expected: '1',
        got: batches.join(','),
        fix: 'leave --batch out, or take --engine fast',
      });
    const rows: BenchRow[] = [];
    for (const cell of cells)
      for (const hidden of hiddens)
        for (const batch of batches)
          for (const engine of engines)
            for (const steps of lengths)
              rows.push(await measured({ cell, hidden, input: input ?? hidden, steps, batch }, engine, repeats));
    if (format !== 'json') return present(benchResult(rows, repeats), args);
    write(`${JSON.stringify({ results: rows }, null, 2)}\n`, args);
    return 0;
  },
};

interface Case {
  readonly cell: Cell;
  readonly hidden: number;
  readonly input: number;
  readonly steps: number;
  readonly batch: number;
}

async function measured(given: Case, engine: EngineName, repeats: number): Promise<BenchRow> {
  const { cell, hidden, input, steps, batch } = given;
  const { works, outputs } = engine === 'fast' ? fastWorks(given) : await mathjsWorks(given);
  // mathjs needs hundreds of times as long: a run of it is a measurement.
  const limits = engine === 'fast' ? { warmUp: 60, least: 4 } : { warmUp: 40, least: 0 };
  const [forward, train] = await microsecondsOf(works, { repeats, ...limits });
  const trainMicrosecondsPerStep = train! / steps;
  return {
    cell: cell.name,
    hidden,
    input,
    steps,
    batch,
    engine,
    forwardMicrosecondsPerStep: forward! / steps,
    trainMicrosecondsPerStep,
    gflops: gflopsOf(
      productFlops(cell.program, sizesFor(cell.program, hidden, input)),
      batch,
      trainMicrosecondsPerStep,
    ),
    finite: outputs().every(Number.isFinite),
  };
}

interface Works {
  readonly works: readonly [forward: () => void, train: () => void];
  /** Of the last forward run. */
  readonly outputs: () => Float64Array;
}

/** Forward alone has a kernel of its own, compiled without the way back. Parameters count as new in every run. */
function fastWorks({ cell, hidden, input, steps, batch }: Case): Works {
  const sizes = sizesFor(cell.program, hidden, input);
  const kernel = (backward: boolean): Kernel => {
    try {
      return filled(compile(cell.program, backward ? cell.backward : undefined, sizes, { steps, batch }), hidden);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new InputError('--steps', 'This is more than fits into memory.', {
        expected: 'at most 4 GB for all values of all steps and sequences',
        got: `H ${hidden}, D ${input}, ${steps} steps, batch ${batch}`,
        fix: 'make --steps, --batch or --hidden smaller',
      });
    }
  };
  const [forward, training] = [kernel(false), kernel(true)];
  const train = () => {
    training.forward();
    training.backward();
  };
  return { works: [() => forward.forward(), train], outputs: () => forward.values(cell.program.output) };
}

/** Numbers as they are when training begins: parameters within ±1/√H, the rest within ±1. */
function filled(kernel: Kernel, hidden: number): Kernel {
  const fill = (view: Float64Array, name: string, size: number): void => {
    const rng = random(1).fork(name);
    for (let i = 0; i < view.length; i++) view[i] = size * (2 * rng.uniform() - 1);
  };
  fill(kernel.parameters, 'parameters', 1 / Math.sqrt(hidden));
  fill(kernel.inputs, 'inputs', 1);
  fill(kernel.readouts, 'readouts', 1);
  return kernel;
}

async function mathjsWorks({ cell, hidden, input, steps }: Case): Promise<Works> {
  const engine = await engineFor(cell, 'mathjs');
  const given = numbersFor(cell, hidden, input, steps, random(1));
  return {
    works: [() => void engine.forward(given), () => void engine.gradients(given)],
    outputs: () => engine.forward(given).values.get(cell.program.output)!.at(-1)!.data,
  };
}

function enginesFrom(typed: Typed): readonly EngineName[] {
  const text = once('--engine', typed) ?? 'fast';
  const names = [...engineNames, 'both'] as const;
  const engine = oneOf(text, { where: '--engine', what: 'engine', names });
  return engine === 'both' ? engineNames : [engine];
}
