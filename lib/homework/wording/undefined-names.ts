// Names that nothing has: never imported, never declared, mistyped, or of a part that a record does not have.

import { nearest } from '../../equations/nearest.ts';
import type { Raised } from '../session.ts';
import { idiomOf } from './idioms.ts';
import type { Words } from './words.ts';
import { quotedNames, type Speaking } from './words.ts';

/** Cause and next step. */
export type Advice = Pick<Words, 'next'> & Partial<Pick<Words, 'why'>>;

const modules: Readonly<Record<string, string>> = {
  np: 'import numpy as np',
  numpy: 'import numpy',
  math: 'import math',
  copy: 'import copy',
};
/** Of Python's `math`, of JavaScript's `Math`, and of any of them or NumPy. */
const ofPython = ['tanh', 'exp', 'log', 'sqrt'];
const ofScript = [...ofPython, 'max', 'min', 'pow', 'abs'];
export const ofAny = [...ofScript, 'dot', 'outer', 'zeros', 'ones', 'sum', 'array', 'asarray'];

/** A name that JavaScript was to make by setting it. */
export function undeclared(name: string, { language }: Speaking, { text = '' }: Raised): Advice | undefined {
  if (language === 'python' || !new RegExp(`(?:^|[;({,])\\s*${name}\\s*=(?!=)`).test(text)) return undefined;
  return {
    why: 'It is assigned without being declared, which a module does not allow.',
    next: `Write \`let ${name} = …\` where it gets its first value${/\bfor\s*\(/.test(text) ? `: \`for (let ${name} = …\`` : ''}.`,
  };
}

export function undefinedName(name: string, speaking: Speaking, known: readonly string[]): Advice {
  const { language, parameters } = speaking;
  if (parameters.includes(name))
    return {
      why: `No argument of the function has the name \`${name}\`.`,
      next: `Begin it with \`${idiomOf(language).define(speaking.function, parameters)}\``,
    };
  if (language === 'python' && modules[name] !== undefined)
    return { why: `\`${name}\` was never imported.`, next: `Add \`${modules[name]}\` as the first line of the file.` };
  if (language !== 'python' && ofScript.includes(name))
    return { why: 'In JavaScript it is part of `Math`.', next: `Write \`Math.${name}\`.` };
  if (language === 'python' && ofPython.includes(name))
    return {
      why: 'In Python it is part of a module.',
      next: `Add \`import math\` at the top and write \`math.${name}\`, or \`np.${name}\` for arrays.`,
    };
  if (name === 'sigmoid')
    return { why: 'There is no such function until you write one.', next: 'Define it above: 1 / (1 + exp(-z)).' };
  const near = nearest(
    name,
    known.filter((other) => other !== name),
  );
  return {
    why: `No variable is called \`${name}\` there.`,
    next:
      near !== undefined
        ? `Did you mean \`${near}\`?`
        : parameters.length === 0
          ? 'Assign it above that line.'
          : `The arguments are called ${quotedNames(parameters)}; any other name must be assigned before it is read.`,
  };
}

/** `p.Wf[0]`: where the line itself names what is missing, that is said. */
export function undefinedPart(
  _: RegExpExecArray,
  { language }: Speaking,
  known: readonly string[],
  { text = '' }: Raised,
): Advice {
  const read = [...text.matchAll(/\.(\w+)|\[["'](\w+)["']\]/g)].map((found) => (found[1] ?? found[2])!);
  const unknown = read.filter((name) => !known.includes(name));
  const near = unknown.map((name) => [name, nearest(name, known)] as const).find(([, other]) => other !== undefined);
  const nothing = idiomOf(language).nothing;
  if (near !== undefined)
    return { why: `\`${near[0]}\` is ${nothing}: no entry has that name.`, next: `Did you mean \`${near[1]}\`?` };
  return {
    why: `Something there is ${nothing}: an index past the end of a list, a name that a record does not have, or a function that returned nothing.`,
    next:
      language === 'python'
        ? 'Print each part of that line to see which it is.'
        : 'Check the loop around it: its index has to stay below the length, `<` and not `<=`. Otherwise print each part of that line.',
  };
}
