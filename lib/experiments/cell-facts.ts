// What is this cell? Its equations, parameters, states, first values and source.

import type { Cell } from '../cells/catalogue.ts';
import { gateNames } from '../cells/gate-names.ts';
import { initialiserOf } from '../equations/initialisers.ts';
import { printEquations, shapeLabel } from '../equations/print.ts';
import { type Program, shapeOf, sizeOf, sizesFor } from '../equations/program.ts';
import type { Result } from '../render/result.ts';
import { claim } from './kit/claim.ts';
import { left, right } from './table-columns.ts';

/** How many numbers the parameters hold. Time does not occur in it. */
export function parameterCount(program: Program, hidden: number, input: number): number {
  const sizes = sizesFor(program, hidden, input);
  return program.parameters.reduce((sum, p) => {
    const { rows, columns } = shapeOf(program, p);
    return sum + sizeOf(rows, sizes) * sizeOf(columns, sizes);
  }, 0);
}

export function cellFacts(cell: Cell, hidden: number, input: number): Result {
  const { program } = cell;
  const sizes = sizesFor(program, hidden, input);
  const count = (p: string): number =>
    sizeOf(shapeOf(program, p).rows, sizes) * sizeOf(shapeOf(program, p).columns, sizes);
  const total = parameterCount(program, hidden, input);
  const stateSize = program.states.reduce((sum, s) => sum + count(s), 0);
  const others = [...sizes].filter(([dimension]) => dimension !== 'H' && dimension !== 'D');
  const declared = others.map(([dimension, size]) => `, for ${dimension} = ${size}`).join('');
  return {
    unroll: 1,
    experiment: 'cell show',
    question: `What is ${cell.name === 'equation' ? 'this cell' : cell.name}?`,
    options: { cell: cell.name, hidden, input },
    seed: 0,
    figures: [
      {
        kind: 'text',
        title: paragraphOf(program.heading),
        language: 'equations',
        lines: printEquations(program.equations, 80),
      },
      {
        kind: 'table',
        title: `Parameters, for H = ${hidden} and D = ${input}`,
        columns: [...left('name', 'shape'), ...right('numbers'), ...left('starts as')],
        rows: [
          ...program.parameters.map((p) => [
            p,
            shapeLabel(shapeOf(program, p)),
            String(count(p)),
            startsAs(program, p),
          ]),
          ['all', '', String(total), ''],
        ],
      },
      {
        kind: 'table',
        title: `What a step takes and gives${declared}`,
        columns: [...left('what', 'names'), ...right('numbers')],
        rows: [
          [
            'input',
            program.readsInput ? 'x' : 'none',
            program.readsInput ? String(sizeOf(shapeOf(program, 'x').rows, sizes)) : '0',
          ],
          ['states', program.states.join(', ') || 'none', String(stateSize)],
          ['gates', gateNames(cell).join(', ') || 'none', ''],
          ['output', program.output, String(sizeOf(shapeOf(program, program.output).rows, sizes))],
        ],
      },
    ],
    claims: [
      claim(
        'count-is-the-shapes',
        'no parameter has a size that depends on T, the number of steps',
        program.parameters.filter((p) => [shapeOf(program, p).rows, shapeOf(program, p).columns].includes('T')).length,
        '=',
        0,
        `${total} for any T`,
      ),
    ],
    notes: program.warnings.slice(),
    next: {
      says: 'Its backward pass, derived',
      command: `unroll cell derive ${cell.typed ?? 'lstm'}`,
    },
  };
}

/** The heading up to its first empty line. */
function paragraphOf(heading: readonly string[]): string {
  const end = heading.indexOf('');
  return (end < 0 ? heading : heading.slice(0, end)).join(' ');
}

function startsAs(program: Program, parameter: string): string {
  const line = initialiserOf(program, parameter);
  return line === undefined ? 'uniform ±1/√H' : `${line.kind}(${line.of ?? line.args.join(', ')})`;
}
