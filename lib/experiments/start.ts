// A cell with sizes and first values, ready to run: what `states`, `gates` and `gradients` have in common.

import type { Cell } from '../cells/catalogue.ts';
import { initialValues } from '../equations/initialisers.ts';
import { InputError } from '../equations/input-error.ts';
import { type Initialiser, type InitialiserKind, type Program, type Sizes, shapeOf } from '../equations/program.ts';
import type { Matrix } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';
import { scaled, spectralRadius } from '../numbers/spectrum.ts';
import type { Json } from '../render/result.ts';

/** How first values are chosen beside the cell's own initialisers. */
export interface StartOptions {
  /** H */
  readonly hidden: number;
  /** Replaces the initialiser of every matrix from H to H. */
  readonly init?: RecurrentInit;
  /** Replaces the initialiser of b_f: a number, or chrono for the length T. */
  readonly forgetBias?: number | { readonly chrono: number };
  /** Scales every matrix from H to H to this spectral radius. */
  readonly radius?: number;
}

export const recurrentInits = ['uniform', 'orthogonal', 'identity', 'xavier', 'normal'] as const;
export type RecurrentInit = (typeof recurrentInits)[number];

/** The start options as a Result lists them. */
export const startJson = ({ hidden, init, forgetBias, radius }: StartOptions): { [name: string]: Json } => ({
  hidden,
  ...(init === undefined ? {} : { init }),
  ...(forgetBias === undefined ? {} : { forgetBias: typeof forgetBias === 'number' ? forgetBias : 'chrono' }),
  ...(radius === undefined ? {} : { radius }),
});

export const isRecurrent = (program: Program, parameter: string): boolean => {
  const { rows, columns } = shapeOf(program, parameter);
  return rows === 'H' && columns === 'H';
};

/** First values of every parameter of a cell. Throws InputError where an option does not apply to it. */
export function startValues(cell: Cell, sizes: Sizes, options: StartOptions, rng: Random): Map<string, Matrix> {
  const program = withInitialisers(cell, options);
  const values = initialValues(program, sizes, rng);
  if (options.radius !== undefined)
    for (const parameter of recurrentMatrices(cell)) {
      const value = values.get(parameter)!;
      const radius = spectralRadius(value);
      if (radius > 0) values.set(parameter, scaled(value, options.radius / radius));
    }
  return values;
}

/** Options that replace lines of the text become lines of the text: the last line that names a parameter counts. */
function withInitialisers(cell: Cell, options: StartOptions): Program {
  const { program } = cell;
  const added: Initialiser[] = [];
  const add = (pattern: string, kind: InitialiserKind, args: readonly number[]) =>
    added.push({ pattern, kind, args, line: 0 });
  if (options.init !== undefined) {
    const deviation = 1 / Math.sqrt(options.hidden);
    const args = { uniform: [-deviation, deviation], normal: [deviation], orthogonal: [], identity: [], xavier: [] };
    for (const parameter of recurrentMatrices(cell)) add(parameter, options.init, args[options.init]);
  }
  if (options.forgetBias !== undefined) {
    if (typeof options.forgetBias === 'number') add('b_f', 'constant', [options.forgetBias]);
    else add('b_f', 'chrono', [options.forgetBias.chrono]);
  }
  return { ...program, initialisers: [...program.initialisers, ...added] };
}

function recurrentMatrices(cell: Cell): string[] {
  return cell.program.parameters.filter((p) => isRecurrent(cell.program, p));
}

/** Whether --forget-bias means anything to a cell. */
export const hasForgetBias = (cell: Cell): boolean => cell.program.parameters.includes('b_f');

/** Throws InputError when none of the cells has what an option sets: an option that does nothing is a mistake. */
export function checkStart(cells: readonly Cell[], options: StartOptions): void {
  if (options.forgetBias !== undefined && !cells.some(hasForgetBias))
    throw new InputError('--forget-bias', `${listed(cells)} no parameter \`b_f\`, so there is no forget bias to set.`, {
      expected: 'a cell with a forget gate and its bias `b_f`',
      got: cells.map((c) => c.name).join(', '),
      fix: 'add one, for instance `lstm`, or take the option out',
    });
  const wantsMatrix = options.init !== undefined || options.radius !== undefined;
  if (wantsMatrix && !cells.some((cell) => recurrentMatrices(cell).length > 0))
    throw new InputError(
      options.init === undefined ? '--radius' : '--init',
      `${listed(cells)} no matrix from H to H, so there is nothing to set.`,
      {
        expected: 'a cell with a recurrent matrix, such as W_h',
        got: cells.map((c) => c.name).join(', '),
        fix: 'add one, for instance `rnn`, or take the option out',
      },
    );
}

const listed = (cells: readonly Cell[]): string =>
  cells.length === 1 ? `${cells[0]!.name} has` : `${cells.map((c) => c.name).join(', ')} have`;
