// One slip made everywhere: all biases left out, every sigmoid a tanh.

import type { Edit } from './edit.ts';

/** For each key that several edits have, all of them at once. */
export function everywhereEdits(edits: readonly Edit[]): Edit[] {
  const groups = new Map<string, Edit[]>();
  for (const edit of edits)
    if (edit.everywhere !== undefined) {
      const group = groups.get(edit.everywhere.key);
      if (group === undefined) groups.set(edit.everywhere.key, [edit]);
      else group.push(edit);
    }
  return [...groups].flatMap(([key, group]) =>
    group.length < 2
      ? []
      : [
          {
            id: `everywhere ${key}`,
            says: group[0]!.everywhere!.says,
            changes: group.flatMap(({ changes }) => changes),
          },
        ],
  );
}
