// Diagrams: no arrow that does not exist, none lost. The drawing is walked, cell by cell, and must give back the edges.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtIn, builtInNames } from '../../../../lib/cells/catalogue.ts';
import { attentionDiagram } from '../../../../lib/experiments/diagram/attention-diagram.ts';
import { seq2seqDiagram } from '../../../../lib/experiments/diagram/seq2seq-diagram.ts';
import { stepDataflow } from '../../../../lib/experiments/diagram/step-dataflow.ts';
import { truncatedDiagram } from '../../../../lib/experiments/diagram/truncated-diagram.ts';
import { renderFigure } from '../../../../lib/render/figure.ts';
import type { DiagramFigure, Result } from '../../../../lib/render/result.ts';
import { bidirectional, inside, unrolled } from '../../samples.ts';

const options = { width: 80, height: 24, colour: 0, unicode: true } as const;

const ARMS: Record<string, string> = {
  '─': 'EW',
  '╌': 'EW',
  '│': 'NS',
  '╎': 'NS',
  '╭': 'ES',
  '╮': 'SW',
  '╰': 'NE',
  '╯': 'NW',
  '├': 'NES',
  '┤': 'NSW',
  '┬': 'ESW',
  '┴': 'NEW',
  '┼': 'NESW',
  ')': 'NS',
}; // prettier-ignore
const MOVES = { N: [0, -1], E: [1, 0], S: [0, 1], W: [-1, 0] } as const;
const BACK = { N: 'S', E: 'W', S: 'N', W: 'E' } as const;
const HEADS: Record<string, string> = { '▲': 'N', '►': 'E', '▼': 'S', '◄': 'W' };

/** Follows every line out of every box or word; the labels must be unique, without blanks, and no edge may have a label. */
function edgesDrawn(drawing: string, labels: readonly string[]): string[] {
  const grid = drawing.split('\n').map((line) => [...line]);
  const at = (x: number, y: number) => grid[y]?.[x] ?? ' ';
  const owner = new Map<string, string>();
  for (const label of labels) {
    grid.forEach((row, y) => {
      const found = ` ${row.join('')} `.search(new RegExp(`(?<![\\w])${label}(?![\\w])`)) - 1;
      if (found < 0) return;
      // A word alone, or the box around it.
      let [left, right, top, bottom] = [found, found + label.length - 1, y, y];
      let [west, east] = [found - 1, right + 1];
      while (at(west, y) === ' ' && west > 0) west--;
      while (at(east, y) === ' ' && east < row.length) east++;
      const inBox = '│├┤'.includes(at(west, y)) && '│├┤'.includes(at(east, y)) && cornerAbove(at, west, y);
      if (inBox) {
        [left, right] = [west, east];
        while (at(left, top) !== '┌') top--;
        while (at(left, bottom) !== '└') bottom++;
      }
      for (let row = top; row <= bottom; row++)
        for (let column = left; column <= right; column++) owner.set(`${column} ${row}`, label);
      if (!inBox) {
        owner.set(`${left - 1} ${y}`, label);
        owner.set(`${right + 1} ${y}`, label);
      }
    });
  }
  const edges = new Set<string>();
  for (const [place, from] of owner) {
    const [x, y] = place.split(' ').map(Number) as [number, number];
    for (const direction of 'NESW' as unknown as Iterable<keyof typeof MOVES>) {
      const [dx, dy] = MOVES[direction];
      const glyph = at(x + dx, y + dy);
      if (owner.has(`${x + dx} ${y + dy}`)) continue;
      const isBorder = '─│┌┐└┘'.includes(at(x, y));
      if (HEADS[glyph] === direction && !isBorder) walk(x + dx, y + dy, direction, from);
      else if (!isBorder && (ARMS[glyph] ?? '').includes(BACK[direction])) walk(x + dx, y + dy, direction, from);
    }
  }
  return [...edges].sort();

  function walk(x: number, y: number, heading: keyof typeof MOVES, from: string, seen = new Set<string>()): void {
    const key = `${x} ${y} ${heading}`;
    if (seen.has(key)) return;
    seen.add(key);
    const glyph = at(x, y);
    if (HEADS[glyph]) {
      const [dx, dy] = MOVES[HEADS[glyph] as keyof typeof MOVES];
      edges.add(`${from} > ${owner.get(`${x + dx} ${y + dy}`) ?? '?'}`);
      return;
    }
    const arms = ARMS[glyph] ?? '';
    // A line that hops over a line: whoever comes from the side goes straight on underneath.
    const onward = arms.includes(BACK[heading])
      ? [...arms].filter((arm) => arm !== BACK[heading])
      : glyph === ')'
        ? [heading]
        : [];
    for (const arm of onward as (keyof typeof MOVES)[]) {
      const [dx, dy] = MOVES[arm];
      if (!owner.has(`${x + dx} ${y + dy}`)) walk(x + dx, y + dy, arm, from, seen);
    }
  }
}

function cornerAbove(at: (x: number, y: number) => string, x: number, y: number): boolean {
  for (let row = y - 1; row >= 0; row--) {
    if (at(x, row) === '┌') return true;
    if (!'│├┤'.includes(at(x, row))) return false;
  }
  return false;
}

/** The same diagram with one-word labels and without what edges say, so that it can be walked. */
function walkable(figure: DiagramFigure): DiagramFigure {
  return {
    ...figure,
    title: '',
    nodes: figure.nodes.map((node) => ({ ...node, label: node.id })),
    edges: figure.edges.map(({ says: _, ...edge }) => edge),
  };
}

const cases: [string, DiagramFigure][] = [
  ['an unrolled cell', unrolled(4, ['h'])],
  ['an unrolled cell with feedback', unrolled(4, ['h'], { feedback: true })],
  ['both directions', bidirectional(4)],
  ['one step in rows', inside('rows')],
  ['one step in columns', inside('columns')],
];

/** What an experiment draws, with names that can be walked. */
function drawnBy(result: Result): DiagramFigure {
  const figure = result.figures.find((each) => each.kind === 'diagram')!;
  const word = (id: string) => id.replace(', ', '_and_').replace(' ', '_');
  return {
    ...figure,
    nodes: figure.nodes.map((node) => ({ ...node, id: word(node.id) })),
    edges: figure.edges.map((edge) => ({ ...edge, from: word(edge.from), to: word(edge.to) })),
  };
}
const insideCells = new Map<string, DiagramFigure>();
for (const name of builtInNames())
  insideCells.set(name, drawnBy(await stepDataflow.answered({ cell: builtIn(name), inside: true })));
const insideCell = (name: string): DiagramFigure => insideCells.get(name)!;
const gru = builtIn('gru');
cases.push(['encoder and decoder', drawnBy(await seq2seqDiagram.answered({ cell: gru, seq2seq: true, steps: 2 }))]);
for (const steps of [1, 2, 3, 4])
  cases.push([
    `attention over ${steps}`,
    drawnBy(await attentionDiagram.answered({ cell: gru, attention: true, steps })),
  ]);
const truncated = { cell: builtIn('rnn'), steps: 5, truncated: 2, seed: 1, engine: 'fast' } as const;
const truncatedFour = await truncatedDiagram.answered({ ...truncated, steps: 4 });
cases.push(['windows of truncated backpropagation', drawnBy(await truncatedDiagram.answered(truncated))]);
for (const name of ['lstm', 'gru', 'mgu', 'lstm-coupled', 'lstm-1997'])
  cases.push([`one step of ${name}`, insideCell(name)]);

test('what gates read together comes on one arrow, so that few lines cross', () => {
  const crossings = (name: string) =>
    renderFigure({ ...insideCell(name), title: '' }, options)
      .split('\n')
      .filter((line) => !line.includes('passes over'))
      .join('')
      .split(')').length - 1;
  for (const [name, most] of [
    ['lstm', 1],
    ['gru', 0],
    ['mgu', 0],
    ['lstm-peephole', 4],
  ] as const)
    assert.ok(crossings(name) <= most, `${name}: ${crossings(name)}`);
});

test('no line ends on a level just where another begins', () => {
  for (const name of builtInNames()) {
    const drawn = renderFigure({ ...insideCell(name), title: '' }, options);
    assert.doesNotMatch(drawn, /[╮╯┤][╭╰├](?! *│)/, `${name}\n${drawn}`);
  }
});

for (const [name, figure] of cases) {
  test(`${name}: the arrows drawn are the edges, no more, no fewer`, () => {
    const { settings: _, ...simple } = walkable(figure);
    const drawn = renderFigure(simple, { ...options, width: 120 });
    const wanted = [...new Set(simple.edges.map((edge) => `${edge.from} > ${edge.to}`))].sort();
    assert.deepEqual(
      edgesDrawn(
        drawn,
        simple.nodes.map((node) => node.id),
      ),
      wanted,
      drawn,
    );
  });
}

test('two states are carried by two arrows, each with its name', () => {
  const drawn = renderFigure(unrolled(3, ['h', 'c']), options);
  assert.match(drawn, /│ LSTM ├─h_1──►│ LSTM ├─h_2──►│ LSTM │/);
  assert.match(drawn, /│ {6}├─c_1──►│ {6}├─c_2──►│ {6}│/);
});

test('what is fed back is dashed', () => {
  const drawn = renderFigure(unrolled(3, ['h'], { feedback: true }), options);
  assert.match(drawn, /y_1 ╌╌+╮/);
  assert.match(drawn, /╰╌+► x_2/);
});

test('what does not fit goes on in bands, every arrow in one of them', () => {
  const drawn = renderFigure(unrolled(8, ['h']), { ...options, width: 40 });
  assert.match(drawn, /continued/);
  for (let t = 1; t < 8; t++) assert.match(drawn, new RegExp(`─h_${t}─+►`));
});

test('a flow that does not fit becomes a list of what each node reads', () => {
  const drawn = renderFigure(inside('rows'), { ...options, width: 40 });
  assert.match(drawn, /f sigmoid {2}← h_prev, x/);
  assert.match(drawn, /h {10}← c, o sigmoid/);
});

test('an edge to a node that is not there is said, not dropped', () => {
  const figure = unrolled(2, ['h']);
  assert.match(
    renderFigure({ ...figure, edges: [...figure.edges, { from: 'x1', to: 'nowhere' }] }, options),
    /Not drawn for want of room: x_1 → nowhere\./,
  );
});

test('two nodes in one place are listed, not drawn over one another', () => {
  const node = { row: 0, column: 0, shape: 'cell' as const };
  const figure: DiagramFigure = {
    kind: 'diagram',
    title: '',
    nodes: [
      { id: 'a', label: 'a', ...node },
      { id: 'b', label: 'b', ...node },
    ],
    edges: [{ from: 'a', to: 'b' }],
  };
  assert.match(renderFigure(figure, options), /b {2}← a/);
});

test('ASCII has its own strokes', () => {
  const drawn = renderFigure(unrolled(3, ['h'], { feedback: true }), { ...options, unicode: false });
  assert.match(drawn, /\| LSTM \+-h_1-\)>\| LSTM \+/);
});

test('a gradient goes the other way, dashed, with its name, and not between windows', () => {
  const drawn = renderFigure(drawnBy(truncatedFour), options);
  assert.match(drawn, /│ rnn ├──h_1───►│ rnn ├─h_2──►│ rnn ├──h_3───►│ rnn │/);
  assert.match(drawn, /│ {5}│◄╌d_h_1╌╌┤ {5}│ {7}│ {5}│◄╌d_h_3╌╌┤ {5}│/);
  const words = renderFigure(drawnBy(truncatedFour), { ...options, plain: true });
  assert.match(words, /rnn \(1\) reads h_0, rnn \(2\) \[d_h_1, a gradient\] and x_1\./);
  assert.match(words, /rnn \(2\) reads rnn \(1\) \[h_1\] and x_2\./);
});

test('a line that passes over another is explained, one that does not is not', () => {
  const legend = /\) one line passes over another/;
  assert.match(renderFigure(insideCell('lstm'), options), legend);
  assert.doesNotMatch(renderFigure(insideCell('gru'), options), legend);
});

test('attention is drawn on 40 columns too', async () => {
  const figure = drawnBy(await attentionDiagram.answered({ cell: gru, attention: true, steps: 3 }));
  assert.match(renderFigure(figure, { ...options, width: 40 }), /│ attention │/);
});

test('plain: what each node reads, in sentences', () => {
  const drawn = renderFigure(unrolled(2, ['h']), { ...options, plain: true });
  assert.match(drawn, /LSTM \(1\) reads h_0 and x_1\.\n[\s\S]*LSTM \(2\) reads LSTM \(1\) \[h_1\] and x_2\./);
});
