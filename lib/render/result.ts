// What every experiment returns and every renderer reads: plain data, nothing about terminals. One Result is one answer to one question;
// its kinds of figures are described in figures/.

import { constant, listOf, oneWordOf, real, record, type Schema, type TypeOf, text, whole } from './json-schema.ts';
import type { Figure } from './kind.ts';

export type { BarsFigure } from './figures/bars.ts';
export type { DiagramEdge, DiagramFigure, DiagramNode } from './figures/diagram/nodes.ts';
export type { HeatmapFigure } from './figures/heatmap.ts';
export type { LinesFigure, Series } from './figures/lines/curves-on-axes.ts';
export type { TableColumn, TableFigure } from './figures/table.ts';
export type { TextFigure } from './figures/text.ts';
export type { Bar, TimelineFigure } from './figures/timeline.ts';
export type { Figure };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A sentence that the experiment teaches, with the number measured now. `holds` is `measured relation bound`. */
const claim = record(
  {
    id: text,
    says: text,
    measured: real,
    relation: oneWordOf('<', '<=', '=', '>=', '>'),
    bound: real,
    holds: { type: 'boolean' } as Schema<boolean>,
    /** How the measured number is worded where digits alone say too little: `20 of 20`. */
    measuredAs: text,
  },
  ['measuredAs'],
);
export type Claim = TypeOf<typeof claim>;

const options: Schema<{ readonly [name: string]: Json }> = {
  type: 'object',
  description: 'every option that shaped the numbers',
};

export const resultRecord = (figure: Schema<Figure>) =>
  record(
    {
      /** Raised when a reader of the JSON would break. */
      unroll: { ...constant(1), description: 'version of this format' },
      /** `states`, `gradients`, … */
      experiment: { ...text, description: 'the subcommand that asked' },
      /** The first line of the text rendering. */
      question: { ...text, description: 'what was asked, in words' },
      /** Defaults included. Never a path, never a time. */
      options,
      seed: whole,
      /** In the order in which they are read: draw first, tabulate second. */
      figures: listOf(figure),
      claims: listOf(claim),
      /** What a reader must know beside the numbers, a sentence each. */
      notes: listOf(text),
      /** One thing to try next: why, and the command to type. */
      next: record({ says: text, command: text }),
    },
    ['next'],
  );
export type Result = TypeOf<ReturnType<typeof resultRecord>>;
