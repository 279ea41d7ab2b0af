// Why a file could not be loaded, or gave nothing that could be called, in words.

import { nearest } from '../../equations/nearest.ts';
import { type Language, languages } from '../language.ts';
import type { Raised, Trouble } from '../session.ts';
import { excerpt, idiomOf, lineOf, type Message, type MessageContext, messageOf, quotedNames } from './words.ts';

type Of<Code extends Trouble['code']> = Extract<Trouble, { code: Code }>;

export function syntax({ raised, packed }: Of<'syntax'>, { language, runtime = '' }: MessageContext): Message {
  const state = /did you mean `(\w+)_t_prev`/.exec(raised.message)?.[1];
  const part = /\b\w+\[["'](\w+)["']\]/.exec(raised.text ?? '')?.[1];
  if (language === 'cell')
    return {
      what: `The equations cannot be read${lineOf(raised)}:`,
      // Its fix is one for another file: the exercise decides what the state is called.
      quoted: raised.message.split('\n').filter((line) => state === undefined || !line.includes(`did you mean`)),
      next:
        state !== undefined
          ? `Write \`${state} = …\` where you have \`${state}_t = …\`: the new state is \`${state}\`, the one before it \`${state}_prev\`.`
          : part !== undefined
            ? `Write \`${part}\`: in a cell every part of the record has its own name, and a product is \`*\`.`
            : 'Fix that line and check again; `unroll cell check FILE` reads it the same way.',
    };
  if (packed !== undefined) return packing(packed, raised, language);
  const message = messageOf(raised);
  return {
    what: `This cannot be read${lineOf(raised)}: ${message}`,
    quoted: excerpt(raised),
    ...(newerPython(raised.text ?? '', language, runtime) ?? syntaxAdvice(message, language, raised.text ?? '')),
  };
}

const nameOf = (language: Language): string => languages[language].name;

/** The code is inside something else. */
function packing(packed: NonNullable<Of<'syntax'>['packed']>, raised: Raised, language: Language): Message {
  const name = nameOf(language);
  const quoted = packed === 'notebook' ? [] : excerpt(raised);
  return {
    notebook: {
      what: `This is a whole notebook, saved as a file whose name ends as one of ${name} does.`,
      why: 'A notebook keeps its cells as JSON, and that is no program.',
      next: 'Save it anew as a script: in Jupyter “File → Save and Export Notebook As → Executable Script”.',
    },
    fences: {
      what: `This cannot be read${lineOf(raised)}: the code stands between the fences of a Markdown text.`,
      quoted,
      why: `A line of three backquotes begins and ends code in Markdown; to ${name} it is none.`,
      next: 'Take out both of these lines, and whatever stands outside of them.',
    },
    commands: {
      what: `This cannot be read${lineOf(raised)}: that is a command of a notebook.`,
      quoted,
      why: `Lines that begin with \`%\` or \`!\`, and calls of \`get_ipython()\`, which nbconvert writes in their place, work only in Jupyter.`,
      next: 'Take out every such line: nothing has to be installed or drawn here.',
    },
  }[packed];
}

/** What Python has learned since 3.8, by the line that it stands in. */
const newer: readonly (readonly [pattern: RegExp, says: string, minor: number, instead: string])[] = [
  [/^\s*(?:match\s.*|case\s.*):\s*(?:#.*)?$/, '`match` and `case`', 10, '`if` and `elif`'],
  [/^\s*except\s*\*/, '`except*`', 11, '`except`'],
  [
    /^\s*type\s+\w+\s*(?:\[.*\])?\s*=/,
    'A line that begins with `type`',
    12,
    'a plain assignment, `Vector = …`, or nothing at all',
  ],
  [
    /^\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[/,
    'Square brackets behind the name of a function or a class',
    12,
    'no brackets: types are not needed',
  ],
];

/** Where that line needs a newer Python than the one that runs it. */
function newerPython(text: string, language: Language, runtime: string): Pick<Message, 'why' | 'next'> | undefined {
  const minor = Number(/^Python 3\.(\d+)/.exec(runtime)?.[1]);
  const found = language === 'python' ? newer.find(([pattern]) => pattern.test(text)) : undefined;
  if (found === undefined || !(minor < found[2])) return undefined;
  const [, says, since, instead] = found;
  return {
    why: `${says}: that came with Python 3.${since}, and here Python 3.${minor} runs.`,
    next: `Write it as older ones have it: ${instead}.`,
  };
}

/** What only TypeScript has. */
const types =
  /[\w\])]\s*\??:\s*(?:number|string|boolean|any|void|readonly|Record<|Array<)|^\s*(?:export\s+)?(?:interface|enum)\s+\w|^\s*(?:export\s+)?type\s+\w+\s*=|^\s*import\s+type\b/;

function syntaxAdvice(message: string, language: Language, text: string): Pick<Message, 'why' | 'next'> {
  if (language === 'javascript' && types.test(text))
    return {
      why: 'That line has types, and JavaScript has none.',
      next: 'Give the file a name that ends in .ts, or take the types out.',
    };
  if (language !== 'python' && /^\s*@\w/.test(text))
    return {
      why: 'A word behind an `@` is a decorator, and those are not supported: only types are left out here.',
      next: 'Take out the line with the `@`, and call what it names yourself where it is needed.',
    };
  if (/Unexpected token 'export'|import statement outside a module/.test(message))
    return {
      why: 'A file whose name ends in .cjs or .cts is no module, so it has no `import` and no `export`.',
      next: `Rename it: let its name end in ${languages[language].ending}.`,
    };
  if (/a namespace is not supported/.test(message))
    return {
      why: 'A `namespace` holds code, and a file is a module without it.',
      next: 'Take out the `namespace` and its braces, and put what is in it at the top of the file.',
    };
  if (/TabError|inconsistent use of tabs/.test(message))
    return {
      why: 'Some lines are indented by tabs, others by blanks; they look alike, and Python cannot tell which belong together.',
      next: 'Let your editor turn every tab into four blanks ("convert indentation to spaces").',
    };
  if (/Maximum call stack|too many nested|too many statically nested|recursion depth/.test(message))
    return {
      why: 'Brackets or blocks stand in one another so deep that the file cannot be read.',
      next: 'Write it in several lines, and give what is inside names of its own.',
    };
  if (/Unterminated comment/.test(message))
    return {
      why: 'A comment is begun and never ended: the rest of the file counts as part of it.',
      next: 'Put `*/` where it should end.',
    };
  if (/unterminated/i.test(message))
    return {
      why: 'A text in quotation marks is begun and never ended.',
      next: 'Put the missing quotation mark where it should end; of a text that holds one itself, use the other kind outside.',
    };
  if (/IndentationError|indent/.test(message))
    return {
      why: 'Python reads from the indentation what belongs together, and here it does not fit.',
      next: 'Indent the body of a `def`, `for` or `if` by four blanks more than the line above it, all lines alike.',
    };
  if (/expected ':'/.test(message))
    return {
      why: 'A line that begins with `def`, `for`, `while`, `if` or `else` ends with a colon.',
      next: 'Put the colon at the end of that line.',
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
    why: `The file is not ${nameOf(language)} as it stands, so nothing of it was run.`,
    next: 'Look at that line and at the end of the one above it: a bracket, a comma or a colon is missing, or one too many.',
  };
}

export function missingModule({ missing, raised }: Of<'import'>, { language }: MessageContext): Message {
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
  const imported = language === 'python' ? /^\s*(?:import|from)\s+(\w+)/.exec(raised.text ?? '')?.[1] : undefined;
  const part = /cannot import name '([A-Za-z]\w*)'/.exec(raised.message)?.[1];
  if (imported !== undefined && part !== undefined)
    return {
      what: `\`${imported}\` has no \`${part}\` here.`,
      quoted: excerpt(raised),
      next: 'Check how it is spelled, or remove the import: no exercise needs it.',
    };
  // A package that is there and lacks a part of its own, or a library of the system.
  if (imported !== undefined && (raised.name !== 'ModuleNotFoundError' || root !== imported))
    return {
      what: `\`${imported}\` is installed, but it cannot be loaded: ${messageOf(raised)}`,
      quoted: excerpt(raised),
      why: 'Either a part of it is missing, or it needs more memory than a submission may use.',
      next: 'Remove the import, as no exercise needs it, or check with more memory: `--memory 1024`.',
    };
  const name = missing === undefined ? undefined : `\`${missing}\``;
  return {
    what:
      name === undefined
        ? `An import fails: ${messageOf(raised)}`
        : `The file imports ${name}, which is not installed here.`,
    ...(name === undefined ? { quoted: excerpt(raised) } : {}),
    why: `Homework runs alone, with ${language === 'python' ? 'Python’s own library and, where it is installed, NumPy' : 'what Node brings along'}.`,
    next: 'Take the import out; no exercise needs it.',
  };
}

export function noFunction(
  { wanted, found, instead }: Of<'no-function'>,
  { language, parameters, function: name }: MessageContext,
): Message {
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
    next:
      near === undefined && found.some((one) => /^[A-Z]/.test(one))
        ? `Only functions are called: add one that creates an object of the class and returns what its step returns, ${define}`
        : near === undefined
          ? `Begin it with ${define}`
          : `Is it \`${near}\`? Then call it \`${name}\`.`,
  };
}

/** Within two edits, or the same but for capitals and underscores. */
const closest = (wanted: string, found: readonly string[]): string | undefined =>
  found.find((name) => bare(name) === bare(wanted)) ?? nearest(wanted, found);
const bare = (name: string): string => name.replaceAll('_', '').toLowerCase();

export function cellNames({ unknown, missing, given, made = [] }: Of<'cell-names'>): Message {
  const named = missing.flatMap((name) => made.filter((other) => other.replace(/_(t|new|next)$/, '') === name));
  if (named.length > 0)
    return {
      what: `These equations compute ${quotedNames(named)}; what is wanted is called ${quotedNames(missing)}.`,
      why: 'The new state has the bare name, `h`, and the one before it is `h_prev`: no equation carries a t.',
      next: `Write \`${missing[0]} =\` where you have \`${named[0]} =\`.`,
    };
  if (unknown.length === 0)
    return {
      what: `These equations never compute ${quotedNames(missing, 'or')}.`,
      why: 'That is what the exercise asks for, under this very name.',
      next: `Add an equation that begins with \`${missing[0]} =\`.`,
    };
  const near = given.filter((name) => nearest(unknown[0]!, [name]) !== undefined);
  return {
    what: `These equations read ${quotedNames(unknown)}, which the exercise does not give.`,
    why: `It gives ${quotedNames(given)}.`,
    next:
      near.length === 0 || near.length > 3
        ? 'Take these names instead, or compute the others from them in an equation above.'
        : `Did you mean ${quotedNames(near, 'or')}?`,
  };
}
