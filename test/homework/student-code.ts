// Equations as a student would have written them: functions over plain lists in JavaScript, or NumPy. Nothing of lib computes them.

import type { Expression, OpName } from '../../lib/equations/expression.ts';
import { type Program, shapeOf } from '../../lib/equations/program.ts';
import { ShapeOf } from '../../lib/equations/shape-of.ts';

export interface Signature {
  readonly function: string;
  readonly parameters: readonly string[];
  /** The names in the record that a parameter is. */
  readonly records?: Readonly<Record<string, readonly string[]>>;
  readonly returns: readonly string[];
  /** Lines before the equations, for what they read beside the arguments. */
  readonly before?: { readonly js: string; readonly numpy: string };
}

type Sides = 'scalar' | 'column' | 'row' | 'matrix';

class Shapes {
  readonly #shapes: ShapeOf;
  constructor(program: Program) {
    this.#shapes = new ShapeOf(program.shapes);
  }
  sides(e: Expression): Sides {
    const { rows, columns } = this.#shapes.of(e);
    if (rows === 1) return columns === 1 ? 'scalar' : 'row';
    return columns === 1 ? 'column' : 'matrix';
  }
}

const infix: Partial<Record<OpName, string>> = { add: '+', subtract: '-', times: '*', divide: '/', power: '**' };

/** What every such file begins with. */
export const jsPrelude = `
const each = (f, ...as) => as.some(Array.isArray)
  ? as.find(Array.isArray).map((_, i) => each(f, ...as.map((a) => (Array.isArray(a) ? a[i] : a))))
  : f(...as);
const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
const turned = (M) => M[0].map((_, j) => M.map((row) => row[j]));
const times = (M, v) => M.map((row) => dot(row, v));
const matmul = (A, B) => A.map((row) => times(turned(B), row));
const outer = (a, b) => a.map((v) => b.map((w) => v * w));
const total = (a) => (Array.isArray(a) ? a.reduce((sum, v) => sum + total(v), 0) : a);
const functions = {
  sigmoid: (a) => each((v) => 1 / (1 + Math.exp(-v)), a),
  relu: (a) => each((v) => Math.max(0, v), a),
  step: (a) => each((v) => (v > 0 ? 1 : 0), a),
  softmax: (a) => { const e = each(Math.exp, a); return each((v) => v / total(e), e); },
  sum: total,
};
for (const name of ['tanh', 'exp', 'log', 'sqrt', 'abs', 'sign']) functions[name] = (a) => each(Math[name], a);
const { sigmoid, relu, step, softmax, sum, tanh, exp, log, sqrt, abs, sign } = functions;
`;

/** A function expression. */
export function asJavaScript(program: Program, { parameters, records = {}, returns, before }: Signature): string {
  const shapes = new Shapes(program);
  const write = (e: Expression): string => {
    if (e.kind === 'number') return `(${e.value})`;
    if (e.kind === 'name') return safe(e.name);
    const [a, b] = e.args.map(write);
    const [of, by] = e.args.map((arg) => shapes.sides(arg));
    if (e.op === 'negate') return `each((v) => -v, ${a})`;
    if (e.op === 'transpose') return of === 'matrix' ? `turned(${a})` : a!;
    if (e.op === 'product') {
      if (of === 'scalar' || by === 'scalar') return `each((v, w) => v * w, ${a}, ${b})`;
      if (of === 'matrix') return by === 'matrix' ? `matmul(${a}, ${b})` : `times(${a}, ${b})`;
      if (of === 'column') return `outer(${a}, ${b})`;
      return by === 'matrix' ? `times(turned(${b}), ${a})` : `dot(${a}, ${b})`;
    }
    const symbol = infix[e.op];
    return symbol === undefined ? `${e.op}(${a})` : `each((v, w) => v ${symbol} w, ${a}, ${b})`;
  };
  const lines = [
    ...Object.entries(records).map(([record, names]) => `const { ${names.join(', ')} } = ${record};`),
    ...(before === undefined ? [] : [before.js]),
    ...program.equations.map(({ name, value }) => `const ${safe(name)} = ${write(value)};`),
  ];
  const answer = returns.length === 1 ? returns[0]! : `{ ${returns.join(', ')} }`;
  return `(${parameters.join(', ')}) => {\n  ${lines.join('\n  ')}\n  return ${answer};\n}`;
}

const numpyNames: Partial<Record<OpName, string>> = {
  tanh: 'np.tanh',
  exp: 'np.exp',
  log: 'np.log',
  sqrt: 'np.sqrt',
  abs: 'np.abs',
  sign: 'np.sign',
  sum: 'np.sum',
};

export const numpyPrelude = `
import numpy as np

def sigmoid(a): return 1 / (1 + np.exp(-a))
def relu(a): return np.maximum(0, a)
def step(a): return (a > 0) * 1.0
def softmax(a): return np.exp(a) / np.sum(np.exp(a))
`;

/** A definition. `name` is the function's. */
export function asNumpy(
  program: Program,
  { parameters, records = {}, returns, before }: Signature,
  name: string,
): string {
  const shapes = new Shapes(program);
  const write = (e: Expression): string => {
    if (e.kind === 'number') return `(${e.value})`;
    if (e.kind === 'name') return safe(e.name);
    const [a, b] = e.args.map(write);
    const [of, by] = e.args.map((arg) => shapes.sides(arg));
    if (e.op === 'negate') return `(-${a})`;
    if (e.op === 'transpose') return of === 'matrix' ? `${a}.T` : a!;
    if (e.op === 'product') {
      if (of === 'scalar' || by === 'scalar') return `(${a} * ${b})`;
      return of === 'column' ? `np.outer(${a}, ${b})` : `(${a} @ ${b})`;
    }
    const symbol = infix[e.op];
    return symbol === undefined ? `${numpyNames[e.op] ?? e.op}(${a})` : `(${a} ${symbol} ${b})`;
  };
  const isList = (parameter: string): boolean =>
    parameter !== 'x' && program.parameters.includes(parameter)
      ? shapeOf(program, parameter).rows !== 1 || shapeOf(program, parameter).columns !== 1
      : true;
  const plain = parameters.filter((parameter) => records[parameter] === undefined && isList(parameter));
  const lines = [
    ...plain.map((parameter) => `${parameter} = np.array(${parameter})`),
    ...Object.entries(records).flatMap(([record, names]) => names.map((n) => `${n} = np.array(${record}['${n}'])`)),
    ...(before === undefined ? [] : [before.numpy]),
    ...program.equations.map((equation) => `${safe(equation.name)} = ${write(equation.value)}`),
  ];
  return `def ${name}(${parameters.join(', ')}):\n    ${lines.join('\n    ')}\n    return ${returns.join(', ')}\n`;
}

/** A transposed number is a number; `lambda` and the like are words of the languages. */
const safe = (name: string): string => (['in', 'lambda', 'sum', 'step', 'sign'].includes(name) ? `${name}_` : name);
