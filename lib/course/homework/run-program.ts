// Evaluates equations on numbers as an exercise has them: lists by name in, lists by name out. Kernels are compiled once for each
// program and its sizes and kept as long as the program is: a thousand evaluations cost little more than the copying.

import { type Dimension, type Program, shapeOf, sizeOf } from '../../equations/program.ts';
import type { Kernel } from '../../kernels/kernel.ts';
import { compile } from '../../kernels/kernel.ts';
import { type Matrix, matrix } from '../../numbers/matrix.ts';
import type { Value } from './value.ts';

/** Numbers by name: parameters, `x`, and `s_prev` of every state. Names that the equations do not read are passed over. */
export type Given = Readonly<Record<string, Value>>;

/** The equations do not go with what is given: a name that nobody gives or assigns, a size that is another. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** One step: the values of `names`, each a vector as a flat list, a matrix as a list of rows. Throws Misfit. */
export function runOnce(program: Program, given: Given, names: readonly string[]): Record<string, Value> {
  const { kernel, sizes } = ran(program, given, undefined);
  return Object.fromEntries(names.map((name) => [name, valueAt(program, kernel, sizes, name, 0)]));
}

/**
 * As many steps as there are `xs`, from the states in `given` (`h_prev`: before the first step): the values of `names`, one a step.
 * Throws Misfit.
 */
export function runSteps(
  program: Program,
  given: Given,
  xs: readonly Value[],
  names: readonly string[],
): Record<string, readonly Value[]> {
  if (xs.length === 0) return Object.fromEntries(names.map((name) => [name, []]));
  const { kernel, sizes } = ran(program, given, xs);
  return Object.fromEntries(
    names.map((name) => [name, xs.map((_, t) => valueAt(program, kernel, sizes, name, t))] as const),
  );
}

interface Kept {
  readonly kernel: Kernel;
  readonly sizes: ReadonlyMap<string, number>;
}

const kernels = new WeakMap<Program, Map<string, Kept>>();

/** A kernel that has run on these numbers. It is the next caller's too: whoever wants a number of it copies it at once. */
function ran(program: Program, given: Given, xs: readonly Value[] | undefined): Kept {
  const inputs = xs ?? (given.x === undefined ? [] : [given.x]);
  const steps = Math.max(1, inputs.length);
  const [params, states] = [program.parameters, program.states].map((names, isState) =>
    names.map((name) => ({ name, value: wanted(given, isState === 1 ? `${name}_prev` : name) })),
  ) as [Named[], Named[]];
  if (program.readsInput && inputs.length === 0) wanted(given, 'x');
  const columns = program.readsInput ? inputs.map(matrixOf) : [];
  const kept = kernelFor(program, steps, [...params, ...states, ...columns.map((value) => ({ name: 'x', value }))]);
  const { kernel } = kept;
  for (const { name, value } of params) kernel.parameter(name).set(value.data);
  for (const { name, value } of states) kernel.initial(name).set(value.data);
  for (const [t, { data }] of columns.entries()) kernel.inputs.set(data, t * data.length);
  kernel.forward({ steps });
  return kept;
}

interface Named {
  readonly name: string;
  readonly value: Matrix;
}

function wanted(given: Given, name: string): Matrix {
  if (!Object.hasOwn(given, name))
    throw new Misfit(`the equations read \`${name}\`; given are ${Object.keys(given).join(', ')}`);
  return matrixOf(given[name]!);
}

function kernelFor(program: Program, steps: number, given: readonly Named[]): Kept {
  const sizes = sizesFrom(program, given);
  const key = [...sizes].flat().join(' ');
  const ofProgram = kernels.get(program) ?? new Map<string, Kept>();
  kernels.set(program, ofProgram);
  const known = ofProgram.get(key);
  if (known !== undefined && known.kernel.steps >= steps) return known;
  for (const [name, { rows, columns }] of program.shapes)
    for (const side of [rows, columns])
      if (typeof side === 'string' && !sizes.has(side))
        throw new Misfit(`nothing that is given says how long ${side} is, a side of \`${name}\``);
  const made = { kernel: compile(program, undefined, sizes, { steps, batch: 1 }), sizes };
  ofProgram.set(key, made);
  return made;
}

/** The sizes that the numbers imply, which have to agree. */
function sizesFrom(program: Program, given: readonly Named[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { name, value } of given) {
    const { rows, columns } = shapeOf(program, name);
    const fits = (side: Dimension, size: number): boolean => {
      if (typeof side === 'string' && !sizes.has(side)) sizes.set(side, size);
      return sizeOf(side, sizes) === size;
    };
    const [down, across] = [fits(rows, value.rows), fits(columns, value.columns)];
    if (!down || !across)
      throw new Misfit(
        `\`${name}\` is given as ${value.rows}×${value.columns}; to the equations it is ${rows}×${columns}, and ${said(sizes)}`,
      );
  }
  return sizes;
}

const said = (sizes: ReadonlyMap<string, number>): string =>
  [...sizes].map(([side, n]) => `${side} is ${n}`).join(', ');

function valueAt(program: Program, kernel: Kernel, sizes: ReadonlyMap<string, number>, name: string, t: number): Value {
  if (!program.equations.some((equation) => equation.name === name))
    throw new Misfit(`the equations give no \`${name}\`; they give ${program.equations.map((e) => e.name).join(', ')}`);
  const data = kernel.value(name, t);
  const { rows, columns } = shapeOf(program, name);
  if (rows === 1 && columns === 1) return data[0]!;
  return columns === 1 || rows === 1 ? Array.from(data) : rowsOf(data, sizeOf(columns, sizes));
}

/** A number as 1×1, a list of n numbers as a column n×1, a list of rows as a matrix. Throws RangeError for anything else. */
export function matrixOf(value: Value): Matrix {
  if (typeof value === 'number') return matrix(1, 1, [value]);
  if (!Array.isArray(value)) throw new RangeError(`${JSON.stringify(value)} is neither a number nor a list`);
  const isMatrix = Array.isArray(value[0]);
  const data = (isMatrix ? value.flat() : value) as number[];
  if (data.some((entry) => typeof entry !== 'number')) throw new RangeError('a list is of numbers or of rows');
  return matrix(value.length, isMatrix ? value[0].length : 1, data);
}

/** A matrix as a list of its rows. */
export function rowsOf(data: ArrayLike<number>, columns: number): number[][] {
  const all = Array.from(data);
  return Array.from({ length: all.length / columns }, (_, row) => all.slice(row * columns, (row + 1) * columns));
}
