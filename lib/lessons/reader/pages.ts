// The lines of all parts that are shown, and which of them are on the screen.

import { beginning, columnsOf } from '../../render/columns.ts';
import type { Look } from '../../render/look.ts';
import type { PartView } from './part-view.ts';

interface Block {
  readonly showing: PartView;
  lines: readonly string[];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control sequences
const withoutColour = (line: string): string => line.replace(/\u001b\[[0-9;]*m/g, '');

export class Pages {
  #blocks: Block[] = [];
  #lines: readonly string[] = [];
  /** The first line on the screen. */
  top = 0;

  get shown(): readonly PartView[] {
    return this.#blocks.map(({ showing }) => showing);
  }

  get length(): number {
    return this.#lines.length;
  }

  get last(): PartView | undefined {
    return this.#blocks.at(-1)?.showing;
  }

  async append(showing: PartView, look: Look): Promise<void> {
    this.#blocks.push({ showing, lines: await laid(showing, look) });
    this.#join();
  }

  /** What stands before everything that is shown; the screen stays where it is. */
  async prepend(showings: readonly PartView[], look: Look): Promise<void> {
    const before = this.length;
    const blocks = await Promise.all(showings.map(async (showing) => ({ showing, lines: await laid(showing, look) })));
    this.#blocks = [...blocks, ...this.#blocks];
    this.#join();
    this.top += this.length - before;
  }

  /** Answers with how many of its lines stayed what they were, from the first one on. */
  async refresh(showing: PartView, look: Look): Promise<number> {
    const block = this.#blocks.find((one) => one.showing === showing);
    if (block === undefined) return 0;
    const before = block.lines;
    block.lines = await laid(showing, look);
    this.#join();
    const changed = block.lines.findIndex((line, i) => line !== before[i]);
    return changed < 0 ? block.lines.length : changed;
  }

  lengthOf(showing: PartView): number {
    return this.#blocks.find((one) => one.showing === showing)?.lines.length ?? 0;
  }

  /** For another width: the part at the top of the screen stays there. */
  async again(look: Look): Promise<void> {
    const { showing, offset } = this.at(this.top) ?? { showing: undefined, offset: 0 };
    for (const block of this.#blocks) block.lines = await laid(block.showing, look);
    this.#join();
    const start = showing === undefined ? 0 : this.startOf(showing);
    const lines = this.#blocks.find((block) => block.showing === showing)?.lines.length ?? 0;
    this.top = start + Math.min(offset, Math.max(0, lines - 1));
  }

  /** The part that a line belongs to, and how far in it. */
  at(line: number): { readonly showing: PartView; readonly offset: number } | undefined {
    let start = 0;
    for (const { showing, lines } of this.#blocks) {
      if (line < start + lines.length + 1) return { showing, offset: line - start };
      start += lines.length + 1;
    }
    return undefined;
  }

  startOf(showing: PartView): number {
    let start = 0;
    for (const block of this.#blocks) {
      if (block.showing === showing) return start;
      start += block.lines.length + 1;
    }
    return start;
  }

  /** `height` rows from the top of the screen. */
  rows(height: number): readonly string[] {
    return this.#lines.slice(this.top, this.top + height);
  }

  /** The furthest that the screen can stand, so that its last row is the last line. */
  lowest(height: number): number {
    return Math.max(0, this.length - height);
  }

  /** The next line with this text, from `from` on, in either direction and round the end; undefined where there is none. */
  find(text: string, from: number, step: 1 | -1): number | undefined {
    const wanted = text.toLowerCase();
    for (let i = 0, at = from; i < this.length; i++, at += step) {
      const line = ((at % this.length) + this.length) % this.length;
      if (withoutColour(this.#lines[line]!).toLowerCase().includes(wanted)) return line;
    }
    return undefined;
  }

  #join(): void {
    // An empty line behind every part.
    this.#lines = this.#blocks.flatMap(({ lines }) => [...lines, '']);
  }
}

/** No line is wider than the screen: a long equation goes on in the next row. */
async function laid(showing: PartView, look: Look): Promise<string[]> {
  const lines = await showing.lines(look);
  return lines.flatMap((line) => (columnsOf(line) <= look.width ? [line] : broken(withoutColour(line), look.width)));
}

function broken(line: string, width: number): string[] {
  const rows: string[] = [];
  let rest = line;
  while (columnsOf(rest) > width) {
    const piece = beginning(rest, width);
    if (piece === '') break;
    rows.push(piece);
    rest = `    ${rest.slice(piece.length).trimStart()}`;
  }
  return [...rows, rest];
}
