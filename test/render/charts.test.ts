// A drawing is read back: every value must lie where the marks of its axis say, and every text must be there as it was given.

import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { svg } from '../../lib/render/charts.ts';
import type { LinesFigure, Result } from '../../lib/render/result.ts';
import fc from '../fast-check.ts';
import * as any from './arbitrary.ts';
import { namedBy } from './chart/hostile.ts';
import { all, named, numberOf, type Parsed, parsed, pointsOf } from './chart/parsed.ts';
import { gates, gradients, loss, reach, resultOf, states, vanishing } from './samples.ts';

const drawn = (...figures: Result['figures']): Parsed => parsed(svg(resultOf(...figures)));
const close = (a: number, b: number, within = 0.02): void => assert.ok(Math.abs(a - b) <= within, `${a} and ${b}`);

const line = (values: LinesFigure['series'][number]['values'], more: Partial<LinesFigure> = {}): LinesFigure => ({
  kind: 'lines',
  title: 'a line',
  x: { label: 't', values: values.map((_, t) => t + 1) },
  y: { label: 'error', unit: '%', scale: 'linear' },
  series: [{ name: 'it', values }],
  ...more,
});
const onLog = { y: { label: 'error', scale: 'log' } } as const;

const curvesOf = (page: Parsed): Parsed[] =>
  named(page, 'path').filter(({ attributes }) => /^s\d$/.test(attributes.class ?? ''));
const bandsOf = (page: Parsed): Parsed[] =>
  named(page, 'path').filter(({ attributes }) => 'fill-opacity' in attributes);
const textsOf = (page: Parsed): string[] => named(page, 'text').map(({ text }) => text);

/** From the marks at the left: the height of a value. */
function heights(page: Parsed): Map<number, number> {
  const marks = named(page, 'text').filter(({ attributes }) => attributes.x === '-8');
  return new Map(
    marks.map((mark) => {
      const raised = named(mark, 'tspan')[0]?.text.replace('−', '-');
      const whole = mark.text.replaceAll('−', '-');
      const value = raised === undefined ? Number(whole) : Number(`1e${raised}`);
      return [value, numberOf(mark, 'y') + mark.at[1] - 14 * 0.35];
    }),
  );
}

test('is well-formed and without NaN, whatever numbers and text the Result is made of', () => {
  fc.assert(
    fc.property(any.result, fc.boolean(), (result, grey) => {
      const text = svg(result, { grey });
      const page = parsed(text);
      for (const { name, attributes } of all(page)) {
        assert.ok(!['script', 'style', 'image', 'foreignObject', 'a'].includes(name));
        for (const [key, value] of Object.entries(attributes))
          if (key !== 'aria-label')
            assert.doesNotMatch(value, /NaN|Infinity|undefined|url\(/, `${name} ${key}="${value}"`);
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML knows none of these
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufffe\uffff]/);
    }),
    { numRuns: 100 },
  );
});

describe('text from outside', () => {
  const hostile: readonly (readonly [given: string, shown: string])[] = [
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    [']]>', ']]>'],
    [`"'&amp;`, `"'&amp;`],
    ['--><svg onload=x>', '--><svg onload=x>'],
    ['a\u0000b\u001b[2J', 'a␀b␛[2J'],
    ['\ufffe\ud800', '\\ufffe\\ud800'],
  ];
  for (const [given, shown] of hostile)
    it(`is text: ${shown}`, () => {
      const page = parsed(svg(namedBy(given)));
      assert.equal(named(page, 'script').length, 0);
      assert.equal(named(page, 'svg').length, 1);
      assert.equal(named(page, 'title')[0]?.text, shown);
      // Question, two titles, the curve, the column, the cell, the line of text, the note.
      assert.ok(textsOf(page).filter((text) => text === shown).length >= 7);
    });
});

describe('curves', () => {
  it('lie where the marks of the axes say', () => {
    const page = drawn(line([10, 40, 20, 30]));
    const [curve] = curvesOf(page);
    const points = pointsOf(curve!);
    const scale = heights(page);
    for (const [index, value] of [10, 40, 20, 30].entries()) close(points[index]![1], scale.get(value)!);
    const steps = points.map(([x]) => x);
    close(steps[1]! - steps[0]!, steps[3]! - steps[2]!);
    const mark = named(page, 'text').find(
      ({ text, attributes }) => text === '1' && attributes['text-anchor'] === 'middle',
    )!;
    close(numberOf(mark, 'x') + mark.at[0], steps[0]!);
  });

  it('lie at their logarithm on a log axis', () => {
    const page = drawn(line([1e-6, 1e-2, 1e-4], onLog));
    const scale = heights(page);
    const points = pointsOf(curvesOf(page)[0]!);
    for (const [index, value] of [1e-6, 1e-2, 1e-4].entries()) close(points[index]![1], scale.get(value)!);
    close(scale.get(1e-6)! - scale.get(1e-4)!, scale.get(1e-4)! - scale.get(1e-2)!);
  });

  it('break where there is no value, or none that a log axis can show, and say so', () => {
    const page = drawn(line([1, 2, null, 4, 5, 0, 7, 8], onLog));
    const d = curvesOf(page)[0]?.attributes.d ?? '';
    assert.equal(d.match(/M/g)?.length, 3);
    assert.equal(pointsOf(curvesOf(page)[0]!).length, 6);
    assert.ok(textsOf(page).some((text) => /1 of 8 values is missing/.test(text)));
    assert.ok(textsOf(page).some((text) => /is zero or below/.test(text)));
  });

  it('show a point without neighbours as a dot', () => {
    const values = Array.from({ length: 20 }, (_, t) => (t === 7 || t > 15 ? t : null));
    const page = drawn(line(values));
    const [dot, ...others] = named(page, 'circle');
    assert.equal(others.length, 0);
    close(numberOf(dot!, 'cy') + dot!.at[1], pointsOf(curvesOf(page)[0]!)[0]![1]);
  });

  it('of a single point are a dot in the middle', () => {
    const page = drawn(line([3]));
    assert.equal(named(page, 'circle').length, 1);
    assert.ok(textsOf(page).some((text) => /Only one point, at t 1/.test(text)));
  });

  it('on the line of another are said to be, and more than three bands are said instead of drawn', () => {
    const band = { low: [1, 2], high: [3, 4] };
    const series = ['a', 'b', 'c', 'd'].map((name, k) => ({ name, values: [2, k < 2 ? 3 : k], band }));
    const page = drawn(line([1, 2], { series }));
    assert.equal(bandsOf(page).length, 0);
    const texts = textsOf(page);
    assert.ok(texts.includes('b: on the line of a.'));
    assert.ok(!texts.includes('c: on the line of a.'));
    assert.ok(texts.includes('Not drawn, since 4 would hide one another: the ranges over seeds.'));
    assert.equal(bandsOf(drawn(line([1, 2], { series: series.slice(1) }))).length, 3);
  });

  it('over a logarithmic x are marked like its ends: plain numbers where they are counts, else powers of ten', () => {
    const over = (values: number[]) =>
      named(drawn(line(values, { x: { label: 't', values, scale: 'log' } })), 'text')
        .filter(({ attributes }) => attributes.x !== '-8')
        .map(({ text }) => text);
    const counts = over([1, 10, 100, 1000]);
    for (const mark of ['1', '10', '100', '1000']) assert.ok(counts.includes(mark), mark);
    const powers = over([1e-6, 1e-3, 1]);
    for (const mark of ['10−6', '10−4', '1']) assert.ok(powers.includes(mark), `${mark}: ${powers.join()}`);
    assert.ok(![...counts, ...powers].some((text) => /\de/.test(text)));
  });

  it('are drawn over the smallest numbers there are, too, and over neighbours in the last bit', () => {
    for (const values of [
      [-5e-324, 0, 0, 5e-324],
      [5e-324, 1e-323],
      [1, 1 + 2 ** -52],
    ])
      for (const scale of ['linear', 'log'] as const) {
        const page = drawn(line(values, { x: { label: 'x', values }, y: { label: 'y', scale } }));
        assert.equal(curvesOf(page).length, 1);
        assert.doesNotMatch(curvesOf(page)[0]!.attributes.d!, /NaN|Infinity/);
      }
  });

  it('have a band from the least to the greatest of the seeds', () => {
    const band = { low: [1, 2, null, 4], high: [3, 4, 5, 8] };
    const page = drawn(line([2, 3, 4, 6], { series: [{ name: 'it', values: [2, 3, 4, 6], band }] }));
    const scale = heights(page);
    const points = pointsOf(bandsOf(page)[0]!).map(([, y]) => y);
    for (const value of [1, 2, 3, 4])
      assert.ok(
        points.some((y) => Math.abs(y - scale.get(value)!) < 0.02),
        `${value}`,
      );
    assert.ok(!points.some((y) => Math.abs(y - scale.get(5)!) < 0.02));
    assert.ok(textsOf(page).includes('Shaded: the range over seeds.'));
  });

  it('have a band down to the end of a log axis where a seed is zero', () => {
    const band = { low: [0, 0.01, 0.1], high: [1, 1, 10] };
    const page = drawn(line([0.1, 0.1, 1], { ...onLog, series: [{ name: 'it', values: [0.1, 0.1, 1], band }] }));
    const rule = named(page, 'line').find(({ attributes }) => attributes.class === 'axis' && attributes.x1 === '0')!;
    const lowest = Math.max(...pointsOf(bandsOf(page)[0]!).map(([, y]) => y));
    close(lowest, numberOf(rule, 'y1') + rule.at[1]);
  });

  it('are compared with a labelled line at its value', () => {
    const page = drawn(line([1, 4], { reference: { label: 'chance', value: 2 } }));
    const rule = named(page, 'line').find(({ attributes }) => attributes['stroke-dasharray'] === '4 4')!;
    close(numberOf(rule, 'y1') + rule.at[1], heights(page).get(2)!);
    assert.ok(textsOf(page).includes('chance (2)'));
  });

  it('show at least the range of the axis', () => {
    const y = { label: 'open', scale: 'linear', range: { low: 0, high: 1 } } as const;
    const scale = heights(drawn(line([0.5, 0.6], { y })));
    assert.ok(scale.has(0) && scale.has(1));
  });

  it('are told apart without colour: each has a dash of its own, and its name', () => {
    const names = Array.from({ length: 8 }, (_, k) => `series ${k}`);
    const figure = line([1, 2], { series: names.map((name, k) => ({ name, values: [k, k + 1] })) });
    const page = parsed(svg(resultOf(figure), { grey: true }));
    const curves = curvesOf(page);
    assert.equal(new Set(curves.map(({ attributes }) => attributes['stroke-dasharray'] ?? 'none')).size, 8);
    for (const name of names) assert.ok(textsOf(page).includes(name));
    for (const { attributes } of all(page))
      for (const colour of [attributes.fill, attributes.stroke])
        if (/^#.{6}$/.test(colour ?? '')) assert.match(colour!, /^#(..)\1\1$/);
  });

  it('have names at their ends that do not lie on one another', () => {
    const figure = line([1, 2], { series: ['a', 'b', 'c', 'd'].map((name) => ({ name, values: [1, 2] })) });
    const ends = named(drawn(figure), 'text').filter(({ text }) => /^[abcd]$/.test(text));
    const places = ends.map((end) => numberOf(end, 'y') + end.at[1]).sort((a, b) => a - b);
    for (const [index, y] of places.slice(1).entries()) assert.ok(y - places[index]! >= 16.9);
  });

  it('too many for names at their ends have a legend', () => {
    const names = Array.from({ length: 20 }, (_, k) => `series ${k}`);
    const page = drawn(line([1, 2], { series: names.map((name, k) => ({ name, values: [k, k + 1] })) }));
    for (const name of names) assert.ok(textsOf(page).includes(name));
    assert.equal(curvesOf(page).length, 40);
    const looks = curvesOf(page).map(
      ({ attributes }) => `${attributes['stroke-dasharray']} ${attributes['stroke-width']}`,
    );
    assert.equal(new Set(looks).size, 20);
  });

  it('of nothing say so', () => {
    assert.ok(textsOf(drawn(line([1], { series: [] }))).some((text) => /There is no series/.test(text)));
    assert.ok(textsOf(drawn(line([-1, 0, null], onLog))).some((text) => /Nothing to draw/.test(text)));
  });

  it('of many points keep the extremes of every pixel, in a drawing of a bounded size', () => {
    const values = Array.from({ length: 50_000 }, (_, t) => (t === 33_333 ? 9 : Math.sin(t)));
    const page = drawn(line(values));
    const points = pointsOf(curvesOf(page)[0]!);
    assert.ok(points.length < 6 * 800);
    const scale = heights(page);
    close(Math.min(...points.map(([, y]) => y)), scale.get(8)! - (scale.get(6)! - scale.get(8)!) / 2, 0.1);
  });
});

describe('maps', () => {
  it('have a cell a value, in the colour of its place on the scale', () => {
    const page = drawn({
      ...states,
      values: [
        [-1, 0, 1],
        [1, 1, 1],
      ],
      columns: { label: '', names: ['a', 'b', 'c'] },
    });
    const cells = named(page, 'path').filter(({ attributes }) => attributes['shape-rendering'] === 'crispEdges');
    const count = (colour: string): number =>
      (cells.find(({ attributes }) => attributes.fill === colour)?.attributes.d ?? '').split('z').length - 1;
    assert.deepEqual([count('#0550a0'), count('#e8e8e4'), count('#be4b00')], [1, 1, 4]);
  });

  it('mark what is negative, for print in black and white', () => {
    const strokes = (values: number[][]): number =>
      named(drawn({ ...states, values, columns: { label: '', names: ['a', 'b'] } }), 'path')
        .filter(({ attributes }) => attributes['stroke-width'] === '1.25')
        .map(({ attributes }) => attributes.d!.split('M').length - 1)
        .reduce((a, b) => a + b, 0);
    assert.equal(
      strokes([
        [-1, -0.9],
        [1, 0],
      ]) -
        strokes([
          [1, 1],
          [1, 0],
        ]),
      2,
    );
  });

  it('cross out what is no number', () => {
    assert.ok(textsOf(drawn({ ...gates, values: [[Number.NaN, 1]] })).some((text) => text.startsWith('× not finite')));
  });

  it('name the rows, and the steps that there is room for', () => {
    const texts = textsOf(drawn(states));
    for (const name of states.rows.names) assert.ok(texts.includes(name));
    assert.equal(texts.filter((text) => text === 'e').length, 3);
  });

  it('of many steps are pooled, and say so', () => {
    const wide = Array.from({ length: 1000 }, (_, t) => Math.sin(t));
    const page = drawn({ ...states, values: [wide], columns: { label: 't', names: wide.map(String) } });
    assert.ok(textsOf(page).some((text) => /Each cell stands for 3 steps/.test(text)));
  });

  it('without values say so', () => {
    assert.ok(textsOf(drawn({ ...states, values: [] })).some((text) => /Nothing to draw/.test(text)));
  });
});

describe('tables', () => {
  it('hold every cell, folded where the page is too narrow', () => {
    const wordy = 'a sentence that is much longer than a column of a table may be, and then goes on for as long again';
    const page = drawn({ ...reach, rows: [...reach.rows, [wordy, 1, 2, 3, wordy]] });
    const text = textsOf(page).join(' ');
    for (const word of ['vanishes, slowly', '0.81', '22', 'decay a step', 'as long again'])
      assert.ok(text.includes(word));
    for (const each of named(page, 'text')) assert.ok(numberOf(each, 'x') + each.at[0] <= 776);
  });

  it('without rows or columns say so', () => {
    assert.ok(textsOf(drawn({ ...reach, rows: [] })).some((text) => /No rows/.test(text)));
    assert.ok(textsOf(drawn({ ...reach, columns: [], rows: [] })).some((text) => /no columns/.test(text)));
  });
});

describe('the page', () => {
  it('has the question, the claims with their marks and numbers, and the notes', () => {
    const page = parsed(svg(vanishing));
    assert.deepEqual(
      named(page, 'title').map(({ text }) => text),
      [vanishing.question, 'holds', 'does not hold'],
    );
    const text = textsOf(page).join(' ');
    for (const part of ['4.1e-9', '19 of 20', 'expected at least 20', 'Every cell was initialised'])
      assert.ok(text.includes(part), part);
  });

  it('keeps lines of equations with their blanks', () => {
    const page = drawn({ kind: 'text', title: '', language: 'equations', lines: ['h   = tanh(x)', '    # why'] });
    assert.ok(
      named(page, 'text')
        .filter(({ attributes }) => attributes['xml:space'] === 'preserve')
        .some(({ text }) => text === '    # why'),
    );
  });

  it('has no notes with --quiet', () => {
    assert.doesNotMatch(svg(vanishing, { quiet: true }), /Every cell was initialised/);
  });

  it('is as tall as what is on it', () => {
    const height = (...figures: Result['figures']): number => numberOf(named(drawn(...figures), 'svg')[0]!, 'height');
    assert.ok(height(gradients, loss, states) > height(gradients, loss) + 300);
    for (const each of named(drawn(gradients, loss, states), 'text'))
      assert.ok(numberOf(each, 'y') + each.at[1] < height(gradients, loss, states));
  });

  it('is the same every time', () => {
    assert.equal(svg(vanishing), svg(vanishing));
  });
});
