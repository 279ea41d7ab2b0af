// unroll homework list | start | check | hint | reset | grade | verify | new

import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { InputError } from '../../equations/input-error.ts';
import { checkSubmission, type Homework } from '../../homework/check.ts';
import type { Exercise } from '../../homework/exercise.ts';
import { fileOf, startedIn } from '../../homework/exercise-text.ts';
import { type Language, languages } from '../../homework/language.ts';
import { submittedFrom } from '../../homework/reports/classroom50.ts';
import { endingsOf, reported, reportFormats } from '../../homework/reports/formats.ts';
import { chooseSandbox } from '../../homework/sandbox/choose.ts';
import { typeset } from '../../lessons/typeset.ts';
import { type Given, otherwise, textOption } from '../../options/option.ts';
import { runOptions, seedFrom } from '../../options/runs.ts';
import { once, type Typed } from '../../options/typed.ts';
import { lookOf } from '../../render/look.ts';
import type { Command } from '../command.ts';
import {
  exerciseArgument,
  languageFrom,
  languageOfFile,
  languageOption,
  limitOptions,
  limitsFrom,
} from '../homework-options.ts';
import {
  checkOut,
  formatFrom,
  formatOptions,
  lookOptions as looksFrom,
  message,
  type OutputArguments,
  outFrom,
  outputOptions,
  renderOptions,
  write,
} from '../output.ts';
import { environment } from '../process-environment.ts';
import { changed, refuseUnread } from '../unread.ts';
import { isOrdinary } from '../writing.ts';
import { newExercise, verifyCommand } from './homework-author.ts';
import { gradeCommand } from './homework-grade.ts';
import { homeworkList, homeworkReset, keepPass } from './homework-list.ts';

type HomeworkArguments = OutputArguments &
  Given<typeof limitOptions> & {
    readonly id: string;
    readonly file?: string;
    readonly number?: string;
    readonly language?: Typed;
    readonly seed?: Typed;
  };

const exerciseWords = 'the name of an exercise: rnn-step';

/** Of the options that say how text looks, those without a Result. */
const { format: _, assert: __, height: _____, ...lookOptions } = outputOptions;
const { out: ___, force: ____, ...paperOptions } = lookOptions;

const start: Command = {
  places: { id: [exerciseWords] },
  options: {
    language: languageOption('python'),
    out: textOption('Homework', 'the file to write', 'rnn_step.py, for instance'),
    force: lookOptions.force,
    ...paperOptions,
  },
  examples: [
    ['unroll homework start rnn-step', 'writes rnn_step.py here, and says what is asked for'],
    ['unroll homework start lstm-step --language javascript', 'writes lstm-step.js'],
    ['unroll homework start gru-step --language cell', 'as equations'],
  ],
  run: async (typed) => {
    const args = typed as unknown as HomeworkArguments;
    const homework = await exerciseArgument(args.id);
    const { id } = homework.exercise;
    const path = once('--out', args.out);
    const language = starterLanguage(homework.exercise, languageFrom(args.language), path);
    const { ending, name } = languages[language];
    const named = path ?? `${language === 'python' ? id.replaceAll('-', '_') : id}${ending}`;
    const starter = readFileSync(fileOf(homework.exercise, `starter${ending}`), 'utf8');
    const out = outFrom({ out: named });
    if (out === undefined) {
      write(starter, {});
      return 0;
    }
    const there = existsSync(out) && isOrdinary(out) && args.force !== true;
    if (!there) checkOut({ out, force: args.force });
    await statement(homework, args);
    if (there) {
      message(`${out} is there already and stays as it is. Start anew under another name:  --out NAME${ending}`);
      return 0;
    }
    write(starter, { out, force: args.force, quiet: args.quiet });
    process.stdout.write(`\n${out} is a starter in ${name}. Check it:\n  unroll homework check ${id} ${out}\n`);
    return 0;
  },
};

/** What --language says, else the ending of --out, else Python where there is such a starter. Throws InputError. */
function starterLanguage(exercise: Exercise, typed: Language | undefined, out: string | undefined): Language {
  const there = startedIn(exercise);
  const ending = out === undefined ? '' : extname(out).toLowerCase();
  const named = ending === '' ? undefined : there.find((language) => languages[language].ending === ending);
  if (ending !== '' && (named === undefined || (typed ?? named) !== named))
    throw new InputError(
      '--out',
      `${out} does not have the extension of a starter${typed === undefined ? '' : ` in ${languages[typed].name}`}.`,
      {
        expected: `a name that ends in ${there.map((language) => languages[language].ending).join(', ')}`,
        got: out!,
        fix: named === undefined ? 'use such an extension' : `remove --language, or write --language ${named}`,
      },
    );
  const wanted = typed ?? named;
  if (wanted === undefined) return there.includes('python') ? 'python' : there[0]!;
  if (there.includes(wanted)) return wanted;
  throw new InputError(
    '--language',
    wanted === 'program'
      ? 'A program in a language of its own has no starter.'
      : `${exercise.id} has no starter in ${languages[wanted].name}.`,
    {
      expected: there.join(', '),
      got: wanted,
      fix:
        wanted === 'program' ? 'read lessons/exercises/PROTOCOL.md: it answers lines of JSON' : 'choose one of these',
    },
  );
}

async function statement({ text: { title, statement: words } }: Homework, args: OutputArguments): Promise<void> {
  const { markdown } = await import('../../lessons/markdown-page.ts');
  const look = lookOf(renderOptions(changed<OutputArguments>(args, { out: undefined })));
  process.stdout.write(`${[look.paint.bold(title), '', ...typeset(markdown(words), look)].join('\n')}\n`);
}

const hint: Command = {
  places: { id: [exerciseWords], number: ['which one, from 1', '1'] },
  options: paperOptions,
  examples: [
    ['unroll homework hint rnn-step', 'the first hint'],
    ['unroll homework hint rnn-step 2', 'the second'],
  ],
  run: async (typed) => {
    const args = typed as unknown as HomeworkArguments;
    const { exercise, text: words } = await exerciseArgument(args.id);
    const { hints } = words;
    const which = hintNumber(args.number, exercise.id, hints.length);
    const { markdown } = await import('../../lessons/markdown-page.ts');
    const look = lookOf(renderOptions(args));
    refuseUnread(args);
    const head = look.paint.bold(`${exercise.id}: hint ${which} of ${hints.length}`);
    const more =
      which < hints.length
        ? ['', look.paint.dim(`The next one says more:  unroll homework hint ${exercise.id} ${which + 1}`)]
        : [];
    process.stdout.write(`${[head, '', ...typeset(markdown(hints[which - 1]!), look), ...more].join('\n')}\n`);
    return 0;
  },
};

/** Throws InputError. */
function hintNumber(typed: string | undefined, exercise: string, hints: number): number {
  if (typed === undefined) return 1;
  const which = /^\+?\d+$/.test(typed.trim()) ? Number(typed) : 0;
  if (which >= 1 && which <= hints) return which;
  throw new InputError(typed, `There is no hint ${typed} of ${exercise}: it has ${hints}.`, {
    expected: `a whole number from 1 to ${hints}`,
    got: typed,
    fix: `for instance:  unroll homework hint ${exercise} ${Number(typed) > hints ? hints : 1}`,
  });
}

const reportEndings = endingsOf(reportFormats);

const check: Command = {
  places: { id: [exerciseWords], file: ['what you wrote'] },
  options: {
    language: languageOption("the file's ending"),
    ...limitOptions,
    seed: otherwise(runOptions.seed, 'drawn anew'),
    ...lookOptions,
    ...formatOptions(reportFormats, reportEndings),
  },
  examples: [
    ['unroll homework check rnn-step rnn_step.py', 'exit 0 when all checks pass, 1 when one fails'],
    ['unroll homework check rnn-step ./answer --language program', 'a program that answers lines of JSON'],
    ['unroll homework check lstm-step lstm-step.js --format gradescope --out results.json', 'for a grading service'],
  ],
  run: async (typed) => {
    const args = typed as unknown as HomeworkArguments;
    const format = formatFrom(args, reportFormats, reportEndings);
    const look = looksFrom(args, format);
    checkOut(args);
    const homework = await exerciseArgument(args.id);
    const file = args.file!;
    if (format === 'text') checkIsFile(file, homework.exercise.id);
    const language = languageOfFile(file, args.language);
    // Asked for before anything is run.
    const submitted = format === 'classroom50' ? submittedFrom(process.env) : undefined;
    const seed = args.seed === undefined ? drawnSeed() : seedFrom(args, environment);
    const sandbox = await chooseSandbox({ limits: limitsFrom(args), languages: language === 'cell' ? [] : [language] });
    try {
      const report = await checkSubmission(homework, { file, language }, { seed, sandbox });
      write(reported(report, format, { ...look, submitted }), args);
      if (report.status === 'pass' && format === 'text') keepPass(homework.exercise.id);
      return report.status === 'pass' ? 0 : report.status === 'internal' ? 3 : 1;
    } finally {
      await sandbox.close();
    }
  },
};

/** A person corrects the command; a grading service needs its report. Throws InputError. */
function checkIsFile(file: string, exercise: string): void {
  const about = statSync(file, { throwIfNoEntry: false });
  const wrong: readonly [says: string, fix: string] | undefined =
    about === undefined
      ? [`There is no file ${file}.`, `begin one:  unroll homework start ${exercise}`]
      : about.isDirectory()
        ? [`${file} is a folder.`, `name the file in it; for a whole class:  unroll homework grade ${file}`]
        : file.toLowerCase().endsWith('.ipynb')
          ? [
              `${file} is a notebook.`,
              'save it as a script: jupyter nbconvert --to script, and remove lines that call get_ipython()',
            ]
          : undefined;
  if (wrong === undefined) return;
  const [says, fix] = wrong;
  throw new InputError(file, says, { expected: 'the file that you wrote, .py .js .ts or .cell', got: file, fix });
}

/** Fresh inputs for every run. */
const drawnSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1;

export const homeworkCommand: Command = {
  options: {},
  examples: [
    ['unroll homework start rnn-step', 'begin with the first exercise'],
    ['unroll homework check rnn-step rnn_step.py', 'is it right, and if not, why'],
  ],
  subcommands: [
    { usage: 'list', describe: 'the exercises, and which you have passed', load: async () => homeworkList },
    { usage: 'start <id>', describe: 'what an exercise asks for, and a file to begin with', load: async () => start },
    { usage: 'check <id> <file>', describe: 'is it right, and if not, what is wrong', load: async () => check },
    { usage: 'hint <id> [number]', describe: 'a little help, then more', load: async () => hint },
    { usage: 'reset <id>', describe: 'an exercise is marked as passed no longer', load: async () => homeworkReset },
    {
      usage: 'grade',
      describe: 'for teachers: a whole class, and what went wrong how often',
      load: async () => gradeCommand,
    },
    { usage: 'verify [ids..]', describe: 'for authors: do the exercises hold', load: async () => verifyCommand },
    { usage: 'new <name>', describe: 'for authors: begin an exercise', load: async () => newExercise },
  ],
};
