// The fenced blocks that do something: ```unroll, ```cell, ```predict, ```quiz, ```exercise and ```reveal. Behind the word may stand a
// name, `figures=1,2` and `claims`. A block whose text goes on behind a line `---` has names and values on one side of it.

import type { RootContent } from 'mdast';
import { InputError } from '../equations/input-error.ts';
import { Entries } from './entries.ts';
import {
  type EditableCell,
  type ExercisePart,
  type Guess,
  guessScales,
  type LessonPart,
  type Predict,
  type Quiz,
  type QuizKind,
  type ResultSelection,
  type Reveal,
  type RunBlock,
} from './lesson.ts';

type PageReader = typeof import('./markdown-page.ts');

export interface BlockSource {
  /** `predict 2`, where the block gives itself no name. */
  readonly id: string;
  /** Of the fence. */
  readonly line: number;
  readonly source: string;
  readonly text: string;
  readonly meta: string;
  readonly reader: PageReader;
}

export const blockReaders: Readonly<Record<string, ((block: BlockSource) => LessonPart) | undefined>> = {
  unroll: runOf,
  cell: cellOf,
  predict: predictOf,
  quiz: quizOf,
  exercise: exerciseOf,
  reveal: revealOf,
};

interface Meta {
  /** The name that it is given, or its kind and count. */
  readonly at: { readonly id: string; readonly line: number };
  readonly show: ResultSelection;
}

/** What stands behind the word of the fence. */
function metaOf({ id, meta, source, line }: BlockSource): Meta {
  let name: string | undefined;
  let figures: number[] | undefined;
  let claims = false;
  for (const word of meta.split(/\s+/).filter((part) => part !== '')) {
    const [, list] = /^figures=(\d+(?:,\d+)*)$/.exec(word) ?? [];
    if (list !== undefined) figures = list.split(',').map(Number);
    else if (word === 'figures=none') figures = [];
    else if (word === 'claims') claims = true;
    else if (/^[a-z][\w-]*$/.test(word) && name === undefined) name = word;
    else
      throw new InputError(`${source}:${line}`, `\`${word}\` means nothing behind the word of a block.`, {
        expected: 'a name in small letters, figures=1,2, claims',
        got: word,
        fix: 'remove it, or mend its spelling',
      });
  }
  return { at: { id: name ?? id, line }, show: { claims, figures } };
}

function entriesOf(block: BlockSource, text: string, before = 0): Entries {
  const start = block.line + before;
  const found = block.reader.readEntries(text, start);
  if ('says' in found) throw new InputError(`${block.source}:${found.line}`, found.says, { fix: found.fix });
  return new Entries(found, block.source, start);
}

/** What stands before a line `---` and what behind it, with the number of lines before the latter. */
function halves({ text }: BlockSource): readonly [string, string | undefined, number] {
  const found = /^---[ \t]*$/m.exec(text);
  if (found === null) return [text, undefined, 0];
  const before = text.slice(0, found.index);
  return [before, text.slice(found.index + found[0].length + 1), before.split('\n').length];
}

/** A text on one line, however many it has in the file. */
const joined = (entries: Entries, name: string): string => entries.text(name).replace(/\s*\n\s*/g, ' ');

function commandOf(block: BlockSource, line: string): string {
  const command = line.trim().replace(/^(\$\s*)?unroll\s+/, '');
  if (command === '' || /\n/.test(command))
    throw new InputError(`${block.source}:${block.line}`, 'A block `unroll` is one command line.', {
      got: command === '' ? 'none' : `${command.split('\n').length} lines`,
      fix: 'write for instance  gradients rnn lstm --steps 64',
    });
  // The line is printed to be copied, and what is between quotes is no affair of the shell: of double ones, but for these three.
  const open = command.replace(/'[^']*'|"[^"]*"/g, (word) =>
    word.startsWith('"') ? word.replace(/[^$`\\]/g, '') : '',
  );
  const special = /[$`\\;&|<>()*?~#]/.exec(open)?.[0];
  if (special !== undefined)
    throw new InputError(
      `${block.source}:${block.line}`,
      `A shell would not read \`${special}\` as it stands in this command line.`,
      { got: command, fix: 'put that word in single quotes' },
    );
  return command;
}

function runOf(block: BlockSource): RunBlock {
  const { at, show } = metaOf(block);
  return { kind: 'run', ...at, name: at.id, command: commandOf(block, block.text), show };
}

function cellOf(block: BlockSource): EditableCell {
  const { at, show } = metaOf(block);
  const [text, below, before] = halves(block);
  if (below === undefined) return { kind: 'cell', ...at, name: at.id, text: text.trimEnd(), show };
  const entries = entriesOf(block, below, before);
  const [run, tip] = [entries.textIfGiven('run'), entries.textIfGiven('try')];
  entries.done();
  const command = run === undefined ? undefined : commandOf(block, run);
  return { kind: 'cell', ...at, name: at.id, text: text.trimEnd(), show, command, try: tip };
}

function predictOf(block: BlockSource): Predict {
  const { at, show } = metaOf(block);
  const entries = entriesOf(block, block.text);
  const command = commandOf(block, entries.text('run'));
  const predict: Predict = {
    kind: 'predict',
    ...at,
    question: joined(entries, 'question'),
    run: { kind: 'run', ...at, name: at.id, command, show },
    guess: guessOf(entries, block),
    because: markdownOf(block, entries.text('because')),
  };
  entries.done();
  return predict;
}

function guessOf(entries: Entries, { line }: BlockSource): Guess {
  if (entries.has('number')) {
    const scale = entries.wordOf('scale', guessScales, 'linear');
    const unit = entries.textIfGiven('unit');
    const answer = entries.text('number');
    return { kind: 'number', answer, scale, unit, worthless: entries.numberOr('worthless', 1) };
  }
  if (entries.has('curve'))
    return entries.record('curve', (curve) => ({
      kind: 'curve',
      figure: curve.numberOr('figure', 1),
      series: curve.text('series'),
      at: curve.numbers('at'),
      worthless: curve.numberOr('worthless', 1),
    }));
  if (entries.has('choices')) {
    const choices = entries.records('choices', (one) => ({ text: joined(one, 'text'), right: one.text('right') }));
    return { kind: 'choice', choices: choices.map(({ text }) => text), right: choices.map(({ right }) => right) };
  }
  throw entries.wrong(line, 'A block `predict` does not say what is to be guessed.', {
    expected: 'number: a formula; curve: series and at; or choices: a list of text and right',
    fix: 'write one of these',
  });
}

function quizOf(block: BlockSource): Quiz {
  const { at } = metaOf(block);
  const entries = entriesOf(block, block.text);
  const quiz: Quiz = {
    kind: 'quiz',
    ...at,
    question: joined(entries, 'question'),
    asks: asksOf(entries, block),
  };
  entries.done();
  return quiz;
}

function asksOf(entries: Entries, { line }: BlockSource): QuizKind {
  if (entries.has('choices')) {
    const choices = entries.records('choices', (one) => ({
      text: joined(one, 'text'),
      right: one.flagOr('right', false),
      because: joined(one, 'because'),
    }));
    if (choices.filter(({ right }) => right).length !== 1)
      throw entries.wrong(line, 'One choice has to be the right one, and one only.', {
        got: `${choices.filter(({ right }) => right).length} with \`right: true\``,
        fix: 'mark it with  right: true',
      });
    return { kind: 'choice', choices };
  }
  const told = () => ({
    because: joined(entries, 'because'),
    mistakes: entries.has('mistakes')
      ? entries.records('mistakes', (one) => ({ value: one.text('value'), because: joined(one, 'because') }))
      : [],
    otherwise: joined(entries, 'otherwise'),
  });
  if (entries.has('number')) {
    const [unit, tolerance] = [entries.textIfGiven('unit'), entries.numberOr('tolerance', 0)];
    return { kind: 'number', answer: entries.text('number'), tolerance, unit, ...told() };
  }
  if (entries.has('answers')) return { kind: 'text', answers: entries.texts('answers'), ...told() };
  throw entries.wrong(line, 'A block `quiz` does not say what the answer is.', {
    expected: 'choices: a list of text, right and because; number: a formula; or answers: a list of texts',
    fix: 'write one of these',
  });
}

function exerciseOf(block: BlockSource): ExercisePart {
  const { at } = metaOf(block);
  const [exercise, ...lines] = block.text.split('\n');
  return {
    kind: 'exercise',
    ...at,
    exercise: exercise!.trim(),
    says: markdownOf(block, lines.join('\n')),
  };
}

function revealOf(block: BlockSource): Reveal {
  const { at } = metaOf(block);
  const [question, answer] = halves(block);
  if (answer === undefined || question.trim() === '' || answer.trim() === '')
    throw new InputError(
      `${block.source}:${block.line}`,
      'A block `reveal` has a question, a line `---`, and an answer.',
      { got: block.text.split('\n')[0] ?? '', fix: 'put a line `---` between the two' },
    );
  return {
    kind: 'reveal',
    ...at,
    question: question.trim().replace(/\s*\n\s*/g, ' '),
    nodes: markdownOf(block, answer),
  };
}

const markdownOf = ({ reader }: BlockSource, text: string): RootContent[] => reader.markdown(text);
