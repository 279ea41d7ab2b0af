// A report as it is after it has been written and read: the same whether it was made now, kept by a journal, or made by a shard elsewhere.

import type { Report } from '../report.ts';

/** Of what a student printed. A class of five hundred prints much. */
const longestPrints = 4000;

/** Numbers that JSON has no word for stand as words, and −0 as 0. */
export const settled = (report: Report): Report => revived(JSON.parse(reportText(report)) as Report);

export const reportText = (report: Report): string =>
  JSON.stringify({ ...report, prints: shortened(report.prints) }, worded);

export const worded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

function shortened({ text, cut }: Report['prints']): Report['prints'] {
  return text.length <= longestPrints ? { text, cut } : { text: text.slice(0, longestPrints), cut: true };
}

/** Turns the words back into numbers, only where numbers stand. */
export function revived(report: Report): Report {
  return {
    ...report,
    checks: report.checks.map((check) => {
      if (check.finding === undefined) return check;
      const { problem, call, got, expected, worst, strips } = check.finding;
      return {
        ...check,
        finding: {
          ...check.finding,
          ...(problem.code === 'claim' && { problem: { ...problem, measured: numbersIn(problem.measured) } }),
          ...(call && { call: { ...call, given: numbersIn(call.given) } }),
          ...(got && { got: numbersIn(got) }),
          ...(expected && { expected: numbersIn(expected) }),
          ...(worst && {
            worst: { ...worst, ...numbersIn({ got: worst.got, expected: worst.expected, error: worst.error }) },
          }),
          ...(strips && { strips: numbersIn(strips) }),
        },
      };
    }),
  };
}

const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

function numbersIn<Of>(value: Of): Of {
  if (typeof value === 'string') return (Object.hasOwn(words, value) ? words[value] : value) as Of;
  if (Array.isArray(value)) return value.map(numbersIn) as Of;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numbersIn(part)])) as Of;
}
