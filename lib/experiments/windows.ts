// What is cut between two windows of truncated backpropagation? A sequence is run whole, and window by window from the states that the
// window before left: values and gradients of both, on random numbers.

import type { Cell } from '../cells/catalogue.ts';
import { initialValues } from '../equations/initialisers.ts';
import { shapeOf, sizeOf, sizesFor } from '../equations/program.ts';
import { filled, type Matrix, zeros } from '../numbers/matrix.ts';
import { random } from '../numbers/random.ts';
import { type EngineName, engineFor } from '../options/engine.ts';

export interface Apart {
  /** The largest difference between any state of both runs. */
  readonly states: number;
  /** ‖Σ over windows − whole‖ / ‖whole‖ over the gradients of all parameters. */
  readonly gradients: number;
}

export async function windowsAgainstWhole(
  cell: Cell,
  steps: number,
  window: number,
  seed: number,
  engine: EngineName,
): Promise<Apart> {
  const { program } = cell;
  const sizes = sizesFor(program, 4, 3);
  const rng = random(seed).fork('windows');
  const draw = (name: string): Matrix => {
    const { rows, columns } = shapeOf(program, name);
    return filled(sizeOf(rows, sizes), sizeOf(columns, sizes), rng.normal);
  };
  const params = initialValues(program, sizes, rng);
  const inputs = Array.from({ length: steps }, () => (program.readsInput ? draw('x') : zeros(1, 1)));
  const readout = inputs.map(() => draw(program.output));
  const runner = await engineFor(cell, engine);
  const whole = runner.gradients({ params, initial: new Map(), inputs, readout });

  const sum = new Map(program.parameters.map((name) => [name, new Float64Array(params.get(name)!.data.length)]));
  let [initial, states] = [new Map<string, Matrix>(), 0];
  for (let from = 0; from < steps; from += window) {
    const part = runner.gradients({
      params,
      initial,
      inputs: inputs.slice(from, from + window),
      readout: readout.slice(from, from + window),
    });
    for (const [name, total] of sum) part.params.get(name)!.data.forEach((v, i) => void (total[i]! += v));
    for (const state of program.states)
      for (const [t, { data }] of part.values.get(state)!.entries())
        data.forEach((v, i) => {
          states = Math.max(states, Math.abs(v - whole.values.get(state)![from + t]!.data[i]!));
        });
    initial = new Map(program.states.map((state) => [state, part.values.get(state)!.at(-1)!]));
  }
  let [apart, size] = [0, 0];
  for (const [name, total] of sum)
    whole.params.get(name)!.data.forEach((v, i) => {
      apart += (total[i]! - v) * (total[i]! - v);
      size += v * v;
    });
  return { states, gradients: Math.sqrt(apart / size) };
}
