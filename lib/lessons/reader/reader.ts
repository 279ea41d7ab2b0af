// The reader of a lesson: keys in, rows out. It knows nothing of terminals; what it shows and what it keeps are its caller's.

import { wrap } from '../../render/columns.ts';
import { legible } from '../../render/legible.ts';
import type { Look } from '../../render/look.ts';
import { type Lesson, type LessonSection, sectionsOf } from '../lesson.ts';
import { LessonRuns, type RunCommand } from '../measured.ts';
import type { Event, LearnerProgress } from '../progress.ts';
import { bottomRow, inputText, type LineInput, lineInput, type Screen, typed } from './bottom-row.ts';
import { type Action, actionFor, helpLines, type Key } from './keys.ts';
import type { PartView } from './part-view.ts';
import { View } from './view.ts';

export interface ReaderOptions {
  readonly lesson: Lesson;
  readonly progress: LearnerProgress;
  readonly run: RunCommand;
  /** Keeps what happened. */
  readonly keep: (event: Event) => void;
  readonly today: () => string | undefined;
  /** Draws the screen while something takes time. */
  readonly busy: (says: string) => void;
}

/** A line that is being typed, and what is done with it. */
interface Prompt {
  readonly says: string;
  readonly input: LineInput;
  readonly done: (text: string) => Promise<void> | void;
}

export class LessonReader {
  readonly #options: ReaderOptions;
  readonly #lesson: Lesson;
  readonly #view: View;
  readonly #overlay = new Overlay();
  #look: Look;
  #prompt: Prompt | undefined;
  /** Said in the last row until the next key. */
  #note = '';
  #search = '';
  closed = false;

  constructor(options: ReaderOptions, look: Look) {
    const { lesson, progress, run, keep, today } = options;
    this.#options = options;
    this.#lesson = lesson;
    this.#look = look;
    this.#view = new View(
      {
        lesson,
        runs: new LessonRuns(lesson, run),
        run,
        today,
        answered: (part) => progress.answers.get(part),
        reached: (part) => keep({ kind: 'at', part }),
        finished: () => keep({ kind: 'finished' }),
        running: () => options.busy(running),
      },
      look,
    );
  }

  /** Shows where the learner was, or the beginning. */
  async open(): Promise<void> {
    const { at } = this.#options.progress;
    const found = this.#lesson.parts.findIndex(({ id }) => id === at);
    await this.#view.open(Math.max(0, found));
    if (found > 0) this.#note = 'Where you were. g: the beginning';
  }

  async resize(look: Look): Promise<void> {
    this.#look = look;
    this.#overlay.toTop();
    await this.#view.resize(look);
  }

  screen(): Screen {
    const { height } = this.#view;
    const shown = this.#overlay.isOpen ? this.#overlay.rows(this.#look, height) : this.#view.rows;
    const rows = [...shown, ...Array.from({ length: Math.max(0, height - shown.length) }, () => '')];
    if (this.#prompt !== undefined) {
      const { says, input } = this.#prompt;
      return bottomRow.asking(says, input, bottomRow.above(this.#note, rows, this.#look), this.#look);
    }
    if (this.#overlay.isOpen) return bottomRow.saying(this.#overlay.wants(this.#look, height), rows, this.#look);
    const position = {
      done: this.#view.shownParts,
      all: this.#lesson.parts.length,
      below: this.#view.hasMoreBelow,
    };
    const says = this.#note || this.#invitation;
    return bottomRow.reading(says, this.#lesson, position, rows, this.#look);
  }

  /** Does what a key asks for. Never rejects for what a lesson or a learner can do. */
  async key(key: Key): Promise<void> {
    this.#note = '';
    if (this.#prompt !== undefined) return this.#type(this.#prompt, key);
    if (this.#overlay.isOpen) return this.#overlay.turn(this.#look, this.#view.height);
    const action = actionFor(key);
    if (action !== undefined) await this.#does[action]();
    else if (!this.#begin(key.text)) this.#note = 'h: the keys';
  }

  /** How to answer what waits. */
  get #invitation(): string | undefined {
    const wanted = this.#view.waiting?.wanted;
    return wanted === undefined || wanted.key ? wanted?.prompt : `${wanted.prompt}: Enter`;
  }

  readonly #does: Readonly<Record<Action, () => Promise<void> | void>> = {
    screenOn: () => this.#forward(this.#view.height - 1),
    screenBack: () => this.#view.back(this.#view.height - 1),
    enter: () => this.#enter(),
    lineOn: () => this.#forward(1),
    lineBack: () => this.#view.back(1),
    halfOn: () => this.#forward(this.#half),
    halfBack: () => this.#view.back(this.#half),
    toBeginning: () => this.#view.toBeginning(),
    toEnd: () => this.#view.toEnd(),
    nextPart: async () => {
      if (!(await this.#view.toPart(1))) await this.#forward(this.#view.height - 1);
    },
    partBefore: async () => {
      if (!(await this.#view.toPart(-1))) await this.#view.back(this.#view.height - 1);
    },
    contents: () => this.#contents(),
    searchOn: () => this.#ask('/', (text) => this.#find(text, 1)),
    searchBack: () => this.#ask('?', (text) => this.#find(text, -1)),
    findOn: () => this.#find(this.#search, 1),
    findBack: () => this.#find(this.#search, -1),
    skip: () => this.#skip(),
    again: () => this.#again(),
    edit: () => this.#edit(),
    help: () => this.#overlay.show(helpLines),
    leave: () => {
      this.closed = true;
    },
  };

  get #half(): number {
    return Math.max(1, Math.floor(this.#view.height / 2));
  }

  #ask(says: string, done: (text: string) => Promise<void> | void, text = ''): void {
    this.#prompt = { says, input: lineInput(text), done };
  }

  async #type(prompt: Prompt, key: Key): Promise<void> {
    if (key.name === 'escape' || (key.ctrl && (key.name === 'c' || key.name === 'g'))) {
      this.#prompt = undefined;
      this.#overlay.close();
    } else if (key.name === 'return' || key.name === 'enter') {
      this.#prompt = undefined;
      await prompt.done(inputText(prompt.input));
    } else this.#prompt = { ...prompt, input: typed(prompt.input, key) };
  }

  async #forward(lines: number): Promise<void> {
    if (this.#view.hasMoreBelow) return this.#view.forward(lines);
    const wanted = this.#view.waiting?.wanted;
    if (wanted?.key === true) return this.#enter();
    if (wanted !== undefined) this.#note = `${this.#invitation}. s: skip`;
    else if (this.#view.atEnd) this.#note = 'The end of the lesson. q: leave';
    else await this.#view.forward(lines);
  }

  async #find(text: string, step: 1 | -1): Promise<void> {
    if (text === '') return;
    this.#search = text;
    if (!(await this.#view.find(text, step))) this.#note = `“${text}” is not in what has been shown`;
  }

  /** The headings, numbered; a number jumps there. */
  #contents(): void {
    const sections = sectionsOf(this.#lesson);
    this.#overlay.show((look) => contentsLines(sections, look));
    this.#ask(`Section, 1 to ${sections.length}`, async (text) => {
      this.#overlay.close();
      const section = sections[Number(text) - 1];
      if (section !== undefined) await this.#view.jump(section.index, section.heading);
      else if (text.trim() !== '') this.#note = `There are ${sections.length} sections`;
    });
  }

  /** Answers what waits; else a line down. */
  async #enter(): Promise<void> {
    const { waiting } = this.#view;
    if (waiting?.wanted === undefined) return this.#forward(1);
    if (waiting.wanted.key) return this.#take(waiting, waiting.wanted.prompt, '');
    this.#view.toEnd();
    this.#askFor(waiting, waiting.wanted.prompt);
  }

  /** A character that is no key begins the answer to what waits; false where it cannot. */
  #begin(character: string): boolean {
    const { waiting } = this.#view;
    if (waiting?.wanted === undefined || !waiting.begins(character)) return false;
    this.#view.toEnd();
    this.#askFor(waiting, waiting.wanted.prompt, character);
    return true;
  }

  #askFor(showing: PartView, prompt: string, text = ''): void {
    this.#ask(prompt, (typed) => (typed.trim() === '' ? undefined : this.#take(showing, prompt, typed)), text);
  }

  /** The last question on the screen that may still be answered, or once more; where there is none, `a` may be an answer itself. */
  async #again(): Promise<void> {
    const showing = this.#view.lastOnScreen(({ again }) => again !== undefined);
    if (showing?.again?.key) return this.#take(showing, '', '');
    if (showing !== undefined) this.#askFor(showing, showing.again!.prompt);
    else if (!this.#begin('a')) this.#note = 'There is nothing to answer again here';
  }

  /** What is new begins at the question. What is refused stands in the line again. */
  async #take(showing: PartView, prompt: string, text: string): Promise<void> {
    if (showing.part.kind === 'predict') this.#options.busy(running);
    const taken = await showing.answer(text);
    if ('refused' in taken) {
      this.#note = taken.refused;
      this.#askFor(showing, prompt, text);
      return;
    }
    this.#options.keep(taken.event);
    await this.#view.showNew(showing);
  }

  async #skip(): Promise<void> {
    const question = this.#view.lastOnScreen(({ isOpen }) => isOpen) ?? this.#view.waiting;
    if (question === undefined) {
      this.#note = 'There is nothing to skip here';
      return;
    }
    question.uncover();
    await this.#view.showNew(question);
  }

  /** Changes a line of the equations on the screen, or of the last ones above it. */
  async #edit(): Promise<void> {
    const showing = this.#view.lastOnScreen(({ equations }) => equations !== undefined, { orAbove: true });
    if (showing === undefined) {
      this.#note = 'There are no equations here';
      return;
    }
    await this.#view.toTopOf(showing);
    const lines = showing.equations!.split('\n');
    const change = (index: number, text = lines[index]!): void =>
      this.#ask(
        String(index + 1),
        (typed) => this.#change(showing, lines.with(index, typed), () => change(index, typed)),
        text,
      );
    if (lines.length === 1) {
      change(0);
      return;
    }
    this.#ask(`Line, 1 to ${lines.length}`, (text) => {
      const index = Number(text) - 1;
      if (lines[index] !== undefined) change(index);
      else if (text.trim() !== '') this.#note = `There are ${lines.length} lines`;
    });
  }

  /** Runs other equations, or asks again for the line that was refused. */
  async #change(showing: PartView, lines: readonly string[], askAgain: () => void): Promise<void> {
    this.#options.busy(running);
    const taken = await showing.edit(lines.join('\n'));
    if ('refused' in taken) {
      this.#note = taken.refused;
      askAgain();
    } else this.#options.keep(taken.event);
    await this.#view.refresh(showing);
    await this.#view.fill();
  }
}

const running = 'running …';

const contentsLines = (sections: readonly LessonSection[], look: Look): string[] => [
  look.paint.bold('Sections'),
  '',
  ...sections.flatMap(({ heading }, i) =>
    wrap(legible(heading, look), look.width, { first: `${String(i + 1).padStart(3)}  `, rest: '     ' }),
  ),
];

/** What stands before the lesson for a moment, a screen at a time: the keys, the sections. */
class Overlay {
  #lines: ((look: Look) => readonly string[]) | undefined;
  #top = 0;

  get isOpen(): boolean {
    return this.#lines !== undefined;
  }

  show(lines: (look: Look) => readonly string[]): void {
    this.#lines = lines;
    this.#top = 0;
  }

  close(): void {
    this.#lines = undefined;
    this.#top = 0;
  }

  /** For another width, from its beginning. */
  toTop(): void {
    this.#top = 0;
  }

  /** The rows of a screen, at most `height`. */
  rows(look: Look, height: number): readonly string[] {
    return this.#lines?.(look).slice(this.#top, this.#top + height) ?? [];
  }

  /** What any key does now. */
  wants(look: Look, height: number): string {
    return this.#below(look, height) > 0 ? 'Any key: on' : 'Any key: back to the lesson';
  }

  /** The next screen of it, or back to the lesson. */
  turn(look: Look, height: number): void {
    const below = this.#below(look, height);
    if (below > 0) this.#top += Math.min(below, height - 1);
    else this.close();
  }

  #below(look: Look, height: number): number {
    return Math.max(0, (this.#lines?.(look).length ?? 0) - this.#top - height);
  }
}
