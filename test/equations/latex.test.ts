// LaTeX for a slide: the LSTM's as it should look, and any program's as it must compile.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derive } from '../../lib/equations/derive.ts';
import { backwardLatex, printSymbol, programLatex, symbolsOf } from '../../lib/equations/latex.ts';
import type { Program } from '../../lib/equations/program.ts';
import * as fc from '../fast-check.ts';
import { arbitraryProgram } from './arbitrary-program.ts';
import { cellTexts, programOf } from './cells.ts';

test("the LSTM's equations", () => {
  assert.equal(
    programLatex(programOf(cellTexts.get('lstm')!)),
    String.raw`\begin{aligned}
\mathbf{f}_t &= \sigma\left(W_f \mathbf{h}_{t-1} + U_f \mathbf{x}_t + b_f\right) \\
\mathbf{i}_t &= \sigma\left(W_i \mathbf{h}_{t-1} + U_i \mathbf{x}_t + b_i\right) \\
\mathbf{o}_t &= \sigma\left(W_o \mathbf{h}_{t-1} + U_o \mathbf{x}_t + b_o\right) \\
\mathbf{g}_t &= \tanh\left(W_g \mathbf{h}_{t-1} + U_g \mathbf{x}_t + b_g\right) \\
\mathbf{c}_t &= \mathbf{f}_t \odot \mathbf{c}_{t-1} + \mathbf{i}_t \odot \mathbf{g}_t \\
\mathbf{h}_t &= \mathbf{o}_t \odot \tanh\left(\mathbf{c}_t\right)
\end{aligned}`,
  );
});

test("the LSTM's backward pass", () => {
  assert.equal(
    backwardLatex(derive(programOf(cellTexts.get('lstm')!))),
    String.raw`\begin{aligned}
\mathbf{tanh}_{c,t} &= \tanh\left(\mathbf{c}_t\right) \\
\frac{\partial L}{\partial \mathbf{c}_t} &\mathrel{+}= \frac{\partial L}{\partial \mathbf{h}_t} \odot \mathbf{o}_t \odot \left(1 - \mathbf{tanh}_{c,t}^{\circ 2}\right) \\
\frac{\partial L}{\partial \mathbf{g}_t} &= \frac{\partial L}{\partial \mathbf{c}_t} \odot \mathbf{i}_t \\
\delta^{a}_{g,t} &= \frac{\partial L}{\partial \mathbf{g}_t} \odot \left(1 - \mathbf{g}_t^{\circ 2}\right) \\
\frac{\partial L}{\partial \mathbf{o}_t} &= \frac{\partial L}{\partial \mathbf{h}_t} \odot \mathbf{tanh}_{c,t} \\
\delta^{a}_{o,t} &= \frac{\partial L}{\partial \mathbf{o}_t} \odot \mathbf{o}_t \odot \left(1 - \mathbf{o}_t\right) \\
\frac{\partial L}{\partial \mathbf{i}_t} &= \frac{\partial L}{\partial \mathbf{c}_t} \odot \mathbf{g}_t \\
\delta^{a}_{i,t} &= \frac{\partial L}{\partial \mathbf{i}_t} \odot \mathbf{i}_t \odot \left(1 - \mathbf{i}_t\right) \\
\frac{\partial L}{\partial \mathbf{f}_t} &= \frac{\partial L}{\partial \mathbf{c}_t} \odot \mathbf{c}_{t-1} \\
\delta^{a}_{f,t} &= \frac{\partial L}{\partial \mathbf{f}_t} \odot \mathbf{f}_t \odot \left(1 - \mathbf{f}_t\right) \\
\frac{\partial L}{\partial \mathbf{c}_{t-1}} &\mathrel{+}= \frac{\partial L}{\partial \mathbf{c}_t} \odot \mathbf{f}_t \\
\frac{\partial L}{\partial \mathbf{h}_{t-1}} &\mathrel{+}= W_g^{\top} \delta^{a}_{g,t} + W_o^{\top} \delta^{a}_{o,t} + W_i^{\top} \delta^{a}_{i,t} + W_f^{\top} \delta^{a}_{f,t} \\
\frac{\partial L}{\partial \mathbf{x}_t} &= U_g^{\top} \delta^{a}_{g,t} + U_o^{\top} \delta^{a}_{o,t} + U_i^{\top} \delta^{a}_{i,t} + U_f^{\top} \delta^{a}_{f,t} \\
\frac{\partial L}{\partial W_f} &\mathrel{+}= \delta^{a}_{f,t} \mathbf{h}_{t-1}^{\top} \\
\frac{\partial L}{\partial U_f} &\mathrel{+}= \delta^{a}_{f,t} \mathbf{x}_t^{\top} \\
\frac{\partial L}{\partial b_f} &\mathrel{+}= \delta^{a}_{f,t} \\
\frac{\partial L}{\partial W_i} &\mathrel{+}= \delta^{a}_{i,t} \mathbf{h}_{t-1}^{\top} \\
\frac{\partial L}{\partial U_i} &\mathrel{+}= \delta^{a}_{i,t} \mathbf{x}_t^{\top} \\
\frac{\partial L}{\partial b_i} &\mathrel{+}= \delta^{a}_{i,t} \\
\frac{\partial L}{\partial W_o} &\mathrel{+}= \delta^{a}_{o,t} \mathbf{h}_{t-1}^{\top} \\
\frac{\partial L}{\partial U_o} &\mathrel{+}= \delta^{a}_{o,t} \mathbf{x}_t^{\top} \\
\frac{\partial L}{\partial b_o} &\mathrel{+}= \delta^{a}_{o,t} \\
\frac{\partial L}{\partial W_g} &\mathrel{+}= \delta^{a}_{g,t} \mathbf{h}_{t-1}^{\top} \\
\frac{\partial L}{\partial U_g} &\mathrel{+}= \delta^{a}_{g,t} \mathbf{x}_t^{\top} \\
\frac{\partial L}{\partial b_g} &\mathrel{+}= \delta^{a}_{g,t}
\end{aligned}`,
  );
});

const right = (side: string, more = '') =>
  programLatex(programOf(`h = ${side}\n${more}`))
    .split('&= ')[1]!
    .replace('\n\\end{aligned}', '');

test('no parenthesis more than a reader needs, and none less', () => {
  assert.equal(right('a - (b - c)'), String.raw`a - \left(b - c\right)`);
  assert.equal(right('(a - b) - c'), 'a - b - c');
  assert.equal(right('a .* (b + c)'), String.raw`a \odot \left(b + c\right)`);
  assert.equal(right('-(a .* b)'), String.raw`-a \odot b`);
  assert.equal(right('a + -(b .* c)'), String.raw`a - b \odot c`);
  assert.equal(right('a - -0.5 * b'), 'a + 0.5 b');
  assert.equal(right('(a + b) .^ 2'), String.raw`\left(a + b\right)^{\circ 2}`);
  assert.equal(right('a .^ (b + c)'), String.raw`a^{\circ \left(b + c\right)}`);
  assert.equal(right('a ./ b'), String.raw`a \oslash b`);
  assert.equal(right("(W * a)'' + b", 'a : D'), String.raw`{\left(W a\right)^{\top}}^{\top} + b`);
  assert.equal(
    right('sqrt(abs(a)) .* softmax(b)'),
    String.raw`\sqrt{\left|a\right|} \odot \operatorname{softmax}\left(b\right)`,
  );
});

test('between scalars and anything the plain notation of numbers', () => {
  const scalars = 'alpha : 1\nbeta : 1';
  assert.equal(right('alpha .* a', 'alpha : 1'), String.raw`\alpha a`);
  assert.equal(
    right('a ./ alpha + alpha ./ beta .* a', scalars),
    String.raw`\frac{a}{\alpha} + \frac{\alpha}{\beta} a`,
  );
  assert.equal(right('alpha .^ beta * a', scalars), String.raw`\alpha^{\beta} a`);
  assert.equal(right('2 * 3 * a + 1.5e-7 + 1e30 .* b'), String.raw`2 \cdot 3 a + 1.5 \cdot 10^{-7} + 10^{30} b`);
});

test('names: Greek, words, indices, underscores where none is meant', () => {
  const parameters = 'a alpha W_f W_in_2 b1 drop_rate __proto__ a__b x_ theta_h LN2'.split(' ');
  const program = programOf(
    `hidden = alpha .* sum(W_f) .* sum(W_in_2) .* hidden_prev + ${parameters.filter((p) => !p.startsWith('W')).join(' + ')}\nalpha : 1\nW_f : H D\nW_in_2 : H D\nLN2 : H`,
  );
  const symbols = symbolsOf(program);
  assert.deepEqual(
    ['hidden', 'hidden_prev', ...parameters].map((name) => printSymbol(symbols.get(name)!)),
    [
      String.raw`\mathbf{hidden}_t`,
      String.raw`\mathbf{hidden}_{t-1}`,
      'a',
      String.raw`\alpha`,
      'W_f',
      String.raw`W_{\mathrm{in},2}`,
      'b_1',
      String.raw`\mathrm{drop}_{\mathrm{rate}}`,
      String.raw`\mathrm{\_\_proto\_\_}`,
      String.raw`\mathrm{a\_\_b}`,
      String.raw`\mathrm{x\_}`,
      String.raw`\theta_h`,
      String.raw`\mathrm{LN}_2`,
    ],
  );
});

test('two names that would look alike are written as they are typed', () => {
  const symbols = symbolsOf(programOf('h = a1 + a_1 + b1'));
  assert.deepEqual(
    ['a1', 'a_1', 'b1'].map((name) => printSymbol(symbols.get(name)!)),
    [String.raw`\mathrm{a1}`, String.raw`\mathrm{a\_1}`, 'b_1'],
  );
});

test('a line never reads a sum over the steps: it is shown what this step adds', () => {
  const text = backwardLatex(derive(programOf('h = tanh(a .* x + b .* x)\na : D\nh : D')));
  assert.equal(text.split(String.raw`\delta^{a}_{h,t} \odot \mathbf{x}_t`).length, 3, text);
});

/** Braces and \left…\right in pairs, rows of one alignment each, and no script on nothing or on a script. */
function compiles(text: string): void {
  const bare = text.replaceAll('\\_', '*');
  let depth = 0;
  for (const brace of bare.replaceAll(/[^{}]/g, '')) {
    depth += brace === '{' ? 1 : -1;
    assert.ok(depth >= 0, text);
  }
  assert.equal(depth, 0, text);
  assert.equal(bare.split('\\left').length, bare.split('\\right').length, text);
  assert.doesNotMatch(bare, /[&({=+-]\s*[_^]|[_^]\s*[_^&)}]|#|%|\$|~|\\mathrm\{\}/);
  // No second superscript or subscript on one base, with or without the other between them.
  const script = String.raw`(?:\{[^{}]*\}|[A-Za-z0-9])`;
  assert.doesNotMatch(bare, new RegExp(String.raw`\^${script}(?:_${script})?\^|_${script}(?:\^${script})?_`));
  const rows = text.replace('\\begin{aligned}\n', '').replace('\n\\end{aligned}', '').split(' \\\\\n');
  for (const row of rows) assert.equal(row.split('&').length, 2, row);
}

test('random programs: both passes are well formed, and no two names have one symbol', () => {
  const check = (program: Program): void => {
    const backward = derive(program);
    compiles(programLatex(program));
    compiles(backwardLatex(backward));
    const symbols = [...symbolsOf(program).values()].map(printSymbol);
    assert.equal(new Set(symbols).size, symbols.length);
  };
  for (const text of cellTexts.values()) check(programOf(text));
  fc.assert(
    fc.property(arbitraryProgram(), ({ program }) => check(program)),
    { numRuns: 150, seed: 8, includeErrorInReport: true },
  );
});
