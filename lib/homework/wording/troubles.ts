// Why a submission ended before it was done, in words.

import { counted } from '../../numbers/counted.ts';
import type { Language } from '../language.ts';
import type { Trouble } from '../session.ts';
import { advice } from './exceptions.ts';
import { cellNames, missingModule, noFunction, syntax } from './loading.ts';
import { excerpt, idiomOf, lineOf, type Message, type MessageContext, messageOf } from './words.ts';

type Of<Code extends Trouble['code']> = Extract<Trouble, { code: Code }>;
type Several = 'memory' | 'prints' | 'reply-size' | 'processes' | 'file-size';

/** `said`: the first line that was printed by what has answered nothing yet. */
export function troubleWords(trouble: Trouble, context: MessageContext, said?: string): Message {
  switch (trouble.code) {
    case 'syntax':
      return syntax(trouble, context);
    case 'import':
      return missingModule(trouble, context);
    case 'load':
      return {
        what: `The file stopped${lineOf(trouble.raised)} while it was being loaded: ${messageOf(trouble.raised)}`,
        quoted: excerpt(trouble.raised),
        // Outside functions there are no arguments.
        ...advice(trouble.raised, { ...context, parameters: [], returns: [] }, []),
      };
    case 'no-function':
      return noFunction(trouble, context);
    case 'cell-names':
      return cellNames(trouble);
    case 'exited':
      return exited(trouble, context.language);
    case 'never-settled':
      return trouble.loading
        ? neverLoaded
        : {
            what: `\`${context.function}\` returned a promise that never resolves.`,
            why: 'Everything else in the program had ended, and nothing was left that could resolve the promise.',
            next: 'Nothing here needs to wait: remove `async`, `await` and `new Promise`, and return the numbers themselves.',
          };
    case 'too-slow':
      return said !== undefined && context.language === 'program'
        ? silentProgram(trouble.seconds, said)
        : tooSlow(trouble, context);
    case 'memory':
      return trouble.importing === undefined ? limits.memory : importing(trouble.importing);
    case 'prints':
    case 'reply-size':
    case 'processes':
    case 'file-size':
      return limits[trouble.code];
    case 'wrong-id':
    case 'second-reply':
    case 'malformed':
    case 'unasked':
      return violation(trouble, context.language);
    case 'not-a-file':
    case 'no-permission':
    case 'too-large':
    case 'link':
    case 'language':
    case 'not-in-equations':
    case 'only-equations':
    case 'no-runtime':
      return refused(trouble);
    case 'internal':
      return {
        what: 'The checker itself failed. That is not your doing, and it costs you no points.',
        why: `It says: ${messageOf({ name: 'internal error', message: trouble.message })}`,
        next: 'Try once more; if it happens again, show this message to your teacher.',
      };
  }
}

const neverLoaded: Message = {
  what: 'The file never finishes loading: an `await` outside the functions waits for something that never comes.',
  why: 'Everything else in the program had ended. No function was called.',
  next: 'Remove that `await` and its promise: nothing here needs to wait.',
};

const importing = (name: string): Message => ({
  what: `There was not enough memory to load \`${name}\`.`,
  why: 'It is installed, but loading it takes more memory than the limit for a submission, 512 MB by default.',
  next: 'Check it with more memory, `--memory 1024` or above, or remove the import: no exercise needs it.',
});

/** A program that answers lines; `said`: the first line that it printed. */
function silentProgram(seconds: number, said: string): Message {
  return {
    what: `No line of JSON came within ${counted(seconds, 'second')}.${said === '' ? '' : ' The first line that did come is:'}`,
    ...(said === '' ? {} : { quoted: [said] }),
    why:
      said === ''
        ? 'Nothing came at all: perhaps the line waits in a buffer that is not flushed, or a loop does not end.'
        : 'A line that is no JSON counts as a print, and the answer is waited for.',
    next: 'Answer each line of input by one of `{"id": …, "value": …}`, and flush it: lessons/exercises/PROTOCOL.md says how.',
  };
}

function exited({ exit, signal }: Of<'exited'>, language: Language): Message {
  if (signal !== undefined)
    return {
      what: `Your program was brought down by ${signal}.`,
      why: 'That happens when memory runs out or calls are nested too deep.',
      next: 'Look for a list that grows without end and for a function that calls itself.',
    };
  if (language === 'program')
    return {
      what: `Your program ended${exit === null || exit === 0 ? '' : ` (exit code ${exit})`} before it had answered.`,
      why: 'It is asked line after line and has to go on until its input ends; an error in it ends it earlier.',
      next: 'Give it one line of input yourself and see what it prints: lessons/exercises/PROTOCOL.md shows such lines.',
    };
  return {
    what: `Your code ended the whole program${exit === null || exit === 0 ? '' : ` (exit code ${exit})`} instead of returning.`,
    why: `${idiomOf(language).exit} ends everything, the answer included.`,
    next: 'Take it out and let the function `return`.',
  };
}

function tooSlow(
  { seconds, loading, reading, starved, waits }: Of<'too-slow'>,
  { language, function: name }: MessageContext,
): Message {
  if (reading)
    return {
      what: `The types could not be taken out of the file within ${counted(seconds, 'second')}, so nothing of it was run.`,
      why: 'Reading takes very long where generic functions or types stand in one another many times over.',
      next: 'Give each of them a line and a name of its own, or hand the exercise in as JavaScript.',
    };
  if (starved || waits)
    return {
      what: `${loading ? 'Loading the file' : `\`${name}\``} did not finish within ${counted(seconds, 'second')}, with little processor time.`,
      why: starved
        ? 'It computed, but the machine was busy. A loop that does not end is also possible.'
        : 'It waits for something: a sleep, a lock, a promise, another program.',
      next: starved
        ? 'Check it again while the machine is idle, or with a higher --limit.'
        : 'Remove what waits: everything that is needed is passed as an argument.',
    };
  return {
    what: loading
      ? `The file was still loading after ${counted(seconds, 'second')}.`
      : `\`${name}\` was not done within ${counted(seconds, 'second')}.`,
    why: `Most likely a loop does not end: ${idiomOf(language).loops}.`,
    next: loading
      ? 'Move what is computed outside functions into one, and see what ends each loop.'
      : 'Print the loop’s counter: it shows which loop runs on, and why its end is never reached.',
  };
}

const limits: { readonly [Code in Several]: Message } = {
  memory: {
    what: 'Your program took more memory than it may have.',
    why: 'A few hundred numbers are all that an answer needs, so something grows: a list that is appended to in a loop without end, most often.',
    next: 'Print the length of what you append to. What really needs more can be checked with `--memory 1024`.',
  },
  prints: {
    what: 'Your program printed more than 256 KB and was stopped.',
    why: 'A few prints do no harm; these came from a loop that does not end, or from every round of a long one.',
    next: 'Take the print out of the loop, or print in its first round only.',
  },
  'reply-size': {
    what: 'What came back is larger than 1 MB.',
    why: 'The answer has a few hundred numbers at most: something was appended far too often, or contains itself.',
    next: 'Look at the length of what you return just before you return it.',
  },
  processes: {
    what: 'Your program started more processes or threads than it may.',
    why: 'One process is enough for every exercise.',
    next: 'Take out what starts others: worker threads, `multiprocessing`, `subprocess`.',
  },
  'file-size': {
    what: 'Your program wrote a file larger than it may.',
    why: 'No exercise needs a file.',
    next: 'Take out what writes, and return the numbers instead.',
  },
};

type Violation = Of<'wrong-id' | 'second-reply' | 'malformed' | 'unasked'>;

function violation({ code, word }: Violation, language: Language): Message {
  if (word !== undefined)
    return {
      what: `The answer has \`${word}\` where \`value\` is wanted.`,
      why: 'A line of the answer is a record of two: the `id` of the question, and `value`, or `error` where there is none.',
      next: `Write \`{"id": …, "value": …}\`: lessons/exercises/PROTOCOL.md shows such lines.`,
    };
  const what = {
    'wrong-id': 'An answer came with an id that was never asked for.',
    'second-reply': 'A question was answered twice.',
    malformed: 'An answer came that is no line of JSON of the agreed form.',
    unasked: 'An answer came before anything was asked.',
  }[code];
  return language === 'program'
    ? {
        what,
        why: 'Each line of input has one answer: one line of JSON with the same `id`, and the next question comes after it.',
        next: 'Answer each line once, write nothing else as JSON to standard output, and print to standard error.',
      }
    : {
        what: `${what} The run was ended there, and it counts for nothing.`,
        why: 'The channel that carries the answers belongs to the checker; something in this file wrote to it.',
        next: 'Take out whatever opens or writes file descriptors, and return the numbers from the function.',
      };
}

type Refused = Extract<Trouble, { status: 'refused' }>;

function refused({ code, got }: Refused): Message {
  return {
    'not-a-file': {
      what: `This cannot be handed in: ${got}.`,
      next: 'Give the name of one ordinary file.',
    },
    'no-permission': {
      what: `There is no permission to read this file: ${got}.`,
      why: 'It belongs to another user, or its mode denies reading. It was not run.',
      next: 'Its owner can allow it with `chmod +r`.',
    },
    'too-large': {
      what: `The file is too large: ${got}.`,
      why: 'A solution is a page of text; at most 1 MB is taken.',
      next: 'Hand in the source alone.',
    },
    link: {
      what: `That is a link, not a file: ${got}.`,
      why: 'Links are not followed.',
      next: 'Hand in the file itself.',
    },
    language: {
      what: `The name does not say what language this is in: ${got}.`,
      next: 'Name it .js, .ts, .py or .cell, or say which with --language.',
    },
    'not-in-equations': {
      what: `This exercise is not answered by equations: ${got}.`,
      why: 'The equations of a step are known here; what is asked for is what goes around them.',
      next: 'Write it in JavaScript, TypeScript or Python, or as a program that answers lines.',
    },
    'only-equations': {
      what: `This exercise wants equations, a \`.cell\`, and this is something else: ${got}.`,
      why: 'What is handed in is trained here, and for that it is differentiated; code of another language cannot be.',
      next: 'Write the step as equations, `h = tanh(…)`, into a file that ends in .cell.',
    },
    'no-runtime': {
      what: `What would run it is not installed here: ${got}.`,
      next: 'Install it, or write the exercise in another language.',
    },
  }[code];
}
