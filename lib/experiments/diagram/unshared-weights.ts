// Is the unrolled net a deep net with shared weights? T copies are written out as one program, every copy with weights of its own,
// and differentiated: the gradient of the shared weight must be the sum over the copies.

import type { Cell } from '../../cells/catalogue.ts';
import { derive } from '../../equations/derive.ts';
import { apply, type Expression, name } from '../../equations/expression.ts';
import { initialValues } from '../../equations/initialisers.ts';
import { type Equation, type Program, type Shape, shapeOf, sizeOf, sizesFor } from '../../equations/program.ts';
import { column, type Matrix } from '../../numbers/matrix.ts';
import { random } from '../../numbers/random.ts';
import { type EngineName, engineFor } from '../../options/engine.ts';
import { firstNonFinite, nonFiniteSays } from '../non-finite.ts';

const copy = (text: string, step: number): string => `${text}_at_${step}`;
const loss = 'loss_of_all';

/**
 * One step of a program that holds `steps` copies of the cell, one above the other: `f_at_2` reads `W_f_at_2` and `h_at_1`.
 * Its output is the scalar Σ_t r_t' * h_t.
 */
export function unsharedProgram(program: Program, steps: number): Program {
  const equations: Equation[] = [];
  const shapes = new Map<string, Shape>([[loss, { rows: 1, columns: 1 }]]);
  const parameters: string[] = [];
  const give = (text: string, shape: Shape): void => {
    if (!shapes.has(text)) parameters.push(text);
    shapes.set(text, shape);
  };
  const assigned = new Set(program.equations.map((e) => e.name));
  for (let t = 1; t <= steps; t++) {
    const rename = (text: string): string => {
      const state = program.states.find((s) => `${s}_prev` === text);
      if (state !== undefined) return copy(state, t - 1);
      return copy(text, t);
    };
    for (const state of program.states) if (t === 1) give(copy(state, 0), shapeOf(program, state));
    for (const equation of program.equations) {
      const value = renamed(equation.value, rename, (original, text) => {
        if (!assigned.has(original) && !shapes.has(text)) give(text, shapeOf(program, original));
      });
      shapes.set(copy(equation.name, t), shapeOf(program, equation.name));
      equations.push({ name: copy(equation.name, t), value, line: 0 });
    }
    give(copy('readout', t), shapeOf(program, program.output));
  }
  const terms = Array.from(
    { length: steps },
    (_, i): Expression => apply('sum', apply('times', name(copy('readout', i + 1)), name(copy(program.output, i + 1)))),
  );
  equations.push({ name: loss, value: terms.reduce((a, b) => apply('add', a, b)), line: 0 });
  return {
    heading: [],
    equations,
    states: [],
    output: loss,
    readsInput: false,
    parameters,
    shapes,
    initialisers: [],
    declarations: new Map([...shapes].filter(([text]) => parameters.includes(text))),
    warnings: [],
  };
}

function renamed(
  e: Expression,
  rename: (text: string) => string,
  seen: (original: string, text: string) => void,
): Expression {
  if (e.kind === 'number') return e;
  if (e.kind === 'apply') return { ...e, args: e.args.map((arg) => renamed(arg, rename, seen)) };
  const text = rename(e.name);
  seen(e.name, text);
  return name(text);
}

/** max |∇W − Σ_t ∇W_t| over all entries of all parameters, on random numbers; where it is not finite, why. */
export async function sharedAgainstUnshared(
  cell: Cell,
  steps: number,
  seed: number,
  engine: EngineName,
): Promise<{ readonly difference: number; readonly nonFinite?: string }> {
  const { program } = cell;
  const sizes = sizesFor(program, 4, 3);
  const rng = random(seed).fork('untied');
  const draw = ({ rows, columns }: Shape): Matrix => {
    const [r, c] = [sizeOf(rows, sizes), sizeOf(columns, sizes)];
    return { rows: r, columns: c, data: Float64Array.from({ length: r * c }, () => rng.normal()) };
  };
  const params = initialValues(program, sizes, rng);
  const inputShape = program.shapes.get('x') ?? { rows: 1, columns: 1 };
  const inputs = Array.from({ length: steps }, () => draw(inputShape));
  const readout = Array.from({ length: steps }, () => draw(shapeOf(program, program.output)));
  const initial = new Map(program.states.map((s) => [s, draw(shapeOf(program, s))]));
  const given = { params, initial, inputs, readout };
  const tied = (await engineFor(cell, engine)).gradients(given);

  const unrolled = unsharedProgram(program, steps);
  const runner = await engineFor({ name: 'untied', program: unrolled, backward: derive(unrolled) }, engine);
  const own = new Map(unrolled.parameters.map((text): [string, Matrix] => [text, numbersOf(text)]));
  function numbersOf(text: string): Matrix {
    const [, original, step] = /^(.*)_at_(\d+)$/.exec(text)!;
    const t = Number(step);
    if (t === 0) return initial.get(original!)!;
    if (original === 'readout') return readout[t - 1]!;
    return original === 'x' ? inputs[t - 1]! : params.get(original!)!;
  }
  const untied = runner.gradients({ params: own, initial: new Map(), inputs: [column([0])], readout: [column([1])] });
  let worst = 0;
  for (const parameter of program.parameters) {
    const whole = tied.params.get(parameter)!;
    for (let i = 0; i < whole.data.length; i++) {
      let sum = 0;
      for (let t = 1; t <= steps; t++) sum += untied.params.get(copy(parameter, t))!.data[i]!;
      worst = Math.max(worst, Math.abs(whole.data[i]! - sum));
    }
  }
  if (Number.isFinite(worst)) return { difference: worst };
  const first = firstNonFinite(cell.backward, given);
  return { difference: worst, nonFinite: first === undefined ? 'a gradient overflows' : nonFiniteSays(first) };
}
