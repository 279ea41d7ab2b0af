// Which parts of a lesson are shown, and which of their lines are on the screen. Parts are added as the learner comes to them, and the
// sections before the first one when he goes back; what is run is run when its part is shown.

import type { Look } from '../../render/look.ts';
import { type Lesson, sectionBefore } from '../lesson.ts';
import type { LessonRuns } from '../measured.ts';
import { titleLines } from '../part-lines.ts';
import { Pages } from './pages.ts';
import { type PartContext, PartView } from './part-view.ts';

interface ViewOptions extends Pick<PartContext, 'run' | 'today'> {
  readonly lesson: Lesson;
  readonly runs: LessonRuns;
  readonly answered: (part: string) => PartContext['answered'];
  /** Called when a part is shown for the first time. */
  readonly reached: (part: string) => void;
  /** Called when the last one is, and nothing waits any more. */
  readonly finished: () => void;
  /** Called before something that takes time. */
  readonly running: () => void;
}

/** So much of a long question stands above its answer. */
const linesOfContext = 2;

export class View {
  readonly #options: ViewOptions;
  readonly #pages = new Pages();
  #look: Look;
  /** The parts from `#first` up to but not `#next` are shown. */
  #first = 0;
  #next = 0;
  #finished = false;

  constructor(options: ViewOptions, look: Look) {
    this.#options = options;
    this.#look = look;
  }

  get #parts(): Lesson['parts'] {
    return this.#options.lesson.parts;
  }

  /** Rows of the screen that the lesson has. */
  get height(): number {
    return this.#look.height - 1;
  }

  get shownParts(): number {
    return this.#next;
  }

  get rows(): readonly string[] {
    return this.#pages.rows(this.height);
  }

  /** Whether lines that are shown stand below the screen. */
  get hasMoreBelow(): boolean {
    return this.#pages.top + this.height < this.#pages.length;
  }

  get atEnd(): boolean {
    return this.#next === this.#parts.length;
  }

  /** What has to be answered or skipped before the lesson goes on. */
  get waiting(): PartView | undefined {
    const { last } = this.#pages;
    return last?.wanted === undefined ? undefined : last;
  }

  /** Shows the section of part `index` down to that part, or the lesson from its beginning. */
  async open(index: number): Promise<void> {
    this.#first = this.#next = index === 0 ? 0 : sectionBefore(this.#options.lesson, index);
    while (this.#next < index) await this.#showAgain();
    this.#pages.top = this.#pages.length;
    await this.fill();
    this.#pages.top = Math.min(this.#pages.top, this.#lowest);
  }

  async resize(look: Look): Promise<void> {
    this.#look = look;
    await this.#pages.again(look);
    await this.fill();
  }

  async forward(lines: number): Promise<void> {
    this.#pages.top = Math.min(this.#pages.top + lines, Math.max(0, this.#pages.length - 1));
    await this.fill();
    this.#pages.top = Math.min(this.#pages.top, this.#lowest);
  }

  async back(lines: number): Promise<void> {
    if (this.#pages.top < lines && this.#first > 0) await this.#unfold();
    this.#pages.top = Math.max(0, this.#pages.top - lines);
  }

  async toBeginning(): Promise<void> {
    while (this.#first > 0) await this.#unfold();
    this.#pages.top = 0;
  }

  toEnd(): void {
    this.#pages.top = this.#lowest;
  }

  /** The next part, or the one before, at the top of the screen; false when none of those that are shown is. */
  async toPart(step: 1 | -1): Promise<boolean> {
    const starts = this.#pages.shown.map((showing) => this.#pages.startOf(showing));
    const { top } = this.#pages;
    const target = step > 0 ? starts.find((start) => start > top) : starts.findLast((start) => start < top);
    if (target === undefined) return false;
    this.#pages.top = target;
    await this.fill();
    return true;
  }

  /** The next line with this text at the top of the screen; false when it is not in what is shown. */
  async find(text: string, step: 1 | -1): Promise<boolean> {
    const found = this.#pages.find(text, this.#pages.top + step, step);
    if (found === undefined) return false;
    this.#pages.top = found;
    await this.fill();
    return true;
  }

  /** To a line with this text in a part, with everything before it shown; questions before it are passed over, and stay open. */
  async jump(index: number, text: string): Promise<void> {
    while (this.#first > index) await this.#unfold();
    while (this.#next <= index) {
      const { waiting } = this;
      waiting?.passOver();
      if (waiting !== undefined) await this.refresh(waiting);
      await this.#show();
    }
    const start = this.#pages.startOf(this.#pages.shown[index - this.#first]!);
    this.#pages.top = this.#pages.find(text, start, 1) ?? start;
    await this.fill();
  }

  /** The last part with any of its lines on the screen, or above it where `orAbove`, that is as wanted. */
  lastOnScreen(isWanted: (showing: PartView) => boolean, { orAbove = false } = {}): PartView | undefined {
    return this.#pages.shown.findLast((one) => isWanted(one) && this.#isOnScreen(one, orAbove));
  }

  #isOnScreen(showing: PartView, orAbove: boolean): boolean {
    const { shown, top, length } = this.#pages;
    const next = shown[shown.indexOf(showing) + 1];
    const end = next === undefined ? length : this.#pages.startOf(next);
    return this.#pages.startOf(showing) < top + this.height && (orAbove || end - 1 > top);
  }

  /** Lays a part out that was answered or uncovered, at the top of the screen; where it is longer than that, what is new in it. */
  async showNew(showing: PartView): Promise<void> {
    const same = await this.refresh(showing);
    const start = this.#pages.startOf(showing);
    const top = this.#pages.lengthOf(showing) <= this.height ? start : start + Math.max(0, same - linesOfContext);
    this.#pages.top = Math.min(top, this.#lowest);
    await this.fill();
  }

  /** The part at the top of the screen, where there is so much below it. */
  async toTopOf(showing: PartView): Promise<void> {
    this.#pages.top = Math.min(this.#pages.startOf(showing), this.#lowest);
    await this.fill();
  }

  /** Shows parts until the screen is full or something waits for the learner. */
  async fill(): Promise<void> {
    while (!this.atEnd && this.waiting === undefined && this.#pages.length < this.#pages.top + this.height) {
      // What is run stands at the top of what is new, so that it is not run before it is seen.
      await this.#show();
    }
    if (this.atEnd && this.waiting === undefined && !this.#finished) {
      this.#finished = true;
      this.#options.finished();
    }
  }

  /** Lays a part out that has changed; `fill` or `toTopOf` then shows what follows it. Answers with how many of its lines stayed. */
  async refresh(showing: PartView): Promise<number> {
    if (showing.runs !== undefined) this.#options.running();
    return this.#pages.refresh(showing, this.#look);
  }

  get #lowest(): number {
    return this.#pages.lowest(this.height);
  }

  #showing(index: number): PartView {
    const { lesson, runs, run, today, answered } = this.#options;
    const part = this.#parts[index]!;
    const above = index === 0 ? (look: Look) => [...titleLines(lesson, look), ''] : undefined;
    return new PartView(part, index, { runs, run, today, answered: answered(part.id), above });
  }

  /** Appends the next part. */
  async #show(): Promise<void> {
    const showing = this.#showing(this.#next);
    await this.#append(showing);
    this.#options.reached(showing.part.id);
  }

  /** Appends what was shown before the lesson was left: what was skipped there stays so, and the place that is kept does not go back. */
  async #showAgain(): Promise<void> {
    const showing = this.#showing(this.#next);
    showing.uncover();
    await this.#append(showing);
  }

  async #append(showing: PartView): Promise<void> {
    if (showing.runs !== undefined) this.#options.running();
    await this.#pages.append(showing, this.#look);
    this.#next++;
  }

  /** Shows the section before what is shown. */
  async #unfold(): Promise<void> {
    const from = sectionBefore(this.#options.lesson, this.#first - 1);
    const showings = Array.from({ length: this.#first - from }, (_, i) => this.#showing(from + i));
    for (const showing of showings) if (showing.wanted !== undefined) showing.uncover();
    if (showings.some(({ runs }) => runs !== undefined)) this.#options.running();
    await this.#pages.prepend(showings, this.#look);
    this.#first = from;
  }
}
