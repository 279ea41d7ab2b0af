// The one place that words what a check found: what is wrong, why, and the next step, in the student's own language.

import { counted } from '../../numbers/counted.ts';
import { numeral } from '../../render/numerals.ts';
import { camelCase } from '../language.ts';
import type { CheckReport, Finding, Problem, Report } from '../report.ts';
import { clueWords } from './clues.ts';
import { advice } from './exceptions.ts';
import { shapeWrong } from './shapes.ts';
import { troubleWords } from './troubles.ts';
import {
  excerpt,
  idiomOf,
  lineOf,
  type Message,
  type MessageContext,
  messageOf,
  quotedNames,
  stopped,
} from './words.ts';

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
    function: language === 'javascript' || language === 'typescript' ? camelCase(name) : name,
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
  if (mistake !== undefined) return recognised(mistake);
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
      if (finding.call === undefined)
        return {
          what: `The cell cannot be trained: ${stopped(problem.because)}`,
          next: 'Change that in its equations, and check again.',
        };
      return {
        what: `It does not hold: ${stopped(problem.because)}`,
        next: 'Make the call below yourself, and follow it through your equations line by line.',
      };
    case 'claim':
      return claim(problem);
    case 'changed-arguments':
      return {
        what: `\`${context.function}\` changes the arguments that it is given: after the call they are not what they were.`,
        why: `${capital(idiom.writes)}, and whoever called still needs it.`,
        next: `Work on a copy: ${idiom.copy}.`,
      };
    case 'result-reused':
      return {
        what: `What \`${context.function}\` had returned changed when it was called again.`,
        why: 'It returns the same list every time and writes into it: one that is made once, outside the function or as a default argument.',
        next: 'Make the list inside the function, so that every call returns its own.',
      };
    case 'remembers':
      return {
        what: `The same call of \`${context.function}\` gave another answer later on.`,
        why: `Something outlives the call: ${idiom.keeps}.`,
        next: 'Let the answer depend on the arguments alone; set every name inside the function.',
      };
    case 'threw':
      return threw(problem, finding, context);
    case 'promise':
      return {
        what: `\`${context.function}\` returned ${context.language === 'python' ? 'a coroutine' : 'a promise'}, not numbers.`,
        why:
          context.language === 'python'
            ? 'It is declared `async def`, so calling it only begins it.'
            : 'Calling an `async` function only begins it: the numbers would come later, and nobody waits.',
        next:
          context.language === 'python'
            ? 'Take out `async` and `await`: nothing here has to be waited for.'
            : 'Take out `async`, `await` and `Promise`: nothing here has to be waited for.',
      };
  }
}

type Mistake = NonNullable<NonNullable<Finding['diagnosis']>['mistake']>;

/** The numbers are exactly those of a mistake that is known. */
const recognised = ({ says, wrong, right }: Mistake): Message => ({
  what: `This is exactly what comes out when ${says}:`,
  quoted: [...wrong, 'instead of', ...right],
  next: 'Compare these lines with yours, change what differs, and check again.',
});

type Of<Code extends Problem['code']> = Extract<Problem, { code: Code }>;

const notANumber = ({ path, got }: Of<'not-a-number'>): Message => ({
  what: `\`${path}\` is ${got}, not a number.`,
  why: /text/.test(got)
    ? 'It was made into text on the way, as `toFixed` or `str` do.'
    : /true or false/.test(got)
      ? 'A comparison gives true or false.'
      : 'Only ordinary numbers can be compared.',
  next: 'Return the number itself, as it is computed.',
});

function notFinite({ path, got }: Of<'not-finite'>, { language }: MessageContext): Message {
  const infinite = /inf/i.test(got);
  const script = language === 'javascript' || language === 'typescript';
  return {
    what: `\`${path}\` is ${got}.`,
    why: infinite
      ? 'Something overflowed: an `exp` of a large number, or a division by zero.'
      : script
        ? 'An index past the end of a list, or a name that a record does not have, is `undefined`; a sum with it is NaN, and so is a product with a list.'
        : 'That is what 0/0, inf − inf or the root of a negative number gives, and whatever is computed from it.',
    next: infinite
      ? 'Check the sign of each exponent: sigmoid(z) is 1 / (1 + exp(-z)).'
      : `${script ? 'Check that every loop stops below the length, `j < x.length`. ' : ''}Print what goes into it, part by part: the first NaN is where it begins.`,
  };
}

function values({ worst, strips = [] }: Finding): Message {
  const place = worst === undefined ? 'one entry' : `\`${worst.path}\``;
  const right = strips.filter(({ errors }) => errors.every((error) => error <= asGoodAsNone));
  const wrong = strips.filter((part) => !right.includes(part));
  return {
    what:
      right.length > 0 && wrong.length > 0
        ? `Wrong: ${someNames(wrong)}. Right: ${someNames(right)}.`
        : worst === undefined
          ? 'The numbers are not those of the equations.'
          : `${place} is furthest from what the equations give.`,
    why: 'These numbers match none of the known mistakes.',
    next: `Work ${place} out by hand from the call below, one equation at a time, and print yours beside it.`,
  };
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
  return {
    what: `It holds on ${reached} of ${counted(measured.length, 'seed')}; it must hold on ${needed}.`,
    quoted: [`measured: ${measured.map((value) => numeral(value)).join('  ')}`],
    why:
      lost > 0
        ? `On ${counted(lost, 'seed')} training diverged: the loss became NaN or infinite.`
        : reached > 0
          ? 'It learns on some seeds and not on others, as is typical of a cell whose gradient rarely reaches far enough back.'
          : 'Always predicting the mean leaves a loss of .167. A cell near that has learned nothing; one in between has learned too little.',
    next:
      lost > 0
        ? 'Bound the state with tanh or gates: a state that grows at every step diverges.'
        : 'Look at it: `unroll gradients` draws how far back the gradient of a cell reaches, and `unroll train adding` how it learns.',
  };
}

const drifts = ({ step, unit }: Of<'drifts'>): Message => driftsOf(step, unit ?? 'step');

const driftsOf = (step: number, unit: 'step' | 'call'): Message =>
  step === 1
    ? {
        what: `The first of several ${unit}s is off already, with numbers that were not asked before.`,
        why: 'What is wrong shows with some numbers only: a branch, a limit, an absolute value.',
        next: 'Follow the call below through your equations line by line.',
      }
    : {
        what: `The first ${step === 2 ? `${unit} agrees` : `${step - 1} ${unit}s agree`}, and ${unit} ${step} does not.`,
        why: `Each ${unit} is given what you returned in the one before, so a small error grows, and a state that is not handed on shows.`,
        next: 'Call it twice yourself, the second time with what the first returned, and compare with the equations.',
      };

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
