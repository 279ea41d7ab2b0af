// What mathjs would accept, or misread, and the language refuses. Looked for in the tokens, before anything is parsed.

import type { EquationProblem } from './errors.ts';
import { composedByHabit, conditionWords, functionsByHabit, functionsElsewhere, logicalWords } from './likely.ts';
import { nearest } from './nearest.ts';
import { functionNames, infixOps, isFunctionName } from './ops.ts';
import { LineProblem, type Token } from './tokens.ts';

const refused: Readonly<Record<string, EquationProblem['code']>> = {
  '%': 'modulo',
  '/': 'slash',
  '^': 'caret',
  '**': 'double-star',
  '@': 'at-sign',
  '[': 'brackets',
  ']': 'brackets',
  '{': 'braces',
  '}': 'braces',
  '!': 'factorial',
  '"': 'string',
  '`': 'string',
};
/** Refused symbols of which there are several of a kind. */
const refusedKinds: ReadonlyMap<string, 'comparison' | 'conditional' | 'logical'> = new Map([
  ...['==', '!=', '<=', '>=', '<', '>', '<-'].map((symbol) => [symbol, 'comparison'] as const),
  ...['?', ':'].map((symbol) => [symbol, 'conditional'] as const),
  ...['&', '|', '&&', '||', '~'].map((symbol) => [symbol, 'logical'] as const),
]);

const isSymbol = (token: Token | undefined, ...texts: string[]): boolean =>
  token?.kind === 'symbol' && texts.includes(token.text);
/** Whether an expression may end with this token. */
const ends = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind !== 'symbol' || isSymbol(token, ')', "'"));
/** Whether an expression may begin with this token. */
const begins = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind !== 'symbol' || isSymbol(token, '('));

/** Throws LineProblem when the tokens to the right of `=` hold something that the language refuses. */
export function refuse(tokens: readonly Token[], line: string): void {
  checkParentheses(tokens);
  for (const [at, token] of tokens.entries()) {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const fail = (problem: EquationProblem, end = token.end): never => {
      throw new LineProblem(problem, { start: token.start, end });
    };
    if (token.kind === 'name') checkIndex(tokens, at, line);
    if (token.kind === 'symbol') {
      if (token.text === '=') fail({ code: 'chained-assignment' });
      const kind = refusedKinds.get(token.text);
      if (kind !== undefined) fail({ code: kind, symbol: token.text });
      if (token.text === '[' && !ends(before) && joins(tokens, at))
        fail({ code: 'concatenation' }, closing(tokens, at).end);
      const code = refused[token.text];
      if (code !== undefined) fail({ code } as EquationProblem);
      if (token.text === ':=') fail({ code: 'wrong-assignment', symbol: token.text });
      if (token.text.length === 2 && token.text.endsWith('='))
        fail({ code: 'augmented-assignment', symbol: token.text, name: before?.kind === 'name' ? before.text : 'h' });
      if (token.text === '.') checkPoint(tokens, at);
      if (token.text === ';') fail({ code: 'comma', symbol: ';' });
      if (token.text === ',') checkComma(tokens, at);
      if (token.text === ')' && isSymbol(before, '(')) checkEmpty(tokens, at);
      if (token.text === "'" && !ends(before)) fail({ code: 'string' });
      if (infixOps.has(token.text)) checkOperands(tokens, at);
    }
    if (ends(token) && begins(after)) checkNeighbours(tokens, at, line);
    if (token.kind === 'name' && isFunctionName(token.text) && !isSymbol(after, '(', '[', '{'))
      fail({ code: 'function-as-value', name: token.text });
    if (token.kind === 'number' && !Number.isFinite(Number(token.text)))
      fail({ code: 'number-too-large', digits: token.text });
  }
}

function checkParentheses(tokens: readonly Token[]): void {
  const opened: Token[] = [];
  for (const token of tokens) {
    if (isSymbol(token, '(')) opened.push(token);
    if (opened.length > 60) throw new LineProblem({ code: 'too-deep' }, token);
    if (isSymbol(token, ')') && opened.pop() === undefined)
      throw new LineProblem({ code: 'parenthesis-unopened' }, token);
  }
  const last = opened.at(-1);
  if (last !== undefined) throw new LineProblem({ code: 'parenthesis-unclosed' }, last);
}

/** The `(` that is open at a token, or -1. */
function openAt(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    if (isSymbol(tokens[i], ')')) depth++;
    if (isSymbol(tokens[i], '(') && depth-- === 0) return i;
  }
  return -1;
}

function checkComma(tokens: readonly Token[], at: number): never {
  const open = openAt(tokens, at);
  const called = tokens[open - 1];
  if (open > 0 && called?.kind === 'name' && isFunctionName(called.text)) {
    let [close, depth, count] = [open + 1, 0, 1];
    for (; close < tokens.length && !(isSymbol(tokens[close], ')') && depth === 0); close++) {
      if (isSymbol(tokens[close], '(')) depth++;
      if (isSymbol(tokens[close], ')')) depth--;
      if (isSymbol(tokens[close], ',') && depth === 0) count++;
    }
    const end = tokens[close]?.end ?? tokens.at(-1)!.end;
    throw new LineProblem({ code: 'argument-count', name: called.text, count }, { start: called.start, end });
  }
  throw new LineProblem({ code: 'comma', symbol: ',' }, tokens[at]!);
}

function checkEmpty(tokens: readonly Token[], at: number): never {
  const called = tokens[at - 2];
  if (called?.kind === 'name' && isFunctionName(called.text))
    throw new LineProblem(
      { code: 'argument-count', name: called.text, count: 0 },
      { start: called.start, end: tokens[at]!.end },
    );
  throw new LineProblem({ code: 'empty-parentheses' }, { start: tokens[at - 1]!.start, end: tokens[at]!.end });
}

function checkOperands(tokens: readonly Token[], at: number): void {
  const [before, token, after] = [tokens[at - 1], tokens[at]!, tokens[at + 1]];
  const unary = token.text === '-' && !ends(before);
  if (!unary && !ends(before)) throw new LineProblem({ code: 'operator-missing-operand' }, token);
  if (after === undefined) throw new LineProblem({ code: 'ends-with-operator' }, token);
  if (isSymbol(after, ')')) throw new LineProblem({ code: 'operator-missing-operand' }, token);
}

/** A point that belongs to no number and no operator. */
function checkPoint(tokens: readonly Token[], at: number): never {
  const [object, point, member] = [tokens[at - 1], tokens[at]!, tokens[at + 1]];
  if (object?.kind !== 'name' || member?.kind !== 'name') throw new LineProblem({ code: 'stray-point' }, point);
  throw new LineProblem(
    { code: 'accessor', object: object.text, member: member.text, isFunction: isFunctionName(member.text) },
    { start: object.start, end: member.end },
  );
}

/** The bracket that closes the one at a token, or the last token. */
function closing(tokens: readonly Token[], open: number): Token {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (isSymbol(tokens[i], '(', '[', '{')) depth++;
    if (isSymbol(tokens[i], ')', ']', '}') && --depth === 0) return tokens[i]!;
  }
  return tokens.at(-1)!;
}

/** Whether square brackets put several things together: `[h_prev, x]`. */
function joins(tokens: readonly Token[], open: number): boolean {
  const end = tokens.indexOf(closing(tokens, open));
  return tokens.slice(open, end).some((token) => isSymbol(token, ',', ';'));
}

/** Throws LineProblem for an index of time, `h_{t-1}`, `h[t]` or `h(t)`, and for an index in braces, `W_{xh}`. */
export function checkIndex(tokens: readonly Token[], at: number, line: string): void {
  const [token, open] = [tokens[at]!, tokens[at + 1]];
  if (token.kind !== 'name' || isFunctionName(token.text) || !isSymbol(open, '(', '[', '{')) return;
  const end = closing(tokens, at + 1);
  const inside = line.slice(open!.end, end.start).replaceAll(' ', '');
  const span = { start: token.start, end: end.end };
  const base = token.text.replace(/_+$/, '');
  const time = /^t(?<before>-1)?$/.exec(inside);
  const text = line.slice(span.start, span.end);
  if (time !== null && base !== '') {
    const instead = time.groups!.before === undefined ? base : `${base}_prev`;
    throw new LineProblem({ code: 'indexed-name', text, instead, isTime: true }, span);
  }
  if (open!.text === '{' && /^\w+$/.test(inside) && base !== token.text)
    throw new LineProblem({ code: 'indexed-name', text, instead: `${base}_${inside}`, isTime: false }, span);
}

/** Two operands side by side: a call, a word of another language, or a product that mathjs would put in silently. */
function checkNeighbours(tokens: readonly Token[], at: number, line: string): void {
  const [token, after] = [tokens[at]!, tokens[at + 1]!];
  if (isSymbol(after, '(') && token.kind === 'name') {
    if (!isFunctionName(token.text)) checkCall(token, after, closing(tokens, at + 1), line);
    return;
  }
  if (token.kind === 'number' && after.kind === 'number' && token.end === after.start)
    throw new LineProblem({ code: 'stray-point' }, { start: after.start, end: after.start + 1 });
  for (const word of [token, after]) {
    if (conditionWords.has(word.text)) throw new LineProblem({ code: 'conditional', symbol: word.text }, word);
    if (logicalWords.has(word.text)) throw new LineProblem({ code: 'logical', symbol: word.text }, word);
  }
  throw new LineProblem(
    { code: 'implicit-product', left: token.text, right: after.text },
    { start: token.start, end: after.end },
  );
}

/** A call of something that is no function. */
function checkCall(called: Token, open: Token, close: Token, line: string): never {
  const { text } = called;
  const isElsewhere = functionsElsewhere.has(text.toLowerCase());
  const near = functionsByHabit.get(text.toLowerCase()) ?? (isElsewhere ? undefined : nearest(text, functionNames));
  const composed = composedByHabit.get(text.toLowerCase());
  // A word, or what is nearly a function, was meant to be one; a name such as W or W_h was meant to be a matrix.
  const isFunctionLike = near !== undefined || composed !== undefined || /^[a-z]{3,}[A-Za-z0-9]*$/.test(text);
  const problem: EquationProblem = isFunctionLike
    ? { code: 'unknown-function', name: text, composed, nearest: near }
    : { code: 'call-of-value', name: text, argument: line.slice(open.start, close.end) };
  throw new LineProblem(problem, { start: called.start, end: close.end });
}
