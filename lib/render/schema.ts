// The JSON Schema (draft 2020-12) of a Result. test/render holds it against real Results.

import { listOf, numeral, record, type Schema, text } from './json-schema.ts';

const figure = (properties: Record<string, Schema>, optional: readonly string[] = []): Schema =>
  record({ ...properties, beside: { const: true, description: 'may stand at the right of the figure before it' } }, [
    ...optional,
    'beside',
  ]);

const gap: Schema = { anyOf: [numeral, { type: 'null' }] };
const axis = { label: text, unit: text };

const lines = figure(
  {
    kind: { const: 'lines' },
    title: text,
    settings: text,
    x: record({ ...axis, values: listOf(numeral), scale: { enum: ['linear', 'log'] } }, ['unit', 'scale']),
    y: record({ ...axis, scale: { enum: ['linear', 'log'] }, range: record({ low: numeral, high: numeral }) }, [
      'unit',
      'range',
    ]),
    series: listOf(
      record({ name: text, values: listOf(gap), band: record({ low: listOf(gap), high: listOf(gap) }) }, ['band']),
    ),
    reference: record({ label: text, value: numeral }),
  },
  ['settings', 'reference'],
);

const heatmap = figure(
  {
    kind: { const: 'heatmap' },
    title: text,
    settings: text,
    rows: record({ ...axis, names: listOf(text) }, ['unit']),
    columns: record({ ...axis, names: listOf(text) }, ['unit']),
    values: listOf(listOf(numeral)),
    scale: record({ kind: { enum: ['diverging', 'sequential'] }, low: numeral, high: numeral }),
    unit: text,
  },
  ['settings', 'unit'],
);

const bars = figure(
  {
    kind: { const: 'bars' },
    title: text,
    settings: text,
    rows: record({ ...axis, names: listOf(text) }, ['unit']),
    values: listOf(numeral),
    most: numeral,
    whole: { const: true },
    unit: text,
  },
  ['settings', 'unit', 'whole'],
);

const table = figure({
  kind: { const: 'table' },
  title: text,
  columns: listOf(
    record({ title: text, unit: text, align: { enum: ['left', 'right'] }, digits: { type: 'integer' } }, [
      'unit',
      'digits',
    ]),
  ),
  rows: listOf({
    ...listOf({ anyOf: [text, { type: 'number' }, { type: 'null' }] }),
    description:
      'in a column of numbers, text is a bound (`< 1.2e-17`: no digit of it survives rounding; `over 63`) or a number beyond the range of a double (`2.9e-400`); null is no value',
  }),
});

const textFigure = figure({
  kind: { const: 'text' },
  title: text,
  language: { enum: ['equations', 'latex', 'plain', 'sample'] },
  lines: listOf(text),
});

const diagram = figure(
  {
    kind: { const: 'diagram' },
    title: text,
    settings: text,
    nodes: listOf(
      record({
        id: text,
        label: text,
        row: { type: 'integer' },
        column: { type: 'integer' },
        shape: { enum: ['cell', 'value', 'more'] },
      }),
    ),
    edges: listOf(
      record({ from: text, to: text, says: text, style: { enum: ['plain', 'back', 'gradient'] } }, ['says', 'style']),
    ),
  },
  ['settings'],
);

const timeline = figure(
  {
    kind: { const: 'timeline' },
    title: text,
    settings: text,
    rows: record({ ...axis, names: listOf(text) }, ['unit']),
    time: record({ ...axis, end: numeral }, ['unit']),
    groups: listOf(text),
    key: text,
    bars: listOf(
      record({
        row: { type: 'integer' },
        start: numeral,
        length: numeral,
        name: text,
        mark: text,
        group: { type: 'integer' },
      }),
    ),
  },
  ['settings'],
);

export const resultSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A Result of unroll',
  ...record(
    {
      unroll: { const: 1, description: 'version of this format' },
      experiment: { ...text, description: 'the subcommand that asked' },
      question: { ...text, description: 'what was asked, in words' },
      options: { type: 'object', description: 'every option that shaped the numbers' },
      seed: { type: 'integer' },
      figures: listOf({ oneOf: [lines, heatmap, bars, table, textFigure, diagram, timeline] }),
      claims: listOf(
        record(
          {
            id: text,
            says: text,
            measured: numeral,
            relation: { enum: ['<', '<=', '=', '>=', '>'] },
            bound: numeral,
            holds: { type: 'boolean' },
            measuredAs: text,
          },
          ['measuredAs'],
        ),
      ),
      notes: listOf(text),
      next: record({ says: text, command: text }),
    },
    ['next'],
  ),
};
