// Edits of a text of equations by a second way that knows nothing of the first: tokens are replaced, left out and doubled, whatever
// that means, and the reader says which of the texts are equations.

import { namesIn } from '../../lib/equations/expression.ts';
import { printEquation, shapeLabel } from '../../lib/equations/print.ts';
import type { Program } from '../../lib/equations/program.ts';
import { readProgram } from '../../lib/equations/read.ts';
import type { Random } from '../../lib/numbers/random.ts';

interface OtherText {
  readonly what: string;
  /** Whether it is one of the mistakes that a diagnosis is to know. */
  readonly classic: boolean;
  readonly lines: readonly string[];
}

export interface OtherEdit extends Omit<OtherText, 'lines'> {
  readonly program: Program;
}

const squashing = ['sigmoid', 'tanh', 'relu'];
const functions = [...squashing, 'exp', 'softmax'];
const operators = ['+', '-', '.*', '*', './'];

/** The equations alone, a line each. */
export const linesOf = (program: Program): string[] => program.equations.map(printEquation);

/** Every text that one edit makes of these lines. */
export function editsOf(lines: readonly string[], parameters: readonly string[]): OtherText[] {
  const names = [...new Set(lines.join(' ').match(/\b[A-Za-z_]\w*/g))].filter((name) => !functions.includes(name));
  return lines.flatMap((line, at) => {
    const [name, text] = line.split(' = ') as [string, string];
    const put = (what: string, edited: string, classic: boolean): OtherText => ({
      what: `${name}: ${what}`,
      classic,
      lines: lines.map((other, i) => (i === at ? `${name} = ${edited}` : other)),
    });
    const tokens = text.match(/[A-Za-z_]\w*|\d+(\.\d+)?|\.[*^/]|[-+*'()]/g)!;
    const joined = (parts: readonly string[]): string => parts.join(' ').replaceAll(" '", "'");
    const replacing = (i: number, by: string) => joined(tokens.map((token, j) => (j === i ? by : token)));
    return tokens.flatMap((token, i) => {
      const others = (of: readonly string[], classic: (other: string) => boolean) =>
        of
          .filter((other) => other !== token)
          .map((other) => put(`${other} for ${token}`, replacing(i, other), classic(other)));
      if (functions.includes(token))
        return [
          ...others(functions, (other) => squashing.includes(other) && squashing.includes(token)),
          put(`no ${token}`, replacing(i, ''), true),
        ];
      if (operators.includes(token))
        return [
          ...others(operators, (other) => `${other}${token}` === '-+' || `${other}${token}` === '*.*'),
          put('no second operand', withoutTerm(tokens, i), token === '+'),
        ];
      if (/^\d/.test(token)) return others(['0', '0.5', '2', '3'], () => false);
      if (token === "'") return [put('no transpose', replacing(i, ''), true)];
      if (!/^[A-Za-z_]/.test(token)) return [];
      const isParameter = (other: string): boolean => parameters.includes(other);
      return [
        ...others(names, (other) => isParameter(token) === isParameter(other)),
        put(`${token}'`, replacing(i, `${token} '`), true),
        put(`1 - ${token}`, replacing(i, `( 1 - ${token} )`), /^[fiozr]$/.test(token)),
        put(`-${token}`, replacing(i, `( - ${token} )`), true),
        put(`${token} twice`, replacing(i, `( ${token} + ${token} )`), /^b(_|$)/.test(token)),
        put(`${token} squared`, replacing(i, `( ${token} .* ${token} )`), false),
        put(`half ${token}`, replacing(i, `( 0.5 * ${token} )`), false),
        put(`tanh of ${token}`, replacing(i, `tanh ( ${token} )`), false),
      ];
    });
  });
}

/** Without the operator and what stands behind it, up to the next operator or bracket of its level. */
function withoutTerm(tokens: readonly string[], at: number): string {
  let [depth, end] = [0, at + 1];
  for (; end < tokens.length; end++) {
    if (tokens[end] === '(') depth++;
    if (tokens[end] === ')' && depth-- === 0) break;
    if (depth === 0 && ['+', '-'].includes(tokens[end]!)) break;
  }
  return [...tokens.slice(0, at), ...tokens.slice(end)].join(' ').replaceAll(" '", "'");
}

/** The texts that are equations which go with the reference's numbers: every name that they read is there, in its shape. */
export function programsOf(reference: Program, edits: readonly OtherText[]): OtherEdit[] {
  const label = (program: Program, name: string): string => shapeLabel(program.shapes.get(name)!);
  const given = new Set([...reference.parameters, ...reference.states.map((state) => `${state}_prev`), 'x']);
  const seen = new Set<string>();
  return edits.flatMap(({ lines, ...edit }) => {
    const read = new Set(lines.join(' ').match(/[A-Za-z_]\w*/g));
    const declared = [...reference.shapes].filter(
      ([name]) => given.has(name) && name !== 'x' && !name.endsWith('_prev') && read.has(name),
    );
    const declarations = declared.map(
      ([name, { rows, columns }]) => `${name} : ${rows}${columns === 1 ? '' : ` ${columns}`}`,
    );
    const { program } = readProgram([...lines, ...declarations].join('\n'));
    if (program === undefined || seen.has(lines.join('\n'))) return [];
    seen.add(lines.join('\n'));
    const reads = program.equations.flatMap(({ value }) => [...namesIn(value)]);
    const assigned = program.equations.map(({ name }) => name);
    const fits = [...assigned, ...reads].every(
      (name) => (assigned.includes(name) || given.has(name)) && label(program, name) === label(reference, name),
    );
    return fits ? [{ ...edit, program }] : [];
  });
}

/** Texts with two edits, drawn. */
export function twiceEdited(program: Program, count: number, rng: Random): OtherText[] {
  const once = editsOf(linesOf(program), program.parameters);
  return Array.from({ length: count }, () => {
    const first = once[rng.below(once.length)]!;
    const again = editsOf(first.lines, program.parameters);
    const second = again[rng.below(again.length)]!;
    return { what: `${first.what}; ${second.what}`, classic: false, lines: second.lines };
  });
}
