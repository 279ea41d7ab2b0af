// The one place that words what a check found: what is wrong, why, and the next step, in the student's own language.

import { counted } from '../../numbers/counted.ts';
import { numeral } from '../../render/numerals.ts';
import type { CheckReport, Finding, Problem, Report } from '../check-report.ts';
import { isScript, scriptName } from '../language.ts';
import { clueWords } from './clues.ts';
import { advice } from './exceptions.ts';
import { type Message, tell } from './messages.ts';
import { excerpt, idiomOf, lineOf, type MessageContext, messageOf, quotedNames, stopped } from './phrases.ts';
import { shapeWrong } from './shapes.ts';
import { troubleWords } from './trouble-messages.ts';

/** What to say of a check that did not pass; undefined where there is nothing to add. */
export function checkWords(check: CheckReport, report: Report): Message | undefined {
  if (check.finding !== undefined) return findingWords(check.finding, contextOf(report, check.finding));
  return undefined;
}

/** Why the submission ended before it was done. */
export function endWords(report: Report): Message | undefined {
  const hasAnswered = report.checks.some(({ status }) => status === 'pass' || status === 'fail');
  const said = hasAnswered ? undefined : firstLine(report.prints.text);
  return report.trouble === undefined ? undefined : troubleWords(report.trouble, contextOf(report), said);
}

const longestSaid = 60;

/** Of what was printed, where it is short enough to be shown whole, else its beginning. */
function firstLine(prints: string): string {
  const line = prints.split('\n').find((text) => text.trim() !== '') ?? '';
  return line.length <= longestSaid ? line : `${line.slice(0, longestSaid)}…`;
}

/** The names that messages use. */
function contextOf({ exercise, submission, checks, trouble }: Report, finding?: Finding): MessageContext {
  const called = finding ?? checks.find(({ finding }) => finding?.call !== undefined)?.finding;
  const wanted = trouble?.code === 'no-function' ? trouble.wanted[0] : undefined;
  // Every exercise is called as its function is: rnn-step asks for rnn_step.
  const name = exercise.function ?? called?.call?.function ?? wanted ?? exercise.id.replaceAll('-', '_');
  const { language } = submission;
  return {
    language,
    runtime: submission.runtime,
    function: isScript(language) ? scriptName(name) : name,
    parameters: exercise.parameters ?? called?.call?.parameters ?? [],
    returns: exercise.returns ?? Object.keys(called?.expected ?? {}),
    arrays: language === 'python' && submission.runtime.includes('NumPy'),
    ...(called?.call === undefined ? {} : { given: called.call.given }),
    ...(called?.expected === undefined ? {} : { expected: called.expected }),
  };
}

function findingWords(finding: Finding, context: MessageContext): Message {
  const { problem } = finding;
  if (finding.clue !== undefined) return clueWords(finding.clue, finding, context);
  const mistake = finding.diagnosis?.mistake;
  if (mistake !== undefined)
    return tell('known-mistake', { says: mistake.says }, [...mistake.wrong, 'instead of', ...mistake.right]);
  const idiom = idiomOf(context.language);
  switch (problem.code) {
    case 'wrong-shape':
      return shapeWrong(problem, context);
    case 'not-a-number':
      return notANumber(problem);
    case 'not-finite':
      return notFinite(problem, context);
    case 'values':
      return values(finding);
    case 'drifts':
      return drifts(problem);
    case 'property':
      if (finding.call === undefined) return tell('untrainable-cell', { because: stopped(problem.because) });
      return tell('property-fails', { because: stopped(problem.because) });
    case 'claim':
      return claim(problem);
    case 'changed-arguments':
      return tell('changed-arguments', { function: context.function, writes: capital(idiom.writes), copy: idiom.copy });
    case 'result-reused':
      return tell('result-reused', { function: context.function });
    case 'remembers':
      return tell('remembers', { function: context.function, keeps: idiom.keeps });
    case 'threw':
      return threw(problem, finding, context);
    case 'promise':
      return tell(context.language === 'python' ? 'coroutine' : 'promise', { function: context.function });
  }
}

type Of<Code extends Problem['code']> = Problem & { readonly code: Code };

function notANumber({ path, got }: Of<'not-a-number' | 'not-finite'>): Message {
  const kind = /text/.test(got) ? 'text-entry' : /true or false/.test(got) ? 'truth-entry' : 'foreign-entry';
  return tell(kind, { path, got });
}

function notFinite({ path, got }: Of<'not-a-number' | 'not-finite'>, { language }: MessageContext): Message {
  const kind = /inf/i.test(got) ? 'infinite' : isScript(language) ? 'nan-in-script' : 'nan';
  return tell(kind, { path, got });
}

function values({ worst, strips = [] }: Finding): Message {
  const place = worst === undefined ? 'one entry' : `\`${worst.path}\``;
  const right = strips.filter(({ errors }) => errors.every((error) => error <= asGoodAsNone));
  const wrong = strips.filter((part) => !right.includes(part));
  if (right.length > 0 && wrong.length > 0)
    return tell('wrong-and-right', { wrong: someNames(wrong), right: someNames(right), place });
  return tell(worst === undefined ? 'wrong-numbers' : 'furthest-off', { place });
}

const asGoodAsNone = 1e-8;
const mostNames = 4;

const someNames = (parts: readonly { readonly name: string }[]): string => {
  const names = parts.map(({ name }) => name);
  return names.length <= mostNames + 1
    ? quotedNames(names)
    : `${quotedNames(names.slice(0, mostNames)).replace(' and ', ', ')} and ${names.length - mostNames} more`;
};

function claim({ measured, reached, needed }: Of<'claim'>): Message {
  const lost = measured.filter((value) => !Number.isFinite(value)).length;
  const kind = lost > 0 ? 'claim-diverged' : reached > 0 ? 'claim-on-some' : 'claim-on-none';
  const [seeds, diverged] = [counted(measured.length, 'seed'), counted(lost, 'seed')];
  return tell(kind, { reached, seeds, needed, diverged }, [
    `measured: ${measured.map((value) => numeral(value)).join('  ')}`,
  ]);
}

function drifts({ step, unit: calls }: Of<'drifts'>): Message {
  const unit = calls ?? 'step';
  if (step === 1) return tell('first-call-drifts', { unit });
  return tell('drifts', { unit, step, agree: step === 2 ? `${unit} agrees` : `${step - 1} ${unit}s agree` });
}

function threw({ raised }: Of<'threw'>, { call }: Finding, context: MessageContext): Message {
  const names = (call?.given ?? []).flatMap((value) =>
    typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [],
  );
  return {
    what: `${context.language === 'cell' ? 'The equations cannot be evaluated' : `\`${context.function}\` stopped`}${lineOf(raised)}: ${messageOf(raised)}`,
    quoted: excerpt(raised),
    ...advice(raised, context, names),
  };
}

const capital = (text: string): string => (text.startsWith('`') ? text : text.charAt(0).toUpperCase() + text.slice(1));
