// Is the derived backward pass right? Every gradient of every cell against central differences.

import type { Cell } from '../cells/catalogue.ts';
import { checkingGradients, type GradientCheck, type GradientEntry } from '../equations/gradient-check.ts';
import { type Shape, shapeOf, sizeOf, sizesFor } from '../equations/program.ts';
import type { Engine, EngineInputs } from '../equations/trace.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { type Random, random } from '../numbers/random.ts';
import { type EngineName, engineFor } from '../options/engine.ts';
import type { Result } from '../render/result.ts';
import { claim } from './kit/claim.ts';
import { breathe } from './kit/seeds.ts';
import { firstNonFinite, nonFiniteNotes, nonFiniteSays } from './non-finite.ts';
import { left, right } from './table-columns.ts';

interface CellCheckOptions {
  readonly cells: readonly Cell[];
  readonly hidden: number;
  readonly input: number;
  readonly steps: number;
  readonly seed: number;
  readonly engine: EngineName;
}

/** The largest relative error that a right gradient shows here. */
const bound = 1e-7;

export async function cellCheck({ cells, hidden, input, steps, seed, engine }: CellCheckOptions): Promise<Result> {
  const checks = [];
  for (const cell of cells) {
    const runner = await engineFor(cell, engine);
    const given = numbersFor(cell, hidden, input, steps, random(seed));
    const check = await checked(runner, given);
    checks.push({
      cell,
      check,
      first: Number.isNaN(check.worst.error) ? firstNonFinite(cell.backward, given) : undefined,
    });
  }
  return {
    unroll: 1,
    experiment: 'cell check',
    question: cells.length === 1 ? `Are the gradients of ${cells[0]!.name} right?` : 'Are the gradients right?',
    options: { cells: cells.map((c) => c.name), hidden, input, steps, engine },
    seed,
    figures: [
      {
        kind: 'table',
        title: 'Each gradient against central differences: the worst entry of a cell',
        columns: [...left('cell'), ...right('entries', 'worst error'), ...left('at')],
        rows: checks.map(({ cell, check: { worst, entries } }) => [
          cell.name,
          String(entries),
          worst.error,
          placeOf(worst),
        ]),
      },
      ...(checks.length === 1 ? [tensorTable(checks[0]!.check.worstOf)] : []),
    ],
    claims: [
      claim(
        'gradients',
        `the worst relative error${checks.length > 1 ? ` of all ${checks.length} cells` : ''} is below ${bound}`,
        worstOf(checks.map(({ check }) => check.worst.error)),
        '<',
        bound,
      ),
    ],
    notes: [
      ...checks.flatMap(({ cell, check, first }) =>
        Number.isNaN(check.worst.error)
          ? nonFiniteNotes(cell.name, [first === undefined ? 'the differences overflow' : nonFiniteSays(first)], seed)
          : [],
      ),
      'The relative error is |a − n| / max(1e-8, |a| + |n|). Random parameters, inputs, first states and a random loss Σ r_t · h_t.',
    ],
    next: {
      says: 'See the equations that were checked',
      command: `unroll cell derive ${cells[0]?.typed ?? 'lstm'}`,
    },
  };
}

/** A check that hears Ctrl-C. */
export async function checked(runner: Engine, given: EngineInputs): Promise<GradientCheck> {
  const checking = checkingGradients(runner, given);
  for (;;) {
    const { done, value } = checking.next();
    if (done === true) return value;
    await breathe();
  }
}

/** NaN is worse than any number. */
const worstOf = (errors: readonly number[]): number => (errors.some(Number.isNaN) ? Number.NaN : Math.max(...errors));

function tensorTable(entries: readonly GradientEntry[]): Result['figures'][number] {
  return {
    kind: 'table',
    title: 'The worst entry of each gradient',
    columns: [...left('of'), ...right('worst error'), ...left('at'), ...right('derived', 'differences')],
    rows: entries.map((entry) => [entry.of, entry.error, placeOf(entry), entry.analytic, entry.numeric]),
  };
}

const placeOf = ({ of, at }: GradientEntry): string =>
  `${of}[${at.row}${at.column > 1 || !['x', '_0'].some((end) => of.endsWith(end)) ? `,${at.column}` : ''}]${at.step === undefined ? '' : ` at t=${at.step}`}`;

/** Standard normal inputs and readouts; parameters of half that size, so that nothing saturates. */
export function numbersFor({ program }: Cell, hidden: number, input: number, steps: number, rng: Random): EngineInputs {
  const sizes = sizesFor(program, hidden, input);
  const draw = ({ rows, columns }: Shape, scale: number, stream: Random): Matrix => {
    const [r, c] = [sizeOf(rows, sizes), sizeOf(columns, sizes)];
    return { rows: r, columns: c, data: Float64Array.from({ length: r * c }, () => scale * stream.normal()) };
  };
  const each = (shape: Shape, name: string) =>
    Array.from({ length: steps }, (_, t) => draw(shape, 1, rng.fork(`${name} ${t}`)));
  return {
    params: new Map(program.parameters.map((p) => [p, draw(shapeOf(program, p), 0.5, rng.fork(p))])),
    initial: new Map(program.states.map((s) => [s, draw(shapeOf(program, s), 0.5, rng.fork(`initial ${s}`))])),
    inputs: each(program.shapes.get('x') ?? { rows: 1, columns: 1 }, 'inputs'),
    readout: each(shapeOf(program, program.output), 'readout'),
  };
}
