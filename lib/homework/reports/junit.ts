// JUnit XML as continuous integration reads it (Jenkins' junit-10 schema): one suite a submission, one test case a check.
// No times and no host names, so that the same submission gives the same bytes.

import { disarm } from '../../render/legible.ts';
import type { Report } from '../check-report.ts';
import {
  checkRows,
  inOneLine,
  isFailed,
  isolationLine,
  linesBelow,
  oneLine,
  printsMarked,
  type Row,
  skipReason,
} from './rows.ts';

// Text as XML 1.0 can hold it: what it has no character for is shown as an escape, never left out.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** For the content of an element. */
const xmlText = (text: string): string => disarm(text).replace(/[&<>"\r]/g, (c) => entities[c]!);

/** For an attribute in double quotes, whose line ends and tabs a reader would turn into blanks. */
const xmlAttribute = (text: string): string => xmlText(text).replace(/[\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);

/** ` name="value"` for each that is there. */
const xmlAttributes = (values: { readonly [name: string]: string | number | undefined }): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlAttribute(String(value))}"`))
    .join('');

/** A whole file: a class is a list of reports. */
export function junit(reports: readonly Report[]): string {
  const counts = reports.map(countsOf);
  const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
  const totals = { name: 'unroll homework', tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes(totals)}>`,
    ...reports.map(suite),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf(report: Report): Counts {
  const rows = checkRows(report);
  const count = (kind: string) => rows.filter((row) => kindOf(row) === kind).length;
  return { tests: rows.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

/** A failure is an answer that is wrong, an error no answer at all. */
const kindOf = ({ check }: Row): 'failure' | 'error' | 'skipped' | undefined =>
  check.status === 'skipped' ? 'skipped' : check.status === 'fail' ? 'failure' : isFailed(check) ? 'error' : undefined;

/** One submission. */
function suite(report: Report): string {
  const { exercise, submission } = report;
  const name = `${exercise.id}: ${submission.student ?? submission.file}`;
  const properties = {
    exercise: exercise.id,
    file: submission.file,
    language: submission.language,
    runtime: submission.runtime,
    status: report.status,
    points: report.points,
    of: report.of,
    isolation: `level ${report.isolation.level}: ${report.isolation.says}`,
  };
  const out = [...printsMarked(report), isolationLine(report)].join('\n');
  return [
    `  <testsuite${xmlAttributes({ name: oneLine(name), ...countsOf(report) })}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([key, value]) => `      <property${xmlAttributes({ name: key, value: oneLine(String(value)) })}/>`,
    ),
    '    </properties>',
    ...checkRows(report).map((row) => testCase(row, report)),
    `    <system-out>${xmlText(out)}</system-out>`,
    '  </testsuite>',
  ].join('\n');
}

function testCase(row: Row, report: Report): string {
  const { check, words } = row;
  const kind = kindOf(row);
  const open = `    <testcase${xmlAttributes({ name: oneLine(check.says), classname: report.exercise.id })}`;
  if (kind === undefined) return `${open}/>`;
  const close = '    </testcase>';
  if (kind === 'skipped')
    return [
      `${open}>`,
      `      <skipped${xmlAttributes({ message: oneLine(skipReason(check, report)) })}/>`,
      close,
    ].join('\n');
  const attributes = {
    type: check.finding?.problem.code ?? report.trouble?.code ?? check.status,
    message: words === undefined ? undefined : inOneLine(words),
  };
  const body = xmlText(linesBelow(row, report).join('\n'));
  return [`${open}>`, `      <${kind}${xmlAttributes(attributes)}>${body}</${kind}>`, close].join('\n');
}
