// ‖∂L/∂s_t‖ at every step, for a loss v · s_T at the last one: what the charts of `gradients` draw.
// The fast engine is asked for nothing else; through mathjs everything is evaluated.

import type { Backward } from '../equations/backward.ts';
import type { Program, Sizes } from '../equations/program.ts';
import { column, type Matrix, norm, zeros } from '../numbers/matrix.ts';
import type { EngineName } from './engine.ts';

/** From parameters, T inputs and v to T norms. */
export type Fading = (params: ReadonlyMap<string, Matrix>, inputs: readonly Matrix[], v: Float64Array) => number[];

/** For the output of `program`: to follow another state, make it the output. */
export async function fadingOf(
  program: Program,
  backward: Backward,
  sizes: Sizes,
  steps: number,
  engine: EngineName,
): Promise<Fading> {
  if (engine === 'mathjs') {
    const { mathjsEngine } = await import('../equations/mathjs-engine.ts');
    const runner = mathjsEngine(backward);
    return (params, inputs, v) => {
      const last = column(v);
      const none = zeros(v.length, 1);
      const readout = inputs.map((_, t) => (t === inputs.length - 1 ? last : none));
      return runner.gradients({ params, initial: new Map(), inputs, readout }).totals.get(program.output)!.map(norm);
    };
  }
  const { compile } = await import('../kernels/kernel.ts');
  const kernel = compile(program, backward, sizes, { steps, batch: 1 });
  return (params, inputs, v) => {
    for (const [name, { data }] of params) kernel.parameter(name).set(data);
    if (kernel.inputs.length > 0)
      for (const [t, { data }] of inputs.entries()) kernel.inputs.set(data, t * data.length);
    kernel.readouts.fill(0);
    kernel.readouts.set(v, (inputs.length - 1) * v.length);
    kernel.forward();
    kernel.backward();
    return inputs.map((_, t) => norm(column(kernel.total(program.output, t))));
  };
}
