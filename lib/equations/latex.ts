// A cell and its derived backward pass as LaTeX for a slide. The block wants amsmath and math mode around it.

import type { Backward } from './derive.ts';
import { apply, type Expression, name as nameOf } from './expression.ts';
import { suffix } from './infer.ts';
import { ops } from './ops.ts';
import { type Program, shapeOf } from './program.ts';
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

// Names as LaTeX symbols: `h_prev` is \mathbf{h}_{t-1}, `W_f` W_f, `alpha` \alpha, `drop_rate` \mathrm{drop}_{\mathrm{rate}}.

const greek = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(
    ' ',
  ),
);

/** A symbol and what stands in its subscript. */
interface LatexSymbol {
  readonly base: string;
  readonly index: readonly string[];
}

export const printSymbol = ({ base, index }: LatexSymbol): string => {
  const text = index.join(',');
  if (text === '') return base;
  return /^[A-Za-z0-9]$/.test(text) ? `${base}_${text}` : `${base}_{${text}}`;
};

/** A symbol for every name of a program, no two alike. */
export function symbolsOf(program: Program): ReadonlyMap<string, LatexSymbol> {
  const previous = new Map(program.states.map((state) => [state + suffix, state]));
  const perStep = new Set([...program.equations.map(({ name }) => name), 'x']);
  const symbolOf = (name: string, plain: boolean): LatexSymbol => {
    const of = previous.get(name) ?? name;
    const { rows, columns } = shapeOf(program, of);
    const column = columns === 1 && rows !== 1;
    const { base, index } = plain ? literal(of) : split(of);
    if (!perStep.has(of)) return { base, index };
    return { base: column ? bold(base) : base, index: [...index, previous.has(name) ? 't-1' : 't'] };
  };
  const names = [...program.shapes.keys()];
  const users = new Map<string, number>();
  for (const name of names) {
    const text = printSymbol(symbolOf(name, false));
    users.set(text, (users.get(text) ?? 0) + 1);
  }
  return new Map(names.map((name) => [name, symbolOf(name, users.get(printSymbol(symbolOf(name, false)))! > 1)]));
}

const word = (text: string): string => {
  if (text.length === 1 || /^\d+$/.test(text)) return text;
  return greek.has(text) ? `\\${text}` : `\\mathrm{${text}}`;
};

/** The symbol of a temporary of the backward pass: \delta^{a}_{f,t} for the first one in the equation of f. */
const deltaOf = ({ base, index }: LatexSymbol, letters: string): string =>
  printSymbol({ base: `\\delta^{${letters}}`, index: [light(base), ...index] });

/** The name as it is typed. */
const literal = (name: string): LatexSymbol => ({ base: `\\mathrm{${name.replaceAll('_', '\\_')}}`, index: [] });

/** `W_f` is W with the index f, `a1` a with the index 1. */
function split(name: string): LatexSymbol {
  const [first, ...rest] = name.split('_') as [string, ...string[]];
  if (first === '' || rest.includes('')) return literal(name);
  const [, letters = first, digits] = /^([A-Za-z]+)(\d+)$/.exec(first) ?? [];
  return { base: word(letters), index: [...(digits === undefined ? [] : [digits]), ...rest.map(word)] };
}

const bold = (base: string): string => {
  if (base.startsWith('\\mathrm')) return base.replace('\\mathrm', '\\mathbf');
  return base.startsWith('\\') ? `\\boldsymbol{${base}}` : `\\mathbf{${base}}`;
};

const light = (base: string): string =>
  base
    .replace(/^\\mathbf\{(.)\}$/, '$1')
    .replace(/^\\boldsymbol\{(.*)\}$/, '$1')
    .replace(/^\\mathbf/, '\\mathrm');
