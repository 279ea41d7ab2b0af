// A long run while it runs. On standard error: on a terminal the chart so far and a bar with the time left, redrawn in place; through
// a pipe a plain line now and then; nothing with --quiet. Times are read here and never reach a Result.

import { renderFigure } from '../render/figure.ts';
import type { FigureOptions } from '../render/look.ts';
import type { LinesFigure } from '../render/result.ts';
import { colourOf, type OutputArguments } from './output.ts';

interface RunStage {
  /** From 0 to 1. */
  readonly share: number;
  /** What there is to say, in few words: `gru 0.0123`; may be empty. */
  readonly says: string;
  /** `update 120 of 400`; may be empty. */
  readonly count: string;
  /** The chart so far. */
  readonly figure?: (() => LinesFigure) | undefined;
}

interface LiveView {
  show(where: RunStage): void;
  /** Takes away what was drawn. */
  end(): void;
}

/** Milliseconds. What takes less than `patience` is not spoken of. */
const patience = 300;
const redrawEvery = 150;
const speakEvery = 5000;

export function liveView(args: OutputArguments, stream = process.stderr): LiveView {
  if (args.quiet === true) return { show: () => {}, end: () => {} };
  const started = performance.now();
  const redraws = stream.isTTY && args.plain !== true && process.env.TERM !== 'dumb';
  const pause = redraws ? redrawEvery : speakEvery;
  let last = started + (redraws ? patience - redrawEvery : 0);
  let drawn = 0;
  // Line by line and not the whole screen below, of which some terminals keep a copy; and the line below, where ^C may stand.
  const up = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\r`);
  const redraw = (lines: readonly string[]): void => {
    const padding = Math.max(0, drawn - lines.length);
    const all = [...lines, ...new Array<string>(padding).fill('')];
    stream.write(`${up(drawn)}${all.map((line) => `\u001b[K${line}\n`).join('')}\u001b[K${up(padding)}`);
    drawn = lines.length;
  };
  return {
    show(where) {
      const now = performance.now();
      if (now - last < pause) return;
      last = now;
      const left = timeLeft(((now - started) * (1 - where.share)) / where.share);
      if (!redraws) {
        stream.write(`${said([where.says, where.count, left], args.ascii === true ? ', ' : ' · ')}\n`);
        return;
      }
      const look = {
        // A line that fills the last column wraps on some terminals.
        width: (stream.columns ?? 80) - 1,
        height: stream.rows ?? 24,
        colour: colourOf(args.color, stream.isTTY),
        unicode: args.ascii !== true,
      };
      redraw([...chart(where, look), bar(where, left, look)]);
    },
    end() {
      if (drawn > 0) redraw([]);
    },
  };
}

/** Nothing where it would not fit on the screen: what has left the top cannot be redrawn. */
function chart({ figure }: RunStage, look: FigureOptions): string[] {
  if (figure === undefined || look.width < 24) return [];
  const lines = renderFigure(figure(), look).split('\n');
  return lines.length + 2 <= look.height ? lines : [];
}

/** `█████░░░░░  gru 0.0123 · 3 s left · update 120 of 400`, or of it what the width has room for. */
function bar({ share, says, count }: RunStage, left: string, { width, unicode }: FigureOptions): string {
  const [full, empty, separator] = unicode ? ['█', '░', ' · '] : ['#', '.', ', '];
  const columns = Math.min(20, Math.max(5, width - 50));
  const done = Math.round(Math.min(1, share) * columns);
  const drawn = `${full.repeat(done)}${empty.repeat(columns - done)}  `;
  const texts = [[says, left, count], [says, left], [left]].map((parts) => drawn + said(parts, separator));
  const fits = (text: string): boolean => Array.from(text).length <= width;
  return texts.find(fits) ?? drawn.slice(0, width);
}

const said = (parts: readonly string[], separator: string): string =>
  parts.filter((part) => part !== '').join(separator);

/** `8 s left`, `3 min left`. */
function timeLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}

/**
 * Ctrl-C for a command that keeps what it has: the first one aborts the signal, the second ends the program, as main.ts does where nobody else
 * listens. `release` gives Ctrl-C back its usual meaning.
 */
export function firstInterrupt(): { readonly signal: AbortSignal; readonly release: () => void } {
  const stop = new AbortController();
  const abort = () => stop.abort();
  process.once('SIGINT', abort);
  return { signal: stop.signal, release: () => process.removeListener('SIGINT', abort) };
}
