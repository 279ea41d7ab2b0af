// A cell that reads a memory: attention as equations in front of any cell, and what was read beside its input. `gru+additive` is a
// decoder as in Bahdanau, Cho & Bengio 2015. The memory is a state that never changes: its gradient is that of its first value.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Expression, name as named } from '../equations/expression.ts';
import { FreshNames } from '../equations/fresh-names.ts';
import { InputError } from '../equations/input-error.ts';
import { printProgram } from '../equations/print.ts';
import { type Cell, cellNamesIn, cellOf } from './catalogue.ts';
import { packageFolder } from './package-folder.ts';

/** The memory, H×S: the encoder's state at each of S source positions, one a column. */
export const memoryName = 'M';
/** How many columns the memory has, as a dimension. */
export const memoryColumns = 'S';
/** The weights of a read: S numbers that sum to 1. */
export const alignmentName = 'alpha';
const contextName = 'context';

/** Whether a cell has a memory to read, which somebody has to fill. */
export const readsMemory = ({ program }: Cell): boolean =>
  program.states.includes(memoryName) && program.shapes.get(memoryName)?.columns === memoryColumns;

/** The ways to read a memory, in the order of the alphabet: every lib/cells/reads/*.cell is one. */
export const readNames = (): string[] => cellNamesIn(folder());

const folder = (): string => join(packageFolder(), 'lib', 'cells', 'reads');

/**
 * The cell behind a read: where its equations say `U * x`, they say `U * x + C * context`. Throws InputError for a cell that has no
 * state `h`, reads x in another way, or has names of the read.
 */
export function attending(cell: Cell, read: string): Cell {
  const text = readFileSync(join(folder(), `${read}.cell`), 'utf8').trimEnd();
  const taken = new Set(text.replace(/#.*/g, '').match(/[A-Za-z_]\w*/g));
  const { program } = cell;
  if (!program.states.includes('h')) throw refusal(cell, 'has no state `h` to ask with', 'call its state h');
  const own = [...program.shapes].flatMap(([name, { rows, columns }]) => [name, rows, columns]);
  const both = own.find((name) => name !== 'H' && name !== 'h_prev' && taken.has(String(name)));
  if (both !== undefined)
    throw refusal(cell, `and the read both have a \`${both}\``, `call the cell's own \`${both}\` something else`);
  const reading = readingOf(cell, new FreshNames([...taken, ...program.shapes.keys()]));
  const equations = program.equations.map((equation) => ({ ...equation, value: reading(equation.value) }));
  const below = printProgram({ ...program, equations, heading: [] });
  const [title, ...lines] = text.split('\n');
  const heading = [title, ...program.heading.slice(0, 1).map((line) => `# Read by: ${line}`)];
  return {
    ...cellOf(`${cell.name}+${read}`, [...heading, ...lines, '', below].join('\n')),
    typed: cell.typed && `${cell.typed}+${read}`,
  };
}

/** Adds what was read wherever a matrix meets the input; matrices of one name meet it with one of their own: `U_z` with `C_z`. */
function readingOf(cell: Cell, fresh: FreshNames): (e: Expression) => Expression {
  const beside = new Map<string, string>();
  const matrixFor = (matrix: string): string => {
    const known = beside.get(matrix) ?? fresh.take(`C${/_.*$/.exec(matrix)?.[0] ?? ''}`);
    beside.set(matrix, known);
    return known;
  };
  const rewrite = (e: Expression): Expression => {
    if (e.kind === 'name' && e.name === 'x')
      throw refusal(cell, 'reads x otherwise than as `U * x`', 'give x a matrix, as in  h = tanh(W * h_prev + U * x)');
    if (e.kind !== 'apply') return e;
    const [a, b] = e.args;
    if (e.op === 'product' && a?.kind === 'name' && b?.kind === 'name' && b.name === 'x')
      return apply('add', e, apply('product', named(matrixFor(a.name)), named(contextName)));
    const args = e.args.map(rewrite);
    const [left, right] = args;
    // a + (b + c) is written a + b + c, as long as it is the sum that was just made.
    if (
      e.op === 'add' &&
      right !== b &&
      right?.kind === 'apply' &&
      right.op === 'add' &&
      b?.kind === 'apply' &&
      b.op === 'product'
    )
      return apply('add', apply('add', left!, right.args[0]!), right.args[1]!);
    return { ...e, args };
  };
  return rewrite;
}

const refusal = (cell: Cell, says: string, fix: string): InputError =>
  new InputError(cell.name, `${cell.name} ${says}, so it cannot read a memory.`, {
    expected: 'a cell with a state h that reads its input as `U * x`',
    got: cell.name,
    fix,
  });
