// TypeScript to JavaScript by leaving the types out: every line stays where it is, nothing is checked, nothing is bundled.

import { transform } from 'sucrase';
import type { Trouble } from '../session.ts';

export type Transpiled =
  | { readonly code: string; readonly trouble?: undefined }
  | { readonly trouble: Trouble; readonly code?: undefined };

export function transpile(text: string): Transpiled {
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
