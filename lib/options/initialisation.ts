// How a cell is initialised: its size and first values, and the options that say so: --hidden, --init, --forget-bias, --radius.

import type { Cell } from '../cells/catalogue.ts';
import { initialValues } from '../equations/initialisers.ts';
import { InputError } from '../equations/input-error.ts';
import { type Initialiser, type InitialiserKind, type Program, type Sizes, shapeOf } from '../equations/program.ts';
import type { Matrix } from '../numbers/matrix.ts';
import type { Random } from '../numbers/random.ts';
import { scaleMatrix, spectralRadius } from '../numbers/spectrum.ts';
import type { Json } from '../render/result.ts';
import type { InputSequence } from './input-sequence.ts';
import { readName } from './names.ts';
import { type Given, type Group, group, numberOption, textOption } from './option.ts';
import { numberList, once, realNumber, type Typed, wholeNumber } from './typed.ts';

/** How first values are chosen beside the cell's own initialisers. */
export interface StartOptions {
  /** H */
  readonly hidden: number;
  /** Replaces the initialiser of every matrix from H to H. */
  readonly init?: RecurrentInit | undefined;
  /** Replaces the initialiser of b_f: a number, or chrono for the length T. */
  readonly forgetBias?: number | { readonly chrono: number } | undefined;
  /** Scales every matrix from H to H to this spectral radius. */
  readonly radius?: number | undefined;
}

export const recurrentInits = ['uniform', 'orthogonal', 'identity', 'xavier', 'normal'] as const;
type RecurrentInit = (typeof recurrentInits)[number];

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
      if (radius > 0) values.set(parameter, scaleMatrix(value, options.radius / radius));
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

/** `hidden`: H where it is not given. */
export const startOptions = (hidden: number | string) => ({
  hidden: numberOption('Cell', 'H, how many units', String(hidden)),
  init: textOption('Cell', `how H×H matrices start: ${recurrentInits.join(', ')}`, 'as the cell says'),
  'forget-bias': textOption('Cell', 'where b_f starts: a number, or chrono', 'as the cell says'),
});

export const radiusOption = { radius: textOption('Cell', 'a line for each spectral radius: .5,.9,1,1.1') };

export type StartArguments = Given<ReturnType<typeof startOptions>>;
export type HiddenArguments = Pick<StartArguments, 'hidden'>;

/** H */
export const hiddenFrom = ({ hidden }: HiddenArguments, otherwise: number): number =>
  wholeNumber('--hidden', hidden, 1, 512, 'more is slow and fills no screen') ?? otherwise;

/** `steps` is the length that `--forget-bias chrono` prepares for. */
export function startFrom(args: StartArguments, steps: number, otherwise = 16): StartOptions {
  const naming = { where: '--init', what: 'initialiser for matrices called', names: recurrentInits };
  const init = readName(args.init, naming);
  const bias = once('--forget-bias', args.forgetBias);
  const forgetBias =
    bias === 'chrono' ? { chrono: Math.max(3, steps) } : realNumber('--forget-bias', bias, -1000, 1000);
  return { hidden: hiddenFrom(args, otherwise), init, forgetBias };
}

export const radiiFrom = (typed: Typed): number[] | undefined => numberList('--radius', typed, 0, 100);

/** The initialisation of cells that read a sequence. `hidden`: H where it is not given. */
export const initialisation = (
  hidden: number,
): Group<StartOptions, { readonly cells: readonly Cell[]; readonly sequence: InputSequence }> =>
  group({
    options: startOptions(hidden),
    read(args, { cells, sequence }) {
      const start = startFrom(args, sequence.inputs.length, hidden);
      checkStart(cells, start);
      return start;
    },
    json: startJson,
  });

/** A cell and its initialisation: one line of a chart. */
export interface InitialisedCell {
  readonly name: string;
  readonly cell: Cell;
  readonly start: StartOptions;
}

/** With `radii` every cell once for each spectral radius. */
export const initialisedCells = (
  cells: readonly Cell[],
  start: StartOptions,
  radii: readonly number[] | undefined,
  nameAt: (cell: Cell, radius: number) => string,
): InitialisedCell[] =>
  cells.flatMap((cell): InitialisedCell[] =>
    radii === undefined
      ? [{ name: cell.name, cell, start }]
      : radii.map((radius) => ({ name: nameAt(cell, radius), cell, start: { ...start, radius } })),
  );

/** The fan: one line for each spectral radius instead of the cell as it starts. */
export const spectralRadii: Group<
  readonly number[] | undefined,
  { readonly cells: readonly Cell[]; readonly start: StartOptions }
> = group({
  options: radiusOption,
  read({ radius }, { cells, start }) {
    const radii = radiiFrom(radius);
    checkStart(cells, radii === undefined ? start : { ...start, radius: radii[0] });
    return radii;
  },
});
