// The one place that writes: a Result to standard output or to a file, messages to standard error.

import { basename, extname } from 'node:path';
import { WriteStream } from 'node:tty';
import { InputError } from '../equations/input-error.ts';
import { nearest } from '../equations/nearest.ts';
import { oneOf } from '../options/names.ts';
import { type Arguments, flag, type Given, numberOption, quoted, textOption } from '../options/option.ts';
import { once, wholeNumber } from '../options/typed.ts';
import type { ChartFormat } from '../render/charts.ts';
import type { ColourLevel } from '../render/look.ts';
import type { RenderOptions } from '../render/render.ts';
import { render } from '../render/render.ts';
import type { Figure, Result } from '../render/result.ts';
import { nameOf } from './command.ts';
import { lineAgain } from './command-words.ts';
import { hasReadStandardInput } from './files.ts';
import { listedExperiments } from './listed-experiments.ts';
import { noEffect, plainArguments, refuseUnread } from './unread.ts';
import { checkTarget, columnsThere, writeFile } from './writing.ts';

export const formats = ['text', 'json', 'csv', 'svg', 'html'] as const;
export type Format = (typeof formats)[number];

/** What an ending of a file's name means. */
export type Endings<Of extends string> = Readonly<Record<string, Of>>;

export const endings: Endings<Format> = {
  '.txt': 'text',
  '.json': 'json',
  '.csv': 'csv',
  '.svg': 'svg',
  '.html': 'html',
};

/** --format and --out of a command that writes these. The first format is what is written where nothing is said. */
export const formatOptions = <Of extends string>(names: readonly Of[], by: Endings<Of>) => ({
  format: textOption('Output', names.join(', '), names[0]),
  out: textOption('Output', `write to this file instead: ${Object.keys(by).join(' ')}`),
});

export const outputOptions = {
  format: textOption('Output', formats.join(', '), 'text'),
  out: textOption('Output', 'write to this file instead: .txt .json .csv .svg .html; - is standard output'),
  force: flag('Output', 'let --out replace a file'),
  width: numberOption('Output', 'columns', 'the terminal’s, or 80'),
  height: numberOption('Output', 'lines of a screen', 'the terminal’s, or 24'),
  color: flag('Output', 'colours; --no-color for none'),
  ascii: flag('Output', 'ASCII characters only'),
  plain: flag('Output', 'words and tables, no drawing: for a screen reader'),
  quiet: flag('Output', 'no notes, no progress'),
  assert: flag('Output', 'exit 1 when a claim does not hold'),
};

/** `$typed`: the words of the command line. */
export type OutputArguments = Given<typeof outputOptions> & { readonly $typed?: readonly string[] };

/** A format, and everything that a text needs. */
interface Output<Of extends string = Format> extends Omit<RenderOptions, 'format'> {
  readonly format: Of;
}

/** How to render, from what was typed and from the terminal. Throws InputError. */
export function renderOptions(args: OutputArguments): Output {
  return lookOptions(args, formatFrom(args, formats, endings));
}

/** The same for a command that has formats of its own. Throws InputError. */
export function lookOptions<Of extends string>(args: OutputArguments, format: Of): Output<Of> {
  const width = wholeNumber('--width', args.width, 24, 1000);
  const height = wholeNumber('--height', args.height, 8, 1000);
  if (format !== 'text') checkLook(args, format);
  const toFile = outFrom(args) !== undefined;
  return {
    format,
    width: width ?? columnsThere() ?? 80,
    height: height ?? process.stdout.rows ?? 24,
    colour: toFile ? (args.color === true ? 1 : 0) : colourOf(args.color, process.stdout.isTTY),
    unicode: args.ascii !== true,
    plain: args.plain === true,
    quiet: args.quiet === true,
  };
}

/** Other formats have no text layout. --no-color and --quiet hold for all of them. Throws InputError. */
function checkLook(args: OutputArguments, format: string): void {
  const isDrawn = isChart(format);
  const extra = (['width', 'height', 'ascii', 'plain', 'color'] as const).find(
    (key) => args[key] !== undefined && !(key === 'color' && (args.color === false || isDrawn)),
  );
  if (extra !== undefined) throw noEffect(`--${extra}`, `it applies to text, and the output is ${format}`);
}

/** --format, else what the name of the file says, else the first. Throws InputError. */
export function formatFrom<Of extends string>(args: OutputArguments, names: readonly Of[], by: Endings<Of>): Of {
  const typed = once('--format', args.format);
  if (typed !== undefined) return oneOf(typed, { where: '--format', what: 'format', names });
  const out = outFrom(args);
  const ending = out === undefined ? '' : extname(basename(out));
  const format = ending === '' ? names[0] : by[ending.toLowerCase()];
  if (format !== undefined) return format;
  const near = nearest(ending, Object.keys(by));
  const choose = names.length > 1 ? 'use one of these extensions, or choose with --format' : 'use such an extension';
  throw new InputError('--out', `${out}: \`${ending}\` is not a format of this command.`, {
    expected: `a name that ends in ${Object.keys(by).join(', ')}`,
    got: out!,
    fix: near === undefined ? choose : `did you mean \`${near}\`?`,
  });
}

/** --color and --no-color first, then FORCE_COLOR, NO_COLOR (no-color.org), and what the terminal can do. */
export function colourOf(wanted: boolean | undefined, isTerminal: boolean, env = process.env): ColourLevel {
  if (wanted === false) return 0;
  const forced = env.FORCE_COLOR;
  if (wanted !== true && forced !== undefined && forced !== '') {
    if (forced === '0' || forced === 'false') return 0;
    return forced === '2' ? 2 : forced === '3' ? 3 : 1;
  }
  if (wanted !== true && (env.NO_COLOR ?? '') !== '') return 0;
  if (!isTerminal) return wanted === true ? 1 : 0;
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = env;
  const depth = WriteStream.prototype.getColorDepth(rest);
  const level: ColourLevel = depth >= 24 ? 3 : depth >= 8 ? 2 : depth >= 4 ? 1 : 0;
  return wanted === true && level === 0 ? 1 : level;
}

const assumed = new Map<string, number[]>();

/** A value was needed that is not given: a command line that is printed names it. */
export const assume = (option: string, value: number): void =>
  void assumed.set(option, [...(assumed.get(option) ?? []), value]);

const droppedNotes = new Set<string>();

/** A note of what was not read of the user's data, which is said also where no notes are shown. */
export function dropped(note: string): string {
  droppedNotes.add(note);
  return note;
}

/** Renders and writes a Result. The exit code: 1 when --assert is given and a claim does not hold. */
export async function present(result: Result, args: OutputArguments): Promise<number> {
  const text = await rendered(withOwnData(result, plainArguments(args)), args);
  const { assert, height } = args;
  if (height !== undefined && (args.plain === true || !result.figures.some(({ kind }) => isTall(kind))))
    throw noEffect('--height', 'no figure here adjusts its height');
  write(text, args);
  if (args.quiet === true || renderOptions(args).format === 'csv') for (const note of droppedNotes) message(note);
  if (assert !== true) return 0;
  const broken = result.claims.filter((c) => !c.holds);
  if (result.claims.length === 0) {
    message('There is no claim to assert: these options make none.');
    return 1;
  }
  if (broken.length > 0)
    message(
      `${broken.length} of ${result.claims.length} claims ${broken.length === 1 ? 'does' : 'do'} not hold: ${broken.map((c) => c.id).join(', ')}`,
    );
  return broken.length > 0 ? 1 : 0;
}

/** Commands whose --text, --file, --csv, --column and --signal mean the same. */
const driven = listedExperiments.filter((listed) => listed.driven).map(nameOf);
/** A command that has data of its own, or is about none. */
const hasData = /--(text|file|csv|signal|series|task|input|matrix|cliff|balancing)\b/;

/** What to try next is tried on the data that this was about. */
function withOwnData(result: Result, args: Arguments): Result {
  const { next, experiment } = result;
  if (next === undefined) return result;
  const data = (['text', 'file', 'csv', 'column', 'signal', 'series', 'vectors'] as const)
    .filter((name) => typeof args[name] === 'string')
    .map((name) => ` --${name} ${quoted(args[name] as string)}`)
    .join('');
  const to = next.command.split(' ')[1]!;
  const isSame = to === experiment || (driven.includes(to) && driven.includes(experiment));
  const more = isSame && !hasData.test(next.command) ? data : '';
  const command = `${next.command.replace(/ --(text|file|csv|vectors) FILE/, () => data)}${more}`;
  return { ...result, next: { ...next, command } };
}

async function rendered(result: Result, args: OutputArguments): Promise<string> {
  const { format, ...options } = renderOptions(args);
  if (isChart(format)) {
    const { drawResult } = await import('../render/charts.ts');
    const command = args.$typed && lineAgain(args.$typed, assumed, hasReadStandardInput());
    return drawResult(result, format, { grey: args.color === false, quiet: args.quiet === true, command });
  }
  return render(result, { ...options, format });
}

/** Whether a figure is drawn to fit the height of a screen. */
const isTall = (kind: Figure['kind']): boolean => kind === 'lines' || kind === 'heatmap';

const isChart = (format: string): format is ChartFormat => format === 'svg' || format === 'html';

/** The file of --out; undefined for standard output, which may be called `-`. Throws InputError. */
export function outFrom(args: Pick<OutputArguments, 'out'>): string | undefined {
  const out = once('--out', args.out);
  return out === '-' ? undefined : out;
}

/** All that can be wrong with the file of --out is said before the work. Throws InputError. */
export function checkOut(args: Pick<OutputArguments, 'out' | 'force'>): void {
  const out = outFrom(args);
  if (out !== undefined) checkTarget('--out', out, args.force === true);
}

/** Text to standard output, or whole to the file of --out, and then a word of it. Throws InputError. */
export function write(text: string, args: Pick<OutputArguments, 'out' | 'force' | 'quiet'>): void {
  const [out, quiet] = [outFrom(args), args.quiet === true];
  const force = out !== undefined && args.force === true;
  refuseUnread(args);
  if (out === undefined) process.stdout.write(text);
  else if (writeFile('--out', out, text, force) && !quiet) message(`${out} is written.`);
}

export function message(text: string): void {
  process.stderr.write(`${text}\n`);
}
