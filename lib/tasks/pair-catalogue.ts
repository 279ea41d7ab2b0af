// The tasks from one sequence to another, by name. A new one is one new file and its line here.

import { datePairs } from './dates.ts';
import type { PairTask } from './pairs.ts';
import { copyPairs, reversalPairs } from './repeating-pairs.ts';

const all: readonly PairTask[] = [copyPairs, reversalPairs, datePairs];

export const pairTasks: ReadonlyMap<string, PairTask> = new Map(all.map((task) => [task.name, task]));
