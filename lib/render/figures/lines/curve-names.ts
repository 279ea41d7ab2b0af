// Which curve is which: its name at its end, or, where there is no room for that, a legend above.

import { type Drawing, type Frame, fold, label, widthOf } from '../../chart/drawing.ts';
import { axisLine, element, fillOf, SIZE, stroked } from '../../chart/markup.ts';

const font = { size: SIZE.label, bold: true };
const STEP = 17;

/** How wide the column of names at the right will be; 0 where a legend serves better. */
export function roomForLabels(names: readonly string[], width: number): number {
  if (width < 500 || names.length === 0 || names.length > 16) return 0;
  const whole = Math.max(...names.map((name) => widthOf(name, font)));
  const most = width * 0.2;
  if (whole <= most) return whole;
  const lines = names.map((name) => fold(name, most, font).length);
  return lines.every((count) => count <= 3) ? most : 0;
}

interface Column {
  readonly left: number;
  readonly room: number;
  readonly height: number;
}

/** Where the curve of that index ends, in pixels. */
export interface End {
  readonly index: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** A curve that ends early, or whose neighbours want the same place, is joined to its name by a thin line. */
export function endLabels(ends: readonly End[], { left, room, height }: Column): string {
  const wanted = ends.map((end) => {
    const lines = fold(end.name, room, font);
    return { ...end, lines, size: lines.length * STEP };
  });
  wanted.sort((a, b) => a.y - b.y || a.index - b.index);
  const middles = apart(
    wanted.map(({ y, size }) => ({ at: y, size })),
    height,
  );
  return wanted
    .map(({ index, lines, x, y, size }, place) => {
      const middle = middles[place] ?? y;
      const texts = lines.map((text, row) =>
        label(text, left + 20, middle - size / 2 + row * STEP + 13, {
          ...fillOf(index),
          'font-size': font.size,
          'font-weight': 'bold',
        }),
      );
      const moved = Math.abs(middle - y) > 3 || x < left - 3;
      const joint = moved
        ? element('path', {
            d: `M${r(x + 4)} ${r(y)}L${r(Math.max(x + 4, left + 4))} ${r(y)}L${r(left + 16)} ${r(middle)}`,
            ...axisLine,
          })
        : '';
      return joint + texts.join('');
    })
    .join('\n');
}

const r = (value: number): number => Math.round(value * 10) / 10;

/**
 * Middles as near as can be (least squares) to where they are wanted, ascending, no two overlapping, within 0…height as far as they fit.
 * Counted from where each would be if all were stacked at the top, they may only grow: pool adjacent violators (Ayer et al. 1955).
 */
export function apart(wanted: readonly { readonly at: number; readonly size: number }[], height: number): number[] {
  let total = 0;
  const stacked = wanted.map(({ size }) => {
    total += size;
    return total - size / 2;
  });
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach(({ at }, index) => {
    let pool = { sum: at - (stacked[index] ?? 0), count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count >= pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  });
  const lowest = Math.max(-6, height + 6 - total);
  const shifts = pools.flatMap(({ sum, count }) =>
    new Array<number>(count).fill(Math.max(-6, Math.min(lowest, sum / count))),
  );
  return stacked.map((middle, index) => middle + (shifts[index] ?? 0));
}

const SAMPLE = 34;

export function legend(names: readonly string[], frame: Frame): Drawing {
  const room = frame.width - SAMPLE - 8;
  const parts: string[] = [];
  let left = 0;
  let top = 0;
  names.forEach((name, index) => {
    const lines = fold(name, room, font);
    const width = SAMPLE + 8 + Math.max(...lines.map((text) => widthOf(text, font)));
    if (left > 0 && left + width > frame.width) {
      left = 0;
      top += STEP + 3;
    }
    const middle = top + STEP / 2;
    parts.push(element('path', { d: `M${r(left)} ${r(middle)}h${SAMPLE}`, ...stroked(index) }));
    lines.forEach((text, row) => {
      parts.push(
        label(text, left + SAMPLE + 8, top + row * STEP + 13, {
          ...fillOf(index),
          'font-size': font.size,
          'font-weight': 'bold',
        }),
      );
    });
    top += (lines.length - 1) * STEP;
    left += width + 22;
  });
  return { width: frame.width, height: names.length === 0 ? 0 : top + STEP + 3, body: parts.join('\n') };
}
