// How many terminal columns a text takes (accents take none, East Asian letters and emoji two), and padding, cutting and wrapping by that measure.

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control sequences
const SGR = /\u001b\[[0-9;]*m/g;
const WIDE =
  /^[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1aff0}-\u{1b2fb}\u{1f1e6}-\u{1f1ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
const EMOJI_STYLE = /\p{Extended_Pictographic}\ufe0f|^[0-9#*]\ufe0f?\u20e3|\u200d/u;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: `e` with its accent, a flag, a family. */
export function graphemes(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const found: string[] = [];
  for (let start = 0; start < text.length; ) {
    const half = /[\ud800-\udbff]/.test(text.charAt(start + atOnce - 1)) ? 1 : 0;
    const end = start + atOnce + half;
    const parts = [...segmenter.segment(text.slice(start, end))].map((part) => part.segment);
    // What is last may go on in the next piece.
    if (end < text.length && parts.length > 1) parts.pop();
    for (const part of parts) {
      found.push(part);
      start += part.length;
    }
  }
  return found;
}

/** V8 copies the whole text for every character that it takes out of it: a line of 256 KiB would need gigabytes. */
const atOnce = 512;

export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  const bare = text.replace(SGR, '');
  if (
    /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2400-\u25fc]*$/.test(
      bare,
    )
  )
    return bare.length;
  let columns = 0;
  for (const part of graphemes(bare)) columns += graphemeColumns(part);
  return columns;
}

/** Of one of them. */
export function graphemeColumns(part: string): number {
  if (/^[\p{M}\p{Cf}\p{Cc}]+$/u.test(part)) return 0;
  return WIDE.test(part) || EMOJI_STYLE.test(part) ? 2 : 1;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text;
}

/** The longest beginning that fits, marked with `…` (or `~`) when something was left out. Not for text that holds colour codes. */
export function cut(text: string, columns: number, unicode: boolean): string {
  if (columnsOf(text) <= columns) return text;
  return columns < 1 ? '' : beginning(text, columns - 1) + (unicode ? '…' : '~');
}

/** The longest beginning of at most so many columns, never half a character. */
export function beginning(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const part of graphemes(text)) {
    used += graphemeColumns(part);
    if (used > columns) break;
    taken += part;
  }
  return taken;
}

interface Indent {
  /** Put before the first line and before every further one. */
  readonly first?: string;
  readonly rest?: string;
}

/** Words stay whole unless one alone is wider than a line; runs of blanks become one. `width` includes the indent. */
export function wrap(text: string, width: number, indent: Indent = {}): string[] {
  const rest = indent.rest ?? indent.first ?? '';
  const lines: string[] = [];
  let line = indent.first ?? '';
  let empty = true;
  const breakLine = () => {
    lines.push(line.trimEnd());
    line = rest;
    empty = true;
  };
  for (let word of text.split(/\s+/).filter((part) => part !== '')) {
    if (!empty && columnsOf(line) + 1 + columnsOf(word) > width) breakLine();
    while (empty && columnsOf(line) + columnsOf(word) > width) {
      const piece = beginning(word, Math.max(2, width - columnsOf(line)));
      if (piece === '' || piece.length === word.length) break;
      line += piece;
      word = word.slice(piece.length);
      breakLine();
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  if (!empty || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Items side by side with a gap, as many a line as fit: legends. An item wider than a line is wrapped by itself. */
export function flow(
  items: readonly { text: string; columns: number }[],
  width: number,
  indent: string,
  gap = 3,
): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const item of items) {
    if (used > 0 && indent.length + used + gap + item.columns > width) {
      lines.push(indent + line);
      line = '';
      used = 0;
    }
    line += (used > 0 ? ' '.repeat(gap) : '') + item.text;
    used += (used > 0 ? gap : 0) + item.columns;
  }
  if (used > 0) lines.push(indent + line);
  return lines;
}
