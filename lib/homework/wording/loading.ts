// Why a file could not be loaded, or gave nothing that could be called, in words.

import { nearest } from '../../equations/nearest.ts';
import { bareName, type Language, languages } from '../language.ts';
import type { Trouble } from '../session.ts';
import { type Advice, advise, type Message, tell } from './messages.ts';
import { excerpt, idiomOf, lineOf, type MessageContext, messageOf, quotedNames } from './phrases.ts';

type Of<Code extends Trouble['code']> = Extract<Trouble, { code: Code }>;

export function syntax({ raised, packed }: Of<'syntax'>, { language, runtime = '' }: MessageContext): Message {
  const state = /did you mean `(\w+)_t_prev`/.exec(raised.message)?.[1];
  const part = /\b\w+\[["'](\w+)["']\]/.exec(raised.text ?? '')?.[1];
  if (language === 'cell') {
    const id = state !== undefined ? 'equations-of-t' : part !== undefined ? 'equations-of-parts' : 'equations-unread';
    // Its fix is one for another file: the exercise decides what the state is called.
    const quoted = raised.message.split('\n').filter((line) => state === undefined || !line.includes(`did you mean`));
    return tell(id, { where: lineOf(raised), state, part }, quoted);
  }
  // The code is inside something else.
  if (packed === 'notebook') return tell('notebook', { name: nameOf(language) });
  if (packed !== undefined) return tell(packed, { where: lineOf(raised), name: nameOf(language) }, excerpt(raised));
  const message = messageOf(raised);
  return {
    what: `This cannot be read${lineOf(raised)}: ${message}`,
    quoted: excerpt(raised),
    ...(newerPython(raised.text ?? '', language, runtime) ?? syntaxAdvice(message, language, raised.text ?? '')),
  };
}

const nameOf = (language: Language): string => languages[language].name;

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
function newerPython(text: string, language: Language, runtime: string): Advice | undefined {
  const minor = Number(/^Python 3\.(\d+)/.exec(runtime)?.[1]);
  const found = language === 'python' ? newer.find(([pattern]) => pattern.test(text)) : undefined;
  if (found === undefined || !(minor < found[2])) return undefined;
  const [, says, since, instead] = found;
  return advise('newer-python', { says, since, minor, instead });
}

/** What only TypeScript has. */
const types =
  /[\w\])]\s*\??:\s*(?:number|string|boolean|any|void|readonly|Record<|Array<)|^\s*(?:export\s+)?(?:interface|enum)\s+\w|^\s*(?:export\s+)?type\s+\w+\s*=|^\s*import\s+type\b/;

/** In this order: the first that a message is like. */
const syntaxCauses: readonly (readonly [RegExp, string])[] = [
  [/Unexpected token 'export'|import statement outside a module/, 'commonjs'],
  [/a namespace is not supported/, 'namespace'],
  [/TabError|inconsistent use of tabs/, 'tabs'],
  [/Maximum call stack|too many nested|too many statically nested|recursion depth/, 'nested-too-deep'],
  [/Unterminated comment/, 'open-comment'],
  [/unterminated/i, 'open-string'],
  [/IndentationError|indent/, 'indentation'],
  [/expected ':'/, 'colon'],
  [/Missing parentheses in call to 'print'/, 'print-statement'],
  [/await/, 'await'],
  [/was never closed|end of (?:input|file)|Unexpected EOF|EOF|missing \)|Expected "[)}\]]"/i, 'open-bracket'],
  [/invalid character|Unexpected character|non-printable|Invalid or unexpected token/, 'foreign-character'],
];

function syntaxAdvice(message: string, language: Language, text: string): Advice {
  if (language === 'javascript' && types.test(text)) return advise('types-in-javascript');
  if (language !== 'python' && /^\s*@\w/.test(text)) return advise('decorator');
  const cause = syntaxCauses.find(([pattern]) => pattern.test(message))?.[1] ?? 'not-the-language';
  return advise(cause, { language: nameOf(language), ending: languages[language].ending });
}

export function missingModule({ missing, raised }: Of<'import'>, { language }: MessageContext): Message {
  const root = missing?.split('.')[0];
  if (root === 'numpy') return tell('no-numpy');
  if (missing?.startsWith('.')) return tell('other-file', { missing });
  const imported = language === 'python' ? /^\s*(?:import|from)\s+(\w+)/.exec(raised.text ?? '')?.[1] : undefined;
  const part = /cannot import name '([A-Za-z]\w*)'/.exec(raised.message)?.[1];
  if (imported !== undefined && part !== undefined) return tell('no-such-import', { imported, part }, excerpt(raised));
  // A package that is there and lacks a part of its own, or a library of the system.
  if (imported !== undefined && (raised.name !== 'ModuleNotFoundError' || root !== imported))
    return tell('import-fails', { imported, raised: messageOf(raised) }, excerpt(raised));
  const library =
    language === 'python' ? 'Python’s own library and, where it is installed, NumPy' : 'what Node brings along';
  return missing === undefined
    ? tell('some-import-fails', { raised: messageOf(raised), library }, excerpt(raised))
    : tell('not-installed', { missing, library });
}

export function noFunction(
  { wanted, found, instead }: Of<'no-function'>,
  { language, parameters, function: name }: MessageContext,
): Message {
  const define = `\`${idiomOf(language).define(name, parameters)}\``;
  if (instead !== undefined) return tell(instead === 'default' ? 'default-export' : instead, { name, define });
  const near = wanted.map((one) => closest(one, found)).find((one) => one !== undefined);
  const has = found.length === 0 ? 'It defines no function at all.' : `It has ${quotedNames(found)}.`;
  const isClass = found.some((one) => /^[A-Z]/.test(one));
  return tell(near !== undefined ? 'function-renamed' : isClass ? 'class-alone' : 'no-function', {
    name,
    has,
    near,
    define,
  });
}

/** Within two edits, or the same but for capitals and underscores. */
const closest = (wanted: string, found: readonly string[]): string | undefined =>
  found.find((name) => bareName(name) === bareName(wanted)) ?? nearest(wanted, found);

export function cellNames({ unknown, missing, given, made = [] }: Of<'cell-names'>): Message {
  const named = missing.flatMap((name) => made.filter((other) => other.replace(/_(t|new|next)$/, '') === name));
  const [first, wanted, other] = [missing[0] ?? '', quotedNames(missing), named[0]];
  if (other !== undefined) return tell('equation-of-t', { named: quotedNames(named), wanted, first, other });
  if (unknown.length === 0) return tell('equation-missing', { wanted: quotedNames(missing, 'or'), first });
  const near = given.filter((name) => nearest(unknown[0]!, [name]) !== undefined);
  const isNear = near.length > 0 && near.length <= 3;
  return tell(isNear ? 'equation-names-mistyped' : 'equation-names', {
    unknown: quotedNames(unknown),
    given: quotedNames(given),
    near: quotedNames(near, 'or'),
  });
}
