// TypeScript to JavaScript by leaving the types out: every line stays where it is, nothing is checked, nothing is bundled.

import { transform } from 'sucrase';
import type { Trouble } from '../session.ts';

export type Transpiled =
  | { readonly code: string; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly code?: undefined };

/** Leaving out types would leave out what is in it, too. */
const namespaces = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w.]+[ \t]*\{/m;

export function transpile(text: string): Transpiled {
  const namespace = namespaces.exec(withoutComments(text));
  if (namespace !== null) return { trouble: namespaceTrouble(text, namespace.index) };
  try {
    const { code } = transform(text, {
      transforms: ['typescript'],
      disableESTransforms: true,
      preserveDynamicImport: true,
    });
    return { code };
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number } };
    const line = loc?.line;
    const source = line === undefined ? undefined : text.split(/\r\n|\n|\r/)[line - 1];
    return {
      trouble: {
        status: 'error',
        code: 'syntax',
        raised: {
          name: 'SyntaxError',
          message: message.replace(/\s*\(\d+:\d+\)$/, ''),
          ...(source === undefined ? {} : { line: line!, text: source.slice(0, 500) }),
        },
      },
    };
  }
}

/** Every character of them is a blank, so that lines stay where they are. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ' '));

function namespaceTrouble(text: string, index: number): Trouble {
  const line = text.slice(0, index).split('\n').length;
  const message = 'a namespace is not supported: only types are left out here, nothing is compiled';
  const source = text.split(/\r\n|\n|\r/)[line - 1] ?? '';
  return {
    status: 'error',
    code: 'syntax',
    raised: { name: 'SyntaxError', message, line, text: source.slice(0, 500) },
  };
}
