// A line of text as tokens with their places. mathjs reads expressions, but keeps no places and accepts what we refuse;
// the tokens give both back.

import type { EquationProblem } from './errors.ts';
import type { Span } from './expression.ts';

export interface Token extends Span {
  readonly kind: 'number' | 'name' | 'symbol';
  readonly text: string;
}

/** A problem and its place in the line; the reader adds line and source. */
export class LineProblem extends Error {
  readonly problem: EquationProblem;
  readonly span: Span;
  constructor(problem: EquationProblem, span: Span) {
    super(problem.code);
    this.problem = problem;
    this.span = span;
  }
}

// `5.*x` is 5 .* x: a point before an operator belongs to the operator.
const pattern =
  /(?<space>[ \t\r\uFEFF]+)|(?<number>(?:\d+(?:\.(?![*/^])\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<symbol>\.[*/^]|\*\*|[=!<>:]=|[-+*/]=|<-|&&|\|\||[-+*/^%@=~:;'"`()[\]{},.?!<>&|])/y;

/** A Map: the formatter would take the quotation marks off keys such as `₀`. */
const instead: ReadonlyMap<string, string> = new Map([
  ['×', '*'],
  ['⋅', '*'],
  ['·', '*'],
  ['∗', '*'],
  ['⊙', '.*'],
  ['∘', '.*'],
  ['⊗', '.*'],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['÷', './'],
  ['←', '='],
  ['≔', '='],
  ['√', 'sqrt(…)'],
  ['²', '.^ 2'],
  ['³', '.^ 3'],
  ['ᵀ', "'"],
  ['⊤', "'"],
  ['Σ', 'sum'],
  ['∑', 'sum'],
  ['’', "'"],
  ['‘', "'"],
  ['′', "'"],
  ['σ', 'sigmoid'],
  ['α', 'alpha'],
  ['β', 'beta'],
  ['γ', 'gamma'],
  ['δ', 'delta'],
  ['ε', 'epsilon'],
  ['η', 'eta'],
  ['θ', 'theta'],
  ['λ', 'lambda'],
  ['μ', 'mu'],
  ['ρ', 'rho'],
  ['φ', 'phi'],
  ['τ', 'tau'],
  ['ω', 'omega'],
  ['₀', '_0'],
  ['₁', '_1'],
  ['₂', '_2'],
  ['ₕ', '_h'],
  ['ₓ', '_x'],
  ['≤', '<='],
  ['≥', '>='],
]);

/** The tokens of a line that holds no comment any more. Throws LineProblem at the first character that is none of the language's. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match === null) {
      const character = String.fromCodePoint(line.codePointAt(at)!);
      throw new LineProblem(
        { code: 'strange-character', character, instead: instead.get(character) },
        { start: at, end: at + character.length },
      );
    }
    const { number, name } = match.groups!;
    const end = at + match[0].length;
    if (match.groups!.space === undefined)
      tokens.push({
        kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol',
        text: match[0],
        start: at,
        end,
      });
    at = end;
  }
  return tokens;
}

/** From the first token to the last. */
export const spanOf = (tokens: readonly Token[]): Span => ({
  start: tokens[0]?.start ?? 0,
  end: tokens.at(-1)?.end ?? 1,
});
