// What yargs's layout asks of a text: its width, and its lines. Our help holds no escapes and no wide characters, so that this stands
// in, in the bundle, for string-width and wrap-ansi, which cost a sixth of the time that --help takes.

/** One column a code point. */
export const stringWidth = (text: string): number => Array.from(text).length;

export const stripAnsi = (text: string): string => text;

/** Lines of at most `width` columns; a longer word stands alone, whole. */
export function wrapAnsi(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => {
      if (stringWidth(line) <= width) return line;
      const lines: string[] = [];
      let at = '';
      for (const word of line.split(' ')) {
        const longer = at === '' ? word : `${at} ${word}`;
        if (at !== '' && stringWidth(longer) > width) {
          lines.push(at);
          at = word;
        } else at = longer;
      }
      return [...lines, at].join('\n');
    })
    .join('\n');
}
