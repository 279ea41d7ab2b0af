// What can follow at a tab: yargs's own words, and the names of cells where a cell can stand.

import { builtInNames } from '../cells/catalogue.ts';

const takesCells = new Set(['states', 'gates', 'gradients', 'diagram']);
const cellActions = new Set(['show', 'derive', 'check', 'run']);

/** yargs's own completions, handed to a callback. */
export type Filter = (onCompleted?: (error: Error | null, completions: string[] | undefined) => void) => unknown;
export type Done = (completions: string[]) => unknown;

export function complete(
  current: string,
  args: { readonly _?: readonly (string | number)[] },
  filter: Filter,
  done: Done,
): void {
  const [, command, action] = (args._ ?? []).map(String);
  const wantsCell = takesCells.has(command ?? '') || (command === 'cell' && cellActions.has(action ?? ''));
  filter((_error, ordinary) => {
    const words = ordinary ?? [];
    const shells = command === 'completion' ? ['bash', 'zsh', 'fish'] : [];
    const cells = wantsCell && !current.startsWith('-') ? builtInNames() : [];
    done([...words, ...cells, ...shells].filter((word) => word.startsWith(current)));
  });
}
