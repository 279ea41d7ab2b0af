// The engine that anyone can follow: each equation is evaluated by mathjs, step by step, one sequence at a time.

import {
  absDependencies,
  addDependencies,
  create,
  dotDivideDependencies,
  dotMultiplyDependencies,
  dotPowDependencies,
  expDependencies,
  logDependencies,
  type Matrix as MathMatrix,
  matrixDependencies,
  multiplyDependencies,
  signDependencies,
  sqrtDependencies,
  subtractDependencies,
  sumDependencies,
  tanhDependencies,
  transposeDependencies,
  unaryMinusDependencies,
} from 'mathjs';
import { type Matrix, zeros } from '../numbers/matrix.ts';
import type { Backward } from './derive.ts';
import { evaluate } from './evaluate.ts';
import type { OpName } from './expression.ts';
import { type Arithmetic, type Operation, ops } from './ops.ts';
import { type PlainValue, plain } from './plain-math.ts';
import { type Dimension, type Program, shapeOf } from './program.ts';
import type { Engine, EngineInputs, Gradients, Trace } from './trace.ts';

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
function runForward({ forward: program }: Backward, given: EngineInputs): Scope[] {
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
function sizeFrom(dimension: Dimension, program: Program, given: EngineInputs): number {
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

function traceOf(scopes: readonly Scope[], { forward: program }: Backward, given: EngineInputs): Trace {
  const values = new Map(
    program.equations.map(({ name }) => [name, scopes.map((scope) => fromMath(scope.get(name)!))]),
  );
  const outputs = values.get(program.output)!;
  let loss = 0;
  for (const [t, readout] of given.readout.entries())
    for (const [j, weight] of readout.data.entries()) loss += weight * outputs[t]!.data[j]!;
  return { values, loss };
}

function runBackward(scopes: readonly Scope[], backward: Backward, given: EngineInputs): Gradients {
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
    inputs: toInput === undefined ? undefined : inputs,
    initial: new Map([...sentBack].map(([state, value]) => [state, fromMath(value)])),
    sentBack: sent,
    totals: perStep,
  };
}

// The part of mathjs that evaluates: no function that reads files, evaluates strings or imports is in it.
// Columns are n×1 DenseMatrix, scalars plain numbers.

export type MathValue = number | MathMatrix;
// predictable: log(-1) is NaN, as in the compiled engine, and not a complex number.
const math = create(
  {
    absDependencies,
    addDependencies,
    dotDivideDependencies,
    dotMultiplyDependencies,
    dotPowDependencies,
    expDependencies,
    logDependencies,
    matrixDependencies,
    multiplyDependencies,
    signDependencies,
    sqrtDependencies,
    subtractDependencies,
    sumDependencies,
    tanhDependencies,
    transposeDependencies,
    unaryMinusDependencies,
  } as Parameters<typeof create>[0],
  { predictable: true },
) as unknown as { readonly [name: string]: (...args: unknown[]) => MathValue };

const isNumber = (a: unknown): a is number => typeof a === 'number';
const rowsOf = (a: MathMatrix): number[][] => a.valueOf() as number[][];
const each =
  (f: (a: number) => number) =>
  (a: MathValue): MathValue =>
    isNumber(a) ? f(a) : math.matrix!(rowsOf(a).map((row) => row.map((entry) => f(entry))));
/** A 1×1 product is a scalar of the language. */
const unboxed = (a: MathValue): MathValue => {
  if (isNumber(a)) return a;
  const [rows, columns] = a.size();
  return rows === 1 && columns === 1 ? (a.get([0, 0]) as number) : a;
};

/** Where mathjs has the op under another name or not entry by entry, or where it has none: then with the exponential of the platform, not ours. */
const special: { readonly [op in OpName]?: Operation<MathValue> } = {
  add: (a, b) => math.add!(a, b),
  subtract: (a, b) => math.subtract!(a, b),
  negate: (a) => math.unaryMinus!(a),
  product: (a, b) => unboxed(math.multiply!(a, b)),
  times: (a, b) => math.dotMultiply!(a, b),
  divide: (a, b) => math.dotDivide!(a, b),
  power: (a, b) => math.dotPow!(a, b),
  transpose: (a) => (isNumber(a!) ? a : math.transpose!(a)),
  sum: (a) => (isNumber(a!) ? a : math.sum!(a)),
  sigmoid: each((a) => 1 / (1 + Math.exp(-a))),
  softmax: (a) => {
    if (isNumber(a!)) return Number.isNaN(a) ? a : 1;
    // The largest entry is taken off first: exp overflows above 709.
    const largest = Math.max(...rowsOf(a!).flat());
    const raised = each((v) => Math.exp(v - largest))(a!);
    return math.dotDivide!(raised, math.sum!(raised));
  },
};

/** The other functions: of mathjs where it has them, else as the op table says. */
const ordinary = (op: OpName): Operation<MathValue> =>
  op in math
    ? each((a) => math[op]!(a) as number)
    : (...args) => {
        const value = ops[op].value(...args.map((arg): PlainValue => plain(fromMath(arg))));
        return isNumber(value) ? value : toMath(value);
      };

export const mathEngine = Object.fromEntries(
  (Object.keys(ops) as OpName[]).map((op) => [op, special[op] ?? ordinary(op)]),
) as unknown as Arithmetic<MathValue>;

/** Our matrix as a value of mathjs; 1×1 becomes a number. */
export function toMath({ rows, columns, data }: Matrix): MathValue {
  if (rows === 1 && columns === 1) return data[0]!;
  const nested = Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
  return math.matrix!(nested);
}

/** A value of mathjs as our matrix. */
export function fromMath(value: MathValue): Matrix {
  if (isNumber(value)) return { rows: 1, columns: 1, data: Float64Array.of(value) };
  const [rows, columns] = value.size() as [number, number];
  return { rows, columns, data: Float64Array.from(rowsOf(value).flat()) };
}
