import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LessonRuns } from '../../lib/lessons/measured.ts';
import { partLines } from '../../lib/lessons/part-lines.ts';
import { readLesson } from '../../lib/lessons/read-lesson.ts';
import { lookOf } from '../../lib/render/look.ts';

const text = `---
title: A quiz
tracks: [beginner]
minutes: 1
teaches: []
---

\`\`\`quiz
question: What is ½ · 4?
number: '2'
unit: α
mistakes:
  - {value: '4', because: ½ · 4 is half of it.}
because: ½ · 4 = 2.
otherwise: ½ is 0.5.
\`\`\`

\`\`\`quiz
question: Which is ½?
choices:
  - {text: ¼ + ¼, right: true, because: Two × ¼.}
  - {text: ¼, because: It is ½ · ½.}
\`\`\`
`;

describe('a lesson printed as a whole', () => {
  it('says every answer to a quiz in ASCII where the terminal has no more', async () => {
    const lesson = await readLesson(text, 'quiz.md', { id: 'quiz', number: 1 });
    const runs = new LessonRuns(lesson, () => Promise.reject(new Error('nothing is run')));
    const look = lookOf({ width: 80, height: 24, colour: 0, unicode: false });
    const parts = await Promise.all(lesson.parts.map((part, i) => partLines(part, runs.upTo(i), look)));
    const lines = parts.flat();
    assert.deepEqual(
      lines.filter((line) => /[^ -~]/.test(line)),
      [],
    );
    assert.ok(lines.some((line) => line.includes('is half of it')));
    assert.ok(lines.some((line) => line.includes('1/2 * 1/2') || line.includes('1/2 . 1/2')));
  });
});
