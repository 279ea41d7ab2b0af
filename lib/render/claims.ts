// What was measured: a mark, the sentence, and the number at the right edge of the column of numbers.

import { expected, measuredText } from './claim-words.ts';
import { columnsOf, padEnd, padStart } from './columns.ts';
import type { Look } from './look.ts';
import type { Claim } from './result.ts';
import { wrap } from './wrap.ts';

export function claims(all: readonly Claim[], look: Look): string[] {
  if (look.plain) return all.flatMap((claim) => wrap(inWords(claim), look.width, { rest: '  ' }));
  const measured = all.map(measuredText);
  const numbers = Math.max(0, ...measured.map(columnsOf));
  const gap = 4;
  const inline = numbers + gap <= look.width / 2;
  const room = inline
    ? Math.min(look.width - 3 - gap - numbers, Math.max(0, ...all.map((claim) => columnsOf(claim.says))))
    : look.width - 3;
  return all.flatMap((claim, index) => {
    const [first = '', ...rest] = wrap(claim.says, room);
    const number = measured[index] ?? '';
    const mark = look.unicode ? (claim.holds ? '✓' : '✗') : claim.holds ? '+' : 'x';
    const painted = claim.holds ? look.paint.green(mark) : look.paint.red(mark);
    return [
      inline
        ? ` ${painted} ${padEnd(first, room)}${' '.repeat(gap)}${padStart(number, numbers)}`
        : ` ${painted} ${first}`,
      ...rest.map((line) => `   ${line}`),
      ...(inline ? [] : wrap(number, look.width, { first: '     ' })),
      ...(claim.holds
        ? []
        : wrap(`expected ${expected(claim)}`, look.width, { first: '     ' }).map((line) => look.paint.dim(line))),
    ];
  });
}

function inWords(claim: Claim): string {
  const says = claim.says.replace(/\.$/, '');
  if (claim.holds) return `Holds: ${says}. Measured: ${measuredText(claim)}.`;
  return `Does not hold: ${says}. Measured: ${measuredText(claim)}; expected ${expected(claim)}.`;
}
