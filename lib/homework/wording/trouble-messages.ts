// Why a submission ended before it was done, in words.

import { counted } from '../../numbers/counted.ts';
import type { Language } from '../language.ts';
import type { Trouble } from '../session.ts';
import { advice } from './exceptions.ts';
import { cellNames, missingModule, noFunction, syntax } from './loading.ts';
import { type Message, tell } from './messages.ts';
import { excerpt, idiomOf, lineOf, type MessageContext, messageOf } from './phrases.ts';

type Of<Code extends Trouble['code']> = Extract<Trouble, { code: Code }>;

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
      return tell(trouble.loading ? 'never-loaded' : 'never-settled', { function: context.function });
    case 'too-slow':
      return said !== undefined && context.language === 'program'
        ? silentProgram(trouble.seconds, said)
        : tooSlow(trouble, context);
    case 'memory':
      return trouble.importing === undefined ? tell('memory') : tell('memory-of-import', { name: trouble.importing });
    case 'prints':
    case 'reply-size':
    case 'processes':
    case 'file-size':
      return tell(trouble.code);
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
      return tell(trouble.code, { got: trouble.got });
    case 'internal':
      return tell('internal', { says: messageOf({ name: 'internal error', message: trouble.message }) });
  }
}

/** A program that answers lines; `said`: the first line that it printed. */
function silentProgram(limit: number, said: string): Message {
  const seconds = counted(limit, 'second');
  return said === '' ? tell('silent-program', { seconds }) : tell('printing-program', { seconds }, [said]);
}

function exited({ exit, signal }: Of<'exited'>, language: Language): Message {
  if (signal !== undefined) return tell('brought-down', { signal });
  const code = exit === null || exit === 0 ? '' : ` (exit code ${exit})`;
  return tell(language === 'program' ? 'program-ended' : 'code-exited', { code, exit: idiomOf(language).exit });
}

function tooSlow(trouble: Of<'too-slow'>, { language, function: name }: MessageContext): Message {
  const { loading, reading, starved, waits } = trouble;
  const seconds = counted(trouble.seconds, 'second');
  if (reading) return tell('types-take-long', { seconds });
  const subject = loading ? 'Loading the file' : `\`${name}\``;
  if (starved || waits) return tell(starved ? 'starved' : 'waits', { subject, seconds });
  return tell(loading ? 'slow-loading' : 'slow-call', { subject, seconds, loops: idiomOf(language).loops });
}

function violation(
  { code, word }: Of<'wrong-id' | 'second-reply' | 'malformed' | 'unasked'>,
  language: Language,
): Message {
  if (word !== undefined) return tell('wrong-word', { word });
  const what = {
    'wrong-id': 'An answer came with an id that was never asked for.',
    'second-reply': 'A question was answered twice.',
    malformed: 'An answer came that is no line of JSON of the agreed form.',
    unasked: 'An answer came before anything was asked.',
  }[code];
  return tell(language === 'program' ? 'wrong-answer' : 'wrong-channel', { what });
}
