// A Result in which everything that can have a name has the same.

import type { Result } from '../../../lib/render/result.ts';

export function namedBy(name: string): Result {
  return {
    unroll: 1,
    experiment: name,
    question: name,
    options: { [name]: name, cell: name },
    seed: 1,
    figures: [
      {
        kind: 'lines',
        title: `the curve of ${name}`,
        settings: name,
        x: { label: name, unit: name, values: [1, 2] },
        y: { label: name, unit: name, scale: 'linear' },
        series: [{ name, values: [1, 2] }],
        reference: { label: name, value: 1 },
      },
      {
        kind: 'heatmap',
        title: name,
        rows: { label: name, names: [name] },
        columns: { label: name, names: [name] },
        values: [[1]],
        scale: { kind: 'diverging', low: -1, high: 1 },
        unit: name,
      },
      { kind: 'table', title: name, columns: [{ title: name, unit: name, align: 'left' }], rows: [[name], [1]] },
      { kind: 'text', title: name, language: 'plain', lines: [name] },
      {
        kind: 'diagram',
        title: name,
        nodes: [
          { id: 'a', label: name, row: 0, column: 0, shape: 'cell' },
          { id: 'b', label: name, row: 0, column: 1, shape: 'value' },
        ],
        edges: [{ from: 'a', to: 'b', says: name }],
      },
    ],
    claims: [{ id: name, says: name, measured: 1, relation: '<', bound: 0, holds: false, measuredAs: name }],
    notes: [name],
    next: { says: name, command: name },
  };
}
