// Two figures side by side: where both fit, and nowhere else; and nothing of either is lost.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { render } from '../../lib/render/render.ts';
import type { DiagramFigure, Figure, Result, TextFigure } from '../../lib/render/result.ts';

const text = (title: string, line: string): TextFigure => ({
  kind: 'text',
  title,
  language: 'equations',
  lines: [line],
});
const page = (left: Figure, right: Figure, width: number, more = {}, others: Figure[] = []): string[] => {
  const result: Result = {
    unroll: 1,
    experiment: 'compare',
    question: 'Which?',
    options: {},
    seed: 1,
    figures: [left, ...[right, ...others].map((figure) => ({ ...figure, beside: true as const }))],
    claims: [],
    notes: [],
  };
  return render(result, { format: 'text', width, height: 24, colour: 0, unicode: true, ...more }).split('\n');
};
const [left, right] = [text('Left', 'a = b'), text('Right', 'c = d')];

it('at 80 columns the second begins behind 38 and a gap of four', () => {
  const lines = page(left, right, 80);
  assert.equal(lines[1], `${'Left'.padEnd(42)}Right`);
  assert.equal(lines[2], `${'a = b'.padEnd(42)}c = d`);
});
it('at 40 columns, in words, or where a diagram has no room, it stands below', () => {
  const place = (row: number, column: number): DiagramFigure['nodes'][number] => ({
    id: `${row} ${column}`,
    label: `node ${row} ${column}`,
    row,
    column,
    shape: 'cell',
  });
  const wide: DiagramFigure = {
    kind: 'diagram',
    title: 'Right',
    nodes: [place(0, 0), place(0, 1), place(0, 2), place(0, 3)],
    edges: [{ from: '0 0', to: '0 3' }],
  };
  for (const lines of [page(left, right, 40), page(left, right, 80, { plain: true }), page(left, wide, 80)]) {
    assert.ok(lines.indexOf('Right') > lines.indexOf('Left'));
    assert.ok(lines.includes('a = b'));
  }
});
it('a third has nobody left to stand beside, and a fourth stands beside the third', () => {
  const lines = page(left, right, 80, {}, [text('Third', 'e = f'), text('Fourth', 'g = h')]);
  assert.ok(lines.includes(`${'Left'.padEnd(42)}Right`));
  assert.ok(lines.includes(`${'Third'.padEnd(42)}Fourth`));
});
