// Numbers for a cell from JSON and back: `params`, `initial`, `inputs`, `readout`, as PyTorch's vectors in fixtures/oracle have them.

import { counted } from '../numbers/counted.ts';
import type { Matrix } from '../numbers/matrix.ts';
import { InputError } from './input-error.ts';
import { shapeLabel } from './print.ts';
import { type Dimension, type Program, type Shape, shapeOf } from './program.ts';
import type { EngineInputs, Gradients, Trace } from './trace.ts';

/**
 * Checks vectors against a program. Throws InputError naming the entry that is missing, has another size or is no number.
 * Returns what an engine wants, and the sizes that the numbers imply.
 */
export function readVectors(
  program: Program,
  json: unknown,
  where: string,
): { given: EngineInputs; sizes: Map<string, number> } {
  const fail = (says: string, mend: string, expected?: string, got?: string): never => {
    throw new InputError(where, says, { expected, got, fix: mend });
  };
  if (!isRecord(json))
    return fail('This is not an object of vectors.', 'give an object with params, initial, inputs and readout');
  const sizes = new Map<string, number>();
  const settle = (dimension: Dimension, size: number, entry: string): void => {
    const known = typeof dimension === 'number' ? dimension : sizes.get(dimension);
    if (known === undefined) sizes.set(String(dimension), size);
    else if (known !== size)
      fail(`\`${entry}\` has the wrong size.`, `check the size of \`${entry}\``, `${dimension} = ${known}`, `${size}`);
  };
  const matrixOf = (value: unknown, shape: Shape, entry: string): Matrix => {
    const rows = rowsOf(value, shape);
    if (rows === undefined)
      return fail(
        `\`${entry}\` is not ${wordsFor(shape)}.`,
        'numbers only: NaN, null and rows of different lengths are refused',
        shapeLabel(shape),
        excerpt(value),
      );
    settle(shape.rows, rows.length, entry);
    settle(shape.columns, rows[0]?.length ?? 0, entry);
    return { rows: rows.length, columns: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
  };

  const params = entriesOf(json.params);
  if (params === undefined) return fail('`params` is missing.', 'add an object with a value for every parameter');
  const given = new Map<string, Matrix>();
  for (const parameter of program.parameters) {
    const value = params.get(parameter);
    if (value === undefined)
      return fail(
        `\`params\` has no \`${parameter}\`.`,
        `add it, of shape ${shapeLabel(shapeOf(program, parameter))}`,
        program.parameters.join(', '),
        [...params.keys()].join(', '),
      );
    given.set(parameter, matrixOf(value, shapeOf(program, parameter), `params.${parameter}`));
  }
  for (const extra of params.keys())
    if (!program.parameters.includes(extra))
      return fail(
        `\`params.${extra}\` is no parameter of this cell.`,
        'take it out, or check the name',
        program.parameters.join(', '),
        extra,
      );

  if (!Array.isArray(json.inputs)) return fail('`inputs` is missing.', 'add one row of numbers a step');
  const shapeOfInput: Shape = program.shapes.get('x') ?? { rows: 'D', columns: 1 };
  const inputs = json.inputs.map((row, t) => matrixOf(row, shapeOfInput, `inputs[${t}]`));
  if (inputs.length === 0) return fail('`inputs` is empty.', 'give at least one step');

  const initial = new Map<string, Matrix>();
  const initials = json.initial === undefined ? new Map<string, unknown>() : entriesOf(json.initial);
  if (initials === undefined) return fail('`initial` is not an object.', 'give a row of numbers for every state');
  for (const [state, value] of initials) {
    if (!program.states.includes(state))
      return fail(
        `\`initial.${state}\` is no state of this cell.`,
        'take it out, or check the name',
        program.states.join(', ') || 'no state',
        state,
      );
    initial.set(state, matrixOf(value, shapeOf(program, state), `initial.${state}`));
  }

  const readouts = json.readout ?? [];
  if (!Array.isArray(readouts) || (readouts.length > 0 && readouts.length !== inputs.length))
    return fail(
      '`readout` and `inputs` differ in length.',
      'give one readout a step',
      counted(inputs.length, 'row'),
      Array.isArray(readouts) ? `${readouts.length}` : excerpt(readouts),
    );
  const readout = readouts.map((row, t) => matrixOf(row, shapeOf(program, program.output), `readout[${t}]`));
  return { given: { params: given, initial, inputs, readout }, sizes };
}

/** `{values, loss, gradients}` as nested arrays: the keys are those of PyTorch's vectors, `h_0` for the first state included. */
export function vectorsJson(program: Program, trace: Trace & Gradients): Record<string, unknown> {
  const asShape = (name: string) => (m: Matrix) => nested(m, shapeOf(program, name));
  const gradients: [string, unknown][] = [...trace.params].map(([name, m]) => [name, asShape(name)(m)]);
  if (trace.inputs !== undefined) gradients.push(['x', trace.inputs.map(asShape('x'))]);
  for (const [state, m] of trace.initial) gradients.push([`${state}_0`, asShape(state)(m)]);
  gradients.push([program.output, trace.totals.get(program.output)!.map(asShape(program.output))]);
  return {
    values: Object.fromEntries([...trace.values].map(([name, steps]) => [name, steps.map(asShape(name))])),
    loss: trace.loss,
    gradients: Object.fromEntries(gradients),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const entriesOf = (value: unknown): Map<string, unknown> | undefined =>
  isRecord(value) ? new Map(Object.entries(value)) : undefined;
const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A column may be written flat, a scalar as a bare number. */
function rowsOf(value: unknown, shape: Shape): number[][] | undefined {
  if (isFiniteNumber(value)) return [[value]];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every(isFiniteNumber)) return shape.columns === 1 ? value.map((v) => [v]) : [value];
  const rows = value as unknown[];
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  const fits = rows.every((row) => Array.isArray(row) && row.length === width && row.every(isFiniteNumber));
  return fits && width > 0 ? (rows as number[][]) : undefined;
}

const wordsFor = (shape: Shape): string => (shape.columns === 1 ? 'a row of numbers' : 'a matrix (rows of numbers)');
const excerpt = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** A column flat, a matrix as its rows. */
function nested(m: Matrix, shape: Shape): number[] | number[][] {
  if (shape.columns === 1) return Array.from(m.data);
  return Array.from({ length: m.rows }, (_, r) => Array.from(m.data.subarray(r * m.columns, (r + 1) * m.columns)));
}
