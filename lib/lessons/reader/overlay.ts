// What stands before the lesson for a moment, a screen at a time: the keys, the sections.

import type { Look } from '../../render/look.ts';

export class Overlay {
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
