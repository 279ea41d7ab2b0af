// What every experiment returns and every renderer reads: plain data, nothing about terminals.
// One Result is one answer to one question; `unroll schema` publishes its JSON Schema.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Result {
  /** Version of this format, raised when a reader of the JSON would break. */
  readonly unroll: 1;
  /** The subcommand that asked: `states`, `gradients`, … */
  readonly experiment: string;
  /** The question in words; the first line of the text rendering. */
  readonly question: string;
  /** Every option that shaped the numbers, defaults included. Never a path, never a time. */
  readonly options: { readonly [name: string]: Json };
  readonly seed: number;
  /** In the order in which they are read: draw first, tabulate second. */
  readonly figures: readonly Figure[];
  readonly claims: readonly Claim[];
  /** What a reader must know beside the numbers, a sentence each. */
  readonly notes: readonly string[];
  /** One thing to try next: why, and the command to type. */
  readonly next?: { readonly says: string; readonly command: string };
}

/** A sentence that the experiment teaches, with the number measured now. `holds` is `measured relation bound`. */
export interface Claim {
  readonly id: string;
  readonly says: string;
  readonly measured: number;
  readonly relation: '<' | '<=' | '=' | '>=' | '>';
  readonly bound: number;
  readonly holds: boolean;
  /** How the measured number is worded where digits alone say too little: `20 of 20`. */
  readonly measuredAs?: string;
}

/** What any figure may say of its place. */
interface Placed {
  /** It may stand at the right of the figure before it, where there is room for both. */
  readonly beside?: true;
}

export type Figure =
  | LinesFigure
  | HeatmapFigure
  | BarsFigure
  | TableFigure
  | TextFigure
  | DiagramFigure
  | TimelineFigure;

export interface Axis {
  readonly label: string;
  readonly unit?: string;
}

/** Curves over a common x: every series has one value for each entry of `x.values`. */
export interface LinesFigure extends Placed {
  readonly kind: 'lines';
  readonly title: string;
  /** Settings in short, drawn at the right of the title: `H 32 · T 64 · 20 seeds`. */
  readonly settings?: string;
  /** On a log scale what is zero or below has no place. */
  readonly x: Axis & { readonly values: readonly number[]; readonly scale?: 'linear' | 'log' };
  readonly y: Axis & {
    readonly scale: 'linear' | 'log';
    /** The axis shows at least this, however little the values move: 0 to 1 for a gate. */
    readonly range?: { readonly low: number; readonly high: number };
  };
  readonly series: readonly Series[];
  /** A horizontal line worth comparing with: a baseline, a chance level. */
  readonly reference?: { readonly label: string; readonly value: number };
}

export interface Series {
  readonly name: string;
  /** null where there is no value; on a log scale zero and below is drawn as no value. */
  readonly values: readonly (number | null)[];
  /** The range over seeds, where there are several. */
  readonly band?: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] };
}

/** values[row][column]. `diverging` centres on zero (states), `sequential` runs from low to high (gates in 0…1). */
export interface HeatmapFigure extends Placed {
  readonly kind: 'heatmap';
  readonly title: string;
  readonly settings?: string;
  readonly rows: Axis & { readonly names: readonly string[] };
  /** `names` are what drives each step: characters, or samples as short text. */
  readonly columns: Axis & { readonly names: readonly string[] };
  readonly values: readonly (readonly number[])[];
  readonly scale: { readonly kind: 'diverging' | 'sequential'; readonly low: number; readonly high: number };
  readonly unit?: string;
}

/** A bar from 0 for every row: weights, shares, counts; none for what is negative or no number. */
export interface BarsFigure extends Placed {
  readonly kind: 'bars';
  readonly title: string;
  readonly settings?: string;
  readonly rows: Axis & { readonly names: readonly string[] };
  readonly values: readonly number[];
  /** What a bar of full length stands for; above 0. */
  readonly most: number;
  /** Things that are counted: written without decimals. */
  readonly whole?: true;
  readonly unit?: string;
}

export interface TableFigure extends Placed {
  readonly kind: 'table';
  readonly title: string;
  readonly columns: readonly TableColumn[];
  /**
   * A number is formatted by the renderer in text and stands whole in JSON and CSV; null is an empty cell. In a column of numbers, text
   * is a bound (`< 1.2e-17`, `over 63`) or a number beyond the range of a double (`2.9e-400`).
   */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface TableColumn {
  readonly title: string;
  readonly unit?: string;
  readonly align: 'left' | 'right';
  /** Significant digits of its numbers in text; 3 where nothing is said. */
  readonly digits?: number;
}

/** Lines to be shown as they stand: equations, LaTeX, an excerpt; of a `sample`, text that a model generated, every blank counts. */
export interface TextFigure extends Placed {
  readonly kind: 'text';
  readonly title: string;
  readonly language: 'equations' | 'latex' | 'plain' | 'sample';
  readonly lines: readonly string[];
}

/**
 * Boxes on a grid and arrows between them. Column 0 is at the left, row 0 at the top.
 * An edge joins two nodes; `says` is written beside it and in the words that `--plain` prints.
 */
export interface DiagramFigure extends Placed {
  readonly kind: 'diagram';
  readonly title: string;
  readonly settings?: string;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

export interface DiagramNode {
  readonly id: string;
  readonly label: string;
  readonly row: number;
  readonly column: number;
  /** `cell` is drawn as a box, `value` as bare text, `more` as an ellipsis that stands for what is not drawn. */
  readonly shape: 'cell' | 'value' | 'more';
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly says?: string;
  /** Drawn dashed: `back` edges carry a fed-back output (free running), `gradient` edges what backpropagation sends the other way. */
  readonly style?: 'plain' | 'back' | 'gradient';
}

/** Who does what when: bars in rows over time, from 0 to `end`. */
export interface TimelineFigure extends Placed {
  readonly kind: 'timeline';
  readonly title: string;
  readonly settings?: string;
  readonly rows: Axis & { readonly names: readonly string[] };
  readonly time: Axis & { readonly end: number };
  /** What the colours of bars stand for. */
  readonly groups: readonly string[];
  /** What a mark says: `the number is the step`. Empty where a figure before it has said so. */
  readonly key: string;
  readonly bars: readonly Bar[];
}

/** Bars of one row do not overlap. */
export interface Bar {
  /** An index of `rows.names`. */
  readonly row: number;
  readonly start: number;
  readonly length: number;
  /** In full, for CSV and for whoever hears it: `W_h * h_prev, step 3`. */
  readonly name: string;
  /** What is written on it: one to three characters. */
  readonly mark: string;
  /** An index of `groups`. */
  readonly group: number;
}
