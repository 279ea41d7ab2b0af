// Evaluates equations on numbers as an exercise has them: lists by name in, lists by name out. What was last computed from the same
// numbers is kept, so that a program and a thousand mutants of it cost little more than what their edits change.

import { PlainRuns } from '../equations/evaluate.ts';
import { type PlainValue, plain } from '../equations/plain-math.ts';
import { type Dimension, givenNames, type Program, shapeOf, sizeOf } from '../equations/program.ts';
import { type Matrix, matrix, zeros } from '../numbers/matrix.ts';
import type { Value } from './value.ts';

/** Numbers by name: parameters, `x`, and `s_prev` of every state. Names that the equations do not read are passed over. */
type GivenValues = Readonly<Record<string, Value>>;

/** The equations do not go with what is given: a name that nobody gives or assigns, a size that is another. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** One step: the values of `names`, each a vector as a flat list, a matrix as a list of rows. Throws Misfit. */
export function runOnce(program: Program, given: GivenValues, names: readonly string[]): Record<string, Value> {
  const values = stepOf(program, matricesOf(program, given));
  return Object.fromEntries(names.map((name) => [name, valueAt(program, values, name)]));
}

/**
 * As many steps as there are `xs`, from the states in `given` (`h_prev`: before the first step): the values of `names`, one a step.
 * Throws Misfit.
 */
export function runSteps(
  program: Program,
  given: GivenValues,
  xs: readonly Value[],
  names: readonly string[],
): Record<string, readonly Value[]> {
  const steps = new Map(names.map((name) => [name, [] as Value[]]));
  let named = xs.length === 0 ? new Map<string, Matrix>() : matricesOf(program, { ...given, x: xs[0]! });
  for (const x of xs) {
    if (program.readsInput) named.set('x', matrixOf(x));
    const values = stepOf(program, named);
    for (const [name, list] of steps) list.push(valueAt(program, values, name));
    named = new Map(named);
    for (const state of program.states) named.set(`${state}_prev`, boxed(values.get(state)!));
  }
  return Object.fromEntries(steps);
}

/** What a program reads, of what is given. */
function matricesOf(program: Program, given: GivenValues): Map<string, Matrix> {
  return new Map(
    givenNames(program).map((name) => {
      if (!Object.hasOwn(given, name))
        throw new Misfit(`the equations read \`${name}\`; given are ${Object.keys(given).join(', ')}`);
      return [name, matrixOf(given[name]!)];
    }),
  );
}

type Named = ReadonlyMap<string, Matrix>;
type Values = ReadonlyMap<string, PlainValue>;

const stepOf = (program: Program, named: Named): Values => runsOn(program, named).values(program);

const boxed = (value: PlainValue): Matrix => (typeof value === 'number' ? matrix(1, 1, [value]) : value);

interface Kept {
  readonly program: Program;
  readonly named: Named;
  readonly runs: PlainRuns;
}

/** The latest first. As many as the steps of a short sequence. */
let kept: readonly Kept[] = [];
const mostKept = 12;

/** The runs of these very numbers, if they are among the latest; a mutant that reads fewer names goes with the rest. */
function runsOn(program: Program, named: Named): PlainRuns {
  const known = kept.find((one) => isWithin(program, named, one));
  if (known !== undefined) return known.runs;
  checkSizes(program, named);
  const runs = new PlainRuns(new Map([...named].map(([name, value]) => [name, plain(value)])));
  kept = [{ program, named, runs }, ...kept.slice(0, mostKept - 1)];
  return runs;
}

/** Whether the names have the same numbers there, and the same shapes: then the sizes have been checked. */
function isWithin(program: Program, named: Named, one: Kept): boolean {
  for (const [name, value] of named)
    if (!isSame(one.named.get(name), value) || program.shapes.get(name) !== one.program.shapes.get(name)) return false;
  return true;
}

function isSame(a: Matrix | undefined, b: Matrix): boolean {
  if (a === b) return true;
  if (a === undefined || a.rows !== b.rows || a.columns !== b.columns) return false;
  for (let i = 0; i < b.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false;
  return true;
}

/** The sizes that the numbers imply have to agree. */
function checkSizes(program: Program, given: Named): void {
  const sizes = new Map<string, number>();
  const fits = (side: Dimension, size: number): boolean => {
    if (typeof side === 'string' && !sizes.has(side)) sizes.set(side, size);
    return sizeOf(side, sizes) === size;
  };
  for (const [name, value] of given) {
    const { rows, columns } = shapeOf(program, name);
    const [down, across] = [fits(rows, value.rows), fits(columns, value.columns)];
    if (!down || !across)
      throw new Misfit(
        `\`${name}\` is given as ${value.rows}×${value.columns}; to the equations it is ${rows}×${columns}, and ${said(sizes)}`,
      );
  }
}

const said = (sizes: ReadonlyMap<string, number>): string =>
  [...sizes].map(([side, n]) => `${side} is ${n}`).join(', ');

function valueAt(program: Program, values: Values, name: string): Value {
  const value = values.get(name);
  if (value === undefined)
    throw new Misfit(`the equations give no \`${name}\`; they give ${program.equations.map((e) => e.name).join(', ')}`);
  const { rows, columns } = shapeOf(program, name);
  const { data, columns: across } = boxed(value);
  if (rows === 1 && columns === 1) return data[0]!;
  return rows === 1 || columns === 1 ? Array.from(data) : matrixRows(data, across);
}

const matrices = new WeakMap<readonly Value[], Matrix>();

/** A number as 1×1, a list of n numbers as a column n×1, a list of rows as a matrix. Throws RangeError for anything else. */
export function matrixOf(value: Value): Matrix {
  if (typeof value === 'number') return matrix(1, 1, [value]);
  if (!Array.isArray(value)) throw new RangeError(`${JSON.stringify(value)} is neither a number nor a list`);
  const list: readonly Value[] = value;
  // The same list again, which may have been changed meanwhile.
  const known = matrices.get(list);
  if (known !== undefined && isOf(known, list)) return known;
  const columns = Array.isArray(list[0]) ? list[0].length : 1;
  const out = zeros(list.length, columns);
  for (const [row, entry] of list.entries()) {
    const entries = Array.isArray(list[0]) ? entry : [entry];
    if (!Array.isArray(entries) || entries.length !== columns) throw new RangeError('rows have different lengths');
    for (let column = 0; column < columns; column++) {
      if (typeof entries[column] !== 'number') throw new RangeError('a list is of numbers or of rows');
      out.data[row * columns + column] = entries[column];
    }
  }
  matrices.set(list, out);
  return out;
}

function isOf({ rows, columns, data }: Matrix, list: readonly Value[]): boolean {
  if (list.length !== rows) return false;
  for (let row = 0; row < rows; row++) {
    const entry = list[row]!;
    if (!Array.isArray(entry)) {
      if (columns !== 1 || !Object.is(entry, data[row])) return false;
      continue;
    }
    if (entry.length !== columns) return false;
    for (let k = 0; k < columns; k++) if (!Object.is(entry[k], data[row * columns + k])) return false;
  }
  return true;
}

/** A matrix as a list of its rows. */
export function matrixRows(data: ArrayLike<number>, columns: number): number[][] {
  const rows: number[][] = [];
  for (let start = 0; start < data.length; start += columns) {
    const row: number[] = [];
    for (let i = start; i < start + columns; i++) row.push(data[i]!);
    rows.push(row);
  }
  return rows;
}
