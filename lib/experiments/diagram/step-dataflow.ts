// What flows where inside one step? A graph drawn from the equations: who reads whom.

import type { Cell } from '../../cells/catalogue.ts';
import { namesIn } from '../../equations/expression.ts';
import { printEquation } from '../../equations/print.ts';
import { flag, switched } from '../../options/option.ts';
import type { DiagramEdge, DiagramNode } from '../../render/result.ts';
import { claim } from '../kit/claim.ts';
import { calculation } from '../kit/experiment.ts';
import { cellDrawn } from './net-drawing.ts';

/** Parameters are not drawn: they make most pictures too full to read. */
export const stepDataflow = calculation({
  name: 'diagram',
  question: 'What flows where inside one step?',
  options: {
    cell: cellDrawn('rnn'),
    inside: switched('inside', flag('Drawing', 'the data flow of one step, from the equations')),
  },
  answer({ cell }) {
    const { program } = cell;
    const assigned = new Set(program.equations.map((e) => e.name));
    const given = [...program.states.map((s) => `${s}_prev`), ...(program.readsInput ? ['x'] : [])];
    const reads = new Map(
      program.equations.map(({ name, value }) => [
        name,
        [...namesIn(value)].filter((n) => assigned.has(n) || given.includes(n)),
      ]),
    );
    const sourcesOf = joining([...reads.values()], given);
    // An equation stands one layer after the last thing it reads.
    const layer = new Map<string, number>();
    const edges: DiagramEdge[] = [];
    for (const [name, read] of reads) {
      const sources = sourcesOf(read);
      for (const from of sources) if (!assigned.has(from)) layer.set(from, 0);
      layer.set(name, 1 + Math.max(0, ...sources.map((n) => layer.get(n) ?? 0)));
      for (const from of sources) edges.push({ from, to: name });
    }
    const inLayer = new Map<number, number>();
    const nodes = [...layer.keys()]
      .sort((a, b) => Number(assigned.has(a)) - Number(assigned.has(b)) || order(a) - order(b))
      .map((name): DiagramNode => {
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
    function order(name: string): number {
      return assigned.has(name)
        ? program.equations.findIndex((e) => e.name === name)
        : given.indexOf(name.split(', ')[0]!);
    }
    const drawn = edges.reduce((sum, { from }) => sum + (assigned.has(from) ? 1 : from.split(', ').length), 0);
    const wanted = program.equations.reduce(
      (sum, e) => sum + [...namesIn(e.value)].filter((n) => !program.parameters.includes(n)).length,
      0,
    );
    return {
      question: `What flows where inside one step of ${cell.name}?`,
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
      claims: [claim('every-read-drawn', 'every value that an equation reads has its arrow', drawn, '=', wanted)],
      notes: [
        'Parameters are left out. What a column holds can be computed at the same time.',
        ...[...layer.keys()]
          .filter((name) => name.includes(', '))
          .map((name) => `${name} on one arrow: both are read, each with a matrix of its own.`),
      ],
      next: {
        says: 'The same as equations backward',
        command: `unroll cell derive ${cell.typed ?? 'lstm'}`,
      },
    };
  },
});

/**
 * What several equations are given together goes on one arrow, `h_prev, x`, as in most pictures of an LSTM: side by side their arrows
 * would cross at every gate.
 */
function joining(
  reads: readonly (readonly string[])[],
  given: readonly string[],
): (read: readonly string[]) => string[] {
  const pairs = given.flatMap((a, i) => given.slice(i + 1).map((b) => [a, b] as const));
  const together = ([a, b]: readonly [string, string]) =>
    reads.filter((read) => read.includes(a) && read.includes(b)).length;
  const [best] = [...pairs].sort((a, b) => together(b) - together(a));
  return (read) => {
    if (best === undefined || together(best) < 2 || !best.every((name) => read.includes(name))) return [...read];
    const others = read.filter((name) => !best.includes(name));
    return [best.join(', '), ...others];
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
