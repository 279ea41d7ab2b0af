// What flows where inside one step? A graph drawn from the equations: who reads whom.

import { type Cell, typedOr } from '../cells/catalogue.ts';
import { namesIn } from '../equations/expression.ts';
import { printEquation } from '../equations/print.ts';
import { claim } from './claim.ts';
import type { DiagramEdge, DiagramNode, Result } from './result.ts';

/** Parameters are not drawn: they make most pictures too full to read. */
export function inside(cell: Cell): Result {
  const { program } = cell;
  const assigned = new Set(program.equations.map((e) => e.name));
  const given = [...program.states.map((s) => `${s}_prev`), ...(program.readsInput ? ['x'] : [])];
  // An equation stands one layer after the last thing it reads.
  const layer = new Map<string, number>(given.map((n) => [n, 0]));
  const edges: DiagramEdge[] = [];
  for (const { name, value } of program.equations) {
    const read = [...namesIn(value)].filter((n) => assigned.has(n) || given.includes(n));
    layer.set(name, 1 + Math.max(0, ...read.map((n) => layer.get(n) ?? 0)));
    for (const from of read) edges.push({ from, to: name });
  }
  const inLayer = new Map<number, number>();
  const nodes = [...given, ...program.equations.map((e) => e.name)].map((name): DiagramNode => {
    const column = layer.get(name)!;
    const row = inLayer.get(column) ?? 0;
    inLayer.set(column, row + 1);
    const equation = program.equations.find((e) => e.name === name);
    return {
      id: name,
      label: equation === undefined ? name : labelOf(name, equation.value),
      row,
      column,
      shape: equation === undefined ? 'value' : 'cell',
    };
  });
  const reads = program.equations.reduce(
    (sum, e) => sum + [...namesIn(e.value)].filter((n) => !program.parameters.includes(n)).length,
    0,
  );
  return {
    unroll: 1,
    experiment: 'diagram',
    question: `What flows where inside one step of ${cell.name}?`,
    options: { cell: cell.name, inside: true },
    seed: 0,
    figures: [
      {
        kind: 'diagram',
        title: 'From the left: what the step is given, then every value as soon as it can be computed',
        nodes,
        edges,
      },
      {
        kind: 'text',
        title: 'The equations it is drawn from',
        language: 'equations',
        lines: program.equations.map(printEquation),
      },
    ],
    claims: [claim('every-read-drawn', 'every value that an equation reads has its arrow', edges.length, '=', reads)],
    notes: ['Parameters are left out. What a column holds can be computed at the same time.'],
    next: {
      says: 'The same as equations backward',
      command: `unroll cell derive ${typedOr(cell, 'lstm')}`,
    },
  };
}

/** The name, and its outermost function where it has one: `f σ`. */
function labelOf(name: string, value: Cell['program']['equations'][number]['value']): string {
  if (value.kind !== 'apply') return name;
  const short: Readonly<Record<string, string>> = {
    sigmoid: 'σ',
    tanh: 'tanh',
    relu: 'relu',
    softmax: 'softmax',
    exp: 'exp',
  };
  const outermost = short[value.op];
  return outermost === undefined ? name : `${name} ${outermost}`;
}
