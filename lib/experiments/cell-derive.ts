// What is the backward pass of this cell? Derived from its equations, as equations, and checked now.

import type { Cell } from '../cells/catalogue.ts';
import { printEquations, printProgram } from '../equations/print.ts';
import { random } from '../numbers/random.ts';
import { type EngineName, engineFor } from '../options/engine.ts';
import type { Result } from '../render/result.ts';
import { checked, numbersFor } from './cell-check.ts';
import { claim } from './kit/claim.ts';

/** The figure's lines are one program of the language: they parse again. */
export async function cellDerive(cell: Cell, seed: number, engine: EngineName): Promise<Result> {
  const runner = await engineFor(cell, engine);
  const { worst, entries } = await checked(runner, numbersFor(cell, 4, 3, 4, random(seed)));
  const measured = claim(
    'gradients',
    `${entries} gradients differ from central differences by less than 1e-7, relatively`,
    worst.error,
    '<',
    1e-7,
  );
  const called = cell.name === 'equation' ? 'this cell' : cell.name;
  return {
    unroll: 1,
    experiment: 'cell derive',
    question: `What is the backward pass of ${called}?`,
    options: { cell: cell.name, engine },
    seed,
    figures: [
      {
        kind: 'text',
        title: `${called}, forward and backward`,
        language: 'equations',
        lines: linesOf(cell, measured.measured),
      },
    ],
    claims: [measured],
    notes: [],
    next: {
      says: 'Both passes for a slide',
      command: `unroll cell derive ${cell.typed ?? 'lstm'} --latex`,
    },
  };
}

/** Terminals have at least so many columns, and so do most editors. */
const width = 80;

function linesOf({ program, backward, name }: Cell, worst: number): string[] {
  const { whole, arriving, forward } = backward;
  const forwardCount = forward.equations.length;
  const comments = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '#' : `# ${line}`));
  const arrivals = [...arriving].map(([state, text]) => `${text} for ${state}`).join(', ');
  // Declarations of what arrives, and the initialisers that the cell came with.
  const settled = printProgram({ ...whole, heading: [], equations: [], initialisers: program.initialisers }).trim();
  return [
    ...comments([...program.heading, '', 'Forward: one step']),
    ...printEquations(whole.equations.slice(0, forwardCount), width),
    '',
    ...comments([
      'Backward: the same step, from t = T down to 1',
      `Given: what arrives from the loss and from step t+1: ${arrivals}`,
    ]),
    ...printEquations(whole.equations.slice(forwardCount), width),
    ...(settled === '' ? [] : ['', ...settled.split('\n')]),
    '',
    `# Checked now${name === 'equation' ? '' : ` for ${name}`}: every gradient is within ${worst.toExponential(0)} of central differences.`,
  ];
}
