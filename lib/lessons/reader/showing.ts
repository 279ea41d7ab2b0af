// How one part of a lesson stands on the screen of a reader: its lines now, and what it waits for.

import { readProgram } from '../../equations/read.ts';
import { errorText } from '../../equations/wording.ts';
import { renderFigure } from '../../render/figure.ts';
import { legible } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import type { Result } from '../../render/result.ts';
import { wrap } from '../../render/wrap.ts';
import { filled } from '../fill.ts';
import { choiceOf, guessWanted, judged, lettersOf, readGuess, rightAnswer, scored } from '../judge.ts';
import type { Part } from '../lesson.ts';
import type { Answered } from '../progress.ts';
import {
  cellLines,
  choiceLines,
  choicesOf,
  commandLines,
  exerciseCommand,
  proseLines,
  questionLines,
  resultLines,
} from '../sheet.ts';
import { coded, typeset } from '../typeset.ts';
import { type LessonRuns, nameOfRun, type RunCommand, shownOrSaid } from '../whole.ts';

/** What a part wants of the learner before the lesson goes on. */
export interface Wanted {
  /** `Your guess`, with what it may be. */
  readonly prompt: string;
  /** Whether a key is enough: an answer to be uncovered. */
  readonly key: boolean;
}

/** An answer that was taken, as progress keeps it; or what an answer has to be. */
export type Taken = { readonly event: Answered } | { readonly refused: string };

/** What a part needs of the lesson around it. */
export interface Around {
  readonly runs: LessonRuns;
  readonly run: RunCommand;
  /** The day that answers are kept with. */
  readonly today: () => string | undefined;
  /** From an earlier reading. */
  readonly answered?: Answered | undefined;
  /** Lines that stand before it: the title of the lesson. */
  readonly above?: ((look: Look) => readonly string[]) | undefined;
}

/** One part on the screen. Whoever shows it calls `lines` again when it has changed or the width has. */
export class Showing {
  readonly part: Part;
  readonly #index: number;
  readonly #runs: LessonRuns;
  readonly #run: RunCommand;
  readonly #today: Around['today'];
  readonly #above: Around['above'];
  #answered: Answered | undefined;
  /** The equations as the learner left them. */
  #text: string | undefined;
  #problem: string | undefined;
  /** What those equations gave. It stands below them alone: the text and its questions speak of the equations that the lesson gave. */
  #edited: Promise<Result> | undefined;
  #uncovered = false;
  #passedOver = false;

  constructor(part: Part, index: number, { runs, run, today, answered, above }: Around) {
    this.part = part;
    this.#index = index;
    this.#runs = runs;
    this.#run = run;
    this.#today = today;
    this.#above = above;
    this.#answered = answered;
    if (part.kind === 'cell') this.#text = answered?.answer;
    this.#uncovered = answered !== undefined;
  }

  /** Undefined when there is nothing to wait for. */
  get wanted(): Wanted | undefined {
    return this.isOpen && !this.#passedOver ? this.#asked : undefined;
  }

  /** What may be answered though nothing waits for it: what was passed over, and a quiz that was skipped or answered. */
  get again(): Wanted | undefined {
    if (this.isOpen) return this.#passedOver ? this.#asked : undefined;
    return this.part.kind === 'quiz' ? this.#asked : undefined;
  }

  /** Neither answered nor uncovered. */
  get isOpen(): boolean {
    return this.#answered === undefined && !this.#uncovered;
  }

  get #asked(): Wanted | undefined {
    const { part } = this;
    if (part.kind === 'predict') return { prompt: `Your guess (${guessWanted(part.guess)})`, key: false };
    if (part.kind === 'quiz') return { prompt: `Your answer (${answerWanted(part)})`, key: false };
    return part.kind === 'reveal' ? { prompt: 'Think first: Enter (shows the answer)', key: true } : undefined;
  }

  /** Whether an answer may begin with this character. Words may begin with any, and keys that are letters do other things. */
  begins(character: string): boolean {
    const of = this.part.kind === 'predict' ? this.part.guess : this.part.kind === 'quiz' ? this.part.asks : undefined;
    if (of === undefined || of.kind === 'text') return false;
    return of.kind === 'choice' ? choiceOf(character, of.choices.length) !== undefined : /^[-.\d]$/.test(character);
  }

  /** Whether showing it takes a run that has not been made. */
  get runs(): string | undefined {
    const waits = this.part.kind === 'predict' && this.isOpen;
    return waits ? undefined : nameOfRun(this.part);
  }

  /** Shows what was hidden, without an answer. */
  uncover(): void {
    this.#uncovered = true;
  }

  /** Lets the lesson go on past it, unanswered: its answer stays hidden, and it may still be given. */
  passOver(): void {
    this.#passedOver = true;
  }

  get equations(): string | undefined {
    return this.part.kind === 'cell' ? (this.#text ?? this.part.text) : undefined;
  }

  /** Takes an answer as typed. */
  async answer(typed: string): Promise<Taken> {
    const { part } = this;
    const seen = this.#runs.upTo(this.#index);
    const day = this.#today();
    const about = { kind: 'answer', part: part.id, ...(day === undefined ? {} : { day }) } as const;
    if (part.kind === 'quiz') {
      const verdict = await judged(part.asks, typed, seen);
      if ('expected' in verdict) return { refused: `That is no answer here. Wanted: ${verdict.expected}` };
      const truth = await rightAnswer(part.asks, seen);
      return this.#keep({ ...about, question: part.question, answer: typed.trim(), right: verdict.right, truth });
    }
    if (part.kind === 'predict') {
      const guess = readGuess(part.guess, typed);
      if (guess === undefined) return { refused: `That is no guess. Wanted: ${guessWanted(part.guess)}` };
      const { score, guessed, truth } = await scored(part.guess, guess, seen);
      const answer = part.guess.kind === 'choice' ? guessed : typed.trim();
      return this.#keep({ ...about, question: part.question, answer, score, truth });
    }
    this.#uncovered = true;
    return this.#keep({ ...about, question: part.kind === 'reveal' ? part.question : '', answer: '' });
  }

  #keep(event: Answered): Taken {
    this.#answered = event;
    return { event };
  }

  /** Takes another text for the equations and runs it; refused ones are said below the cell, and the old ones stay. */
  async edit(text: string): Promise<Taken> {
    const { part } = this;
    if (part.kind !== 'cell') return { refused: 'There are no equations here.' };
    const { errors } = readProgram(text, part.name);
    if (errors !== undefined) {
      this.#problem = errorText(errors[0]!, 80);
      return { refused: 'These equations cannot be read; the message stands below them.' };
    }
    if (part.command !== undefined) {
      try {
        const result = await this.#run(part.command, text);
        this.#edited = Promise.resolve(result);
      } catch (error) {
        this.#problem = error instanceof Error ? error.message : String(error);
        return { refused: 'These equations cannot be run; the message stands below them.' };
      }
    }
    this.#problem = undefined;
    this.#text = text;
    const day = this.#today();
    const event = { kind: 'answer', part: part.id, question: `the equations of ${part.name}`, answer: text } as const;
    return { event: { ...event, ...(day === undefined ? {} : { day }) } };
  }

  /** Throws Unresolved, and whatever a command throws. */
  async lines(look: Look): Promise<string[]> {
    return [...(this.#above?.(look) ?? []), ...(await this.#own(look))];
  }

  async #own(look: Look): Promise<string[]> {
    const { part } = this;
    const seen = this.#runs.upTo(this.#index);
    switch (part.kind) {
      case 'prose':
        return proseLines(part.nodes, seen, look);
      case 'run':
        return [...commandLines(part.command, look), '', ...resultLines(await seen.result(part.name), part.show, look)];
      case 'cell':
        return this.#cell(look);
      case 'predict':
        return this.#predict(look);
      case 'quiz':
        return this.#quiz(look);
      case 'exercise':
        return [...typeset(await filled(part.says, seen), look), '', `  ${look.paint.bold(exerciseCommand(part))}`];
      case 'reveal': {
        const question = await questionLines(part.question, seen, look);
        if (this.isOpen) return [...question, ...this.#stillOpen('a: show the answer', look)];
        return [...question, '', ...typeset(await filled(part.nodes, seen), look)];
      }
    }
  }

  async #cell(look: Look): Promise<string[]> {
    const part = this.part as Extract<Part, { kind: 'cell' }>;
    const trying = part.try === undefined ? [] : wrap(coded(`Try: ${part.try}`, look), look.width);
    return [
      ...cellLines({ text: this.equations! }, look),
      look.paint.dim('     e changes a line'),
      ...trying,
      ...(this.#isEdited ? wrap(textStays, look.width) : []),
      ...(this.#problem === undefined ? [] : ['', ...this.#problem.split('\n').map((line) => legible(line, look))]),
      ...(part.command === undefined
        ? []
        : ['', ...resultLines(await this.#result(part, part.command), part.show, look)]),
    ];
  }

  get #isEdited(): boolean {
    const { part } = this;
    return part.kind === 'cell' && part.command !== undefined && this.#text !== undefined && this.#text !== part.text;
  }

  /** Of the equations as they stand; also when they were changed at an earlier reading. */
  #result({ name }: Extract<Part, { kind: 'cell' }>, command: string): Promise<Result> {
    if (!this.#isEdited) return this.#runs.upTo(this.#index).result(name);
    this.#edited ??= this.#run(command, this.#text);
    return this.#edited;
  }

  async #predict(look: Look): Promise<string[]> {
    const part = this.part as Extract<Part, { kind: 'predict' }>;
    const seen = this.#runs.upTo(this.#index);
    const asked = [...(await questionLines(part.question, seen, look)), ...choiceLines(choicesOf(part.guess), look)];
    if (this.isOpen)
      return [
        ...asked,
        ...this.#form(part.guess.kind, guessWanted(part.guess), look),
        ...this.#stillOpen('a: guess  s: skip', look),
      ];
    const guess = this.#answered === undefined ? undefined : this.#guessOf(this.#answered.answer);
    // Whoever has guessed is told what was measured beside the guess.
    const shown =
      guess === undefined
        ? await shownOrSaid(part, seen, look)
        : resultLines(await seen.result(part.run.name), part.run.show, look);
    const said = guess === undefined ? [] : await this.#gap(guess, look);
    const run = [...commandLines(part.run.command, look), ...(shown.length === 0 ? [] : ['', ...shown])];
    return [...asked, '', ...run, '', ...said, ...typeset(await filled(part.because, seen), look)];
  }

  /** The keys of a question that was passed over. */
  #stillOpen(keys: string, look: Look): string[] {
    return this.#passedOver ? [look.paint.dim(`   ${keys}`)] : [];
  }

  /** What has to be typed, where the question does not show it already. */
  #form(kind: 'number' | 'curve' | 'choice' | 'text', wanted: string, look: Look): string[] {
    if (kind === 'choice') return [];
    return wrap(legible(`(${wanted})`, look), Math.min(look.width, 88), { first: '  ', rest: '   ' }).map((line) =>
      look.paint.dim(line),
    );
  }

  #guessOf(answer: string): readonly number[] | undefined {
    const { guess } = this.part as Extract<Part, { kind: 'predict' }>;
    // A choice is kept with its words.
    return readGuess(guess, guess.kind === 'choice' ? (answer[0] ?? '') : answer);
  }

  async #gap(guess: readonly number[], look: Look): Promise<string[]> {
    const part = this.part as Extract<Part, { kind: 'predict' }>;
    const { score, guessed, truth, figure } = await scored(part.guess, guess, this.#runs.upTo(this.#index));
    const { width, height, level, plain, keepsLetters, unicode } = look;
    const options = { width, height, colour: level, unicode: unicode || keepsLetters, plain };
    const drawn = figure === undefined ? [] : [...renderFigure(figure, options).split('\n'), ''];
    const said = `You said ${guessed}; measured: ${truth}. ${score === 1 ? 'Right' : `Worth ${Math.round(score * 100)} of 100`}.`;
    return [...drawn, ...wrap(coded(said, look), width).map((line) => look.paint.bold(line)), ''];
  }

  async #quiz(look: Look): Promise<string[]> {
    const part = this.part as Extract<Part, { kind: 'quiz' }>;
    const seen = this.#runs.upTo(this.#index);
    const asked = [...(await questionLines(part.question, seen, look)), ...choiceLines(choicesOf(part.asks), look)];
    if (this.#answered === undefined) {
      if (this.isOpen)
        return [
          ...asked,
          ...this.#form(part.asks.kind, answerWanted(part), look),
          ...this.#stillOpen('a: answer  s: skip', look),
        ];
      const truth = wrap(coded(`Answer: ${await rightAnswer(part.asks, seen)}`, look), look.width);
      return [...asked, '', ...truth, look.paint.dim('   a: answer all the same')];
    }
    const verdict = await judged(part.asks, this.#answered.answer, seen);
    if ('expected' in verdict) return asked;
    const mark = verdict.right ? look.paint.green(look.unicode ? '✓' : '+') : look.paint.red(look.unicode ? '✗' : 'x');
    const said = `${this.#answered.answer}: ${verdict.right ? 'right' : 'not so'}. ${verdict.because}`;
    const again = verdict.right ? [] : [look.paint.dim('   a: answer again')];
    return [
      ...asked,
      '',
      ...wrap(coded(said, look), Math.min(look.width, 88), { first: ` ${mark} `, rest: '   ' }),
      ...again,
    ];
  }
}

const textStays = 'Changed by you; the text of the lesson speaks of the equations as they were.';

const answerWanted = ({ asks }: Extract<Part, { kind: 'quiz' }>): string => {
  if (asks.kind === 'choice') return lettersOf(asks.choices.length);
  if (asks.kind === 'text') return 'a word or two';
  return asks.unit === undefined ? 'a number' : `a number of ${asks.unit}`;
};
