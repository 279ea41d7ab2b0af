// The three kinds of line: an equation, a declaration (`W : H D`) and an initialiser (`b_f ~ constant(1)`).

import type { EquationProblem } from './errors.ts';
import type { Expression, Span } from './expression.ts';
import { initialiserKinds } from './initialisers.ts';
import { initialisersByHabit, statementWords } from './likely.ts';
import { nearest } from './nearest.ts';
import { isFunctionName } from './ops.ts';
import { parseExpression } from './parse.ts';
import type { Dimension, InitialiserKind, Shape } from './program.ts';
import { checkIndex } from './refusals.ts';
import { LineProblem, spanOf, type Token, tokensOf } from './tokens.ts';

/** What one line says, before names and shapes are looked at. */
export type CellLine = EquationLine | DeclarationLine | InitialiserLine;

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
  readonly of?: string | undefined;
  readonly span: Span;
}

const operators = ['+', '-', '*', '.*', './', '.^', '/', '^', "'", '**', '@', '%'];

const mostTokens = 400;

/** Reads a line that holds no comment and is not blank. Throws LineProblem. */
export function readCellLine(line: string): CellLine {
  const tokens = tokensOf(line);
  if (tokens.length > mostTokens) throw new LineProblem({ code: 'line-too-long' }, spanOf(tokens.slice(mostTokens)));
  const [first, second] = tokens;
  if (first?.kind === 'symbol' && operators.includes(first.text) && !/^\*\s*~/.test(line.trim()))
    throw new LineProblem({ code: 'starts-with-operator' }, first);
  if (statementWords.has(first!.text) && second !== undefined && (second.kind !== 'symbol' || second.text === '('))
    throw new LineProblem({ code: 'statement', word: first!.text }, first!);
  const at = tokens.findIndex(
    (t) => t.kind === 'symbol' && (['=', ':', '~', '<-'].includes(t.text) || isAssignmentLike(t)),
  );
  const separator = tokens[at];
  if (separator === undefined) throw new LineProblem({ code: 'no-equals', text: line.trim() }, spanOf(tokens));
  const [left, right] = [tokens.slice(0, at), tokens.slice(at + 1)];
  switch (separator.text) {
    case '=':
      return equation(left, separator, right, line);
    case ':':
      return declaration(left, right, line);
    case '~':
      return initialiser(left, right, line);
    case ':=':
    case '<-':
      throw new LineProblem({ code: 'wrong-assignment', symbol: separator.text }, separator);
  }
  if (isComparison(separator)) throw new LineProblem({ code: 'comparison', symbol: separator.text }, separator);
  const name = left.at(-1)?.text ?? 'h';
  throw new LineProblem({ code: 'augmented-assignment', symbol: separator.text, name }, separator);
}

const isComparison = (token: Token): boolean => ['==', '!=', '<=', '>='].includes(token.text);
const isAssignmentLike = (token: Token): boolean => token.text.length === 2 && token.text.endsWith('=');

function equation(left: readonly Token[], equals: Token, right: readonly Token[], line: string): EquationLine {
  const [target] = left;
  if (target === undefined) throw new LineProblem({ code: 'no-left-side' }, equals);
  if (left.length > 1 || target.kind !== 'name') {
    checkIndex(left, 0, line);
    const span = spanOf(left);
    if (target.kind === 'name' && left[1]?.text === '(')
      throw new LineProblem({ code: 'function-assignment', name: target.text }, span);
    throw new LineProblem({ code: 'bad-target', target: line.slice(span.start, span.end) }, span);
  }
  if (right.length === 0) throw new LineProblem({ code: 'no-right-side' }, equals);
  const fail = (problem: EquationProblem) => new LineProblem(problem, target);
  if (target.text === 'x') throw fail({ code: 'assigns-input' });
  if (isFunctionName(target.text)) throw fail({ code: 'assigns-function', name: target.text });
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
    ![1, 2].includes(known.length)
  ) {
    const mended = target?.kind === 'name' ? mendedDeclaration(target.text, right) : undefined;
    throw new LineProblem({ code: 'declaration-malformed', text: line.trim(), mended }, spanOf([...left, ...right]));
  }
  const [rows, columns] = known;
  return { kind: 'declaration', name: target.text, nameSpan: target, shape: { rows: rows!, columns: columns ?? 1 } };
}

/** `W : (H, D)`, `W : H x D`, `b : h` and `alpha : scalar` as they are written here. */
function mendedDeclaration(name: string, right: readonly Token[]): string | undefined {
  const words = right.filter(({ kind, text }) => kind !== 'symbol' && text !== 'x').map(({ text }) => text);
  const dimensions = words.map((word) => (word === 'scalar' ? '1' : word.toUpperCase()));
  const fit =
    dimensions.length >= 1 &&
    dimensions.length <= 2 &&
    dimensions.every((d) => /^([A-Z]\w{0,3}|[1-9]\d{0,2})$/.test(d));
  return fit ? `${name} : ${dimensions.join(' ')}` : undefined;
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
  if (match === null)
    throw new LineProblem({ code: 'initialiser-malformed', text: line.trim(), mended: mendedInitialiser(line) }, whole);
  const { pattern, kind, args: inside } = match.groups!;
  const spanOfGroup = (group: string): Span => {
    const [start, end] = match.indices!.groups![group]!;
    return { start, end };
  };
  if (!isInitialiser(kind!)) {
    const near = initialisersByHabit.get(kind!) ?? nearest(kind!, Object.keys(initialiserKinds));
    throw new LineProblem({ code: 'initialiser-unknown', name: kind!, nearest: near }, spanOfGroup('kind'));
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

/** `b ~ 1` and `W ~ xavier` as they are written here. */
function mendedInitialiser(line: string): string | undefined {
  const [, pattern, kind] = /^\s*([A-Za-z_*][\w*]*)\s*~\s*([\w.+-]+)\s*$/.exec(line) ?? [];
  if (pattern === undefined || kind === undefined) return undefined;
  if (Number.isFinite(Number(kind))) return `${pattern} ~ constant(${kind})`;
  return isInitialiser(kind) ? `${pattern} ~ ${kind}(${initialiserKinds[kind].accepts([]) ? '' : '…'})` : undefined;
}

const isInitialiser = (text: string): text is InitialiserKind => Object.hasOwn(initialiserKinds, text);
