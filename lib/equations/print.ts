// A program as text again. What is printed parses back to the same program.

import type { Expression } from './expression.ts';
import { ops } from './ops.ts';
import type { Equation, Program, Shape } from './program.ts';

/** An expression with no parenthesis more than mathjs's precedence asks for. */
export function printExpression(expression: Expression): string {
  if (expression.kind === 'number') return numeral(expression.value);
  if (expression.kind === 'name') return expression.name;
  const { notation } = ops[expression.op];
  const [a, b] = expression.args;
  switch (notation.kind) {
    case 'function':
      return `${expression.op}(${printExpression(a!)})`;
    case 'prefix':
      return `-${inside(a!, notation.precedence + 1)}`;
    case 'postfix':
      return `${inside(a!, notation.precedence)}${notation.symbol}`;
    case 'infix': {
      const { precedence, symbol } = notation;
      const left = inside(a!, notation.right ? precedence + 1 : precedence);
      const right = inside(b!, notation.right ? precedence : precedence + 1);
      return `${left} ${symbol} ${right}`;
    }
  }
}

const minusPrecedence = 3;

/** How tight an expression binds when it stands inside another. A negative number begins with a minus. */
function bindingOf(expression: Expression): number {
  if (expression.kind === 'name') return 9;
  if (expression.kind === 'number')
    return expression.value < 0 || Object.is(expression.value, -0) ? minusPrecedence : 9;
  return ops[expression.op].notation.precedence;
}

const inside = (expression: Expression, least: number): string =>
  bindingOf(expression) < least ? `(${printExpression(expression)})` : printExpression(expression);

const numeral = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

export const printEquation = ({ name, value }: Pick<Equation, 'name' | 'value'>): string =>
  `${name} = ${printExpression(value)}`;

const printShape = ({ rows, columns }: Shape): string => (columns === 1 ? `${rows}` : `${rows} ${columns}`);

/** A shape as mathematics writes it: `H×D`, `H`, `1`. */
export const shapeLabel = ({ rows, columns }: Shape): string => (columns === 1 ? `${rows}` : `${rows}×${columns}`);

const widestAligned = 100;

/**
 * Equations with their captions behind them, aligned but for those of very long lines; where that would pass `width` columns, a caption that does not fit behind its
 * own equation stands above it.
 */
export function printEquations(equations: readonly Equation[], width = Number.POSITIVE_INFINITY): string[] {
  const texts = equations.map(printEquation);
  const captioned = texts.filter((_, i) => equations[i]!.caption !== undefined).map((text) => text.length);
  const longest = Math.max(0, ...captioned.filter((length) => length <= widestAligned));
  const behind = (text: string, caption: string, column: number) => `${text.padEnd(column)}   # ${caption}`;
  const aligned = equations.every(
    ({ caption }, i) => caption === undefined || behind(texts[i]!, caption, longest).length <= width,
  );
  const column = aligned ? longest : Math.max(0, ...captioned.filter((length) => length <= width / 2));
  return equations.flatMap(({ caption }, i) => {
    const text = texts[i]!;
    if (caption === undefined) return [text];
    const fitting = [column, 0].map((at) => behind(text, caption, at)).find((line) => line.length <= width);
    return fitting === undefined ? [`# ${caption}`, text] : [fitting];
  });
}

/** The whole text: heading, equations, declarations, initialisers. */
export function printProgram(program: Program): string {
  const initialisers = program.initialisers.map(
    ({ pattern, kind, args, of }) => `${pattern} ~ ${kind}(${of ?? args.map(numeral).join(', ')})`,
  );
  const declarations = [...program.declarations].map(([name, shape]) => `${name} : ${printShape(shape)}`);
  const blocks = [
    [...program.heading.map((line) => (line === '' ? '#' : `# ${line}`)), ...printEquations(program.equations)],
    declarations,
    initialisers,
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}
