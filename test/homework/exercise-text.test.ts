// exercise.md is read strictly: whoever writes one is told the line and what to do.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../lib/equations/input-error.ts';
import { readExerciseText } from '../../lib/homework/exercise-text.ts';

const good = `---
id: rnn-step
title: "One step: forward"
level: beginner
points: 10
requires: [other, another]
---

Write it.

### Not a hint

\`\`\`example
W = [
  [1, 2],
  [3, 4]
]
h = [0.5]
\`\`\`

    ## Hint 9 in a block of code is code

## Hint 1

Think.

## Hint 2

Think *harder*.

- or ask
`;

describe('exercise.md', () => {
  it('is read whole', async () => {
    const text = await readExerciseText(good, 'exercise.md');
    const { statement, examples, ...rest } = text;
    assert.deepEqual(rest, {
      id: 'rnn-step',
      title: 'One step: forward',
      level: 'beginner',
      points: 10,
      requires: ['other', 'another'],
      tolerance: 1e-9,
      hints: ['Think.', 'Think *harder*.\n\n- or ask'],
    });
    assert.match(statement, /^Write it\.\n\n### Not a hint[\s\S]*is code$/);
    const W = [
      [1, 2],
      [3, 4],
    ];
    assert.deepEqual(examples, [{ W, h: [0.5] }]);
  });

  it('may have the line ends of Windows', async () => {
    const [unix, windows] = [good, good.replace(/\n/g, '\r\n')].map((text) => readExerciseText(text, 'a'));
    assert.deepEqual(await windows, await unix);
  });

  const cases: [what: string, from: string, to: string, where: string, says: RegExp][] = [
    ['no front matter', '---\n', '', 'f:1', /no front matter/],
    ['YAML that is none', 'level: beginner', 'level: [beginner', 'f:', /no YAML/],
    ['a key twice', 'points: 10', 'points: 10\npoints: 10', 'f:6', /no YAML: Map keys must be unique/],
    ['an unknown key', 'points: 10', 'points: 10\nauthor: me', 'f:6', /key `author`/],
    ['a missing key', 'points: 10\n', '', 'f:1', /no `points`/],
    ['points that are no number', 'points: 10', 'points: many', 'f:5', /`points` is not/],
    ['an unknown level', 'beginner', 'easy', 'f:4', /`level` is not/],
    ['an id with capitals', 'rnn-step', 'RNN', 'f:2', /`id` is not/],
    ['a tolerance of 1', 'points: 10', 'points: 10\ntolerance: 1', 'f:6', /`tolerance` is not/],
    ['requires as a word', '[other, another]', 'other', 'f:6', /`requires` is not/],
    ['hints in another order', '## Hint 1', '## Hint 2', 'f:23', /numbered in order/],
    ['another section', '## Hint 2', '## Notes', 'f:27', /numbered in order/],
    ['an empty hint', 'Think.\n', '', 'f:23', /Hint 1 is empty/],
    ['an example that is no JSON', 'h = [0.5]', 'h = [0.5', 'f:13', /`h` of the example/],
    ['an example without a name', 'W = [\n', '[\n', 'f:14', /gives no name a value/],
  ];
  for (const [what, from, to, where, says] of cases)
    it(`is refused with ${what}`, async () => {
      await assert.rejects(readExerciseText(good.replace(from, to), 'f'), (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.problem.says, says);
        assert.ok(error.problem.where.startsWith(where), error.problem.where);
        return true;
      });
    });

  it('is refused without a statement, and without a hint', async () => {
    const [front] = /^---[\s\S]*?\n---\n/.exec(good)!;
    await assert.rejects(readExerciseText(`${front}\n## Hint 1\n\nThink.\n`, 'f'), /There is no statement/);
    await assert.rejects(readExerciseText(`${front}\nWrite it.\n`, 'f'), /There is no hint/);
    await assert.rejects(readExerciseText(front, 'f'), /There is no statement/);
  });
});
