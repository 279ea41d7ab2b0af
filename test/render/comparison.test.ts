// Two Results as one: on one chart, in one table, on one scale where they have the same axes; named where they have not.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { claim } from '../../lib/experiments/kit/claim.ts';
import { comparison } from '../../lib/render/comparison.ts';
import { resultSchema } from '../../lib/render/render.ts';
import type { Figure, HeatmapFigure, LinesFigure, Result, TableFigure } from '../../lib/render/result.ts';

const validate = new Ajv2020({ strict: false }).compile(resultSchema);

const resultOf = (figures: readonly Figure[], more: Partial<Result> = {}): Result => ({
  unroll: 1,
  experiment: 'states',
  question: 'What?',
  options: { hidden: 4 },
  seed: 1,
  figures,
  claims: [],
  notes: [],
  ...more,
});
const curve = (name: string, x: number[], values: number[], more: Partial<LinesFigure> = {}): LinesFigure => ({
  kind: 'lines',
  title: 'Loss',
  x: { label: 't', values: x },
  y: { label: 'loss', scale: 'log' },
  series: [{ name, values }],
  ...more,
});
const table = (rows: TableFigure['rows'], title = 'a'): TableFigure => ({
  kind: 'table',
  title: 'Numbers',
  columns: [{ title, align: 'left' }],
  rows,
});
const map = (high: number): HeatmapFigure => ({
  kind: 'heatmap',
  title: 'Map',
  rows: { label: 'unit', names: ['1'] },
  columns: { label: 't', names: ['a', 'b'] },
  values: [[0, high]],
  scale: { kind: 'sequential', low: 0, high },
});
const of = (a: readonly Figure[], b: readonly Figure[]): readonly Figure[] => {
  const result = comparison({ name: 'left', result: resultOf(a) }, { name: 'right', result: resultOf(b) });
  assert.ok(validate(result), JSON.stringify(validate.errors?.slice(0, 2)));
  return result.figures;
};

describe('two results as one', () => {
  it('draws lines over the same x in one chart, named by their sides', () => {
    const [figure, ...more] = of([curve('loss', [1, 2], [3, 4])], [curve('loss', [1, 2], [5, 6])]) as LinesFigure[];
    assert.equal(more.length, 0);
    assert.equal(figure!.title, 'Loss');
    assert.deepEqual(figure!.series, [
      { name: 'left', values: [3, 4] },
      { name: 'right', values: [5, 6] },
    ]);
  });
  it('lets the shorter of two end where it ends', () => {
    const [figure] = of([curve('loss', [1, 2], [3, 4])], [curve('loss', [1, 2, 3], [5, 6, 7])]) as LinesFigure[];
    assert.deepEqual(figure!.x.values, [1, 2, 3]);
    assert.deepEqual(figure!.series[0]!.values, [3, 4, null]);
  });
  it('keeps apart what has other axes, other steps or another thing to compare with', () => {
    const mine = curve('loss', [1, 2], [3, 4]);
    const others: LinesFigure[] = [
      { ...mine, y: { label: 'loss', scale: 'linear' } },
      { ...mine, x: { label: 'update', values: [1, 2] } },
      curve('loss', [2, 3], [3, 4]),
      { ...mine, reference: { label: 'chance', value: 1 } },
    ];
    for (const other of others) {
      const figures = of([mine], [other]) as LinesFigure[];
      assert.deepEqual(
        figures.map(({ title }) => title),
        ['left: Loss', 'right: Loss'],
      );
      assert.ok(figures.every(({ series }) => series.length === 1));
    }
  });
  it('does not crowd a chart: more than six lines stand beside each other', () => {
    const many = { ...curve('h', [1], [2]), series: [1, 2, 3, 4].map((i) => ({ name: `h ${i}`, values: [i] })) };
    const figures = of([many], [many]);
    assert.deepEqual(
      figures.map(({ beside }) => beside),
      [undefined, true],
    );
  });
  it('joins tables, with a column that says which, unless the first does already', () => {
    const [joined] = of([table([['x']])], [table([['y']])]) as TableFigure[];
    assert.deepEqual(joined!.rows, [
      ['left', 'x'],
      ['right', 'y'],
    ]);
    assert.equal(joined!.columns[0]!.title, 'side');
    const [plain] = of([table([['left']])], [table([['right']])]) as TableFigure[];
    assert.deepEqual(plain!.rows, [['left'], ['right']]);
    assert.equal(plain!.columns.length, 1);
    assert.equal(of([table([['x']])], [table([['y']], 'b')]).length, 2);
  });
  it('leaves out a column of cells that says no more than the side', () => {
    const runs = (...cells: string[]): TableFigure => ({
      ...table([]),
      columns: [
        { title: 'cell', align: 'left' },
        { title: 'k', align: 'right' },
      ],
      rows: cells.map((cell, k) => [cell, k]),
    });
    const columns = (a: TableFigure, b: TableFigure) =>
      (of([a], [b]) as TableFigure[])[0]!.columns.map(({ title }) => title);
    assert.deepEqual(columns(runs('lstm', 'lstm'), runs('lstm')), ['side', 'k']);
    assert.deepEqual(columns(runs('lstm'), runs('gru')), ['side', 'cell', 'k']);
    assert.deepEqual(columns(runs('lstm', 'rnn'), runs('lstm', 'rnn')), ['side', 'cell', 'k']);
    const [named] = comparison(
      { name: 'adding rnn', result: resultOf([runs('rnn')]) },
      { name: 'adding gru', result: resultOf([runs('gru')]) },
    ).figures as TableFigure[];
    assert.deepEqual(named!.rows, [
      ['adding rnn', 0],
      ['adding gru', 0],
    ]);
  });
  it('names a line that is neither its side nor the like of the other', () => {
    const names = (a: LinesFigure, b: LinesFigure) =>
      (of([a], [b]) as LinesFigure[])[0]!.series.map(({ name }) => name);
    const [z, f] = [curve('z', [1], [1]), curve('f', [1], [1])];
    assert.deepEqual(names({ ...z, series: [...z.series, ...curve('r', [1], [1]).series] }, f), [
      'left: z',
      'left: r',
      'right: f',
    ]);
    assert.deepEqual(names(z, f), ['left: z', 'right: f']);
    assert.deepEqual(names(curve('left', [1], [1]), curve('right', [1], [1])), ['left', 'right']);
  });
  it('shades two maps on one scale, side by side', () => {
    const [left, right] = of([map(1)], [map(5)]) as HeatmapFigure[];
    assert.equal(left!.scale.high, 5);
    assert.deepEqual(left!.scale, right!.scale);
    assert.equal(right!.beside, true);
    assert.equal(left!.beside, undefined);
  });
  it('draws the bars of both as long as each other where they are as much', () => {
    const bars = (most: number): Figure => ({
      kind: 'bars',
      title: 'Weights',
      rows: { label: 'input', names: ['a'] },
      values: [most],
      most,
    });
    const figures = of([bars(1)], [bars(3)]);
    assert.deepEqual(
      figures.map((figure) => figure.kind === 'bars' && figure.most),
      [3, 3],
    );
  });
  it('loses no figure that only one of them has', () => {
    assert.deepEqual(
      of([map(1), table([['x']])], [curve('c', [1], [2]), map(2)]).map(({ kind }) => kind),
      ['heatmap', 'heatmap', 'table', 'lines'],
    );
  });
  it('names the claims and notes of each, and says once what both say', () => {
    const made = (measured: number, note: string) =>
      resultOf([], { claims: [claim('fades', 'it fades', measured, '<', 1)], notes: ['both', note] });
    const { claims, notes, options } = comparison(
      { name: 'left', result: made(0, 'mine') },
      { name: 'right', result: made(2, 'right is its name') },
    );
    assert.deepEqual(
      claims.map(({ id, says, holds }) => [id, says, holds]),
      [
        ['a.fades', 'left: it fades', true],
        ['b.fades', 'right: it fades', false],
      ],
    );
    assert.deepEqual(notes, ['both', 'left: mine', 'right is its name']);
    assert.deepEqual((options.b as { options: unknown }).options, { hidden: 4 });
  });
});
