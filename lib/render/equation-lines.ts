// A line of equations in so many columns: broken before an operator, as low in the expression as can be; its comment below it.

import { beginning, columnsOf } from './columns.ts';
import { wrap } from './wrap.ts';

const HANG = 4;

/** A line that fits stays as it is, blanks and all; where only its blanks are too many, it loses some. `#` opens every line of a comment, so that what is copied is still a comment. */
export function equationLines(line: string, width: number): string[] {
  if (columnsOf(line.trimEnd()) <= width) return [line.trimEnd()];
  const hash = line.indexOf('#');
  const code = (hash < 0 ? line : line.slice(0, hash)).trimEnd();
  const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, Math.floor(width / 2)));
  const comment = hash < 0 ? '' : line.slice(hash).replace(/^#\s*/, '');
  if (code === '') return wrap(comment, width, { first: `${indent}# `, rest: `${indent}#   ` });
  const together = `${code}   # ${comment}`;
  if (comment !== '' && columnsOf(together) <= width) return [together];
  const hang = indent + ' '.repeat(HANG);
  const below = comment === '' ? [] : wrap(comment, width, { first: `${hang}# `, rest: `${hang}#   ` });
  return [...broken(code.trimStart(), width, indent, hang), ...below];
}

function broken(code: string, width: number, indent: string, hang: string): string[] {
  const lines: string[] = [];
  let rest = code;
  let before = indent;
  while (columnsOf(before + rest) > width) {
    const room = width - columnsOf(before);
    const at = breakIn(rest, room);
    lines.push(before + rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
    before = hang;
  }
  return [...lines, before + rest];
}

interface Break {
  readonly at: number;
  /** How much belongs together across it: parentheses first, then products before sums. */
  readonly bond: number;
}

/** Where the next line begins: of the operators in the right part of the room the one that binds least, of equals the last. */
function breakIn(code: string, room: number): number {
  const breaks: Break[] = [];
  let depth = 0;
  for (let at = 0; at < code.length && columnsOf(code.slice(0, at).trimEnd()) <= room; at++) {
    if (code[at] === '(') depth++;
    if (code[at] === ')') depth--;
    const [, operator] = / (\.?[-+*/^]) /y.exec(code.slice(at, at + 4)) ?? [];
    if (operator !== undefined && at > 0)
      breaks.push({ at: at + 1, bond: 2 * depth + (/[-+]$/.test(operator) ? 0 : 1) });
  }
  const far = breaks.filter(({ at }) => at > room / 3);
  const [first, ...others] = far.length > 0 ? far : breaks;
  if (first !== undefined) return others.reduce((best, each) => (each.bond <= best.bond ? each : best), first).at;
  // One operand alone is wider than a line.
  const blank = code.lastIndexOf(' ', room);
  return blank > 0 ? blank : Math.max(1, beginning(code, room).length);
}
