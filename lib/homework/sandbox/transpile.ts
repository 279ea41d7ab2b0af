// TypeScript to JavaScript by leaving the types out: every line stays where it is, nothing is checked, nothing is bundled.

import type { Limits } from '../sandbox.ts';
import type { Trouble } from '../session.ts';
import type { Transpiler } from './transpiler.ts';

export type Transpiled =
  | { readonly code: string; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly code?: undefined };

/** Leaving out types would leave out what is in it, too. */
const namespaces = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w.]+[ \t]*\{/m;
const namespaceMessage = 'a namespace is not supported: only types are left out here, nothing is compiled';

export async function transpile(text: string, transpiler: Transpiler, limits: Limits): Promise<Transpiled> {
  const namespace = namespaces.exec(withoutComments(text));
  if (namespace !== null) return syntaxTrouble(text, namespaceMessage, lineAt(text, namespace.index));
  const answered = await transpiler.withoutTypes(text, limits);
  if (answered.trouble !== undefined || answered.code !== undefined) return answered;
  return syntaxTrouble(text, answered.message.replace(/\s*\(\d+:\d+\)$/, ''), answered.line);
}

/** Every character of them is a blank, so that lines stay where they are. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function syntaxTrouble(text: string, message: string, line?: number): Transpiled {
  const source = line === undefined ? undefined : text.split(/\r\n|\n|\r/)[line - 1];
  const where = source === undefined ? {} : { line: line!, text: source.slice(0, 500) };
  return { trouble: { status: 'error', code: 'syntax', raised: { name: 'SyntaxError', message, ...where } } };
}
