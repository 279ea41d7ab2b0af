// Reads one expression with mathjs's parser and lowers its nodes at once to our own union.
// Names reach mathjs as v0, v1, …: to it `i`, `e`, `mod` and `in` are numbers, units and operators.

import { create, type MathNode, parseDependencies } from 'mathjs/number';
import { type Application, apply, type Expression, type OpName, type Span } from './expression.ts';
import { infixOps, isFunctionName } from './ops.ts';
import { refuse } from './refusals.ts';
import type { Token } from './tokens.ts';

const { parse } = create({ parseDependencies: parseDependencies! });

/** The expression that the tokens spell. Throws LineProblem for whatever the language refuses; the rest mathjs can parse. */
export function parseExpression(tokens: readonly Token[], line: string): Expression {
  refuse(tokens, line);
  const safe = tokens.map((token, i) => (token.kind === 'name' ? `v${i}` : token.text));
  // Our transpose stands behind its operand; without a blank mathjs cannot take it for a string.
  const node = parse(safe.join(' ').replaceAll(" '", "'"));
  const lowering = new Lowering(tokens);
  const expression = lowering.lower(node);
  lowering.finish();
  return expression;
}

/** Walks mathjs's tree and the tokens side by side: both are in reading order, so every node finds its place. */
class Lowering {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  finish(): void {
    if (this.#at !== this.#tokens.length) this.#fail();
  }

  lower(node: MathNode): Expression {
    switch (node.type) {
      case 'ParenthesisNode': {
        const { start } = this.#take('(');
        const inner = this.lower((node as MathNode & { content: MathNode }).content);
        return { ...inner, span: { start, end: this.#take(')').end } };
      }
      case 'ConstantNode': {
        const token = this.#take();
        return { kind: 'number', value: Number(token.text), span: { start: token.start, end: token.end } };
      }
      case 'SymbolNode': {
        const token = this.#take();
        return { kind: 'name', name: token.text, span: { start: token.start, end: token.end } };
      }
      case 'FunctionNode': {
        const token = this.#take();
        this.#take('(');
        const args = (node as MathNode & { args: MathNode[] }).args.map((arg) => this.lower(arg));
        const { end } = this.#take(')');
        if (!isFunctionName(token.text) || args.length !== 1) return this.#fail();
        return placed(token.text, args, { start: token.start, end });
      }
      case 'OperatorNode':
        return this.#operator(node as MathNode & { op: string; args: MathNode[]; fn: string });
      default:
        return this.#fail();
    }
  }

  #operator(node: MathNode & { op: string; args: MathNode[]; fn: string }): Expression {
    if (node.fn === 'unaryMinus') {
      const { start } = this.#take('-');
      const arg = this.lower(node.args[0]!);
      const span = { start, end: arg.span!.end };
      return arg.kind === 'number' ? { ...arg, value: -arg.value, span } : placed('negate', [arg], span);
    }
    if (node.op === "'") {
      const arg = this.lower(node.args[0]!);
      return placed('transpose', [arg], { start: arg.span!.start, end: this.#take("'").end });
    }
    const op = infixOps.get(node.op);
    if (op === undefined || node.args.length !== 2) return this.#fail();
    const left = this.lower(node.args[0]!);
    this.#take(node.op);
    const right = this.lower(node.args[1]!);
    return placed(op, [left, right], { start: left.span!.start, end: right.span!.end });
  }

  #take(text?: string): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined || (text !== undefined && token.text !== text)) return this.#fail();
    return token;
  }

  #fail(): never {
    throw new Error(`mathjs reads something else in: ${this.#tokens.map(({ text }) => text).join(' ')}`);
  }
}

const placed = (op: OpName, args: readonly Expression[], span: Span): Application => ({ ...apply(op, ...args), span });
