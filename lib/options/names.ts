// One of the names that there are, or what to say of another.

import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { once, type Typed } from './typed.ts';

/** `did you mean …?`: a name within two edits, else those that begin with what was typed; undefined where there are none or too many. */
export function didYouMean(typed: string, names: readonly string[]): string | undefined {
  const near = nearest(typed, names);
  const begun = typed.length < 2 ? [] : names.filter((name) => name.startsWith(typed.toLowerCase()));
  const meant = near !== undefined ? [near] : begun;
  if (meant.length === 0 || meant.length > 3) return undefined;
  return `did you mean ${meant.map((name) => `\`${name}\``).join(' or ')}?`;
}

interface Naming<Name extends string> {
  /** The option or the place: `--engine`. */
  readonly where: string;
  /** `engine`, for: There is no engine `fats`. */
  readonly what: string;
  readonly names: readonly Name[];
  /** More names that were perhaps meant. */
  readonly others?: readonly string[];
  /** What to do where nothing near was typed. */
  readonly fix?: string;
  /** What was typed, in the way in which the names are written. */
  readonly meant?: string;
}

/** The name that was typed. Throws InputError. */
export function oneOf<Name extends string>(typed: string, naming: Naming<Name>): Name {
  const found = naming.names.find((name) => name === typed);
  if (found === undefined) throw noSuchName(typed, naming);
  return found;
}

/** The same of an option; undefined where it is not given. */
export function readName<Name extends string>(typed: Typed, naming: Naming<Name>): Name | undefined {
  const name = once(naming.where, typed);
  return name === undefined ? undefined : oneOf(name, naming);
}

/** An error for a name that there is not. */
export function noSuchName(typed: string, naming: Naming<string>): InputError {
  const { where, what, names, others = [], fix = 'choose one of these', meant = typed } = naming;
  return new InputError(where, `There is no ${what} \`${typed}\`.`, {
    expected: names.join(', '),
    got: typed === '' ? 'nothing' : typed,
    fix: didYouMean(meant, [...names, ...others]) ?? fix,
  });
}
