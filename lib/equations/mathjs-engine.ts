// The engine that anyone can follow: each equation is evaluated by mathjs, step by step, one sequence at a time.

import { type Matrix, zeros } from '../numbers/matrix.ts';
import type { Backward } from './backward.ts';
import { evaluate } from './evaluate.ts';
import { fromMath, type MathValue, mathEngine, toMath } from './mathjs.ts';
import { type Dimension, type Program, shapeOf } from './program.ts';
import type { Engine, Given, Gradients, Trace } from './trace.ts';

/** An engine that evaluates the text of a cell and of its derived backward pass with mathjs. */
export function mathjsEngine(backward: Backward): Engine {
  return {
    name: 'mathjs',
    forward: (given) => traceOf(runForward(backward, given), backward, given),
    gradients: (given) => {
      const scopes = runForward(backward, given);
      return { ...traceOf(scopes, backward, given), ...runBackward(scopes, backward, given) };
    },
  };
}

type Scope = Map<string, MathValue>;

/** One scope a step: parameters, x, the previous states and every value of the step. */
function runForward({ forward: program }: Backward, given: Given): Scope[] {
  const params = new Map([...given.params].map(([name, value]) => [name, toMath(value)]));
  const initialOf = (state: string): Matrix => {
    const { rows, columns } = shapeOf(program, state);
    return given.initial.get(state) ?? zeros(sizeFrom(rows, program, given), sizeFrom(columns, program, given));
  };
  let previous = new Map(program.states.map((s): [string, MathValue] => [s, toMath(initialOf(s))]));
  return given.inputs.map((input) => {
    const scope: Scope = new Map(params);
    if (program.readsInput) scope.set('x', toMath(input));
    for (const [state, value] of previous) scope.set(`${state}_prev`, value);
    for (const equation of program.equations) scope.set(equation.name, evaluate(equation.value, scope, mathEngine));
    previous = new Map(program.states.map((s) => [s, scope.get(s)!]));
    return scope;
  });
}

/** The size of a dimension, from whatever is given that has it. */
function sizeFrom(dimension: Dimension, program: Program, given: Given): number {
  if (typeof dimension === 'number') return dimension;
  const named: (readonly [string, Matrix | undefined])[] = [
    ...given.params,
    ...given.initial,
    ['x', given.inputs[0]],
    [program.output, given.readout[0]],
  ];
  for (const [name, value] of named) {
    const shape = program.shapes.get(name);
    if (shape?.rows === dimension && value !== undefined) return value.rows;
    if (shape?.columns === dimension && value !== undefined) return value.columns;
  }
  throw new RangeError(`nothing given says the size of dimension ${dimension}; give the initial state`);
}

function traceOf(scopes: readonly Scope[], { forward: program }: Backward, given: Given): Trace {
  const values = new Map(
    program.equations.map(({ name }) => [name, scopes.map((scope) => fromMath(scope.get(name)!))]),
  );
  const outputs = values.get(program.output)!;
  let loss = 0;
  for (const [t, readout] of given.readout.entries())
    for (const [j, weight] of readout.data.entries()) loss += weight * outputs[t]!.data[j]!;
  return { values, loss };
}

function runBackward(scopes: readonly Scope[], backward: Backward, given: Given): Gradients {
  const { forward: program, arriving, totals, toPrevious, toParameters, toInput } = backward;
  const { add } = mathEngine;
  const params = new Map<string, MathValue>();
  const inputs: Matrix[] = [];
  const perStep = new Map([...totals.keys()].map((name) => [name, [] as Matrix[]]));
  let sentBack = new Map<string, MathValue>();
  const sent = new Map(program.states.map((name) => [name, [] as Matrix[]]));
  for (const [t, scope] of [...scopes.entries()].reverse()) {
    for (const [name, text] of arriving) {
      const parts: MathValue[] = [];
      const readout = given.readout[t];
      if (name === program.output && readout !== undefined) parts.push(toMath(readout));
      const sent = sentBack.get(name);
      if (sent !== undefined) parts.push(sent);
      const { rows, columns } = fromMath(scope.get(name)!);
      scope.set(text, parts.length === 0 ? toMath(zeros(rows, columns)) : parts.reduce((a, b) => add(a, b)));
    }
    for (const equation of backward.equations) scope.set(equation.name, evaluate(equation.value, scope, mathEngine));
    for (const [name, text] of totals) perStep.get(name)!.unshift(fromMath(scope.get(text)!));
    for (const [name, text] of toParameters) {
      const sum = params.get(name);
      const share = scope.get(text)!;
      params.set(name, sum === undefined ? share : add(sum, share));
    }
    if (toInput !== undefined) inputs.unshift(fromMath(scope.get(toInput)!));
    sentBack = new Map([...toPrevious].map(([state, text]) => [state, scope.get(text)!]));
    for (const [state, value] of sentBack) sent.get(state)!.unshift(fromMath(value));
  }
  return {
    params: new Map([...params].map(([name, value]) => [name, fromMath(value)])),
    ...(toInput === undefined ? {} : { inputs }),
    initial: new Map([...sentBack].map(([state, value]) => [state, fromMath(value)])),
    sentBack: sent,
    totals: perStep,
  };
}
