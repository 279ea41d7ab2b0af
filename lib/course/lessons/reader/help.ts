// The keys, as `h` shows them.

import type { Look } from '../../../render/look.ts';
import { wrap } from '../../../render/wrap.ts';

const keys: readonly (readonly [string, string])[] = [
  ['space  f', 'on, a screen'],
  ['b', 'back, a screen'],
  ['Enter  j  down', 'on, a line; answer a question'],
  ['k  up', 'back, a line'],
  ['d  u', 'half a screen on, back'],
  ['g  G', 'the beginning; the end of what is shown'],
  [']  [  right  left', 'the next part; the one before'],
  ['t', 'the sections, and to one of them'],
  ['/text  n  N', 'search; the next; the one before'],
  ['s', 'skip a question'],
  ['a', 'answer a quiz again'],
  ['e', 'change a line of the equations'],
  ['h', 'this'],
  ['q', 'leave; the next time goes on from here'],
];

export function helpLines(look: Look): string[] {
  const column = Math.max(...keys.map(([key]) => key.length));
  const rows = keys.flatMap(([key, says]) =>
    wrap(says, look.width, { first: ` ${key.padEnd(column)}  `, rest: ' '.repeat(column + 3) }),
  );
  return [look.paint.bold('Keys, as in less'), '', ...rows];
}
