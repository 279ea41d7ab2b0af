// An exercise that is one step of a cell: how inputs are drawn, what comes back and what the next step is given follow from the equations.

import { givenNames, type Program, type Shape, shapeOf, sizeOf } from '../../equations/program.ts';
import type { Random } from '../../numbers/random.ts';
import type { ByValues } from '../exercise.ts';
import type { Value } from '../value.ts';
import { byValues, type OwnParts } from './by-values.ts';
import { drawnMatrix, drawnSizes, drawnVector, edgeCalls, type Size } from './draws.ts';
import { equations, oneStep } from './reference.ts';
import { asVector } from './values.ts';

interface Step extends Omit<OwnParts, 'draw' | 'edges' | 'answer' | 'chain'> {
  /** The states before the step that no tanh or sigmoid bounds: what comes back grows with them. */
  readonly linear?: readonly string[];
  /** Calls beside those that every step has. */
  readonly edges?: ByValues['edges'];
}

/** A parameter that the equations do not have, `p`, is the record of all that they have. */
export function stepExercise(id: string, { text, linear = [], edges = () => [], ...own }: Step): ByValues {
  const { parameters } = own;
  const draw = (rng: Random, size: Size): readonly Value[] => {
    const program = exercise.reference();
    const sizes = new Map(Object.entries(drawnSizes(rng, size)));
    const drawn = (name: string): Value => drawnValue(rng, shapeOf(program, name), sizes);
    const record = () => Object.fromEntries(program.parameters.map((name) => [name, drawn(name)]));
    return parameters.map((name) => (program.shapes.has(name) ? drawn(name) : record()));
  };
  const isGiven = (name: string): boolean => name === 'x' || name.endsWith('_prev');
  const placesOf = (wanted: (name: string) => boolean) => parameters.flatMap((name, k) => (wanted(name) ? [k] : []));
  const exercise = byValues(id, {
    ...own,
    text,
    draw,
    edges: (rng) => [
      ...edgeCalls(rng, {
        draw,
        inputs: placesOf((name) => isGiven(name) && !linear.includes(name)),
        linear: placesOf((name) => linear.includes(name)),
      }),
      ...edges(rng),
    ],
    answer: oneStep(own),
    chain: {
      steps: 40,
      next: (given, returned, rng) =>
        parameters.map((name, k) => {
          if (name === 'x') return drawnVector(rng, asVector(given[k]!).length);
          return returned[name.replace(/_prev$/, '')] ?? given[k]!;
        }),
    },
  });
  return exercise;
}

const mostParameters = 4;

/** An exercise that is nothing but a text: the states before the step, the input and the parameters come in, the states after it come back. */
export function stepOfText(id: string, text: string, folder?: string): ByValues {
  const program = equations(text);
  const { parameters, output, states } = program;
  const others = givenNames(program).slice(parameters.length);
  const returns = [...new Set([output, ...states])];
  const before = others.toSorted((a, b) => Number(a === 'x') - Number(b === 'x'));
  return stepExercise(id, {
    text,
    folder,
    parameters: [...before, ...(parameters.length > mostParameters ? ['p'] : parameters)],
    returns,
    range: rangeOf(program, returns),
  });
}

/** Between which numbers every result is, where its last function says so. */
function rangeOf({ equations }: Program, returns: readonly string[]): ByValues['range'] {
  const last = returns.map((name) => equations.find((one) => one.name === name)!.value);
  const every = (...ops: string[]): boolean => last.every((value) => value.kind === 'apply' && ops.includes(value.op));
  return every('sigmoid', 'softmax') ? [0, 1] : every('tanh', 'sigmoid', 'softmax') ? [-1, 1] : undefined;
}

function drawnValue(rng: Random, { rows, columns }: Shape, sizes: ReadonlyMap<string, number>): Value {
  const [down, across] = [sizeOf(rows, sizes), sizeOf(columns, sizes)];
  if (columns !== 1) return drawnMatrix(rng, down, across);
  return rows === 1 ? drawnVector(rng, 1)[0]! : drawnVector(rng, down);
}
