// The relative error as a strip of shades: a row a tensor, a column a step (or an entry), each shade two powers of ten.

import { columnsOf, padEnd } from '../../render/columns.ts';
import type { Look } from '../../render/look.ts';
import { exponent } from '../../render/numerals.ts';
import { shadesOf } from '../../render/shades.ts';
import { flow } from '../../render/wrap.ts';
import type { Finding } from '../report.ts';

type Strips = NonNullable<Finding['strips']>;

const scale = { kind: 'sequential', low: 0, high: 1 } as const;
/** An error below the first is as good as none; each further bound is where the next shade begins. */
const bounds = [1e-8, 1e-6, 1e-4, 1e-2];

const shadeOf = (error: number): number =>
  Number.isNaN(error) ? bounds.length : bounds.filter((bound) => error >= bound).length;

/** Nothing where the numbers beside one another say as much. */
export const worthAStrip = (strips: Strips): boolean =>
  strips.length > 3 || strips.some(({ errors }) => errors.length > 4);

export function strip(strips: Strips, unit: 'step' | 'call' | 'entry', look: Look): string[] {
  const shades = shadesOf(scale, look.unicode);
  const label = Math.min(Math.floor(look.width / 2), Math.max(...strips.map(({ name }) => columnsOf(name))));
  const room = Math.max(8, look.width - label - 2);
  const body = strips.flatMap(({ name, errors }) => {
    const glyphs = errors.map((error) => shades[shadeOf(error)]!);
    const parts = Array.from({ length: Math.max(1, Math.ceil(glyphs.length / room)) }, (_, i) =>
      glyphs.slice(i * room, (i + 1) * room).join(''),
    );
    return parts.map((part, i) => `${padEnd(i === 0 ? name : '', label)}  ${part}`.trimEnd());
  });
  const words = bounds.map((bound, i) => (i === 0 ? `below ${exponent(bound, 1)}` : `to ${exponent(bound, 1)}`));
  const key = [...words, 'above'].map((says, i) => `${shades[i]} ${says}`);
  return [
    `relative error, ${unit === 'step' ? 'step by step' : 'entry by entry'}`,
    ...body,
    ...flow(
      key.map((text) => ({ text, columns: columnsOf(text) })),
      look.width,
      '',
      2,
    ).map((line) => look.paint.dim(line)),
  ];
}

/** `--plain`: the largest of each, and where. */
export function stripInWords(strips: Strips, unit: 'step' | 'call' | 'entry'): string[] {
  return strips.map(({ name, errors }) => {
    const worst = errors.reduce((best, error, i) => (error > errors[best]! || Number.isNaN(error) ? i : best), 0);
    const first = errors.findIndex((error) => shadeOf(error) > 0);
    if (first < 0) return `${name}: right at every ${unit}.`;
    return `${name}: wrong from ${unit} ${first + 1} of ${errors.length} on; the largest error, ${exponent(errors[worst]!, 2)}, is at ${unit} ${worst + 1}.`;
  });
}
