// Every format of a report: how one submission is written, and a class, where the format has classes.

import type { FigureOptions } from '../../render/look.ts';
import { render } from '../../render/render.ts';
import type { Report } from '../check-report.ts';
import { check50 } from './check50.ts';
import type { ClassReport } from './class-report.ts';
import { classResult } from './class-result.ts';
import { classroom50, type Submitted, submittedFrom } from './classroom50.ts';
import { classGradescope, gradescope } from './gradescope.ts';
import { classJson, json } from './json.ts';
import { junit } from './junit.ts';
import { classCsv, csvReport } from './report-csv.ts';
import { type TextOptions, textReport } from './report-text.ts';
import { classTap, tap } from './tap.ts';

interface ReportOptions extends TextOptions {
  /** What `classroom50` cannot do without. */
  readonly submitted?: Submitted | undefined;
}

interface Format {
  /** Of a file whose name says that it is this. */
  readonly ending?: string;
  /** The whole file, ending with a line feed. */
  readonly one: (report: Report, options: ReportOptions) => string;
  readonly class?: (report: ClassReport, options: FigureOptions) => string;
}

const formats = {
  text: {
    ending: '.txt',
    one: textReport,
    class: (report, look) => render(classResult(report), { ...look, format: 'text' }),
  },
  json: { ending: '.json', one: json, class: classJson },
  junit: {
    ending: '.xml',
    one: (report) => junit([report]),
    class: ({ graded }) => junit(graded.map(({ report }) => report)),
  },
  tap: { ending: '.tap', one: tap, class: classTap },
  gradescope: { one: gradescope, class: classGradescope },
  check50: { one: check50 },
  classroom50: { one: (report, { submitted }) => classroom50(report, submitted ?? submittedFrom({})) },
  csv: { ending: '.csv', one: (report) => csvReport([report]), class: classCsv },
} satisfies Readonly<Record<string, Format>>;

export type ReportFormat = keyof typeof formats;
export const reportFormats = Object.keys(formats) as ReportFormat[];
export const classFormats = ['text', 'json', 'csv', 'junit', 'tap', 'gradescope'] as const;
export type ClassFormat = (typeof classFormats)[number];

/** The endings of names of files by which these are chosen, in their order. */
export const endingsOf = <Name extends ReportFormat>(names: readonly Name[]): Readonly<Record<string, Name>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const { ending }: Format = formats[name];
      return ending === undefined ? [] : [[ending, name]];
    }),
  );

/** Throws InputError for `classroom50` outside its runner. */
export const reported = (report: Report, format: ReportFormat, options: ReportOptions): string =>
  formats[format].one(report, options);

/** Throws InputError where the format is of one student and there are several. */
export const classReported = (report: ClassReport, format: ClassFormat, options: FigureOptions): string =>
  formats[format].class(report, options);
