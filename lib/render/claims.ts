// What was measured: a mark, the sentence, and the number at the right edge of the column of numbers; where it does not hold, what was expected.

import {
  type Drawing,
  type Font,
  type Frame,
  fold,
  label,
  nothing,
  shifted,
  stacked,
  widthOf,
} from './chart/drawing.ts';
import { bad, element, escaped, faint, good, greyed, SIZE } from './chart/markup.ts';
import { columnsOf, padEnd, padStart, wrap } from './columns.ts';
import type { Look } from './look.ts';
import { numeral, numeralApart } from './numerals.ts';
import type { Claim } from './result.ts';

const WORDS = { '<': 'below', '<=': 'at most', '=': 'exactly', '>=': 'at least', '>': 'above' };

function measuredText(claim: Claim): string {
  return claim.measuredAs ?? numeralApart(claim.measured, claim.bound);
}

function expected(claim: Claim): string {
  return `${WORDS[claim.relation]} ${numeral(claim.bound)}`;
}

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

const font: Font = { size: SIZE.label };
const strong: Font = { ...font, bold: true };
const INDENT = 24;
const STEP = 19;
const GAP = 36;

export function claimsDrawing(all: readonly Claim[], frame: Frame): Drawing {
  if (all.length === 0) return nothing;
  const numbers = Math.min(frame.width * 0.35, Math.max(...all.map((claim) => widthOf(measuredText(claim), strong))));
  const most = frame.width - INDENT - GAP - numbers;
  const sentence = Math.min(most, Math.max(...all.map((claim) => widthOf(claim.says, font))));
  return stacked(
    all.map((claim) => drawn(claim, sentence, numbers, frame)),
    5,
  );
}

function drawn(claim: Claim, sentence: number, numbers: number, frame: Frame): Drawing {
  const says = fold(claim.says, sentence, font);
  const measured = fold(measuredText(claim), numbers, strong);
  const wanted = claim.holds ? [] : fold(`expected ${expected(claim)}`, frame.width - INDENT, font);
  const right = { 'font-size': font.size, 'font-weight': 'bold', 'text-anchor': 'end' };
  const tall = Math.max(says.length, measured.length);
  const body = [
    shifted(0, 2, mark(claim.holds)),
    ...says.map((line, row) => label(line, INDENT, row * STEP + 14, { 'font-size': font.size })),
    ...measured.map((line, row) => label(line, INDENT + sentence + GAP + numbers, row * STEP + 14, right)),
    ...wanted.map((line, row) => label(line, INDENT, (tall + row) * STEP + 14, { ...faint, 'font-size': font.size })),
  ];
  return { width: frame.width, height: (tall + wanted.length) * STEP, body: body.join('\n') };
}

/** Drawn, since not every font has them: ✓ or ✗, with the word for whoever cannot see it. */
function mark(holds: boolean): string {
  const d = holds ? 'M2 8.5L6.5 13L14.5 2.5' : 'M3 3L13 13M13 3L3 13';
  const title = element('title', {}, holds ? 'holds' : 'does not hold');
  return element('g', {}, title, element('path', { d, 'stroke-width': 2.5, ...(holds ? good : bad) }));
}

/** On a page. */
export function claimMarkup(claim: Claim, grey: boolean): string {
  const drawn = element(
    'svg',
    { width: 17, height: 17, viewBox: '0 0 17 17', role: 'img', 'aria-label': claim.holds ? 'holds' : 'does not hold' },
    grey ? greyed(mark(claim.holds)) : mark(claim.holds),
  );
  return element(
    'li',
    {},
    drawn,
    element('span', {}, escaped(claim.says)),
    element('span', { class: 'measured' }, escaped(measuredText(claim))),
    claim.holds ? '' : element('span', { class: 'expected' }, escaped(`expected ${expected(claim)}`)),
  );
}
