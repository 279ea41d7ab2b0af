// What mathjs would accept, or misread, and the language refuses. Looked for in the tokens, before anything is parsed.

import type { Problem } from './errors.ts';
import { nearest } from './nearest.ts';
import { functionNames } from './ops.ts';
import { LineProblem, type Token } from './tokens.ts';

const infix = new Set(['+', '-', '*', '.*', './', '.^']);
const isFunction = (name: string): boolean => (functionNames as readonly string[]).includes(name);

const refused: Readonly<Record<string, Problem['code']>> = {
  '%': 'modulo',
  '/': 'slash',
  '^': 'caret',
  '**': 'double-star',
  '@': 'at-sign',
  '[': 'brackets',
  ']': 'brackets',
  '{': 'braces',
  '}': 'braces',
  '?': 'conditional',
  ':': 'conditional',
  '!': 'factorial',
  '&': 'logical',
  '|': 'logical',
  '&&': 'logical',
  '||': 'logical',
  '"': 'string',
  '`': 'string',
};
const comparisons = new Set(['==', '!=', '<=', '>=', '<', '>', '~']);

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
    const fail = (problem: Problem, end = token.end): never => {
      throw new LineProblem(problem, { start: token.start, end });
    };
    if (token.kind === 'symbol') {
      if (token.text === '=') fail({ code: 'chained-assignment' });
      if (comparisons.has(token.text)) fail({ code: 'comparison', symbol: token.text });
      const code = refused[token.text];
      if (code !== undefined) fail({ code } as Problem);
      if (token.text.length === 2 && token.text.endsWith('='))
        fail({ code: 'augmented-assignment', symbol: token.text, name: 'h' });
      if (token.text === '.') {
        if (before?.kind !== 'name' || after?.kind !== 'name') fail({ code: 'syntax' });
        throw new LineProblem(
          { code: 'accessor', object: before!.text, member: after!.text, isFunction: isFunction(after!.text) },
          { start: before!.start, end: after!.end },
        );
      }
      if (token.text === ',') checkComma(tokens, at);
      if (token.text === ')' && isSymbol(before, '(')) checkEmpty(tokens, at);
      if (token.text === "'" && !ends(before)) fail({ code: 'string' });
      if (infix.has(token.text)) checkOperands(tokens, at);
    }
    if (ends(token) && begins(after)) checkNeighbours(tokens, at, line);
    if (token.kind === 'name' && isFunction(token.text) && !isSymbol(after, '('))
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
  if (open > 0 && called?.kind === 'name' && isFunction(called.text)) {
    let [close, depth, count] = [open + 1, 0, 1];
    for (; close < tokens.length && !(isSymbol(tokens[close], ')') && depth === 0); close++) {
      if (isSymbol(tokens[close], '(')) depth++;
      if (isSymbol(tokens[close], ')')) depth--;
      if (isSymbol(tokens[close], ',') && depth === 0) count++;
    }
    const end = tokens[close]?.end ?? tokens.at(-1)!.end;
    throw new LineProblem({ code: 'argument-count', name: called.text, count }, { start: called.start, end });
  }
  throw new LineProblem({ code: 'comma' }, tokens[at]!);
}

function checkEmpty(tokens: readonly Token[], at: number): never {
  const called = tokens[at - 2];
  if (called?.kind === 'name' && isFunction(called.text))
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

/** Two operands side by side: a call, or a product that mathjs would put in silently. */
function checkNeighbours(tokens: readonly Token[], at: number, line: string): void {
  const [token, after] = [tokens[at]!, tokens[at + 1]!];
  if (isSymbol(after, '(') && token.kind === 'name') {
    if (isFunction(token.text)) return;
    let [close, depth] = [at + 2, 0];
    for (; close < tokens.length - 1 && !(isSymbol(tokens[close], ')') && depth === 0); close++) {
      if (isSymbol(tokens[close], '(')) depth++;
      if (isSymbol(tokens[close], ')')) depth--;
    }
    const argument = line.slice(after.start, tokens[close]!.end);
    const near = nearest(token.text, functionNames);
    // A word, or what is nearly a function, was meant to be one; a name such as W or W_h was meant to be a matrix.
    const problem: Problem =
      near !== undefined || /^[a-z]{3,}[A-Za-z0-9]*$/.test(token.text)
        ? { code: 'unknown-function', name: token.text, ...(near === undefined ? {} : { nearest: near }) }
        : { code: 'call-of-value', name: token.text, argument };
    throw new LineProblem(problem, { start: token.start, end: tokens[close]!.end });
  }
  throw new LineProblem(
    { code: 'implicit-product', left: token.text, right: after.text },
    { start: token.start, end: after.end },
  );
}
