// Every key of the reader, what it does, and what `h` says of it.

import { wrap } from '../../render/columns.ts';
import type { Look } from '../../render/look.ts';

/** A key as the reader gets it, whatever terminal it came from. */
export interface Key {
  /** `return`, `space`, `up`, `pagedown`, or the character itself. */
  readonly name: string;
  /** What it types. */
  readonly text: string;
  readonly ctrl: boolean;
}

/** What a row of the help says, and the keys behind it with what each does. */
interface Row<Action extends string> {
  readonly shown: string;
  readonly says: string;
  readonly keys: { readonly [A in Action]?: readonly string[] };
}

const actions = [
  'screenOn',
  'screenBack',
  'enter',
  'lineOn',
  'lineBack',
  'halfOn',
  'halfBack',
  'toBeginning',
  'toEnd',
  'nextPart',
  'partBefore',
  'contents',
  'searchOn',
  'searchBack',
  'findOn',
  'findBack',
  'skip',
  'again',
  'edit',
  'help',
  'leave',
] as const;
export type Action = (typeof actions)[number];

const rows: readonly Row<Action>[] = [
  { shown: 'space  f', says: 'on, a screen', keys: { screenOn: [' ', 'space', 'f', 'pagedown', 'ctrl-f', 'ctrl-v'] } },
  { shown: 'b', says: 'back, a screen', keys: { screenBack: ['b', 'pageup', 'ctrl-b'] } },
  {
    shown: 'Enter  j  down',
    says: 'on, a line; answer a question',
    keys: { enter: ['return', 'enter'], lineOn: ['j', 'down', 'ctrl-n', 'ctrl-e'] },
  },
  { shown: 'k  up', says: 'back, a line', keys: { lineBack: ['k', 'up', 'y', 'ctrl-p', 'ctrl-y'] } },
  { shown: 'd  u', says: 'half a screen on, back', keys: { halfOn: ['d', 'ctrl-d'], halfBack: ['u', 'ctrl-u'] } },
  {
    shown: 'g  G',
    says: 'the beginning; the end of what is shown',
    keys: { toBeginning: ['g', 'home', '<'], toEnd: ['G', 'end', '>'] },
  },
  {
    shown: ']  [  right  left',
    says: 'the next part; the one before',
    keys: { nextPart: [']', 'right', 'tab'], partBefore: ['[', 'left'] },
  },
  { shown: 't', says: 'the sections, and to one of them', keys: { contents: ['t'] } },
  {
    shown: '/text  n  N',
    says: 'search (? for back); the next; the one before',
    keys: { searchOn: ['/'], searchBack: ['?'], findOn: ['n'], findBack: ['N'] },
  },
  { shown: 's', says: 'skip a question', keys: { skip: ['s'] } },
  { shown: 'a', says: 'answer a question you passed over, or a quiz again', keys: { again: ['a'] } },
  { shown: 'e', says: 'change a line of the equations', keys: { edit: ['e'] } },
  { shown: 'h', says: 'this', keys: { help: ['h', 'H', 'f1'] } },
  { shown: 'q', says: 'leave; the next time goes on from here', keys: { leave: ['q', 'Q', 'ctrl-c'] } },
];

const actionOf = new Map<string, Action>(
  rows.flatMap(({ keys }) =>
    actions.flatMap((action) => (keys[action] ?? []).map((name): [string, Action] => [name, action])),
  ),
);

/** What a key does; undefined for one that does nothing. */
export const actionFor = ({ name, ctrl }: Key): Action | undefined => actionOf.get(ctrl ? `ctrl-${name}` : name);

export function helpLines(look: Look): string[] {
  const column = Math.max(...rows.map(({ shown }) => shown.length));
  const lines = rows.flatMap(({ shown, says }) =>
    wrap(says, look.width, { first: ` ${shown.padEnd(column)}  `, rest: ' '.repeat(column + 3) }),
  );
  return [look.paint.bold('Keys, as in less'), '', ...lines];
}
