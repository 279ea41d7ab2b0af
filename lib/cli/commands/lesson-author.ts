// unroll lesson check | new | export: for whoever writes lessons.

import { join } from 'node:path';
import { InputError } from '../../equations/input-error.ts';
import { exercises } from '../../homework/catalogue.ts';
import { type Checked, checkPlace, checkResult } from '../../lessons/check-lesson.ts';
import { lessonPlaces } from '../../lessons/course.ts';
import { LessonRuns } from '../../lessons/measured.ts';
import { flag, textOption } from '../../options/option.ts';
import { once, type Typed } from '../../options/typed.ts';
import type { Command } from '../command.ts';
import {
  checkLanguage,
  type LessonArguments,
  lessonArgument,
  lessonLanguage,
  lessonOptions,
  placesFrom,
  running,
} from '../lesson-argument.ts';
import { checkOut, formatFrom, message, outputOptions, present, write } from '../output.ts';
import { changed, refuseUnread } from '../unread.ts';
import { makeFolder } from '../writing.ts';

interface AuthorArguments extends LessonArguments {
  readonly dir?: string;
  readonly title?: Typed;
}

// A lesson that does not hold is an error here without --assert.
const { assert: _, ...output } = outputOptions;

export const check: Command = {
  places: { dir: ['a folder of lessons', 'those that come with unroll'] },
  options: {
    only: textOption('Lesson', 'one lesson of the folder', 'all of them'),
    language: textOption('Lesson', 'the text in that language alone: de', 'English, and every translation'),
    ...output,
  },
  examples: [
    ['unroll lesson check my-lessons', 'exit 1 when something is wrong'],
    ['unroll lesson check --only vanishing', 'one of the course'],
  ],
  run: async (typed, reader) => {
    const args = typed as unknown as AuthorArguments & { readonly only?: Typed };
    const only = once('--only', args.only);
    const all = placesFrom({ lessons: args.dir }, 'lesson check');
    const places = all.filter(({ id }) => only === undefined || id === only);
    if (places.length === 0)
      throw new InputError('--only', `There is no lesson \`${only}\` here.`, {
        expected: all.map(({ id }) => id).join(', '),
        got: only ?? '',
        fix: 'choose one of these',
      });
    checkLanguage(args, all);
    const language = args.language === undefined ? undefined : lessonLanguage(args);
    const checked: Checked[] = [];
    for (const place of places) {
      if (args.quiet !== true && process.stderr.isTTY) message(`${place.id} …`);
      const languages = language === undefined ? [undefined, ...place.languages] : [language];
      for (const one of languages)
        checked.push(
          await checkPlace(
            place,
            one,
            running(reader, true),
            exercises.map(({ id }) => id),
          ),
        );
    }
    return present(checkResult(checked), changed(args, { assert: true }));
  },
};

export const fresh: Command = {
  places: { name: ['what to call it, in small letters: echo-states'] },
  options: {
    lessons: textOption('Lesson', 'the folder of your lessons', 'my-lessons'),
    title: textOption('Lesson', 'its title', 'made from the name'),
  },
  examples: [['unroll lesson new echo-states', 'writes my-lessons/01-echo-states/lesson.md']],
  run: async (typed) => {
    const args = typed as unknown as AuthorArguments;
    const name = args.name!;
    if (!/^[a-z][a-z0-9-]*$/.test(name))
      throw new InputError('name', `\`${name}\` cannot be the name of a lesson.`, {
        expected: 'small letters, digits and hyphens, a letter first',
        got: name,
        fix: 'write for instance  echo-states',
      });
    const folder = once('--lessons', args.lessons) ?? 'my-lessons';
    makeFolder('--lessons', folder);
    const places = lessonPlaces(folder);
    const there = places.find(({ id }) => id === name);
    if (there !== undefined)
      throw new InputError('name', `There is a lesson \`${name}\` already: ${there.folder}.`, {
        expected: 'a new name',
        got: name,
        fix: 'choose another one',
      });
    const number = String((places.at(-1)?.number ?? 0) + 1).padStart(2, '0');
    const path = join(folder, `${number}-${name}`);
    makeFolder('--lessons', path);
    const file = join(path, 'lesson.md');
    const title = once('--title', args.title) ?? capital(name.replaceAll('-', ' '));
    write(lessonTemplate(title), { out: file });
    process.stdout.write(
      `Edit ${file}, then show and check it:\n  unroll lesson ${name} --lessons ${folder}\n  unroll lesson check ${folder}\n`,
    );
    return 0;
  },
};

export const exported: Command = {
  places: { name: ['the name or number of a lesson'] },
  options: {
    html: flag('Lesson', 'a page to read and to print (this is what is made where nothing is said)'),
    slides: flag('Lesson', 'a page of slides: arrow keys go from one to the next'),
    ...lessonOptions,
    out: textOption('Output', 'the file to write', 'NAME.html, NAME-slides.html'),
    force: outputOptions.force,
  },
  examples: [
    ['unroll lesson export vanishing --html', 'writes vanishing.html, charts included'],
    ['unroll lesson export vanishing --slides --out talk.html', 'for the lecture'],
  ],
  run: async (typed, reader) => {
    const args = typed as unknown as AuthorArguments & { readonly html?: boolean; readonly slides?: boolean };
    if (args.html === true && args.slides === true)
      throw new InputError('--slides', 'A page is either to read or slides.', {
        expected: '--html or --slides',
        got: 'both',
        fix: 'take one of them out',
      });
    const { lesson, place } = await lessonArgument(args);
    formatFrom(args, ['html'], { '.html': 'html', '.htm': 'html' });
    const out = once('--out', args.out) ?? `${lesson.id}${args.slides === true ? '-slides' : ''}.html`;
    checkOut({ out, force: args.force });
    const wanted = lessonLanguage(args);
    const language = wanted !== undefined && place.languages.includes(wanted) ? wanted : 'en';
    refuseUnread(args);
    const { pageOfLesson } = await import('../../lessons/page-of-lesson.ts');
    const runs = new LessonRuns(lesson, running(reader, !process.stderr.isTTY));
    write(await pageOfLesson(lesson, runs, { slides: args.slides === true, language }), { out, force: args.force });
    return 0;
  },
};

const capital = (words: string): string => words[0]!.toUpperCase() + words.slice(1);

/** A lesson to begin with: one block of each kind that most lessons have, in words that say what to put in their place. */
const lessonTemplate = (title: string): string => `---
title: ${title}
tracks: [beginner]
minutes: 5
teaches: []
---

## What this is about

Say in a few sentences what the reader will be able to do. Then let them guess before they see.

\`\`\`predict decay figures=1
question: By what factor does the gradient of a plain RNN shrink at every step?
run: gradients rnn --steps 64
number: cell("rnn", "decay a step")
worthless: 0.3
because: |
  It shrinks to {{cell("rnn", "decay a step")}} of its size at every step. A number that a run can give is never typed.
\`\`\`

## Try it

\`\`\`cell figures=1
h = tanh(W_h * h_prev + W_x * x + b)   # the hidden state
---
run: states {cell} --text "the bank"
try: take out W_h * h_prev, and see what is left of the memory
\`\`\`

\`\`\`quiz
question: What does h_prev hold?
choices:
  - text: the hidden state of the step before
    right: true
    because: It is what the net remembers.
  - text: the input of the step before
    because: That has been mixed into the hidden state; as itself it is gone.
\`\`\`

## Interview questions

\`\`\`reveal
Why does sharing weights over time matter?
---
Write the answer here.
\`\`\`
`;
