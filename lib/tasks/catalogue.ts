// The tasks that come with their data, by name. A new task is one new file and its line here; those that are made of somebody's
// own data are `givenSeries` and `textTask`.

import { adding } from './adding.ts';
import { copyingMemory } from './copying-memory.ts';
import { counting } from './counting.ts';
import { labelling } from './labels.ts';
import { latch } from './latch.ts';
import { logisticMap } from './logistic-map.ts';
import { mackeyGlass } from './mackey-glass.ts';
import { majority } from './majority.ts';
import { parity } from './parity.ts';
import { reber } from './reber.ts';
import { copy, reversal } from './repeating.ts';
import { twoSines } from './sines.ts';
import type { Task } from './task.ts';
import { temporalOrder } from './temporal-order.ts';

const all: readonly Task[] = [
  adding,
  copyingMemory,
  latch,
  temporalOrder,
  parity,
  counting,
  reber,
  majority,
  labelling,
  copy,
  reversal,
  twoSines,
  mackeyGlass,
  logisticMap,
];

export const tasks: ReadonlyMap<string, Task> = new Map(all.map((task) => [task.name, task]));
