// The reader of a lesson: keys in, rows out. It knows nothing of terminals; what it shows and what it keeps are its caller's.

import { legible } from '../../../render/legible.ts';
import type { Look } from '../../../render/look.ts';
import { wrap } from '../../../render/wrap.ts';
import type { Lesson, Part } from '../lesson.ts';
import type { Event, Progress } from '../progress.ts';
import { LessonRuns, type RunCommand, titleLines } from '../whole.ts';
import { helpLines } from './help.ts';
import type { Key } from './key.ts';
import { type LineInput, lineOf, textOf, typed } from './line-input.ts';
import { Pages } from './pages.ts';
import { Showing } from './showing.ts';
import { statusLine } from './status.ts';

export interface ReaderOptions {
  readonly lesson: Lesson;
  readonly progress: Progress;
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

/** What the screen is: rows, then the last one. */
export interface Screen {
  readonly rows: readonly string[];
  readonly bottom: string;
  /** Where the cursor stands in the bottom row, when something is being typed. */
  readonly cursor?: number;
}

export class Reader {
  readonly #options: ReaderOptions;
  readonly #lesson: Lesson;
  readonly #runs: LessonRuns;
  readonly #pages = new Pages();
  #look: Look;
  /** The parts from `#first` up to but not `#next` are shown. */
  #first = 0;
  #next = 0;
  #prompt: Prompt | undefined;
  #note = '';
  /** What stands before the lesson for a moment. */
  #overlay: ((look: Look) => readonly string[]) | undefined;
  #overlayTop = 0;
  #search = '';
  #finished = false;
  closed = false;

  constructor(options: ReaderOptions, look: Look) {
    this.#options = options;
    this.#lesson = options.lesson;
    this.#look = look;
    this.#runs = new LessonRuns(options.lesson, options.run);
  }

  get #height(): number {
    return this.#look.height - 1;
  }

  /** Shows where the learner was, or the beginning. */
  async open(): Promise<void> {
    const { at } = this.#options.progress;
    const index = Math.max(
      0,
      this.#lesson.parts.findIndex(({ id }) => id === at),
    );
    this.#first = this.#next = index === 0 ? 0 : this.#sectionBefore(index);
    while (this.#next < index) await this.#showAgain();
    this.#pages.top = this.#pages.length;
    await this.#fill();
    this.#pages.top = Math.min(this.#pages.top, this.#pages.lowest(this.#height));
    if (index > 0) this.#note = 'Where you were. g: the beginning';
  }

  /** The last part at or before `index` that begins with a heading. */
  #sectionBefore(index: number): number {
    const heads = (part: Part): boolean => part.kind === 'prose' && part.nodes[0]?.type === 'heading';
    const found = this.#lesson.parts.slice(0, index + 1).findLastIndex(heads);
    return Math.max(0, found);
  }

  #showing(index: number): Showing {
    const part = this.#lesson.parts[index]!;
    const answered = this.#options.progress.answers.get(part.id);
    const above = index === 0 ? (look: Look) => [...titleLines(this.#lesson, look), ''] : undefined;
    const { run, today } = this.#options;
    return new Showing(part, index, { runs: this.#runs, run, today, answered, above });
  }

  /** Appends the next part. */
  async #show(): Promise<void> {
    const showing = this.#showing(this.#next);
    await this.#append(showing);
    this.#options.keep({ kind: 'at', part: showing.part.id });
  }

  /** Appends what was shown before the lesson was left: what was skipped there stays so, and the place that is kept does not go back. */
  async #showAgain(): Promise<void> {
    const showing = this.#showing(this.#next);
    showing.uncover();
    await this.#append(showing);
  }

  async #append(showing: Showing): Promise<void> {
    if (showing.runs !== undefined) this.#options.busy('running …');
    await this.#pages.append(showing, this.#look);
    this.#next++;
  }

  get #waiting(): Showing | undefined {
    const { last } = this.#pages;
    return last?.wanted === undefined ? undefined : last;
  }

  get #atEnd(): boolean {
    return this.#next === this.#lesson.parts.length;
  }

  /** Shows parts until the screen is full or something waits for the learner. */
  async #fill(): Promise<void> {
    while (!this.#atEnd && this.#waiting === undefined && this.#pages.length < this.#pages.top + this.#height) {
      // What is run stands at the top of what is new, so that it is not run before it is seen.
      await this.#show();
    }
    if (this.#atEnd && this.#waiting === undefined && !this.#finished) {
      this.#finished = true;
      this.#options.keep({ kind: 'finished' });
    }
  }

  async resize(look: Look): Promise<void> {
    this.#look = look;
    this.#overlayTop = 0;
    await this.#pages.again(look);
    await this.#fill();
  }

  screen(): Screen {
    const height = this.#height;
    const shown =
      this.#overlay?.(this.#look).slice(this.#overlayTop, this.#overlayTop + height) ?? this.#pages.rows(height);
    const rows = [...shown, ...Array.from({ length: Math.max(0, height - shown.length) }, () => '')];
    if (this.#prompt !== undefined) {
      const { says, input } = this.#prompt;
      return statusLine.asking(says, input, rows, this.#look);
    }
    if (this.#overlay !== undefined) return statusLine.saying(this.#overlayWants, rows, this.#look);
    const position = {
      done: this.#next,
      all: this.#lesson.parts.length,
      below: this.#pages.top + height < this.#pages.length,
    };
    return statusLine.reading(this.#note || this.#waiting?.wanted?.prompt, this.#lesson, position, rows, this.#look);
  }

  /** Does what a key asks for. Never rejects for what a lesson or a learner can do. */
  async key(key: Key): Promise<void> {
    this.#note = '';
    if (this.#prompt !== undefined) return this.#type(this.#prompt, key);
    if (this.#overlay !== undefined) return this.#turnOverlay();
    await (this.#commands[key.ctrl ? `ctrl-${key.name}` : key.name] ?? this.#unknown)();
  }

  async #type(prompt: Prompt, key: Key): Promise<void> {
    if (key.name === 'escape' || (key.ctrl && (key.name === 'c' || key.name === 'g'))) {
      this.#prompt = undefined;
      this.#cover(undefined);
    } else if (key.name === 'return' || key.name === 'enter') {
      this.#prompt = undefined;
      await prompt.done(textOf(prompt.input));
    } else this.#prompt = { ...prompt, input: typed(prompt.input, key) };
  }

  /** Lines of what stands before the lesson that are below the screen. */
  get #overlayBelow(): number {
    return Math.max(0, (this.#overlay?.(this.#look).length ?? 0) - this.#overlayTop - this.#height);
  }

  get #overlayWants(): string {
    return this.#overlayBelow > 0 ? 'Any key: on' : 'Any key: back to the lesson';
  }

  #turnOverlay(): void {
    if (this.#overlayBelow > 0) this.#overlayTop += Math.min(this.#overlayBelow, this.#height - 1);
    else this.#cover(undefined);
  }

  #cover(overlay: ((look: Look) => readonly string[]) | undefined): void {
    this.#overlay = overlay;
    this.#overlayTop = 0;
  }

  readonly #unknown = (): void => {
    this.#note = 'h: the keys';
  };

  readonly #commands: Readonly<Record<string, () => Promise<void> | void>> = this.#table();

  #table(): Record<string, () => Promise<void> | void> {
    const forward = () => this.#forward(this.#height - 1);
    const back = () => this.#back(this.#height - 1);
    const half = () => Math.max(1, Math.floor(this.#height / 2));
    const quit = (): void => {
      this.closed = true;
    };
    const byName: [readonly string[], () => Promise<void> | void][] = [
      [[' ', 'space', 'f', 'pagedown', 'ctrl-f', 'ctrl-v'], forward],
      [['b', 'pageup', 'ctrl-b'], back],
      [['return', 'enter'], () => this.#enter()],
      [['j', 'down', 'ctrl-n', 'ctrl-e'], () => this.#forward(1)],
      [['k', 'up', 'y', 'ctrl-p', 'ctrl-y'], () => this.#back(1)],
      [['d', 'ctrl-d'], () => this.#forward(half())],
      [['u', 'ctrl-u'], () => this.#back(half())],
      [['g', 'home', '<'], () => this.#toBeginning()],
      [['G', 'end', '>'], () => this.#toEnd()],
      [[']', 'right', 'tab'], () => this.#toPart(1)],
      [['[', 'left'], () => this.#toPart(-1)],
      [['/'], () => this.#ask('/', (text) => this.#find(text, 1))],
      [['?'], () => this.#ask('?', (text) => this.#find(text, -1))],
      [['n'], () => this.#find(this.#search, 1)],
      [['N'], () => this.#find(this.#search, -1)],
      [['t'], () => this.#contents()],
      [['s'], () => this.#skip()],
      [['a'], () => this.#again()],
      [['e'], () => this.#edit()],
      [['h', 'H', 'f1'], () => this.#help()],
      [['q', 'Q', 'ctrl-c'], quit],
    ];
    return Object.fromEntries(byName.flatMap(([names, action]) => names.map((name) => [name, action])));
  }

  #ask(says: string, done: (text: string) => Promise<void> | void, text = ''): void {
    this.#prompt = { says, input: lineOf(text), done };
  }

  async #forward(lines: number): Promise<void> {
    const height = this.#height;
    if (this.#pages.top + height >= this.#pages.length) {
      const { wanted } = this.#waiting ?? {};
      if (wanted?.key === true) return this.#enter();
      if (wanted !== undefined) {
        this.#note = `${wanted.prompt}: Enter. s: skip`;
        return;
      }
      if (this.#atEnd) {
        this.#note = 'The end of the lesson. q: leave';
        return;
      }
    }
    const { length } = this.#pages;
    this.#pages.top = Math.min(this.#pages.top + lines, Math.max(0, length - 1));
    await this.#fill();
    this.#pages.top = Math.min(this.#pages.top, Math.max(this.#pages.lowest(height), 0));
  }

  async #back(lines: number): Promise<void> {
    if (this.#pages.top < lines && this.#first > 0) await this.#unfold();
    this.#pages.top = Math.max(0, this.#pages.top - lines);
  }

  /** Shows the section before what is shown. */
  async #unfold(): Promise<void> {
    const from = this.#sectionBefore(this.#first - 1);
    const indices = Array.from({ length: this.#first - from }, (_, i) => from + i);
    const showings = indices.map((index) => this.#showing(index));
    for (const showing of showings) if (showing.wanted !== undefined) showing.uncover();
    if (showings.some(({ runs }) => runs !== undefined)) this.#options.busy('running …');
    await this.#pages.prepend(showings, this.#look);
    this.#first = from;
  }

  async #toBeginning(): Promise<void> {
    while (this.#first > 0) await this.#unfold();
    this.#pages.top = 0;
  }

  #toEnd(): void {
    this.#pages.top = this.#pages.lowest(this.#height);
  }

  /** The next part, or the one before, at the top of the screen. */
  async #toPart(step: 1 | -1): Promise<void> {
    const starts = this.#pages.shown.map((showing) => this.#pages.startOf(showing));
    const { top } = this.#pages;
    const target = step > 0 ? starts.find((start) => start > top) : starts.findLast((start) => start < top);
    if (target !== undefined) {
      this.#pages.top = target;
      await this.#fill();
      return;
    }
    await (step > 0 ? this.#forward(this.#height - 1) : this.#back(this.#height - 1));
  }

  async #find(text: string, step: 1 | -1): Promise<void> {
    if (text === '') return;
    this.#search = text;
    const found = this.#pages.find(text, this.#pages.top + step, step);
    if (found === undefined) this.#note = `“${text}” is not in what has been shown`;
    else this.#pages.top = found;
    await this.#fill();
  }

  /** The headings, numbered; a number jumps there. */
  #contents(): void {
    const headings = this.#lesson.parts.flatMap((part, index) =>
      part.kind === 'prose' ? part.nodes.flatMap((node) => (node.type === 'heading' ? [{ node, index }] : [])) : [],
    );
    const words = headings.map(({ node }) => wordsOf(node));
    this.#cover((look) => [
      look.paint.bold('Sections'),
      '',
      ...words.flatMap((text, i) =>
        wrap(legible(text, look), look.width, { first: `${String(i + 1).padStart(3)}  `, rest: '     ' }),
      ),
    ]);
    this.#ask(`Section, 1 to ${headings.length}`, async (text) => {
      this.#cover(undefined);
      const heading = headings[Number(text) - 1];
      if (heading !== undefined) await this.#jump(heading.index, wordsOf(heading.node));
      else if (text.trim() !== '') this.#note = `There are ${headings.length} sections`;
    });
  }

  /** To a part, with everything before it shown; what would wait there is passed over. */
  async #jump(index: number, heading: string): Promise<void> {
    while (this.#first > index) await this.#unfold();
    while (this.#next <= index) {
      this.#waiting?.uncover();
      await this.#refreshLast();
      await this.#show();
    }
    const showing = this.#pages.shown[index - this.#first]!;
    const start = this.#pages.startOf(showing);
    this.#pages.top = this.#pages.find(heading, start, 1) ?? start;
    await this.#fill();
  }

  async #refreshLast(): Promise<void> {
    const { last } = this.#pages;
    if (last === undefined) return;
    if (last.runs !== undefined) this.#options.busy('running …');
    await this.#pages.refresh(last, this.#look);
  }

  /** Answers what waits; else a line down. */
  async #enter(): Promise<void> {
    const showing = this.#waiting;
    if (showing?.wanted === undefined) return this.#forward(1);
    if (showing.wanted.key) return this.#take(showing, '');
    this.#toEnd();
    this.#askFor(showing, showing.wanted.prompt);
  }

  #askFor(showing: Showing, prompt: string): void {
    this.#ask(prompt, (text) => (text.trim() === '' ? undefined : this.#take(showing, text)));
  }

  /** The last quiz on the screen, once more. */
  #again(): void {
    const { shown } = this.#pages;
    const showing = shown.findLast((one) => one.again !== undefined && this.#isOnScreen(one));
    if (showing === undefined) this.#note = 'There is nothing to answer again here';
    else this.#askFor(showing, showing.again!.prompt);
  }

  #isOnScreen(showing: Showing): boolean {
    const { shown, top, length } = this.#pages;
    const next = shown[shown.indexOf(showing) + 1];
    const end = next === undefined ? length : this.#pages.startOf(next);
    return this.#pages.startOf(showing) < top + this.#height && end - 1 > top;
  }

  async #take(showing: Showing, text: string): Promise<void> {
    const start = this.#pages.startOf(showing);
    if (showing.part.kind === 'predict') this.#options.busy('running …');
    const taken = await showing.answer(text);
    if ('refused' in taken) {
      this.#note = taken.refused;
      return;
    }
    this.#options.keep(taken.event);
    await this.#pages.refresh(showing, this.#look);
    await this.#beginAt(start);
  }

  /** What is new begins at the question, at the top of the screen where there is so much below it. */
  async #beginAt(start: number): Promise<void> {
    this.#pages.top = Math.min(start, this.#pages.lowest(this.#height));
    await this.#fill();
  }

  async #skip(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#note = 'There is nothing to skip here';
      return;
    }
    const start = this.#pages.startOf(waiting);
    waiting.uncover();
    await this.#refreshLast();
    await this.#beginAt(start);
  }

  /** Changes a line of the equations on the screen. */
  #edit(): void {
    const showing = this.#pages.shown.findLast((one) => {
      const start = this.#pages.startOf(one);
      return one.equations !== undefined && start < this.#pages.top + this.#height;
    });
    if (showing === undefined) {
      this.#note = 'There are no equations here';
      return;
    }
    this.#pages.top = Math.min(this.#pages.startOf(showing), this.#pages.lowest(this.#height));
    const lines = showing.equations!.split('\n');
    const change = (index: number): void =>
      this.#ask(String(index + 1), (text) => this.#change(showing, lines.with(index, text).join('\n')), lines[index]);
    if (lines.length === 1) {
      change(0);
      return;
    }
    this.#ask(`Line, 1 to ${lines.length}`, (typedNumber) => {
      const index = Number(typedNumber) - 1;
      if (lines[index] === undefined) {
        if (typedNumber.trim() !== '') this.#note = `There are ${lines.length} lines`;
        return;
      }
      change(index);
    });
  }

  async #change(showing: Showing, text: string): Promise<void> {
    this.#options.busy('running …');
    const taken = await showing.edit(text);
    if ('refused' in taken) this.#note = taken.refused;
    else this.#options.keep(taken.event);
    await this.#pages.refresh(showing, this.#look);
    await this.#fill();
  }

  #help(): void {
    this.#cover(helpLines);
  }
}

type Words = { readonly value?: string; readonly children?: readonly unknown[] };
const wordsOf = (node: unknown): string => {
  const { value, children } = node as Words;
  return value ?? (children ?? []).map(wordsOf).join('');
};
