// What must hold for every program of the language.

import assert from 'node:assert/strict';
import { derive } from '../../lib/equations/derive.ts';
import { evaluate } from '../../lib/equations/evaluate.ts';
import { type Expression, keyOf, namesIn } from '../../lib/equations/expression.ts';
import { checkGradients, type GradientCheck, type GradientEntry } from '../../lib/equations/gradient-check.ts';
import { fromMath, type MathValue, mathEngine, mathjsEngine, toMath } from '../../lib/equations/mathjs-engine.ts';
import { printEquation, printProgram } from '../../lib/equations/print.ts';
import type { Program } from '../../lib/equations/program.ts';
import { type Matrix, zeros } from '../../lib/numbers/matrix.ts';
import * as fc from '../fast-check.ts';
import type { ArbitraryProgram } from './arbitrary-program.ts';
import { programOf } from './cells.ts';

/**
 * The backward pass is the central difference. Fourth-order differences at ε = 1e-3 of losses up to about 10 are wrong by 1e-12
 * (rounding, which grows as 1/ε) and ε⁴ times a fifth derivative. So 1e-6 relative, below 1e-5 the absolute 1e-11; where a cell
 * bends too much for an ε, a quarter of it has 1/256 of that error and four times the rounding. A wrong gradient passes at none of them.
 * Rounding is that of the largest number on the way, so the absolute bound grows with it, and the relative one does not.
 */
export function rightGradients({ program, given, kinkDistance }: ArbitraryProgram): GradientCheck {
  fc.pre(kinkDistance >= 0.01 && given.params.size + program.states.length + Number(program.readsInput) > 0);
  const engine = mathjsEngine(derive(program));
  const { values } = engine.gradients(given);
  const sizes = [...values.values()].flat().flatMap(({ data }) => Array.from(data, Math.abs));
  const floor = 1e-5 * Math.max(1, Math.max(...sizes) / 10);
  const tried: GradientEntry[] = [];
  for (const quarters of [0, 1, 2, 3]) {
    const check = checkGradients(engine, given, { floor: floor * 4 ** quarters, epsilon: 1e-3 / 4 ** quarters });
    if (check.worst.error < 1e-6) return check;
    tried.push(check.worst);
  }
  return assert.fail(JSON.stringify(tried));
}

/** A program without its places in the text. */
function bare(program: Program) {
  const { heading, equations, states, output, readsInput, parameters, shapes, initialisers, declarations } = program;
  return {
    heading,
    equations: equations.map(({ name, value, caption }) => ({ name, value: keyOf(value), caption })),
    roles: { states, output, readsInput, parameters },
    shapes: [...shapes].sort(),
    initialisers: initialisers.map(({ line, ...rest }) => rest),
    declarations: [...declarations].sort(),
  };
}

/** Printing and reading gives the same program, for the cell and for its derived whole. */
export function sameWhenReadAgain(program: Program): void {
  assert.deepEqual(bare(programOf(printProgram(program))), bare(program));
  const { whole } = derive(program);
  const again = programOf(printProgram(whole));
  assert.deepEqual({ ...bare(again), roles: undefined }, { ...bare(whole), roles: undefined });
}

/** The printed whole pass, read again and evaluated, gives the numbers of the engine. */
export function sameNumbersFromText({ program, given }: ArbitraryProgram): void {
  const backward = derive(program);
  const engine = mathjsEngine(backward).gradients(given);
  const whole = programOf(printProgram(backward.whole));
  const steps = given.inputs.map((x, t) => {
    const before = (state: string) => (t === 0 ? given.initial.get(state)! : engine.values.get(state)![t - 1]!);
    const previous = program.states.map((state) => [`${state}_prev`, before(state)] as const);
    return new Map([...given.params, ...previous, ['x', x] as const]);
  });
  const sums = new Map<string, MathValue>();
  let sent = new Map<string, Matrix>();
  for (const [t, known] of [...steps.entries()].reverse()) {
    const scope = new Map([...known].map(([name, value]) => [name, toMath(value)]));
    for (const [of, arriving] of backward.arriving) {
      const { rows, columns } = engine.values.get(of)![t]!;
      const readout = of === program.output ? given.readout[t]! : zeros(rows, columns);
      const back = sent.get(of) ?? zeros(rows, columns);
      scope.set(arriving, mathEngine.add(toMath(readout), toMath(back)));
    }
    for (const { name, value } of whole.equations) scope.set(name, evaluate(value, scope, mathEngine));
    for (const [name, text] of backward.toParameters)
      sums.set(name, sums.has(name) ? mathEngine.add(sums.get(name)!, scope.get(text)!) : scope.get(text)!);
    sent = new Map([...backward.toPrevious].map(([state, text]) => [state, fromMath(scope.get(text)!)]));
  }
  for (const [name, sum] of sums) assertSame(fromMath(sum), engine.params.get(name)!, name);
  for (const [state, value] of sent) assertSame(value, engine.initial.get(state)!, state);
}

/** The same to the last bit, but for the sign of 0. */
function assertSame(a: Matrix, b: Matrix, of: string): void {
  assert.deepEqual([a.rows, a.columns], [b.rows, b.columns]);
  assert.ok(
    a.data.every((value, i) => value === b.data[i]),
    of,
  );
}

/** No derived line is dead, none repeats another but for outputs that are plain names, and none repeats the forward pass. */
export function tidy(program: Program): void {
  const { equations, totals, toPrevious, toParameters, toInput } = derive(program);
  const useful = new Set([...totals.values(), ...toPrevious.values(), ...toParameters.values(), toInput]);
  for (const { value } of equations) for (const read of namesIn(value)) useful.add(read);
  const sides = new Set<string>();
  for (const equation of equations) {
    assert.ok(useful.has(equation.name), `dead: ${printEquation(equation)}`);
    if (equation.value.kind !== 'apply') continue;
    const key = keyOf(equation.value);
    assert.ok(!sides.has(key), `repeated: ${printEquation(equation)}`);
    sides.add(key);
  }
  const forward = new Set(
    program.equations
      .map(({ value }) => value)
      .filter((e) => e.kind === 'apply')
      .map(keyOf),
  );
  const computedAgain = (e: Expression): boolean =>
    e.kind === 'apply' && (forward.has(keyOf(e)) || e.args.some(computedAgain));
  for (const equation of equations)
    assert.ok(!computedAgain(equation.value), `a forward value again: ${printEquation(equation)}`);
}
