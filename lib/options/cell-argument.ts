// A cell on the command line: a name, a .cell file, `-` for standard input, or equations in quotes.

import { builtIn, builtInNames, type Cell, cellOf } from '../cells/catalogue.ts';
import { attending, readNames, readsMemory } from '../cells/memory-reads.ts';
import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import type { Environment } from './environment.ts';
import { type Group, quoted } from './option.ts';
import { fileName, standardInput } from './standard-input.ts';

/** What can stand for a cell. */
export const cellWords = 'a built-in cell, a .cell file, - for standard input, or an equation in quotes';

/** Throws InputError for what is no cell at all, CellError for a text that has mistakes. */
export function cellArgument(argument: string, environment: Environment): Cell {
  if (argument === standardInput) return cellFile(argument, 'equation', environment);
  if (argument.includes('='))
    return {
      ...cellOf('equation', argument),
      ...(argument.length < 120 && !/["$`\\!\n]/.test(argument) ? { typed: `"${argument}"` } : {}),
    };
  if (argument.endsWith('.cell') || /[/\\]/.test(argument))
    return { ...cellFile(argument, nameOf(argument), environment), typed: quoted(argument) };
  const plus = argument.lastIndexOf('+');
  if (plus > 0 && readNames().includes(argument.slice(plus + 1)))
    return attending(cellArgument(argument.slice(0, plus), environment), argument.slice(plus + 1));
  const names = builtInNames();
  if (names.includes(argument)) return builtIn(argument);
  const near = nearest(argument, names);
  const listed = argument.split(',').map((part) => part.trim());
  const isFile = environment.exists(argument);
  throw new InputError(argument, `There is no cell \`${argument}\`.`, {
    expected: cellWords,
    got: argument,
    fix: isFile
      ? `to read the file as a text write --file ${argument}; a file of equations ends in .cell`
      : listed.length > 1 && listed.every((part) => names.includes(part) || part.endsWith('.cell'))
        ? `separate cells with spaces:  ${listed.join(' ')}`
        : near === undefined
          ? 'list them all:  unroll cell list'
          : `did you mean \`${near}\`?`,
  });
}

/** The same, with a warning of likely mistakes in the equations. */
export function checkedCell(argument: string, environment: Environment): Cell {
  const cell = cellArgument(argument, environment);
  for (const warning of cell.program.warnings) environment.warn(`note: ${warning}`);
  return cell;
}

/** Every cell once, in the order given; names that are taken get a number. Most commands have no memory for a cell to read. */
export function cellArguments(
  given: readonly string[],
  otherwise: readonly string[],
  environment: Environment,
  { memory = false }: { readonly memory?: boolean } = {},
): Cell[] {
  const cells = (given.length > 0 ? given : otherwise).map((argument) => checkedCell(argument, environment));
  if (!memory) cells.forEach(refuseMemory);
  if (given.filter((argument) => argument === standardInput).length > 1)
    throw new InputError('-', 'Standard input can be read only once.', {
      expected: 'one `-`',
      got: 'several',
      fix: 'put the other cells into files',
    });
  const taken = new Map<string, number>();
  return cells.map((cell) => {
    const count = (taken.get(cell.name) ?? 0) + 1;
    taken.set(cell.name, count);
    return count === 1 ? cell : { ...cell, name: `${cell.name} ${count}` };
  });
}

/** For commands in which nobody fills a memory. Throws InputError for a cell that reads one. */
export function refuseMemory(cell: Cell): void {
  if (!readsMemory(cell)) return;
  throw new InputError(cell.name, `${cell.name} reads a memory, and here there is none.`, {
    expected: 'a cell without a read behind a plus',
    got: cell.name,
    fix: 'see it at work:  unroll attention',
  });
}

const longestCell = 65_536;

function cellFile(path: string, name: string, environment: Environment): Cell {
  const { text, more } = environment.readText(path, longestCell);
  // One character more makes the reader say that the text is too long, in its own words.
  return cellOf(name, more ? `${text}${' '.repeat(longestCell)}` : text, fileName(path));
}

const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '').replace(/\.cell$/, '');

/** A cell that is to learn something: it has to read its input. Throws InputError for a cell that reads no input, CellError for a text that has mistakes. */
export function learnerArgument(argument: string, environment: Environment): Cell {
  const cell = checkedCell(argument, environment);
  refuseMemory(cell);
  checkLearner(cell);
  return cell;
}

/** Throws InputError for a cell that reads no input. */
export function checkLearner({ name, program }: Cell): void {
  if (program.readsInput) return;
  throw new InputError(name, `${name} reads no input, so there is nothing it could learn from.`, {
    expected: 'a cell with `x` in its equations',
    got: name,
    fix: 'write the input into it, as in  h = tanh(W * h_prev + U * x)',
  });
}

/** Any number of cells; these where none is given. */
export const cells = (...otherwise: readonly string[]): Group<readonly Cell[]> => ({
  places: { 'cells..': [cellWords, otherwise.join(' ')] },
  read: (args, _, environment) => cellArguments((args.cells as readonly string[]) ?? [], otherwise, environment),
  json: (value) => ({ cells: value.map(({ name }) => name) }),
});

/** One cell, that is to learn something. */
export const learner = (otherwise: string): Group<Cell> => ({
  places: { cell: [cellWords, otherwise] },
  read: (args, _, environment) => learnerArgument((args.cell as string | undefined) ?? otherwise, environment),
  json: ({ name }) => ({ cell: name }),
});
