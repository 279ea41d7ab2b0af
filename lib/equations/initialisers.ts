// How parameters get their first values. One row a kind: what it wants, what it draws, and where it comes from.

import { log } from '../numbers/elementary.ts';
import { filled, type Matrix, matrix, zeros } from '../numbers/matrix.ts';
import { orthogonalMatrix, type Random } from '../numbers/random.ts';
import { type Initialiser, type InitialiserKind, type Program, type Sizes, shapeOf, sizedShape } from './program.ts';

interface KindOfInitialiser {
  readonly wants: string;
  readonly accepts: (args: readonly number[]) => boolean;
  /** Whether it makes sense for a matrix only. */
  readonly matrixOnly?: true;
  /** A rows×columns matrix of first values. */
  readonly draw: (rows: number, columns: number, args: readonly number[], rng: Random) => Matrix;
}

export const initialiserKinds: Readonly<Record<InitialiserKind, KindOfInitialiser>> = {
  constant: {
    wants: 'one number',
    accepts: (args) => args.length === 1,
    draw: (rows, columns, [value]) => filled(rows, columns, () => value!),
  },
  uniform: {
    wants: 'two numbers, the smaller first',
    accepts: (args) => args.length === 2 && args[0]! < args[1]!,
    draw: (rows, columns, [a, b], rng) => filled(rows, columns, () => a! + (b! - a!) * rng.uniform()),
  },
  normal: {
    wants: 'one number, the standard deviation, not negative',
    accepts: (args) => args.length === 1 && args[0]! >= 0,
    draw: (rows, columns, [deviation], rng) => filled(rows, columns, () => deviation! * rng.normal()),
  },
  // Glorot & Bengio 2010, eq. 16.
  xavier: {
    wants: 'nothing between its parentheses',
    accepts: (args) => args.length === 0,
    matrixOnly: true,
    draw: (rows, columns, _, rng) => {
      const bound = Math.sqrt(6 / (rows + columns));
      return filled(rows, columns, () => bound * (2 * rng.uniform() - 1));
    },
  },
  // Saxe, McClelland & Ganguli 2014: all singular values equal the gain.
  orthogonal: {
    wants: 'one number, the gain, or nothing for 1',
    accepts: (args) => args.length <= 1,
    matrixOnly: true,
    draw: (rows, columns, [gain = 1], rng) => {
      const q = orthogonalMatrix(rows, columns, rng);
      return matrix(
        rows,
        columns,
        q.data.map((v) => gain * v),
      );
    },
  },
  // Le, Jaitly & Hinton 2015.
  identity: {
    wants: 'one number, the value on the diagonal, or nothing for 1',
    accepts: (args) => args.length <= 1,
    matrixOnly: true,
    draw: (rows, columns, [gain = 1]) => {
      const out = zeros(rows, columns);
      for (let i = 0; i < Math.min(rows, columns); i++) out.data[i * columns + i] = gain;
      return out;
    },
  },
  // Tallec & Ollivier 2018: b_f = log U(1, T - 1) spreads the time scales of the cell from 1 to T.
  chrono: {
    wants: 'one number T above 2, the longest dependency in steps',
    accepts: (args) => args.length === 1 && args[0]! > 2,
    draw: (rows, columns, [longest], rng) => filled(rows, columns, () => log(1 + (longest! - 2) * rng.uniform())),
  },
  minus: {
    wants: 'the name of another parameter',
    accepts: () => false,
    draw: () => {
      throw new TypeError('minus mirrors another parameter and draws nothing');
    },
  },
};

/** Whether an initialiser's pattern (`b_f`, `W_*`) covers a parameter. */
export const covers = (pattern: string, parameter: string): boolean =>
  pattern.endsWith('*') ? parameter.startsWith(pattern.slice(0, -1)) : pattern === parameter;

/**
 * The initialiser of a parameter: a full name before a pattern, then the last line that covers it. None: the default. What makes
 * sense for matrices only leaves the vectors under its pattern alone.
 */
export function initialiserOf(program: Program, parameter: string): Initialiser | undefined {
  const isVector = shapeOf(program, parameter).columns === 1;
  const covering = program.initialisers.filter(
    ({ pattern, kind }) => covers(pattern, parameter) && !(isVector && initialiserKinds[kind].matrixOnly),
  );
  return covering.findLast((line) => line.pattern === parameter) ?? covering.at(-1);
}

/**
 * First values for every parameter, each from a stream of its own, so that a parameter more or less changes no other.
 * Default: uniform ±1/√H, as PyTorch's recurrent layers.
 */
export function initialValues(program: Program, sizes: Sizes, rng: Random): Map<string, Matrix> {
  const values = new Map<string, Matrix>();
  const drawn = (parameter: string, chain: readonly string[] = []): Matrix => {
    const ready = values.get(parameter);
    if (ready !== undefined) return ready;
    const { rows, columns } = sizedShape(program, parameter, sizes);
    const line = initialiserOf(program, parameter);
    const stream = rng.fork(parameter);
    let value: Matrix;
    if (line === undefined) {
      const bound = 1 / Math.sqrt(sizes.get('H') ?? rows);
      value = initialiserKinds.uniform.draw(rows, columns, [-bound, bound], stream);
    } else if (line.of !== undefined && !chain.includes(line.of)) {
      value = matrix(
        rows,
        columns,
        drawn(line.of, [...chain, parameter]).data.map((v) => -v),
      );
    } else value = initialiserKinds[line.kind].draw(rows, columns, line.args, stream);
    values.set(parameter, value);
    return value;
  };
  for (const parameter of program.parameters) drawn(parameter);
  return new Map(program.parameters.map((parameter) => [parameter, values.get(parameter)!]));
}
