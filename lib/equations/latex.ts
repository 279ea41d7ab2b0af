// A cell and its derived backward pass as LaTeX for a slide. The block wants amsmath and math mode around it.

import type { Backward } from './backward.ts';
import { apply, type Expression, name as nameOf } from './expression.ts';
import { suffix } from './infer.ts';
import { deltaOf, printSymbol, symbolsOf } from './latex-symbols.ts';
import { ops } from './ops.ts';
import type { Program } from './program.ts';
import { isScalarShape, ShapeOf } from './shape-of.ts';

/** The equations of a program as an `aligned` block: columns of step t bold and indexed by t, `h_prev` as \mathbf{h}_{t-1}. */
export function programLatex(program: Program): string {
  const symbols = symbolsOf(program);
  const write = writer(new ShapeOf(program.shapes), (name) => printSymbol(symbols.get(name)!));
  return aligned(program.equations.map(({ name, value }) => [write(nameOf(name)), '=', write(value)]));
}

/**
 * One step of the backward pass as an `aligned` block. `d_f` is ∂L/∂f_t and `da_f` δ^a_{f,t}; what is summed over the steps or
 * added to what later steps have sent has `+=` instead of `=`.
 */
export function backwardLatex(backward: Backward): string {
  const { forward, equations, whole, arriving, totals, toPrevious, toParameters, toInput } = backward;
  const symbols = symbolsOf(whole);
  const gradient = (of: string) => `\\frac{\\partial L}{\\partial ${printSymbol(symbols.get(of)!)}}`;
  const sentBack = [...toPrevious].map(([state, text]) => [state + suffix, text] as const);
  const [[first, total]] = [...totals] as [[string, string]];
  const prefix = total.slice(0, -first.length - 1);
  const between = forward.equations.map(({ name }) => [name, `${prefix}_${name}`] as const);
  const gradients = new Map(
    [...between, ...totals, ...toParameters, ...sentBack].map(([of, text]) => [text, gradient(of)]),
  );
  if (toInput !== undefined) gradients.set(toInput, gradient('x'));
  for (const [of, text] of arriving)
    if (!gradients.has(text)) gradients.set(text, `\\left.${gradient(of)}\\right|_{t+1}`);
  const temporary = new RegExp(`^${prefix}(?<letters>[a-z]+)_(?<of>.+)$`);
  const write = writer(new ShapeOf(whole.shapes), (name) => {
    const { letters, of } = temporary.exec(name)?.groups ?? {};
    const delta = of === undefined || forward.shapes.has(name) ? undefined : symbols.get(of);
    return gradients.get(name) ?? (delta === undefined ? printSymbol(symbols.get(name)!) : deltaOf(delta, letters!));
  });

  // A sum over the steps is not what one step adds to it: whoever reads that is shown the expression.
  const summed = new Set([...toParameters.values(), ...toPrevious.values()]);
  const shareOf = new Map(equations.filter(({ name }) => summed.has(name)).map(({ name, value }) => [name, value]));
  const shown = (e: Expression): Expression => {
    if (e.kind === 'name') return shareOf.has(e.name) ? shown(shareOf.get(e.name)!) : e;
    return e.kind === 'apply' ? { ...e, args: e.args.map(shown) } : e;
  };
  const arrivesAs = new Map([...totals].map(([of, text]) => [text, arriving.get(of)!]));
  return aligned(
    equations.map(({ name, value }) => {
      const added = withoutFirst(value, arrivesAs.get(name));
      const relation = added !== undefined || summed.has(name) ? '\\mathrel{+}=' : '=';
      return [write(nameOf(name)), relation, write(shown(added ?? value))];
    }),
  );
}

/** The sum without the given name at its front; undefined where it is not at the front. */
function withoutFirst(e: Expression, first: string | undefined): Expression | undefined {
  if (e.kind !== 'apply' || (e.op !== 'add' && e.op !== 'subtract')) return undefined;
  const [left, right] = e.args as [Expression, Expression];
  if (left.kind === 'name' && left.name === first) return e.op === 'add' ? right : apply('negate', right);
  const rest = withoutFirst(left, first);
  return rest === undefined ? undefined : apply(e.op, rest, right);
}

const aligned = (rows: readonly (readonly [left: string, relation: string, right: string])[]): string =>
  [
    '\\begin{aligned}',
    rows.map((row) => row.join(' &').replace(/ &(\S+) &/, ' &$1 ')).join(' \\\\\n'),
    '\\end{aligned}',
  ].join('\n');

/** Writes expressions with no parenthesis more than a reader needs. */
function writer(shapes: ShapeOf, symbol: (name: string) => string): (e: Expression) => string {
  const isScalar = (e: Expression) => isScalarShape(shapes.of(e));
  const write = (e: Expression): string => styled(e).text;
  const inside = (e: Expression, least: number): string => {
    const { text, binding } = styled(e);
    return binding < least ? bracketed(text) : text;
  };
  /** Text, and how tight it binds; the numbers are those of the op table. */
  const styled = (e: Expression): { text: string; binding: number } => {
    if (e.kind === 'name') return { text: symbol(e.name), binding: 9 };
    if (e.kind === 'number') return { text: numeral(e.value), binding: e.value < 0 || Object.is(e.value, -0) ? 3 : 9 };
    const { notation, latex } = ops[e.op];
    const [a, b] = e.args as [Expression, Expression];
    const { precedence } = notation;
    switch (notation.kind) {
      case 'function':
        return { text: latex(write(a)), binding: 9 };
      case 'prefix':
        // -a b is -(a b) to a reader, and a + -b is read by nobody.
        return { text: latex(inside(a, 2)), binding: 1 };
      case 'postfix':
        return { text: latex(base(inside(a, precedence))), binding: precedence };
      case 'infix': {
        // Between scalars the plain notation of numbers does.
        if (e.op === 'divide' && isScalar(b)) return { text: `\\frac{${write(a)}}{${write(b)}}`, binding: 9 };
        if (e.op === 'power') return { text: raised(base(inside(a, precedence + 1)), a, b), binding: precedence };
        const op = e.op === 'times' && (isScalar(a) || isScalar(b)) ? 'product' : e.op;
        const left = inside(a, precedence);
        // Nobody writes a + -b.
        const flipped = op === 'add' ? 'subtract' : op === 'subtract' ? 'add' : undefined;
        if (flipped !== undefined && b.kind === 'apply' && b.op === 'negate')
          return { text: ops[flipped].latex(left, inside(b.args[0]!, precedence + 1)), binding: precedence };
        const right = inside(b, precedence + 1);
        if (flipped !== undefined && right.startsWith('-'))
          return { text: ops[flipped].latex(left, right.slice(1)), binding: precedence };
        return { text: ops[op].latex(left, right), binding: precedence };
      }
    }
  };
  const raised = (text: string, a: Expression, exponent: Expression): string =>
    isScalar(a) && isScalar(exponent) ? `${text}^{${write(exponent)}}` : ops.power.latex(text, inside(exponent, 9));
  return write;
}

const bracketed = (text: string): string => `\\left(${text}\\right)`;

/** What a superscript can be set on: a fraction in parentheses, and nothing with a superscript of its own bare. */
function base(text: string): string {
  if (/^\\(frac|left\.)/.test(text)) return bracketed(text);
  const isGroup = text.startsWith('\\left(') && text.endsWith('\\right)');
  return /[\s^]/.test(text) && !isGroup ? `{${text}}` : text;
}

/** A number as one writes it: 1.5\cdot 10^{-7}. */
function numeral(value: number): string {
  const [mantissa, exponent] = String(value).split('e') as [string, string?];
  if (exponent === undefined) return Object.is(value, -0) ? '-0' : mantissa;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === '1' ? power : mantissa === '-1' ? `-${power}` : `${mantissa} \\cdot ${power}`;
}
