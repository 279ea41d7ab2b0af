// Every message as a student reads it, one below another.

import type { Report } from '../../../lib/homework/check-report.ts';
import { checkRows, linesBelow } from '../../../lib/homework/reports/rows.ts';
import type { Message } from '../../../lib/homework/wording/messages.ts';
import { findingOf, problems, troubles } from './mistakes.ts';
import { ended, passed } from './samples.ts';

interface LabelledMessage {
  readonly called: string;
  readonly report: Report;
  readonly words: Message;
  readonly lines: readonly string[];
}

function messageOf(called: string, report: Report): LabelledMessage {
  const row = checkRows(report).find(({ words }) => words !== undefined)!;
  const { call: _, ...finding } = row.check.finding ?? {};
  const bare = { ...row, check: { ...row.check, ...(row.check.finding ? { finding } : {}) } } as typeof row;
  return { called, report, words: row.words!, lines: linesBelow(bare, report) };
}

const submitted = (language: Report['submission']['language']) => ({ submission: { ...passed.submission, language } });

export const messages: readonly LabelledMessage[] = [
  ...troubles.map(({ called, language, of }) => messageOf(called, ended(of, submitted(language)))),
  ...problems.map((mistake) => {
    const { exercise, checks } = passed;
    const check = { ...checks[0]!, status: 'fail', points: 0, finding: findingOf(mistake) } as const;
    const one = { ...exercise, function: 'rnn_step', returns: ['h'] };
    return messageOf(mistake.called, {
      ...passed,
      ...submitted(mistake.language),
      ...(mistake.single ? { exercise: one } : {}),
      status: 'fail',
      checks: [check],
    });
  }),
];

export const messagesText = (): string =>
  messages
    .map(({ called, report, lines }) => [`## ${called} (${report.submission.language})`, ...lines, ''].join('\n'))
    .join('\n');
