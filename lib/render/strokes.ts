// How one curve is told from another without colour: each series has a stroke of its own, in asciichart's order of symbols.

export interface Stroke {
  /** asciichart: axis ┼, axis ┤, begin, end, flat, from above ╰, from below ╭, falling ╮, rising ╯, steep. */
  readonly symbols: string[];
  readonly flat: string;
  readonly steep: string;
  /** One lone point. */
  readonly dot: string;
  /** Fills the band over seeds. */
  readonly band: string;
}

const UNICODE: readonly Stroke[] = [
  stroke('─', '╰╭╮╯', '│', '•', '·'),
  stroke('━', '┗┏┓┛', '┃', '■', '░'),
  stroke('═', '╚╔╗╝', '║', '◆', ':'),
  mark('•', '·'),
  mark('×', "'"),
  mark('+', ','),
  mark('▪', ';'),
  mark('○', '`'),
];
const ASCII: readonly Stroke[] = [
  stroke('-', "'..'", '|', 'o', '.'),
  ...[...'*o+x#@%&'].map((glyph) => mark(glyph, '.')),
];

export function strokeOf(series: number, count: number, unicode: boolean): Stroke {
  // One ASCII curve may be drawn with lines; several can only be told apart by a mark each.
  const set = unicode ? UNICODE : count === 1 ? ASCII.slice(0, 1) : ASCII.slice(1);
  return set[series % set.length] as Stroke;
}

function stroke(flat: string, corners: string, steep: string, dot: string, band: string): Stroke {
  return { symbols: [flat, flat, flat, flat, flat, ...corners, steep], flat, steep, dot, band };
}

function mark(glyph: string, band: string): Stroke {
  return stroke(glyph, glyph.repeat(4), glyph, glyph, band);
}
