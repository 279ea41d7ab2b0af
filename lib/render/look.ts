// What a renderer may know about the place it writes to, and nothing else: no environment, no stream.

import { Chalk, type ChalkInstance } from 'chalk';

export type ColourLevel = 0 | 1 | 2 | 3;

export interface FigureOptions {
  /** Columns. Below 24 nothing can be laid out, so 24 is taken. */
  readonly width: number;
  /** Lines of the terminal: a chart takes about half of them, a heatmap at most all. */
  readonly height: number;
  /** chalk's level (1: 16 colours, 2: 256, 3: 16 million); `true` is 2, `false` is 0. */
  readonly colour: boolean | ColourLevel;
  /** false: every character of the output is ASCII. */
  readonly unicode: boolean;
  /** true: words and tables only, for a screen reader. */
  readonly plain?: boolean;
}

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly level: ColourLevel;
  readonly unicode: boolean;
  readonly plain: boolean;
  /** Letters that have no ASCII spelling stay as they are: a screen reader can say them. */
  readonly keepsLetters: boolean;
  readonly paint: ChalkInstance;
}

/** What words depend on: what can be shown, and to whom. */
export type Readable = Pick<Look, 'unicode' | 'plain' | 'keepsLetters'>;

export function lookOf(options: FigureOptions): Look {
  const plain = options.plain === true;
  const asked = options.colour === true ? 2 : options.colour === false ? 0 : options.colour;
  const level = plain ? 0 : asked;
  return {
    width: Math.max(24, Math.floor(options.width)),
    height: Math.max(8, Math.floor(options.height)),
    level,
    unicode: options.unicode && !plain,
    plain,
    keepsLetters: plain && options.unicode,
    paint: new Chalk({ level }),
  };
}

/** What a drawing can show: everything but control characters. */
export const shown = { unicode: true, plain: false, keepsLetters: true } as const satisfies Readable;
