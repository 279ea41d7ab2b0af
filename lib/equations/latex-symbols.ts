// Names as LaTeX symbols: `h_prev` is \mathbf{h}_{t-1}, `W_f` W_f, `alpha` \alpha, `drop_rate` \mathrm{drop}_{\mathrm{rate}}.

import { suffix } from './infer.ts';
import { type Program, shapeOf } from './program.ts';

const greek = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(
    ' ',
  ),
);

/** A symbol and what stands in its subscript. */
export interface LatexSymbol {
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
export const deltaOf = ({ base, index }: LatexSymbol, letters: string): string =>
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
