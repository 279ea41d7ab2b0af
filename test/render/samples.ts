// Results as experiments make them, for the tests of the renderers.

import type {
  DiagramEdge,
  DiagramFigure,
  DiagramNode,
  HeatmapFigure,
  LinesFigure,
  Result,
  TableFigure,
} from '../../lib/render/result.ts';

const steps = Array.from({ length: 64 }, (_, t) => t + 1);
const decaying = (rate: number) => steps.map((t) => 10 ** (-(64 - t) * rate) * (1 + 0.2 * Math.sin(t)));

export const gradients: LinesFigure = {
  kind: 'lines',
  title: '‖∂L/∂h_t‖, median over seeds, log scale',
  settings: 'H 32 · T 64 · 20 seeds',
  x: { label: 't', values: steps },
  y: { label: '‖∂L/∂h_t‖', scale: 'log' },
  series: [
    { name: 'lstm', values: decaying(0.07) },
    { name: 'rnn', values: decaying(0.13) },
    { name: 'gru', values: decaying(0.2) },
  ],
};

export const loss: LinesFigure = {
  kind: 'lines',
  title: 'Loss while training',
  x: { label: 'training step', values: Array.from({ length: 400 }, (_, k) => k * 5) },
  y: { label: 'cross-entropy', unit: 'bits', scale: 'linear' },
  series: [
    {
      name: 'lstm',
      values: Array.from(
        { length: 400 },
        (_, k) => 0.4 + 2.2 * Math.exp(-k / 90) + (k === 250 ? 2.5 : 0) + 0.03 * Math.sin(k * 7),
      ),
      band: {
        low: Array.from({ length: 400 }, (_, k) => 0.3 + 2 * Math.exp(-k / 80)),
        high: Array.from({ length: 400 }, (_, k) => 0.7 + 2.3 * Math.exp(-k / 120)),
      },
    },
  ],
  reference: { label: 'chance', value: 2.4 },
};

const sentence = [...'the bank of the river'];

export const states: HeatmapFigure = {
  kind: 'heatmap',
  title: 'What does the state remember?',
  settings: 'H 16 · 21 characters',
  rows: { label: 'unit', names: Array.from({ length: 16 }, (_, row) => `h ${row + 1}`) },
  columns: { label: 'character', names: sentence },
  values: Array.from({ length: 16 }, (_, row) =>
    sentence.map((_, t) => Math.tanh(2 * Math.sin(0.3 * (row + 1) + t * (0.1 + 0.05 * row)))),
  ),
  scale: { kind: 'diverging', low: -1, high: 1 },
};

export const gates: HeatmapFigure = {
  kind: 'heatmap',
  title: 'The forget gate',
  rows: { label: 'unit', names: ['f 1', 'f 2', 'f 3', 'f 4'] },
  columns: { label: 'character', names: sentence },
  values: [1, 2, 3, 4].map((row) => sentence.map((_, t) => 0.5 + 0.5 * Math.sin(row + t / 3))),
  scale: { kind: 'sequential', low: 0, high: 1 },
};

export const reach: TableFigure = {
  kind: 'table',
  title: '',
  columns: [
    { title: 'cell', align: 'left' },
    { title: 'decay a step', align: 'right' },
    { title: 'reaches back', unit: 'steps', align: 'right' },
    { title: 'σ max of one step', align: 'right' },
    { title: 'verdict', align: 'left' },
  ],
  rows: [
    ['lstm', 0.81, 22, 1.04, 'vanishes, slowly'],
    ['rnn', 0.74, 15, 0.98, 'vanishes: σ max·γ < 1'],
    ['gru', 0.62, 10, 0.91, 'vanishes'],
  ],
};

export const vanishing: Result = {
  unroll: 1,
  experiment: 'gradients',
  question: 'How far back does the gradient reach?',
  options: { steps: 64, hidden: 32 },
  seed: 1,
  figures: [gradients, reach],
  claims: [
    {
      id: 'rnn-vanishes',
      says: "the rnn's gradient at t=1 is below 1e-6 of that at t=64",
      measured: 4.1e-9,
      relation: '<',
      bound: 1e-6,
      holds: true,
    },
    {
      id: 'lstm-further',
      says: 'the lstm reaches further back than the rnn in every seed',
      measured: 19,
      relation: '>=',
      bound: 20,
      holds: false,
      measuredAs: '19 of 20',
    },
  ],
  notes: [
    'Every cell was initialised as PyTorch does it: uniformly within ±1/√H, and the forget gate’s bias was set to 1 (Jozefowicz, Zaremba & Sutskever 2015).',
  ],
  next: {
    says: 'At forget bias 0 the order turns round. See it:',
    command: 'unroll gradients rnn lstm --forget-bias 0',
  },
};

/** Several steps of a cell, unrolled: outputs above, inputs below, the states from left to right. */
export function unrolled(
  count: number,
  carried: readonly string[],
  options: { more?: boolean; feedback?: boolean } = {},
): DiagramFigure {
  const nodes: DiagramNode[] = [{ id: 'h0', label: 'h_0', row: 1, column: 0, shape: 'value' }];
  const edges: DiagramEdge[] = [{ from: 'h0', to: 'cell1', says: carried.map((name) => `${name}_0`).join(', ') }];
  for (let t = 1; t <= count; t++) {
    nodes.push({ id: `y${t}`, label: `y_${t}`, row: 0, column: t, shape: 'value' });
    nodes.push({ id: `cell${t}`, label: 'LSTM', row: 1, column: t, shape: 'cell' });
    nodes.push({ id: `x${t}`, label: `x_${t}`, row: 2, column: t, shape: 'value' });
    edges.push({ from: `x${t}`, to: `cell${t}` }, { from: `cell${t}`, to: `y${t}` });
    if (t < count)
      for (const name of carried) edges.push({ from: `cell${t}`, to: `cell${t + 1}`, says: `${name}_${t}` });
    if (t < count && options.feedback) edges.push({ from: `y${t}`, to: `x${t + 1}`, style: 'back' });
  }
  if (options.more) {
    nodes.push({ id: 'more', label: '…', row: 1, column: count + 1, shape: 'more' });
    for (const name of carried) edges.push({ from: `cell${count}`, to: 'more', says: `${name}_${count}` });
  }
  return { kind: 'diagram', title: 'The LSTM, unrolled', settings: `${count} steps`, nodes, edges };
}

export function bidirectional(count: number): DiagramFigure {
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];
  for (let t = 1; t <= count; t++) {
    nodes.push({ id: `y${t}`, label: `y_${t}`, row: 0, column: t, shape: 'value' });
    nodes.push({ id: `b${t}`, label: 'GRU', row: 1, column: t, shape: 'cell' });
    nodes.push({ id: `f${t}`, label: 'GRU', row: 2, column: t, shape: 'cell' });
    nodes.push({ id: `x${t}`, label: `x_${t}`, row: 3, column: t, shape: 'value' });
    edges.push(
      { from: `x${t}`, to: `f${t}` },
      { from: `x${t}`, to: `b${t}` },
      { from: `f${t}`, to: `y${t}` },
      { from: `b${t}`, to: `y${t}` },
    );
    if (t < count)
      edges.push(
        { from: `f${t}`, to: `f${t + 1}`, says: `h_${t}` },
        { from: `b${t + 1}`, to: `b${t}`, says: `g_${t + 1}` },
      );
  }
  return { kind: 'diagram', title: 'Both directions', nodes, edges };
}

const flowNodes: [string, number, number, string][] = [
  ['c_prev', 0, 0, 'c_prev'],
  ['h_prev', 1, 0, 'h_prev'],
  ['x', 2, 0, 'x'],
  ['f', 0, 1, 'f sigmoid'],
  ['i', 1, 1, 'i sigmoid'],
  ['g', 2, 1, 'g tanh'],
  ['o', 3, 1, 'o sigmoid'],
  ['c', 0, 2, 'c'],
  ['h', 3, 2, 'h'],
];

const flowEdges: [string, string][] = [
  ...['f', 'i', 'g', 'o'].flatMap((gate): [string, string][] => [
    ['h_prev', gate],
    ['x', gate],
  ]),
  ['c_prev', 'c'],
  ['f', 'c'],
  ['i', 'c'],
  ['g', 'c'],
  ['c', 'h'],
  ['o', 'h'],
];

/** One step of the LSTM; `layers: 'rows'` puts the inputs on top, `'columns'` at the left. */
export function inside(layers: 'rows' | 'columns'): DiagramFigure {
  return {
    kind: 'diagram',
    title: 'Inside one step of the LSTM',
    nodes: flowNodes.map(([id, place, layer, label]) => ({
      id,
      label,
      row: layers === 'rows' ? layer : place,
      column: layers === 'rows' ? place : layer,
      shape: layer === 0 ? 'value' : 'cell',
    })),
    edges: flowEdges.map(([from, to]) => ({ from, to })),
  };
}

export function resultOf(...figures: Result['figures']): Result {
  return {
    unroll: 1,
    experiment: 'sample',
    question: 'What is this?',
    options: {},
    seed: 1,
    figures,
    claims: [],
    notes: [],
  };
}
