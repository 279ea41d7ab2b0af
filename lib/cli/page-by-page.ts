// A long text on a terminal, a screen at a time. Through a pipe, and in a file, it runs on.

import { clearLine, moveCursor } from 'node:readline';
import { createInterface } from 'node:readline/promises';

/** Whether somebody reads along and can press a key. */
export const isReadAlong = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Pieces of at most `rows` lines, parted where the text has an empty line, if there is one. */
export function pagesOf(text: string, rows: number): string[] {
  const pages: string[][] = [[]];
  for (const block of text.trimEnd().split(/\n{2,}/)) {
    const lines = block.split('\n');
    const page = pages.at(-1)!;
    if (page.length > 0 && page.length + 1 + lines.length <= rows) page.push('', ...lines);
    else for (let at = 0; at < lines.length; at += rows) pages.push(lines.slice(at, at + rows));
  }
  return pages.filter(({ length }) => length > 0).map((lines) => lines.join('\n'));
}

/** What is read stands there as it would without the questions. */
function takeBackQuestion(): void {
  if (process.env.TERM === 'dumb') return;
  moveCursor(process.stdout, 0, -1);
  clearLine(process.stdout, 0);
}

/** Shows these one after the other and waits behind every screen for Enter or the space bar; `q` and Ctrl-C end it. Says whether all was seen. */
export async function pageByPage(texts: readonly (() => Promise<string>)[]): Promise<boolean> {
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  // As in `less`, neither needs Enter behind it.
  const onKey = (_: unknown, { name }: { readonly name?: string }): void => {
    if (name === 'q' || name === 'space') ask.write(null, { name: 'return' });
  };
  process.stdin.on('keypress', onKey);
  const closed = new Promise<string>((resolve) => ask.once('close', () => resolve('q')));
  try {
    for (const text of texts) {
      // One row for what is asked, and one that parts it from the page.
      for (const page of pagesOf(await text(), Math.max(4, (process.stdout.rows ?? 24) - 2))) {
        process.stdout.write(`${page}\n\n`);
        const typed = await Promise.race([ask.question('Enter: on  q: leave '), closed]);
        takeBackQuestion();
        if (/q$/i.test(typed.trim())) return false;
      }
    }
    return true;
  } finally {
    process.stdin.off('keypress', onKey);
    ask.close();
  }
}
