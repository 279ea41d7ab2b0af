// What must not happen to any submission of the corpus, whatever it does: a sentence for each thing that did.

import { kindOf, type Submission } from './corpus.ts';
import { type Outcome, seconds, type Watched } from './watch.ts';

/** Seconds beyond the limit that killing, reaping and reporting may take. */
const grace = 1;
/** What a submission of the corpus prints when it got at something that it should not. */
const broke = /BROKE OUT: [^\n]*/g;

export function faultsOf(watched: Watched, submissions: readonly Submission[]): string[] {
  return [
    ...submissions.flatMap((submission) => {
      const outcome = watched.outcomes.get(submission.file);
      if (outcome === undefined) return [`${submission.file}: there is no report`];
      return [
        ...verdictFaults(submission, outcome),
        ...textFaults(submission, outcome),
        ...timeFaults(outcome),
        ...outcome.left.map(leftRunning),
      ].map((fault) => `${submission.file}: ${fault}`);
    }),
    ...watched.leaks.map(({ file, secret }) => `${file}: the secret of the ${secret} is in its report`),
    ...watched.processes.map(leftRunning),
    ...watched.files.map((file) => `left behind: ${file}`),
  ];
}

const leftRunning = (command: string): string => `left running: ${command}`;

function verdictFaults({ allowed }: Submission, { report }: Outcome): string[] {
  const { status, points, of, trouble, checks, prints } = report;
  const faults: string[] = [];
  if (!allowed.includes(status))
    faults.push(`${status} (${JSON.stringify(trouble ?? checks.find((check) => check.finding)?.finding?.problem)})`);
  if ((status === 'pass') !== (points === of)) faults.push(`${status} with ${points} of ${of} points`);
  if (['violation', 'refused'].includes(status) && points > 0) faults.push(`${status} with ${points} points`);
  for (const [found] of prints.text.matchAll(broke)) faults.push(found);
  return faults;
}

/** Characters that would move the cursor, change colours or turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** A place in the tool's own code. */
const frame = /\bat [^\n]*(?:node:internal|\.[mc]?[jt]s:\d+:\d+)|runner\.(?:py|mjs)|Traceback/;

function textFaults(submission: Submission, { text, report, words }: Outcome): string[] {
  const faults: string[] = [];
  if (text.trim() === '') faults.push('its report says nothing');
  const odd = control.exec(text);
  if (odd !== null) faults.push(`U+${odd[0].codePointAt(0)!.toString(16)} in its report`);
  const said = text.toLowerCase().replace(/\s+/g, ' ');
  for (const words of submission.message ?? [])
    if (!said.includes(words.toLowerCase())) faults.push(`its message does not say "${words}"`);
  if (report.status !== 'pass' && !words?.next) faults.push('its message has no next step');
  if (kindOf(submission) === 'honest' && !words?.why && !words?.quoted?.length) faults.push('its message has no cause');
  // What a hostile one prints is its own.
  const own = kindOf(submission) === 'honest' && report.prints.text === '' ? frame.exec(text) : null;
  if (own !== null) faults.push(`a stack frame in its message: ${own[0]}`);
  return faults;
}

function timeFaults({ slowest }: Outcome): string[] {
  return Object.entries(slowest)
    .filter(([, took]) => took > seconds + grace)
    .map(([what, took]) => `to ${what} took ${took.toFixed(2)} s`);
}

/** What an attack got at, by what it printed, what its report gave away, and what it left. */
export function successesOf(watched: Watched): Record<string, string[]> {
  const found = [...watched.outcomes.values()].map(({ file, report, left }): [string, string[]] => {
    const said = [...report.prints.text.matchAll(broke)].map(([words]) => words.slice('BROKE OUT: '.length));
    const leaked = watched.leaks
      .filter((leak) => leak.file === file)
      .map(({ secret }) => `learned the secret of the ${secret}`);
    return [file, [...new Set([...said, ...leaked, ...(left.length > 0 ? ['outlived its end'] : [])])].sort()];
  });
  return Object.fromEntries(found.filter(([, successes]) => successes.length > 0).sort());
}
