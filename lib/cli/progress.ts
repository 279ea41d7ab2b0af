// How far a long run is, on standard error: only for somebody who looks at a terminal, and gone when the run is.

import type { OutputArguments } from './output.ts';

export interface ProgressLine {
  readonly watch: (done: number, all: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

export function progressLine(what: string, { quiet }: Pick<OutputArguments, 'quiet'>): ProgressLine {
  if (quiet === true || !process.stderr.isTTY) return { watch: () => {}, end: () => {} };
  let shown = -1;
  return {
    watch: (done, all) => {
      const percent = Math.floor((100 * done) / all);
      if (percent === shown) return;
      shown = percent;
      process.stderr.write(`\r${what} ${percent} %`);
    },
    end: () => {
      process.stderr.write('\r\u001b[K');
    },
  };
}
