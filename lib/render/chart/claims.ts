// What was measured: a mark, the sentence, and the number; where it does not hold, what was expected.

import { expected, measuredText } from '../claim-words.ts';
import type { Claim } from '../result.ts';
import { type Drawing, label, nothing, shifted, stacked } from './drawing.ts';
import { element } from './markup.ts';
import { type Font, fold, widthOf } from './measure.ts';
import { bad, type Frame, faint, good, SIZE } from './theme.ts';

const font: Font = { size: SIZE.label };
const strong: Font = { ...font, bold: true };
const INDENT = 24;
const STEP = 19;
const GAP = 36;

export function claims(all: readonly Claim[], frame: Frame): Drawing {
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
export function mark(holds: boolean): string {
  const d = holds ? 'M2 8.5L6.5 13L14.5 2.5' : 'M3 3L13 13M13 3L3 13';
  const title = element('title', {}, holds ? 'holds' : 'does not hold');
  return element('g', {}, title, element('path', { d, 'stroke-width': 2.5, ...(holds ? good : bad) }));
}
