// Random figures and Results for the properties: any numbers, any text, the sizes of a terminal.

import type {
  BarsFigure,
  DiagramFigure,
  Figure,
  HeatmapFigure,
  LinesFigure,
  Result,
  TableFigure,
  TextFigure,
  TimelineFigure,
} from '../../lib/render/result.ts';
import fc from '../fast-check.ts';

const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double(),
  fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const words = fc.oneof(
  fc.string({ maxLength: 24 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '‖∂L/∂h_t‖, σ ≤ 1',
    'a\u001b[31mred\u001b[0m',
    'two\nlines',
    '漢字かな',
    'e\u0301te\u0301',
    '👩‍👩‍👧',
    '\u202eabc',
    'a word and another and another',
  ),
);
const title = fc.oneof(fc.constant(''), words);

const scale = fc.constantFrom('linear' as const, 'log' as const);

const lines: fc.Arbitrary<LinesFigure> = fc.integer({ min: 0, max: 90 }).chain((points) => {
  const values = fc.array(fc.option(number), { minLength: points, maxLength: points });
  return fc
    .record({
      title,
      settings: words,
      x: fc.record({ label: words, values: fc.array(number, { minLength: points, maxLength: points }), scale }),
      y: fc.oneof(
        fc.record({ label: words, scale }),
        fc.record({ label: words, scale, range: fc.record({ low: number, high: number }) }),
      ),
      series: fc.array(
        fc.oneof(
          fc.record({ name: words, values }),
          fc.record({ name: words, values, band: fc.record({ low: values, high: values }) }),
        ),
        { maxLength: 5 },
      ),
      reference: fc.record({ label: words, value: number }),
    })
    .map((figure) => ({ kind: 'lines' as const, ...figure }));
});

const heatmap: fc.Arbitrary<HeatmapFigure> = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 300 }))
  .chain(([rows, steps]) =>
    fc
      .record({
        title,
        rows: fc.record({ label: words, names: fc.array(words, { minLength: rows, maxLength: rows }) }),
        columns: fc.record({
          label: words,
          names: fc.oneof(
            fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), {
              minLength: steps,
              maxLength: steps,
            }),
            fc.array(words, { minLength: steps, maxLength: steps }),
          ),
        }),
        values: fc.array(fc.array(number, { minLength: steps, maxLength: steps }), {
          minLength: rows,
          maxLength: rows,
        }),
        scale: fc.record({
          kind: fc.constantFrom('diverging' as const, 'sequential' as const),
          low: number,
          high: number,
        }),
      })
      .map((figure) => ({ kind: 'heatmap' as const, ...figure })),
  );

const bars: fc.Arbitrary<BarsFigure> = fc.integer({ min: 0, max: 20 }).chain((rows) =>
  fc
    .record({
      title,
      settings: words,
      rows: fc.record({ label: words, names: fc.array(words, { minLength: rows, maxLength: rows }) }),
      values: fc.array(number, { minLength: rows, maxLength: rows }),
      most: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      unit: words,
    })
    .map((figure) => ({ kind: 'bars' as const, ...figure })),
);

const table: fc.Arbitrary<TableFigure> = fc.integer({ min: 0, max: 7 }).chain((columns) =>
  fc
    .record({
      title,
      columns: fc.array(fc.record({ title: words, align: fc.constantFrom('left' as const, 'right' as const) }), {
        minLength: columns,
        maxLength: columns,
      }),
      rows: fc.array(fc.array(fc.oneof(number, words, fc.constant(null)), { minLength: columns, maxLength: columns }), {
        maxLength: 6,
      }),
    })
    .map((figure) => ({ kind: 'table' as const, ...figure })),
);

const prose: fc.Arbitrary<TextFigure> = fc.record({
  kind: fc.constant('text' as const),
  title,
  language: fc.constantFrom('plain' as const, 'equations' as const, 'latex' as const),
  lines: fc.array(words),
});

const diagram: fc.Arbitrary<DiagramFigure> = fc.integer({ min: 0, max: 8 }).chain((count) => {
  const end = fc.integer({ min: 0, max: Math.max(0, count - 1) }).map((node) => `n${node}`);
  return fc
    .record({
      title,
      nodes: fc.array(
        fc.record({
          label: words,
          row: fc.nat(4),
          column: fc.nat(6),
          shape: fc.constantFrom('cell' as const, 'value' as const, 'more' as const),
        }),
        { minLength: count, maxLength: count },
      ),
      edges:
        count === 0
          ? fc.constant([])
          : fc.array(fc.oneof(fc.record({ from: end, to: end }), fc.record({ from: end, to: end, says: words })), {
              maxLength: 10,
            }),
    })
    .map(({ title, nodes, edges }) => ({
      kind: 'diagram' as const,
      title,
      nodes: nodes.map((node, index) => ({ id: `n${index}`, ...node })),
      edges,
    }));
});

const timeline: fc.Arbitrary<TimelineFigure> = fc.integer({ min: 0, max: 6 }).chain((rows) => {
  const time = fc.oneof(fc.nat(200), number);
  return fc
    .record({
      title,
      settings: words,
      rows: fc.record({ label: words, names: fc.array(words, { minLength: rows, maxLength: rows }) }),
      time: fc.record({ label: words, end: time }),
      groups: fc.array(words, { maxLength: 4 }),
      key: words,
      bars: fc.array(
        fc.record({ row: fc.nat(6), start: time, length: time, name: words, mark: words, group: fc.nat(4) }),
        { maxLength: 30 },
      ),
    })
    .map((figure) => ({ kind: 'timeline' as const, ...figure }));
});

export const figure: fc.Arbitrary<Figure> = fc.oneof(lines, heatmap, bars, table, prose, diagram, timeline);

export const result: fc.Arbitrary<Result> = fc.record({
  unroll: fc.constant(1 as const),
  experiment: words,
  question: words,
  options: fc.dictionary(words, fc.oneof(words, fc.integer())),
  seed: fc.nat(),
  figures: fc.array(
    fc.tuple(figure, fc.boolean()).map(([one, beside]): Figure => (beside ? { ...one, beside: true } : one)),
    { maxLength: 3 },
  ),
  claims: fc.array(
    fc.record({
      id: words,
      says: words,
      measured: number,
      relation: fc.constantFrom('<' as const, '>=' as const),
      bound: number,
      holds: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  notes: fc.array(words, { maxLength: 3 }),
});
