// The command line that makes a Result again, from the Result alone: it holds no path, so a file that was read can only be asked for.

import type { Json, Result } from '../experiments/result.ts';

export interface CommandLine {
  readonly command: string;
  /** What has to be put in by hand, in a sentence; empty where nothing has. */
  readonly missing: string;
}

type Options = Result['options'];

/** Options of a Result that are named otherwise on the command line. */
const NAMES: Readonly<Record<string, string>> = { inputSize: 'input', radii: 'radius', epsilons: 'epsilon' };
/** What has a place of its own on the line, and what no command takes: it is always so. */
const APART = new Set([
  'task',
  'cell',
  'cells',
  'input',
  'text',
  'samples',
  'sequences',
  'radius',
  'directions',
  'matrix',
]);
/** The settings of --cliff and of --matrix are settled but for these. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  cliff: ['cliff', 'steps', 'engine'],
  matrix: ['steps'],
  inside: ['inside'],
};
/** Only a model that is trained by `train` is asked for these. */
const TRAINING = new Set(['batch', 'rate']);

export function commandLine({ experiment, options, seed }: Result): CommandLine {
  const instead = Object.keys(INSTEAD).find((name) => options[name] !== undefined && options[name] !== false);
  const kept = instead === undefined ? undefined : INSTEAD[instead];
  const given = dataOf(experiment, options);
  const flags = Object.entries(options)
    .filter(([name]) => !APART.has(name) && (kept === undefined || kept.includes(name)))
    .filter(([name]) => experiment === 'train' || !TRAINING.has(name))
    .filter(([name]) => !given.settles.includes(name))
    .flatMap(([name, value]) => flag(NAMES[name] ?? dashed(name), value));
  const cells = [options.cells ?? options.cell ?? []].flat().map(String);
  const words = [
    'unroll',
    experiment,
    ...(experiment === 'train' ? [String(options.task)] : []),
    ...(instead === 'cliff' || instead === 'matrix'
      ? []
      : cells.map((name) => (name === 'equation' ? 'EQUATIONS' : quoted(name)))),
    ...given.words,
    ...(instead === 'matrix' ? ['--matrix', quoted(matrixText(options.matrix))] : []),
    ...(options.directions === 2 ? ['--bidirectional'] : []),
    ...flags,
    ...(experiment === 'cell list' || experiment === 'cell show' || instead !== undefined
      ? []
      : ['--seed', String(seed)]),
  ];
  const missing = [...(cells.includes('equation') ? ['EQUATIONS'] : []), ...given.missing];
  return {
    command: words.join(' '),
    missing: missing.length === 0 ? '' : `A result keeps no path and no text of others: put in ${missing.join(', ')}.`,
  };
}

interface Data {
  readonly words: readonly string[];
  readonly missing: readonly string[];
  /** Options that follow from the data and may not be given beside it. */
  readonly settles: readonly string[];
}

/** What drives the cells, or what they learn. */
function dataOf(experiment: string, { input, text, task }: Options): Data {
  const none = { words: [], missing: [], settles: [] };
  const column = {
    words: ['--csv', 'FILE', '--column', 'NAME'],
    missing: ['FILE', 'NAME'],
    settles: ['steps', 'inputSize'],
  };
  const file = { words: ['--file', 'FILE'], missing: ['FILE'], settles: [] };
  if (typeof input === 'string') {
    if (input === 'text')
      return { words: ['--text', quoted(String(text))], missing: [], settles: ['steps', 'inputSize'] };
    if (input === 'noise') return none;
    if (input === 'csv') return column;
    return { words: ['--signal', quoted(input)], missing: [], settles: ['inputSize'] };
  }
  if (typeof input === 'number') return { ...none, words: ['--input', String(input)] };
  if (experiment === 'exposure' && task !== 'labels')
    return task === 'text' ? file : { ...none, words: ['--series', quoted(String(task))] };
  if (experiment === 'train' && task === 'text') return file;
  return none;
}

function flag(name: string, value: Json): string[] {
  if (value === true) return [`--${name}`];
  if (value === false || value === null) return [];
  const text = Array.isArray(value) ? value.map(String).join(',') : String(value);
  return text.startsWith('-') ? [`--${name}=${quoted(text)}`] : [`--${name}`, quoted(text)];
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const matrixText = (rows: Json | undefined): string =>
  Array.isArray(rows) ? rows.map((row: Json) => (Array.isArray(row) ? row.join(' ') : String(row))).join('; ') : '';

/** For a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w.,:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
