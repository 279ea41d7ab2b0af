// A cell of the student's own, graded by what it learns: the adding problem over 30 steps. Nothing but equations is handed in.

import { derive } from '../../equations/derive.ts';
import type { Application, Expression, OpName } from '../../equations/expression.ts';
import { type Program, type Shape, type Sizes, sizeOf, sizesFor } from '../../equations/program.ts';
import { ShapeOf } from '../../equations/shape-of.ts';
import { random } from '../../numbers/random.ts';
import adding from '../../tasks/adding.ts';
import { createModel, type Model } from '../../training/model.ts';
import { constantSchedule } from '../../training/schedules.ts';
import { evaluateModel } from '../../training/scores.ts';
import { trainNow } from '../../training/training-loop.ts';
import type { ByClaims } from '../exercise.ts';
import { Misfit } from '../run-program.ts';

// How much there is to compute in one step of a cell, counted before it is trained: the same everywhere, as no clock is.

interface CellWork {
  /** Operators and calls in the text. */
  readonly operators: number;
  /** Multiplications of one step, or what takes as long. */
  readonly multiplications: number;
}

/** What costs one multiplication an entry; every other function costs about ten. */
const cheap: readonly OpName[] = ['add', 'subtract', 'negate', 'times', 'transpose', 'sum'];

export function workOf(program: Program, sizes: Sizes): CellWork {
  const applications = program.equations.flatMap(({ value }) => applicationsIn(value));
  const shapes = new ShapeOf(program.shapes);
  // The innermost first: no shape is asked for before those that it is made of are known.
  const each = applications.reverse().map((application) => multiplicationsOf(application, shapes, sizes));
  return { operators: applications.length, multiplications: each.reduce((sum, count) => sum + count, 0) };
}

/** Outer ones before inner ones. No recursion: a sum may have ten thousand terms. */
function applicationsIn(expression: Expression): Application[] {
  const found: Application[] = [];
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind !== 'apply') continue;
    found.push(next);
    waiting.push(...next.args);
  }
  return found;
}

function multiplicationsOf(application: Application, shapes: ShapeOf, sizes: Sizes): number {
  const { op, args } = application;
  const [first] = args as [Expression];
  const entries = Math.max(...[application, ...args].map((part) => entriesOf(shapes.of(part), sizes)));
  if (op !== 'product') return cheap.includes(op) ? entries : 10 * entries;
  const isScalar = args.some((part) => entriesOf(shapes.of(part), sizes) === 1);
  return isScalar ? entries : entriesOf(shapes.of(application), sizes) * sizeOf(shapes.of(first).columns, sizes);
}

const entriesOf = ({ rows, columns }: Shape, sizes: Sizes): number => sizeOf(rows, sizes) * sizeOf(columns, sizes);

/** Mean squared error on new sequences; always saying 1 leaves .167. */
const wanted = 0.02;
const { steps, hidden, batch, updates, rate } = adding.usual;

/** Beyond these a cell is no idea but a load. An LSTM has 1,216 parameters at H = 16 in 6 equations, and about 2,200 multiplications a step. */
const mostParameters = 4000;
const mostEquations = 40;
const mostOperators = 1000;
const mostMultiplications = 10_000;

export default {
  kind: 'claims',
  id: 'own-cell',
  order: 130,
  says: 'reaches .02 on adding at T = 30 in 4 of 5 seeds',
  seeds: 5,
  needed: 4,
  attempt(program, seed) {
    const rng = random(seed);
    const model = modelOf(program, seed);
    trainNow(model, {
      task: adding,
      rng: rng.fork('data'),
      steps,
      batch,
      updates,
      rate: constantSchedule(rate),
      clip: { by: 'norm', most: 1 },
    });
    const { loss } = evaluateModel(model, adding, { rng: rng.fork('new data'), sequences: 256, steps });
    // No number is not below anything.
    return { reached: loss < wanted, measured: loss };
  },
} satisfies ByClaims;

/** Throws Misfit for a cell that cannot be trained on this task, or is too large. */
function modelOf(program: Program, seed: number): Model {
  checkWork(program);
  const cell = { name: 'cell', program, backward: derive(program) };
  const design = { cells: [cell], directions: 1, hidden, inputs: adding.inputs, outputs: adding.outputs } as const;
  let model: Model;
  try {
    model = createModel(design, random(seed).fork('model'));
  } catch (error) {
    if (error instanceof RangeError) throw new Misfit(error.message);
    throw error;
  }
  const count = model.parameters.length;
  if (count > mostParameters)
    throw new Misfit(`the cell has ${count} parameters at H = ${hidden}; at most ${mostParameters} are trained`);
  return model;
}

/** Throws Misfit for a cell that it would take minutes to train. */
function checkWork(program: Program): void {
  const { length } = program.equations;
  if (length > mostEquations)
    throw new Misfit(`the cell has ${length} equations; at most ${mostEquations} are trained`);
  const { operators, multiplications } = workOf(program, sizesFor(program, hidden, adding.inputs));
  if (operators > mostOperators)
    throw new Misfit(`the cell has ${operators} operators; at most ${mostOperators} are trained. Write it shorter`);
  if (multiplications > mostMultiplications)
    throw new Misfit(
      `a step of the cell takes ${multiplications} multiplications at H = ${hidden}; at most ${mostMultiplications} are trained. Multiply matrices by vectors, not by matrices`,
    );
}
