// The tasks that come with their data, by name: the default exports of the files here. Those that are made of somebody's own data
// are `givenSeries` and `textTask`.

import { defaultExports } from '../default-exports.ts';
import type { PairTask, Task } from './task.ts';

type AnyTask = Task | PairTask;

const all = (await defaultExports<AnyTask | readonly AnyTask[]>(import.meta.url))
  .flat()
  .sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || (a.name < b.name ? -1 : 1));
const isPairTask = (task: AnyTask): task is PairTask => 'pair' in task;
const byName = <T extends AnyTask>(some: readonly T[]): ReadonlyMap<string, T> =>
  new Map(some.map((task) => [task.name, task]));

export const tasks = byName(all.filter((task): task is Task => !isPairTask(task)));
/** From one sequence to another. */
export const pairTasks = byName(all.filter(isPairTask));
