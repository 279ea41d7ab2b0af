// A linear recurrence, once step by step and once by a scan, on the numbers of a real run. Coefficient and offset are equations, taken
// from those of the cell and evaluated for all steps at once.

import type { Cell } from '../../cells/catalogue.ts';
import { type Component, components } from '../../equations/dependence.ts';
import { type Expression, namesIn } from '../../equations/expression.ts';
import { FreshNames } from '../../equations/fresh-names.ts';
import { linearityOf } from '../../equations/linearity.ts';
import { type Equation, type Program, shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { compile, type Kernel } from '../../kernels/kernel.ts';
import { filled } from '../../numbers/matrix.ts';
import { random } from '../../numbers/random.ts';
import { linearScan, type ScanName } from '../../numbers/scan.ts';
import { startValues } from '../../options/initialisation.ts';

/** A state of a cell that a scan can run: state = a .* state_prev + u. */
export interface LinearState {
  readonly state: string;
  readonly a: Expression;
  readonly u: Expression;
}

/** Of all loops of a cell those that are linear, entry by entry. */
export function linearStates({ program }: Cell): LinearState[] {
  return components(program).flatMap((part) => {
    const linearity = part.states.length === 0 ? undefined : linearityOf(program, part);
    if (linearity?.kind !== 'elementwise') return [];
    return [{ state: part.states[0]!, a: linearity.coefficient, u: linearity.offset }];
  });
}

export interface ScanRun {
  /** max |scan − step by step| over all entries of all steps. */
  readonly error: number;
  /** max |state|, to hold the error against. */
  readonly largest: number;
  readonly levels: number;
  readonly combined: number;
}

interface ScanRunOptions {
  readonly steps: number;
  readonly hidden: number;
  readonly input: number;
  readonly seed: number;
  readonly scan: ScanName;
}

/** Runs a cell from random parameters, inputs and first states with the fast engine, and its linear state again by a scan. */
export function scanAgainstLoop(cell: Cell, linear: LinearState, options: ScanRunOptions): ScanRun {
  const { program } = cell;
  const { steps, hidden, input } = options;
  const sizes = sizesFor(program, hidden, input);
  const rng = random(options.seed).fork('scan');
  const parameters = startValues(cell, sizes, { hidden }, rng.fork('parameters'));
  const width = program.readsInput ? sizeOf(shapeOf(program, 'x').rows, sizes) : 0;
  const inputs = filled(steps, width, rng.fork('inputs').normal).data;
  const starts = new Map(
    program.states.map((state) => [
      state,
      filled(sizeOf(shapeOf(program, state).rows, sizes), 1, rng.fork(state).normal).data,
    ]),
  );
  const run = (of: Program): Kernel => {
    const kernel = compile(of, undefined, sizes, { steps, batch: 1 });
    for (const name of of.parameters) kernel.parameter(name).set(parameters.get(name)!.data);
    for (const state of of.states) kernel.initial(state).set(starts.get(state)!);
    kernel.inputs.set(inputs.subarray(0, kernel.inputs.length));
    kernel.forward();
    return kernel;
  };

  const loop = run(program).values(linear.state);
  const { program: parts, a, u } = partsProgram(program, linear);
  const kernel = run(parts);
  const spread = (name: string) => spreadOver(kernel.values(name), loop.length);
  const { states, levels, combined } = linearScan(options.scan, spread(a), spread(u), starts.get(linear.state)!);
  let [error, largest] = [0, 0];
  for (const [i, value] of loop.entries()) {
    error = Math.max(error, Math.abs(value - states[i]!));
    largest = Math.max(largest, Math.abs(value));
  }
  return { error, largest, levels, combined };
}

/** A scalar coefficient serves every entry of its step. */
function spreadOver(values: Float64Array, length: number): Float64Array {
  if (values.length === length) return values;
  const width = length / values.length;
  return Float64Array.from({ length }, (_, i) => values[Math.floor(i / width)]!);
}

/** The equations that come before a linear state, and its coefficient and offset as equations of their own: no loop over that state is left. */
function partsProgram(program: Program, { state, a, u }: LinearState): { program: Program; a: string; u: string } {
  const all = components(program);
  const at = all.findIndex(({ states }) => states.includes(state));
  const before = all.slice(0, at).flatMap((part: Component) => part.equations);
  const kept = program.equations.filter((equation) => before.includes(equation));
  const fresh = new FreshNames(program.shapes.keys());
  const names = { a: fresh.take('a'), u: fresh.take('u') };
  const equations: Equation[] = [...kept, { name: names.a, value: a, line: 0 }, { name: names.u, value: u, line: 0 }];
  const read = new Set(equations.flatMap(({ value }) => [...namesIn(value)]));
  return {
    program: {
      ...program,
      equations,
      states: program.states.filter((other) => kept.some(({ name }) => name === other)),
      output: names.u,
      parameters: program.parameters.filter((name) => read.has(name)),
      readsInput: read.has('x'),
      shapes: new Map([
        ...program.shapes,
        ...Object.values(names).map((name) => [name, shapeOf(program, state)] as const),
      ]),
    },
    ...names,
  };
}
