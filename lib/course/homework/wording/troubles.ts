// Why a submission ended before it was done, in words.

import { nearest } from '../../../equations/nearest.ts';
import { counted } from '../../../numbers/counted.ts';
import type { Language } from '../report.ts';
import type { Raised, Trouble } from '../session.ts';
import { idiomOf } from './idioms.ts';
import { advice, excerpt, lineOf, messageOf } from './raised.ts';
import { quotedNames, type Speaking, type Words } from './words.ts';

type Of<Code extends Trouble['code']> = Extract<Trouble, { code: Code }>;
type Several = 'memory' | 'prints' | 'reply-size' | 'processes' | 'file-size';

export function troubleWords(trouble: Trouble, speaking: Speaking): Words {
  switch (trouble.code) {
    case 'syntax':
      return syntax(trouble.raised, speaking.language);
    case 'import':
      return missingModule(trouble, speaking);
    case 'load':
      return {
        what: `The file stopped${lineOf(trouble.raised)} while it was being loaded: ${messageOf(trouble.raised)}.`,
        quoted: excerpt(trouble.raised),
        ...advice(trouble.raised, speaking, []),
      };
    case 'no-function':
      return noFunction(trouble, speaking);
    case 'cell-names':
      return cellNames(trouble);
    case 'exited':
      return exited(trouble, speaking.language);
    case 'never-settled':
      return {
        what: `\`${speaking.function}\` returned a promise that never resolves.`,
        why: 'Everything else in the program had ended, and the promise was still waiting for something that cannot come any more.',
        next: 'Nothing here has to be waited for: take out `async`, `await` and `new Promise`, and return the numbers themselves.',
      };
    case 'too-slow':
      return tooSlow(trouble, speaking);
    case 'memory':
    case 'prints':
    case 'reply-size':
    case 'processes':
    case 'file-size':
      return limits[trouble.code];
    case 'wrong-id':
    case 'second-reply':
    case 'malformed':
    case 'unasked':
      return violation(trouble.code, speaking.language);
    case 'not-a-file':
    case 'too-large':
    case 'link':
    case 'language':
    case 'not-in-equations':
    case 'no-runtime':
      return refused(trouble.code, trouble.got);
    case 'internal':
      return {
        what: 'The checker itself failed. That is not your doing, and it costs you no points.',
        why: `It says: ${messageOf({ name: 'internal error', message: trouble.message })}.`,
        next: 'Try once more; if it happens again, show this message to your teacher.',
      };
  }
}

function syntax(raised: Raised, language: Language): Words {
  if (language === 'cell')
    return {
      what: `The equations cannot be read${lineOf(raised)}.`,
      quoted: raised.message.split('\n'),
      next: 'Mend that line and check again; `unroll cell check FILE` reads it the same way.',
    };
  const message = messageOf(raised);
  return {
    what: `This cannot be read${lineOf(raised)}: ${message}.`,
    quoted: excerpt(raised),
    ...syntaxAdvice(message, language),
  };
}

function syntaxAdvice(message: string, language: Language): Pick<Words, 'why' | 'next'> {
  if (/TabError|inconsistent use of tabs/.test(message))
    return {
      why: 'Some lines are indented by tabs, others by blanks; they look alike, and Python cannot tell which belong together.',
      next: 'Let your editor turn every tab into four blanks ("convert indentation to spaces").',
    };
  if (/IndentationError|indent/.test(message))
    return {
      why: 'Python reads from the indentation what belongs together, and here it does not fit.',
      next: 'Indent the body of a `def`, `for` or `if` by four blanks more than the line above it, all lines alike.',
    };
  if (/Missing parentheses in call to 'print'/.test(message))
    return { why: '`print` without parentheses is Python 2.', next: 'Write `print(…)`, or take it out.' };
  if (/await/.test(message))
    return {
      why: '`await` stands in a function that is not `async`.',
      next: 'Take it out: nothing here has to be waited for.',
    };
  if (/was never closed|end of (?:input|file)|Unexpected EOF|EOF|missing \)|Expected "[)}\]]"/i.test(message))
    return {
      why: 'A bracket is opened and never closed; what is missing may stand well above the line that is named.',
      next: 'Count the brackets from there upwards.',
    };
  if (/invalid character|Unexpected character|non-printable|Invalid or unexpected token/.test(message))
    return {
      why: 'A character there is none of the language: a curly quotation mark or a long minus comes from copying out of a document.',
      next: 'Type that line anew.',
    };
  return {
    why: `The file is not ${language === 'python' ? 'Python' : language === 'typescript' ? 'TypeScript' : 'JavaScript'} as it stands, so nothing of it was run.`,
    next: 'Look at that line and at the end of the one above it: a bracket, a comma or a colon is missing, or one too many.',
  };
}

function missingModule({ missing, raised }: Of<'import'>, { language }: Speaking): Words {
  const root = missing?.split('.')[0];
  if (root === 'numpy')
    return {
      what: 'NumPy is not installed here.',
      why: 'The file imports it, and this Python does not have it.',
      next: 'Install it (`pip install numpy`, or `apt install python3-numpy`), or work on the plain lists that come as arguments.',
    };
  if (missing?.startsWith('.'))
    return {
      what: `The file imports \`${missing}\`, which was not handed in.`,
      why: 'A submission is one file; nothing that lies beside it comes along.',
      next: 'Copy what you need from there into this file.',
    };
  const name = missing === undefined ? undefined : `\`${missing}\``;
  return {
    what:
      name === undefined ? `An import fails: ${messageOf(raised)}.` : `The file imports ${name}, which is not there.`,
    ...(name === undefined ? { quoted: excerpt(raised) } : {}),
    why: `Homework runs alone, with ${language === 'python' ? 'Python’s own library and, where it is installed, NumPy' : 'what Node brings along'}.`,
    next: 'Take the import out; no exercise needs it.',
  };
}

function noFunction(
  { wanted, found, instead }: Of<'no-function'>,
  { language, parameters, function: name }: Speaking,
): Words {
  const define = `\`${idiomOf(language).define(name, parameters)}\``;
  if (instead === 'default')
    return {
      what: `\`${name}\` is not found: the file has a default export only.`,
      why: 'The function is looked up by its name, and a default export has none.',
      next: `Take out the word \`default\`: ${define}`,
    };
  if (instead === 'not-exported')
    return {
      what: `\`${name}\` is there, but it is not exported.`,
      why: 'What a module does not export cannot be seen from outside.',
      next: `Write \`export\` in front of it: ${define}`,
    };
  if (instead === 'not-a-function')
    return {
      what: `\`${name}\` is there, but it is no function.`,
      why: 'A value or a class has that name, or the result of a call is stored under it.',
      next: `Define it as a function: ${define}`,
    };
  const near = wanted.map((one) => closest(one, found)).find((one) => one !== undefined);
  return {
    what: `There is no function \`${name}\` in this file.`,
    why: found.length === 0 ? 'It defines no function at all.' : `It has ${quotedNames(found)}.`,
    next: near === undefined ? `Begin it with ${define}` : `Did you mean \`${near}\`? Call it \`${name}\`.`,
  };
}

/** Within two edits, or the same but for capitals and underscores. */
const closest = (wanted: string, found: readonly string[]): string | undefined =>
  found.find((name) => bare(name) === bare(wanted)) ?? nearest(wanted, found);
const bare = (name: string): string => name.replaceAll('_', '').toLowerCase();

function cellNames({ unknown, missing, given }: Of<'cell-names'>): Words {
  const near = nearest(
    unknown[0] ?? '',
    given.filter((name) => name !== unknown[0]),
  );
  if (unknown.length === 0)
    return {
      what: `These equations never compute ${quotedNames(missing, 'or')}.`,
      why: 'That is what the exercise asks for, under this very name.',
      next: `Add an equation that begins with \`${missing[0]} =\`.`,
    };
  return {
    what: `These equations read ${quotedNames(unknown)}, which the exercise does not give.`,
    why: `It gives ${quotedNames(given)}.`,
    next:
      near === undefined
        ? 'Take these names instead, or compute the others from them in an equation above.'
        : `Did you mean \`${near}\`?`,
  };
}

function exited({ exit, signal }: Of<'exited'>, language: Language): Words {
  if (signal !== undefined)
    return {
      what: `Your program was brought down by ${signal}.`,
      why: 'That happens when memory runs out or calls are nested too deep.',
      next: 'Look for a list that grows without end and for a function that calls itself.',
    };
  return {
    what: `Your code ended the whole program${exit === null || exit === 0 ? '' : ` (exit code ${exit})`} instead of returning.`,
    why: `${idiomOf(language).exit} ends everything, the answer included.`,
    next: 'Take it out and let the function `return`.',
  };
}

function tooSlow({ seconds, loading }: Of<'too-slow'>, { language, function: name }: Speaking): Words {
  return {
    what: loading
      ? `The file was still loading after ${counted(seconds, 'second')}.`
      : `\`${name}\` gave no answer within ${counted(seconds, 'second')}.`,
    why: `Most likely a loop does not end: ${idiomOf(language).loops}.`,
    next: loading
      ? 'Move what is computed outside functions into one, and see what ends each loop.'
      : 'Print the loop’s counter: it shows which loop runs on, and why its end is never reached.',
  };
}

const limits: { readonly [Code in Several]: Words } = {
  memory: {
    what: 'Your program took more memory than it may have.',
    why: 'A few hundred numbers are all that an answer needs, so something grows: a list that is appended to in a loop without end, most often.',
    next: 'Print the length of what you append to.',
  },
  prints: {
    what: 'Your program printed more than 256 KB and was stopped.',
    why: 'A few prints do no harm; these came from a loop that does not end, or from every round of a long one.',
    next: 'Take the print out of the loop, or print in its first round only.',
  },
  'reply-size': {
    what: 'What came back is larger than 1 MB.',
    why: 'The answer has a few hundred numbers at most: something was appended far too often.',
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

function violation(code: Of<'wrong-id' | 'second-reply' | 'malformed' | 'unasked'>['code'], language: Language): Words {
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

function refused(
  code: Of<'not-a-file' | 'too-large' | 'link' | 'language' | 'not-in-equations' | 'no-runtime'>['code'],
  got: string,
): Words {
  return {
    'not-a-file': {
      what: `That is no file that can be handed in: ${got}.`,
      next: 'Give the name of one ordinary file.',
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
      what: `What language this is in cannot be told: ${got}.`,
      next: 'Name it .js, .ts, .py or .cell, or say which with --language.',
    },
    'not-in-equations': {
      what: `This exercise is not answered by equations: ${got}.`,
      why: 'The equations of a step are known here; what is asked for is what goes around them.',
      next: 'Write it in JavaScript, TypeScript or Python, or as a program that answers lines.',
    },
    'no-runtime': {
      what: `What would run it is not installed here: ${got}.`,
      next: 'Install it, or hand the exercise in in another language.',
    },
  }[code];
}
