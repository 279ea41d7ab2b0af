// What waits for what, read from the text; and whether a recurrence is linear, read from it too.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtIn, builtInNames, cellOf } from '../../lib/cells/catalogue.ts';
import { components, dependents } from '../../lib/equations/dependence.ts';
import { linearityOf } from '../../lib/equations/linearity.ts';
import { mathjsEngine } from '../../lib/equations/mathjs-engine.ts';
import { printExpression } from '../../lib/equations/print.ts';
import { type Program, sizesFor } from '../../lib/equations/program.ts';
import { cellGraph } from '../../lib/kernels/cell-graph.ts';
import { nodesOf, schedule } from '../../lib/kernels/schedule.ts';
import { column, matrix } from '../../lib/numbers/matrix.ts';
import fc from '../fast-check.ts';

const programOf = (...lines: string[]): Program => cellOf('equation', lines.join('\n')).program;
const namesOf = (program: Program) =>
  components(program).map(({ equations, states }) => [equations.map((e) => e.name).join(' '), states.join(' ')]);

describe('the components of a cell', () => {
  it('are one circle of all equations in the GRU and the LSTM, none but the state in the minGRU', () => {
    assert.deepEqual(namesOf(builtIn('gru').program), [['z r n h', 'h']]);
    assert.deepEqual(namesOf(builtIn('lstm').program), [['f i o g c h', 'c h']]);
    assert.deepEqual(namesOf(builtIn('mingru').program), [
      ['z', ''],
      ['n', ''],
      ['h', 'h'],
    ]);
  });

  it('come after what they read, and hold every equation once', () => {
    for (const name of builtInNames()) {
      const { program } = builtIn(name);
      const order = components(program).flatMap(({ equations }) => equations.map((e) => e.name));
      assert.deepEqual([...order].sort(), program.equations.map((e) => e.name).sort());
    }
    const two = programOf('k = tanh(W * k_prev + U * x)', 'h = 0.9 * h_prev + k');
    assert.deepEqual(namesOf(two), [
      ['k', 'k'],
      ['h', 'h'],
    ]);
  });
});

describe('what depends on the state', () => {
  // The fast engine finds it in its own graph: what does not depend on the state is done for all steps before the loop.
  for (const name of builtInNames())
    it(`is what the kernels do not compute before the loop: ${name}`, () => {
      const { program } = builtIn(name);
      const graph = cellGraph(program, sizesFor(program, 3, 2));
      const before = new Set(
        schedule(graph)
          .operations.get('before')!
          .flatMap((operation) => nodesOf(operation)),
      );
      const late = dependents(program);
      for (const [equation, node] of graph.values)
        if (before.has(node) && node.what.kind !== 'matvec') assert.ok(!late.has(equation), equation);
        else assert.ok(late.has(equation) || node.what.kind === 'matvec', equation);
    });
});

describe('linearity', () => {
  const said = (...lines: string[]): string => {
    const program = programOf(...lines);
    const linearity = linearityOf(program, components(program).find(({ states }) => states.length > 0)!);
    if (linearity.kind !== 'elementwise') return `${linearity.kind}: ${linearity.by}`;
    return `${printExpression(linearity.coefficient)} | ${printExpression(linearity.offset)}`;
  };

  it('is found in the minGRU and in no other built-in cell', () => {
    const linear = builtInNames().filter((name) => {
      const { program } = builtIn(name);
      return components(program).some((part) => part.states.length > 0 && linearityOf(program, part).kind !== 'none');
    });
    assert.deepEqual(linear, ['mingru']);
  });

  const cases: readonly (readonly [readonly string[], string])[] = [
    [['h = 0.5 * h_prev + U * x'], '0.5 | U * x'],
    [['z = sigmoid(U * x)', 'h = (1 - z) .* h_prev + z .* (V * x)'], '1 - z | z .* (V * x)'],
    // Through another name, and twice.
    [['m = sigmoid(U * x) .* h_prev', 'h = m + h_prev - V * x'], 'sigmoid(U * x) + 1 | -(V * x)'],
    [['h = (h_prev + U * x) ./ 2'], '1 ./ 2 | U * x ./ 2'],
    [['h = W * h_prev + U * x'], 'mixing: W * h_prev'],
    [['c = 0.5 * c_prev - 0.2 * h_prev + U * x', 'h = 0.5 * h_prev + c'], 'mixing: c and h'],
    [['h = tanh(W * h_prev + U * x)'], 'none: tanh(W * h_prev + U * x)'],
    [['h = W * tanh(h_prev) + U * x'], 'none: tanh(h_prev)'],
    [['z = sigmoid(W * h_prev + U * x)', 'h = z .* h_prev + U * x'], 'none: z .* h_prev'],
    [['h = U * x ./ (2 + h_prev)'], 'none: U * x ./ (2 + h_prev)'],
    [['h = h_prev .* h_prev + U * x'], 'none: h_prev .* h_prev'],
  ];
  for (const [lines, expected] of cases)
    it(`of ${lines.join('; ')}: ${expected}`, () => assert.equal(said(...lines), expected));

  it('has a coefficient and an offset that give the state back, on random numbers', () => {
    const text = ['a = sigmoid(u .* v)', 'm = (a - 2) .* h_prev', 'h = 3 * (m - h_prev ./ (1 + a)) - (v - m) + w'];
    const cell = cellOf('equation', text.join('\n'));
    const part = components(cell.program).find(({ states }) => states.length > 0)!;
    const linearity = linearityOf(cell.program, part);
    assert.equal(linearity.kind, 'elementwise');
    if (linearity.kind !== 'elementwise') return;
    const parts = cellOf(
      'parts',
      [text[0]!, `p = ${printExpression(linearity.coefficient)}`, `q = ${printExpression(linearity.offset)}`].join(
        '\n',
      ),
    );
    const one = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(one, one, one, one, (u, v, w, h) => {
        const params = new Map([
          ['u', column([u])],
          ['v', column([v])],
          ['w', column([w])],
        ]);
        const given = {
          params,
          inputs: [column([0])],
          initial: new Map([['h', column([h])]]),
          readout: [matrix(1, 1, [0])],
        };
        const whole = mathjsEngine(cell.backward).forward(given).values.get('h')![0]!.data[0]!;
        const { values } = mathjsEngine(parts.backward).forward(given);
        const again = values.get('p')![0]!.data[0]! * h + values.get('q')![0]!.data[0]!;
        assert.ok(Math.abs(whole - again) < 1e-12 * Math.max(1, Math.abs(whole)), `${whole} ${again}`);
      }),
    );
  });
});
