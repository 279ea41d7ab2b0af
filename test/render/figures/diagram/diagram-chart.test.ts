// Diagrams: every arrow goes from its box to its box, and through no other.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { svg } from '../../../../lib/render/charts.ts';
import type { DiagramFigure } from '../../../../lib/render/result.ts';
import { named, numberOf, parsed } from '../../chart/parsed.ts';
import { bidirectional, inside, resultOf, unrolled } from '../../samples.ts';

type Spot = readonly [x: number, y: number];

interface Place {
  readonly label: string;
  readonly middle: Spot;
}

const samples: Readonly<Record<string, DiagramFigure>> = {
  unrolled: unrolled(3, ['h', 'c'], { more: true, feedback: true }),
  'in both directions': bidirectional(4),
  'one step, in rows': inside('rows'),
  'one step, in columns': inside('columns'),
};

describe('diagrams', () => {
  for (const [name, figure] of Object.entries(samples))
    it(`${name}: every arrow, from its box to its box`, () => {
      const page = parsed(svg(resultOf(figure)));
      const places: Place[] = named(page, 'text').map((text) => ({
        label: text.text,
        middle: [numberOf(text, 'x'), numberOf(text, 'y') - 5],
      }));
      const arrows = named(page, 'path').filter(({ attributes }) => /Q/.test(attributes.d ?? ''));
      assert.equal(arrows.length, figure.edges.length);
      for (const [index, { from, to }] of figure.edges.entries()) {
        const numbers = (arrows[index]?.attributes.d ?? '').match(/-?[\d.]+/g)!.map(Number);
        const [a = 0, b = 0, , , c = 0, d = 0] = numbers;
        assert.ok(near(places, labelOf(figure, from), [a, b]), `${from} at ${a} ${b}`);
        assert.ok(near(places, labelOf(figure, to), [c, d]), `${to} at ${c} ${d}`);
        for (const box of named(page, 'rect').filter(({ attributes }) => attributes.rx !== undefined))
          for (let k = 1; k < 20; k++)
            assert.ok(!within(box, on(numbers, k / 20)), `${from} to ${to} runs through a box`);
      }
    });

  it('dash what is fed back', () => {
    const figure = unrolled(3, ['h'], { feedback: true });
    const dashed = named(parsed(svg(resultOf(figure))), 'path').filter(
      ({ attributes }) => attributes['stroke-dasharray'],
    );
    assert.equal(dashed.length, 2);
  });

  it('are made smaller where they do not fit', () => {
    const [page] = named(parsed(svg(resultOf(unrolled(20, ['h'])))), 'svg');
    const scaled = named(page!, 'g').map(
      ({ attributes }) => /^scale\(([\d.]+)\)$/.exec(attributes.transform ?? '')?.[1],
    );
    const scale = Number(scaled.find((each) => each !== undefined));
    for (const text of named(page!, 'text')) assert.ok(numberOf(text, 'x') * scale < 776);
  });
});

const labelOf = ({ nodes }: DiagramFigure, id: string): string => nodes.find((node) => node.id === id)!.label;
const near = (places: readonly Place[], label: string, [x, y]: Spot): boolean =>
  places.some((p) => p.label === label && Math.abs(p.middle[0] - x) < 75 && Math.abs(p.middle[1] - y) < 30);

function within(box: Parameters<typeof numberOf>[0], [x, y]: Spot): boolean {
  const [left, top] = [numberOf(box, 'x'), numberOf(box, 'y')];
  return x > left + 1 && x < left + numberOf(box, 'width') - 1 && y > top + 1 && y < top + numberOf(box, 'height') - 1;
}

function on([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[], t: number): Spot {
  const mix = (p: number, q: number, r: number): number => (1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r;
  return [mix(a, c, e), mix(b, d, f)];
}
