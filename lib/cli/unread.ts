// An argument that nothing has read is refused: a command reads each argument where it needs it, so one that is left
// would have had no effect. No list of valid combinations is kept.

import { InputError } from '../equations/input-error.ts';
import type { Arguments } from '../options/option.ts';
import { camelCase, isFlag } from '../options/option.ts';
import type { CommandPlace } from './command-line.ts';

/** Known to every bundle, each of which has a copy of this file. */
const state = Symbol.for('unroll: what has been read');

interface State {
  readonly args: Arguments;
  readonly place: CommandPlace;
  readonly unread: Set<string>;
}

/** The arguments, which note what is read of them. A copy made with `...` reads nothing: change them with `changed`. */
export function tracked(args: Arguments, place: CommandPlace): Arguments {
  const given = Object.keys(args).filter((key) => /^[a-z]\w*$/i.test(key) && args[key] !== undefined);
  const unread = new Set(given.filter((key) => !Array.isArray(args[key]) || args[key].length > 0));
  const known: State = { args, place, unread };
  let copied: PropertyKey | undefined;
  return new Proxy(args, {
    get(target, key) {
      if (key === state) return known;
      if (key !== copied) unread.delete(String(key));
      copied = undefined;
      return Reflect.get(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      copied = key;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

const stateOf = (args: object): State | undefined => (args as { readonly [state]?: State })[state];

/** The same arguments but for these. */
export const changed = <Of extends object>(
  args: Of,
  changes: { readonly [key in keyof Of]?: Of[key] | undefined },
): Of => Object.assign(Object.create(args), changes);

/** As a plain object, for another thread. */
export const plainArguments = (args: object): Arguments => stateOf(args)?.args ?? (args as Arguments);

/** Throws InputError for an argument that nothing has read so far. */
export function refuseUnread(args: object): void {
  const known = stateOf(args);
  const [key] = known?.unread ?? [];
  if (known === undefined || key === undefined) return;
  const options = known.place.command?.options ?? {};
  const optionOf = (name: string) => Object.keys(options).find((option) => camelCase(option) === name);
  const option = optionOf(key);
  const typed = option === undefined ? [known.args[key]].flat().join(' ') : `--${option}`;
  // What asks for something else than the command does without it.
  const other = Object.keys(known.args)
    .filter((name) => name !== key && known.args[name] !== undefined)
    .map(optionOf)
    .find((name) => name !== undefined && (options[name]!.group === 'Instead:' || isQuestion(options[name]!)));
  const line = ['unroll', ...known.place.path, ...(other === undefined ? [] : [`--${other}`])].join(' ');
  throw noEffect(typed, key === 'force' ? 'no file is written' : `\`${line}\` does not use it`);
}

const isQuestion = (option: Parameters<typeof isFlag>[0]): boolean => isFlag(option) && option.group !== 'Output:';

/** An option that changes nothing, and why. */
export const noEffect = (option: string, why: string, fix = `remove ${option}`): InputError =>
  new InputError(option, `${option} has no effect: ${why}.`, { fix });
