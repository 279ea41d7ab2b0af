// What is the backward pass of this cell? Derived from its equations, as equations, and checked now.

import type { Cell } from '../cells/catalogue.ts';
import { printProgram } from '../equations/print.ts';
import type { Program } from '../equations/program.ts';
import { random } from '../numbers/random.ts';
import { checked, numbersFor } from './cell-check.ts';
import { claim } from './claim.ts';
import { type EngineName, engineFor } from './engine.ts';
import type { Result } from './result.ts';

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
      command: `unroll cell derive ${cell.name === 'equation' ? 'lstm' : cell.name} --latex`,
    },
  };
}

function linesOf({ program, backward, name }: Cell, worst: number): string[] {
  const { whole, arriving, forward } = backward;
  const forwardCount = forward.equations.length;
  const part = (equations: Program['equations'], heading: readonly string[]): string[] =>
    printProgram({ ...whole, heading, equations, declarations: new Map(), initialisers: [] })
      .trimEnd()
      .split('\n');
  const arrivals = [...arriving].map(([state, text]) => `${text} for ${state}`).join(', ');
  const declarations = printProgram({ ...whole, heading: [], equations: [] }).trim();
  return [
    ...part(whole.equations.slice(0, forwardCount), [...program.heading, '', 'Forward: one step']),
    '',
    ...part(whole.equations.slice(forwardCount), [
      'Backward: the same step, from t = T down to 1',
      `Given: what arrives from the loss and from step t+1: ${arrivals}`,
    ]),
    ...(declarations === '' ? [] : ['', ...declarations.split('\n')]),
    '',
    `# Derived from the lines above, and checked now${name === 'equation' ? '' : ` for ${name}`}: every gradient is within ${worst.toExponential(0)} of central differences.`,
  ];
}
