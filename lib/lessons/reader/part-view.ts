// How one part of a lesson stands on the screen of a reader: its lines now, and what it waits for.

import { readProgram } from '../../equations/read.ts';
import { errorText } from '../../equations/wording.ts';
import { wrap } from '../../render/columns.ts';
import { renderFigure } from '../../render/figure.ts';
import { legible } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import type { Result } from '../../render/result.ts';
import { choiceOf, guessWanted, judged, lettersOf, readGuess, rightAnswer, scored } from '../judge.ts';
import type { EditableCell, Guess, LessonPart, Predict, Quiz, QuizKind } from '../lesson.ts';
import { type LessonRuns, nameOfRun, type RunCommand, type RunResults } from '../measured.ts';
import {
  askedLines,
  equationLines,
  optionsOf,
  partLines,
  predictLines,
  questionLines,
  resultLines,
} from '../part-lines.ts';
import type { Answered } from '../progress.ts';
import { coded } from '../typeset.ts';

/** What a part wants of the learner before the lesson goes on. */
interface AwaitedInput {
  /** `Your guess`, with what it may be. */
  readonly prompt: string;
  /** Whether a key is enough: an answer to be uncovered. */
  readonly key: boolean;
}

/** An answer that was taken, as progress keeps it; or what an answer has to be. */
type AnswerOutcome = { readonly event: Answered } | { readonly refused: string };

/** What a part needs of the lesson around it. */
export interface PartContext {
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
export class PartView {
  readonly part: LessonPart;
  readonly #index: number;
  readonly #context: PartContext;
  #answered: Answered | undefined;
  /** The equations as the learner left them. */
  #text: string | undefined;
  #problem: string | undefined;
  /** What those equations gave. It stands below them alone: the text and its questions speak of the equations that the lesson gave. */
  #edited: Promise<Result> | undefined;
  #uncovered = false;
  #passedOver = false;

  constructor(part: LessonPart, index: number, context: PartContext) {
    this.part = part;
    this.#index = index;
    this.#context = context;
    this.#answered = context.answered;
    if (part.kind === 'cell') this.#text = context.answered?.answer;
    this.#uncovered = context.answered !== undefined;
  }

  /** The runs that the part may quote. */
  get #seen(): RunResults {
    return this.#context.runs.upTo(this.#index);
  }

  /** Undefined when there is nothing to wait for. */
  get wanted(): AwaitedInput | undefined {
    return this.isOpen && !this.#passedOver ? this.#asked : undefined;
  }

  /** What may be answered though nothing waits for it: what was passed over, and a quiz that was skipped or answered. */
  get again(): AwaitedInput | undefined {
    if (this.isOpen) return this.#passedOver ? this.#asked : undefined;
    return this.part.kind === 'quiz' ? this.#asked : undefined;
  }

  /** Neither answered nor uncovered. */
  get isOpen(): boolean {
    return this.#answered === undefined && !this.#uncovered;
  }

  get #asked(): AwaitedInput | undefined {
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
  async answer(typed: string): Promise<AnswerOutcome> {
    const { part } = this;
    const seen = this.#seen;
    const day = this.#context.today();
    const about = { kind: 'answer', part: part.id, day } as const;
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

  #keep(event: Answered): AnswerOutcome {
    this.#answered = event;
    return { event };
  }

  /** Takes another text for the equations and runs it; refused ones are said below the cell, and the old ones stay. */
  async edit(text: string): Promise<AnswerOutcome> {
    const { part } = this;
    if (part.kind !== 'cell') return { refused: 'There are no equations here.' };
    const { errors } = readProgram(text, part.name);
    if (errors !== undefined) {
      this.#problem = errorText(errors[0]!, 80);
      return { refused: 'These equations cannot be read; the message stands below them.' };
    }
    if (part.command !== undefined) {
      try {
        const result = await this.#context.run(part.command, text);
        this.#edited = Promise.resolve(result);
      } catch (error) {
        this.#problem = error instanceof Error ? error.message : String(error);
        return { refused: 'These equations cannot be run; the message stands below them.' };
      }
    }
    this.#problem = undefined;
    this.#text = text;
    const day = this.#context.today();
    return { event: { kind: 'answer', part: part.id, question: `the equations of ${part.name}`, answer: text, day } };
  }

  /** Throws Unresolved, and whatever a command throws. */
  async lines(look: Look): Promise<string[]> {
    return [...(this.#context.above?.(look) ?? []), ...(await this.#own(look))];
  }

  async #own(look: Look): Promise<string[]> {
    const { part } = this;
    const seen = this.#seen;
    switch (part.kind) {
      case 'cell':
        return this.#cell(part, look);
      case 'predict': {
        const form = guessWanted(part.guess);
        if (this.isOpen) return this.#open(part.question, part.guess, form, 'a: guess  s: skip', look);
        const guess = this.#answered === undefined ? undefined : guessOf(part, this.#answered.answer);
        return predictLines(part, seen, look, guess && (await this.#gap(part, guess, look)));
      }
      case 'quiz':
        if (this.isOpen) return this.#open(part.question, part.asks, answerWanted(part), 'a: answer  s: skip', look);
        return this.#quiz(part, look);
      case 'reveal':
        if (!this.isOpen) break;
        return [...(await questionLines(part.question, seen, look)), ...this.#stillOpen('a: show the answer', look)];
    }
    return partLines(part, seen, look);
  }

  async #cell(part: EditableCell, look: Look): Promise<string[]> {
    const lines = [...equationLines(this.equations!, look), look.paint.dim('     e changes a line')];
    if (part.try !== undefined) lines.push(...wrap(coded(`Try: ${part.try}`, look), look.width));
    if (this.#isEdited) lines.push(...wrap(textStays, look.width));
    if (this.#problem !== undefined) lines.push('', ...this.#problem.split('\n').map((line) => legible(line, look)));
    if (part.command === undefined) return lines;
    return [...lines, '', ...resultLines(await this.#result(part, part.command), part.show, look)];
  }

  get #isEdited(): boolean {
    const { part } = this;
    return part.kind === 'cell' && part.command !== undefined && this.#text !== undefined && this.#text !== part.text;
  }

  /** Of the equations as they stand; also when they were changed at an earlier reading. */
  #result({ name }: EditableCell, command: string): Promise<Result> {
    if (!this.#isEdited) return this.#seen.result(name);
    this.#edited ??= this.#context.run(command, this.#text);
    return this.#edited;
  }

  /** A question that nobody has answered, with what may be typed. */
  async #open(question: string, of: Guess | QuizKind, wanted: string, keys: string, look: Look): Promise<string[]> {
    const form = wrap(legible(`(${wanted})`, look), Math.min(look.width, 88), { first: '  ', rest: '   ' });
    return [
      ...(await askedLines(question, of, this.#seen, look)),
      // Choices show by themselves what may be typed.
      ...(of.kind === 'choice' ? [] : form.map((line) => look.paint.dim(line))),
      ...this.#stillOpen(keys, look),
    ];
  }

  /** The keys of a question that was passed over. */
  #stillOpen(keys: string, look: Look): string[] {
    return this.#passedOver ? [look.paint.dim(`   ${keys}`)] : [];
  }

  async #gap(part: Predict, guess: readonly number[], look: Look): Promise<string[]> {
    const { score, guessed, truth, figure } = await scored(part.guess, guess, this.#seen);
    const drawn = figure === undefined ? [] : [...renderFigure(figure, optionsOf(look)).split('\n'), ''];
    const said = `You said ${guessed}; measured: ${truth}. ${score === 1 ? 'Right' : `Worth ${Math.round(score * 100)} of 100`}.`;
    return [...drawn, ...wrap(coded(said, look), look.width).map((line) => look.paint.bold(line)), ''];
  }

  async #quiz({ question, asks }: Quiz, look: Look): Promise<string[]> {
    const asked = await askedLines(question, asks, this.#seen, look);
    if (this.#answered === undefined) {
      const truth = wrap(coded(`Answer: ${await rightAnswer(asks, this.#seen)}`, look), look.width);
      return [...asked, '', ...truth, look.paint.dim('   a: answer all the same')];
    }
    const verdict = await judged(asks, this.#answered.answer, this.#seen);
    if ('expected' in verdict) return asked;
    const mark = verdict.right ? look.paint.green(look.unicode ? '✓' : '+') : look.paint.red(look.unicode ? '✗' : 'x');
    const said = `${this.#answered.answer}: ${verdict.right ? 'right' : 'not so'}. ${verdict.because}`;
    const lines = wrap(coded(said, look), Math.min(look.width, 88), { first: ` ${mark} `, rest: '   ' });
    return [...asked, '', ...lines, ...(verdict.right ? [] : [look.paint.dim('   a: answer again')])];
  }
}

/** The numbers of a guess that was kept: a choice is kept with its words. */
const guessOf = ({ guess }: Predict, answer: string): readonly number[] | undefined =>
  readGuess(guess, guess.kind === 'choice' ? (answer[0] ?? '') : answer);

const textStays = 'Changed by you; the text of the lesson speaks of the equations as they were.';

const answerWanted = ({ asks }: Quiz): string => {
  if (asks.kind === 'choice') return lettersOf(asks.choices.length);
  if (asks.kind === 'text') return 'a word or two';
  return asks.unit === undefined ? 'a number' : `a number of ${asks.unit}`;
};
