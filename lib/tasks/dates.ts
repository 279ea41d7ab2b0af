// Dates as people write them, to be said as ISO 8601 has them, character by character: `3 March 1994` -> `1994-03-03`. The course's
// own, after the date translation with which attention is often shown. The order changes, lengths differ, and a name becomes a number.

import { indicesOf, type Pair, type PairTask } from './task.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const [firstYear, years] = [1950, 100];
/** Behind what is shorter than `30 September 2049`. */
const padding = '_';
const longest = 17;

const sourceSymbols = [...new Set([...'0123456789 ', ...months.join(''), padding])];
const targetSymbols = [...'0123456789-'];

const datePairs: PairTask = {
  order: 3,
  name: 'dates',
  says: 'say a date of 1950 to 2049 as year-month-day',
  source: 'course',
  sourceSymbols,
  targetSymbols,
  onlySteps: longest,
  targetSteps: () => 'yyyy-mm-dd'.length,
  /** Every date but 29 February: a year, then a month of it, then a day. */
  pair(rng) {
    const year = firstYear + rng.below(years);
    const month = rng.below(months.length);
    return dated(1 + rng.below(daysIn[month]!), month, year);
  },
  pairOf(text) {
    const [, day, name, year] = /^(\d\d?) (\w+) (\d{4})$/.exec(text.trim()) ?? [];
    const month = months.indexOf(name ?? '');
    const isYear = Number(year) >= firstYear && Number(year) < firstYear + years;
    const isDay = Number(day) >= 1 && Number(day) <= daysIn[month]! && !day!.startsWith('0');
    return isYear && isDay ? dated(Number(day), month, Number(year)) : undefined;
  },
  example: '3 March 1994',
};
export default datePairs;

function dated(day: number, month: number, year: number): Pair {
  const [dayText, name] = [String(day), months[month]!];
  const text = `${dayText} ${name} ${year}`;
  const target = `${year}-${String(month + 1).padStart(2, '0')}-${dayText.padStart(2, '0')}`;
  const monthAt = dayText.length + 1;
  const yearAt = monthAt + name.length + 1;
  // Any letter of the month may tell its number; a hyphen, and the zero before a day below 10, come from nowhere.
  const ofMonth = Array.from(name, (_, j) => monthAt + j);
  const ofDay = dayText.length === 1 ? [[], [0]] : [[0], [1]];
  return {
    source: indicesOf(text.padEnd(longest, padding), sourceSymbols),
    target: indicesOf(target, targetSymbols),
    gold: [...[0, 1, 2, 3].map((j) => [yearAt + j]), [], ofMonth, ofMonth, [], ...ofDay],
    length: text.length,
  };
}
