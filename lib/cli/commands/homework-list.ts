// unroll homework list | reset: which exercises there are, and which have been passed

import { exercises } from '../../homework/catalogue.ts';
import { exerciseList } from '../../homework/exercise-list.ts';
import { progressOf } from '../../lessons/progress.ts';
import { ProgressStore } from '../../lessons/store.ts';
import type { Command } from '../command.ts';
import { exerciseArgument } from '../homework-options.ts';
import { begunAnew, keeper, keptEvents, today } from '../kept-progress.ts';
import { message, outputOptions } from '../output.ts';

const store = (): ProgressStore => new ProgressStore(undefined, 'homework');

export const homeworkList: Command = {
  options: outputOptions,
  examples: [['unroll homework list', 'all exercises, in order, and what you have passed']],
  result: async () => {
    const passed = exercises.flatMap(({ id }): [string, string][] => {
      const { finished, finishedOn } = progressOf(keptEvents(store(), id));
      return finished ? [[id, finishedOn ?? 'yes']] : [];
    });
    return exerciseList(new Map(passed));
  },
};

/** For somebody who checks an own solution: a script's checks, and those of a grading service, leave nothing behind. */
export function keepPass(exercise: string): void {
  if (!process.stdout.isTTY) return;
  const keep = keeper(store(), exercise);
  keep.add({ kind: 'finished', day: today() });
  if (keep.failed !== undefined) message(`That it passed could not be kept: ${keep.failed}`);
}

export const homeworkReset: Command = {
  places: { id: ['the exercise to do anew'] },
  options: {},
  examples: [['unroll homework reset rnn-step', 'is marked as passed no longer; your files stay']],
  run: async (typed) => {
    const { exercise } = await exerciseArgument((typed as { readonly id?: string }).id!);
    begunAnew(store(), exercise.id);
    message(`${exercise.id} is marked as passed no longer. Your files stay as they are.`);
    return 0;
  },
};
