// What a level of isolation is: what a canary must have been refused.

import type { IsolationReport } from '../report.ts';
import type { Measured } from './canary.ts';

export type Level = IsolationReport['level'];
type Attempt = keyof Measured;

export const attempts: readonly Attempt[] = [
  'read a file',
  'reach a port',
  'signal the parent',
  'fork past the limit',
  'write outside',
];

/** Level 3 refuses everything, level 2 what goes beyond files; 1 and 0 refuse nothing for certain. */
const needed: Readonly<Record<Level, readonly Attempt[]>> = {
  3: attempts,
  2: ['reach a port', 'signal the parent', 'fork past the limit'],
  1: [],
  0: [],
};

/** The level that was measured, where `nominal` was tried. */
export function levelOf(nominal: Level, measured: Measured): Level {
  const holds = (level: Level): boolean => needed[level].every((attempt) => measured[attempt] === 'refused');
  return ([3, 2, 1] as const).find((level) => level <= nominal && holds(level)) ?? 0;
}

/** The worst of each. */
export const together = (several: readonly Measured[]): Measured =>
  Object.fromEntries(
    attempts.map((attempt) => [
      attempt,
      (['succeeded', 'not measured', 'refused'] as const).find((outcome) =>
        several.some((measured) => measured[attempt] === outcome),
      ) ?? 'not measured',
    ]),
  ) as unknown as Measured;

const doing: Readonly<Record<Attempt, string>> = {
  'read a file': 'read files',
  'reach a port': 'reach the network',
  'signal the parent': 'signal other processes',
  'fork past the limit': 'start processes without end',
  'write outside': 'write files',
};

export function isolationReport(level: Level, measured: Measured | undefined): IsolationReport {
  const outcomes = attempts.map((attempt) => ({ attempt, outcome: measured?.[attempt] ?? ('not measured' as const) }));
  return { level, says: says(level, measured), attempts: outcomes };
}

function says(level: Level, measured: Measured | undefined): string {
  if (measured === undefined) return 'nothing could be run that would have measured the isolation';
  const could = attempts.filter((attempt) => measured[attempt] !== 'refused').map((attempt) => doing[attempt]);
  if (could.length === 0 && level === 3)
    return 'sandbox, measured: no files but its own, no network, no other processes';
  const name = ['no sandbox', 'a process of its own', 'partly a sandbox', 'sandbox'][level];
  return `${name}, measured: it could ${could.length === 0 ? 'do nothing that was tried' : listed(could)}`;
}

const listed = (words: readonly string[]): string =>
  words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
