// The words of a command line before yargs reads them: which command they name, and each option and operand in the one form that yargs
// cannot misread. yargs would drop what follows `--` and a bare `-`, take `-h = x` for an option, `-.9 3` for none, and hand `false` to
// the value of a `--no-` option.

import { isFlag, type Option, optionNamed, takesValue } from '../options/option.ts';
import { type Command, type CommandListing, nameOf, standingIn } from './command.ts';

/** Where a command line leads. */
export interface CommandPlace {
  /** The words that name the command: `cell`, `show`. */
  readonly path: readonly string[];
  /** Undefined where no command is named. */
  readonly command: Command | undefined;
  /** The commands that can follow `path`. */
  readonly offered: readonly CommandListing[];
  /** All other words. */
  readonly rest: readonly string[];
}

/** What is wrong with one word; usage-problem.ts words it. */
export type WrongWord =
  | { readonly kind: 'command' | 'option' | 'equation'; readonly word: string }
  | {
      readonly kind: 'negated' | 'no-value' | 'flag-value' | 'both';
      readonly name: string;
      readonly value?: string | undefined;
    };

export interface CommandLine {
  readonly place: CommandPlace;
  /** For yargs. */
  readonly words: readonly string[];
  readonly helping: boolean;
}

/** Stands before an operand that begins with a dash, or that yargs takes for a wish for help. Nobody can type it. */
const mark = '\0';

/** The operand as it was typed. */
export const unmarked = <T>(value: T): T =>
  (typeof value === 'string' ? value.replace(mark, '') : Array.isArray(value) ? value.map(unmarked) : value) as T;

const isHelp = (word: string): boolean => word === '--help' || word === '-h';

/** Throws what `wrong` makes of a word that cannot be read. */
export async function commandLine(
  commands: readonly CommandListing[],
  argv: readonly string[],
  wrong: (word: WrongWord, place: CommandPlace) => Promise<Error>,
): Promise<CommandLine> {
  const { place, takesOperands } = await placeOf(commands, argv);
  const { path, command, rest } = place;
  const unknown = takesOperands ? undefined : rest[operandAt(rest, 0)];
  if (unknown !== undefined) {
    const [first = ''] = rest;
    const isOption = path.length === 0 && !isOperand(first) && !isHelp(first) && first !== '--version';
    throw await wrong({ kind: isOption ? 'option' : 'command', word: isOption ? first : unknown }, place);
  }
  const end = rest.indexOf('--');
  const options = end < 0 ? rest : rest.slice(0, end);
  if (argv.length === 0 || options.some(isHelp))
    return { place, words: argv.length === 0 ? [] : [...path, '--help'], helping: true };
  const read = readWords(command?.options ?? {}, options);
  if (!Array.isArray(read)) throw await wrong(read, place);
  return { place, words: [...path, ...read, ...rest.slice(options.length + 1).map(operand)], helping: false };
}

async function placeOf(
  commands: readonly CommandListing[],
  argv: readonly string[],
): Promise<{ place: CommandPlace; takesOperands: boolean }> {
  let place: CommandPlace = { path: [], command: undefined, offered: commands, rest: argv };
  let takesOperands = false;
  for (let at = operandAt(argv, 0); at < place.rest.length; ) {
    const [word, before = ''] = [place.rest[at]!, place.rest[at - 1]];
    const listed = place.offered.find((one) => nameOf(one) === word);
    const loaded = await listed?.load();
    const isValue = takesValue((loaded ?? place.command)?.options, before);
    if (loaded !== undefined && !isValue) {
      const { subcommands = [] } = loaded;
      takesOperands = subcommands.length === 0 || subcommands.some((sub) => nameOf(sub) === '$0');
      const command = await standingIn(loaded);
      const rest = [...place.rest.slice(0, at), ...place.rest.slice(at + 1)];
      place = { path: [...place.path, word], command, offered: command.subcommands ?? [], rest };
      at = operandAt(rest, at);
    } else if (isValue || (place.command === undefined && before.startsWith('--'))) at = operandAt(place.rest, at + 1);
    else break;
  }
  return { place, takesOperands };
}

/** Of the first word from `from` on that is no option; the number of words where there is none. */
function operandAt(words: readonly string[], from: number): number {
  const end = words.indexOf('--');
  const at = words.findIndex((word, i) => i >= from && isOperand(word) && (end < 0 || i < end));
  return at < 0 ? words.length : at;
}

const isOperand = (word: string): boolean => word === '-' || !word.startsWith('-') || /^-[\d.]/.test(word);
const operand = (word: string): string => (word.startsWith('-') || word === 'help' ? `${mark}${word}` : word);

function readWords(options: Readonly<Record<string, Option>>, words: readonly string[]): string[] | WrongWord {
  const read: string[] = [];
  const flags = new Map<string, boolean>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (isOperand(word)) read.push(operand(word));
    else if (word === '--version') read.push(word);
    else if (/^-[^-].*=/s.test(word) && /\s/.test(word)) return { kind: 'equation', word };
    else {
      const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      const option = optionNamed(options, name);
      if (option === undefined) {
        const negated = optionNamed(options, name.replace(/^no-/, ''));
        if (name !== 'no-color' || negated === undefined || value !== undefined)
          return negated === undefined ? { kind: 'option', word } : { kind: 'negated', name: name.slice(3) };
        if (flags.get('color') === true) return { kind: 'both', name: 'color' };
        flags.set('color', false);
      } else if (isFlag(option)) {
        const set = value === undefined ? true : setting(value);
        if (set === undefined) return { kind: 'flag-value', name, value: value! };
        if (flags.get(name) === !set) return { kind: 'both', name };
        flags.set(name, set);
      } else if (value !== undefined) read.push(word);
      else {
        const next = words[++i];
        if (next === undefined || isHelp(next) || /^--[a-z][\w-]*(=|$)/i.test(next))
          return { kind: 'no-value', name, value: next };
        read.push(`--${name}=${next}`);
      }
    }
  }
  // Off is what a flag is, but for --color.
  return [...read, ...[...flags].flatMap(([name, set]) => (set || name === 'color' ? [`--${name}=${set}`] : []))];
}

function setting(value: string): boolean | undefined {
  if (/^(true|yes|on|1)$/i.test(value)) return true;
  return /^(false|no|off|0)$/i.test(value) ? false : undefined;
}
