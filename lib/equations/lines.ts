// The three kinds of line: an equation, a declaration (`W : H D`) and an initialiser (`b_f ~ constant(1)`).

import type { Problem } from './errors.ts';
import type { Expression, Span } from './expression.ts';
import { initialiserKinds } from './initialisers.ts';
import { nearest } from './nearest.ts';
import { functionNames } from './ops.ts';
import { parseExpression } from './parse.ts';
import type { Dimension, InitialiserKind, Shape } from './program.ts';
import { LineProblem, spanOf, type Token, tokensOf } from './tokens.ts';

/** What one line says, before names and shapes are looked at. */
export type Line = EquationLine | DeclarationLine | InitialiserLine;

export interface EquationLine {
  readonly kind: 'equation';
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

export interface DeclarationLine {
  readonly kind: 'declaration';
  readonly name: string;
  readonly nameSpan: Span;
  readonly shape: Shape;
}

export interface InitialiserLine {
  readonly kind: 'initialiser';
  readonly pattern: string;
  readonly patternSpan: Span;
  readonly initialiser: InitialiserKind;
  readonly args: readonly number[];
  readonly of?: string;
  readonly span: Span;
}

const operators = ['+', '-', '*', '.*', './', '.^', '/', '^', "'", '**', '@', '%'];

/** Reads a line that holds no comment and is not blank. Throws LineProblem. */
export function readLine(line: string): Line {
  const tokens = tokensOf(line);
  const [first] = tokens;
  if (first?.kind === 'symbol' && operators.includes(first.text) && !/^\*\s*~/.test(line.trim()))
    throw new LineProblem({ code: 'starts-with-operator' }, first);
  const separator = tokens.find(
    (t) => t.kind === 'symbol' && (['=', ':', '~'].includes(t.text) || isAssignmentLike(t)),
  );
  const at = separator === undefined ? -1 : tokens.indexOf(separator);
  const [left, right] = [tokens.slice(0, Math.max(0, at)), tokens.slice(at + 1)];
  if (separator?.text === ':') return declaration(left, right, line);
  if (separator?.text === '~') return initialiser(left, right, line);
  if (separator === undefined || separator.text === '==' || isComparison(separator)) {
    if (separator !== undefined) throw new LineProblem({ code: 'comparison', symbol: separator.text }, separator);
    throw new LineProblem({ code: 'no-equals', text: line.trim() }, spanOf(tokens));
  }
  if (separator.text !== '=') {
    const name = left.at(-1)?.text ?? 'h';
    throw new LineProblem({ code: 'augmented-assignment', symbol: separator.text, name }, separator);
  }
  return equation(left, separator, right, line);
}

const isComparison = (token: Token): boolean => ['==', '!=', '<=', '>='].includes(token.text);
const isAssignmentLike = (token: Token): boolean => token.text.length === 2 && token.text.endsWith('=');

function equation(left: readonly Token[], equals: Token, right: readonly Token[], line: string): EquationLine {
  const [target] = left;
  if (target === undefined) throw new LineProblem({ code: 'no-left-side' }, equals);
  if (left.length > 1 || target.kind !== 'name') {
    const span = spanOf(left);
    if (target.kind === 'name' && left[1]?.text === '(')
      throw new LineProblem({ code: 'function-assignment', name: target.text }, span);
    throw new LineProblem({ code: 'bad-target', target: line.slice(span.start, span.end) }, span);
  }
  if (right.length === 0) throw new LineProblem({ code: 'no-right-side' }, equals);
  const fail = (problem: Problem) => new LineProblem(problem, target);
  if (target.text === 'x') throw fail({ code: 'assigns-input' });
  if ((functionNames as readonly string[]).includes(target.text))
    throw fail({ code: 'assigns-function', name: target.text });
  return { kind: 'equation', name: target.text, nameSpan: target, value: parseExpression(right, line) };
}

function declaration(left: readonly Token[], right: readonly Token[], line: string): DeclarationLine {
  const [target] = left;
  const dimensions = right.map(dimensionOf);
  const known = dimensions.filter((d) => d !== undefined);
  if (
    left.length !== 1 ||
    target?.kind !== 'name' ||
    known.length !== dimensions.length ||
    known.length < 1 ||
    known.length > 2
  )
    throw new LineProblem({ code: 'declaration-malformed', text: line.trim() }, spanOf([...left, ...right]));
  const [rows, columns] = known;
  return { kind: 'declaration', name: target.text, nameSpan: target, shape: { rows: rows!, columns: columns ?? 1 } };
}

function dimensionOf(token: Token): Dimension | undefined {
  if (token.kind === 'name') return /^[A-Z]/.test(token.text) ? token.text : undefined;
  const size = Number(token.text);
  return token.kind === 'number' && Number.isInteger(size) && size >= 1 && size <= 4096 ? size : undefined;
}

const shapeOfInitialiser =
  /^\s*(?<pattern>[A-Za-z_][A-Za-z0-9_]*\*?|\*)\s*~\s*(?<kind>[A-Za-z_]\w*)\s*\(\s*(?<args>[^()]*)\)\s*$/d;

function initialiser(left: readonly Token[], right: readonly Token[], line: string): InitialiserLine {
  const whole = spanOf([...left, ...right]);
  const match = shapeOfInitialiser.exec(line);
  if (match === null) throw new LineProblem({ code: 'initialiser-malformed', text: line.trim() }, whole);
  const { pattern, kind, args: inside } = match.groups!;
  const spanOfGroup = (group: string): Span => {
    const [start, end] = match.indices!.groups![group]!;
    return { start, end };
  };
  if (!isInitialiser(kind!)) {
    const near = nearest(kind!, Object.keys(initialiserKinds));
    throw new LineProblem(
      { code: 'initialiser-unknown', name: kind!, ...(near === undefined ? {} : { nearest: near }) },
      spanOfGroup('kind'),
    );
  }
  const texts = inside!.trim() === '' ? [] : inside!.split(',').map((text) => text.trim());
  const { wants, accepts } = initialiserKinds[kind];
  const place = {
    patternSpan: spanOfGroup('pattern'),
    span: { start: match.indices!.groups!.kind![0], end: whole.end },
  };
  if (kind === 'minus' && texts.length === 1 && /^[A-Za-z_]\w*$/.test(texts[0]!))
    return { kind: 'initialiser', pattern: pattern!, initialiser: kind, args: [], of: texts[0]!, ...place };
  const args = texts.map((text) => (text === '' ? Number.NaN : Number(text)));
  if (!args.every(Number.isFinite) || !accepts(args))
    throw new LineProblem(
      { code: 'initialiser-arguments', name: kind, wants, got: texts.length === 0 ? 'nothing' : texts.join(', ') },
      place.span,
    );
  return { kind: 'initialiser', pattern: pattern!, initialiser: kind, args, ...place };
}

const isInitialiser = (text: string): text is InitialiserKind => Object.hasOwn(initialiserKinds, text);
