// Data files made at random, each with a command line that reads it: tables of numbers, texts, cells, saved models and submissions, whole ones and damaged ones.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../lib/numbers/random.ts';
import type { FuzzOrder } from './fuzz-child.ts';

const below = (rng: Random, n: number): number => Math.floor(rng.uniform() * n);
const oneOf = <Of>(rng: Random, all: readonly Of[]): Of => all[below(rng, all.length)]!;
const chance = (rng: Random, share: number): boolean => rng.uniform() < share;
const many = <Of>(count: number, make: (index: number) => Of): Of[] => Array.from({ length: count }, (_, i) => make(i));

const small = ['--hidden', '2', '--seeds', '1'];
const trained = [...small, '--updates', '1', '--batch', '2'];

/** One number as people and programs write it. */
function cell(rng: Random, mark: string): string {
  const value = oneOf(rng, [
    () => rng.normal(),
    () => below(rng, 100),
    () => rng.normal() * 1e308,
    () => rng.normal() * 1e-300,
    () => 5e-324 * below(rng, 9),
    () => 9_007_199_254_740_992 + below(rng, 9),
    () => 1e15 + rng.normal(),
    () => 0,
  ])();
  return String(value).replace('.', mark);
}

const strange = [
  '',
  'NaN',
  'NA',
  'inf',
  '-',
  '1.234,5',
  "1'000",
  '12 %',
  '2020-01-31',
  '31.01.2020',
  '−3',
  '٣',
  '"a"',
  '"',
  '#',
  '=1+1',
];

function csv(rng: Random): FuzzOrder {
  const separator = oneOf(rng, [',', ',', ';', '\t', '|']);
  const mark = separator === ',' || chance(rng, 0.5) ? '.' : ',';
  const names = many(1 + below(rng, 3), (i) =>
    chance(rng, 0.1) ? oneOf(rng, ['x', '', '0.5', 'é', '"a,b"']) : 'xyz'[i]!,
  );
  const kind = below(rng, 4);
  const plain = (): string => String(below(rng, 50)).replace('.', mark);
  const rows = many(below(rng, 60), (t) =>
    names.map((_, i) =>
      kind === 0 ? String(i === 0 ? t : ((7 * t) % 13) - 6) : kind === 1 ? cell(rng, mark) : plain(),
    ),
  );
  if (kind === 3)
    for (const row of rows)
      if (chance(rng, 0.1)) {
        oneOf(rng, [
          () => row.push('1'),
          () => row.pop(),
          () => row.splice(below(rng, row.length), 1, oneOf(rng, strange)),
          () => row.splice(below(rng, row.length), 1, oneOf(rng, strange)),
        ])();
      }
  const end = oneOf(rng, ['\n', '\n', '\r\n', '\r']);
  const heading = chance(rng, 0.9) ? [names] : [];
  const text = [...heading, ...rows].map((row) => row.join(separator)).join(end) + (chance(rng, 0.8) ? end : '');
  const marked = `${chance(rng, 0.1) ? '\ufeff' : ''}${chance(rng, 0.05) ? `sep=${separator}${end}` : ''}${text}`;
  const file = chance(rng, 0.05) ? { base64: Buffer.from(marked, 'utf16le').toString('base64') } : marked;
  const column = chance(rng, 0.8) ? ['--column', oneOf(rng, [...names, 'x', '1'])] : [];
  const given = ['--csv', 'data.csv', ...column];
  const line = oneOf(rng, [
    ['states', 'rnn', ...given, ...small],
    ['gradients', 'rnn', ...given, ...small],
    ['gates', 'lstm', ...given, ...small],
    ['exposure', 'rnn', ...given, '--hidden', '2', '--seeds', '1', '--updates', '1', '--steps', '6', '--prefix', '2'],
    ['train', 'series', 'rnn', ...given, ...trained, '--steps', '4'],
  ]);
  return { line, files: { 'data.csv': file } };
}

function text(rng: Random): FuzzOrder {
  const alphabet = oneOf(rng, [
    'ab',
    'a',
    ' \t\n',
    'the quick brown fox\n',
    'éèüß',
    '👍🏽👩‍👩‍👧🇳🇱',
    '日本語',
    '\u0000a',
    '\u202e\u200bx',
    '\r\n"\\',
  ]);
  const symbols = [...alphabet];
  const whole = many(below(rng, 1500), () => oneOf(rng, symbols)).join('');
  const bytes = Buffer.from(whole);
  if (chance(rng, 0.1) && bytes.length > 0) bytes[below(rng, bytes.length)] = 128 + below(rng, 128);
  const file = { base64: bytes.toString('base64') };
  const line = oneOf(rng, [
    ['states', 'rnn', '--file', 'data.txt', '--hidden', '2', '--steps', '8'],
    ['gates', 'gru', '--file', 'data.txt', ...small],
    [
      'exposure',
      'rnn',
      '--file',
      'data.txt',
      '--hidden',
      '2',
      '--seeds',
      '1',
      '--updates',
      '1',
      '--steps',
      '6',
      '--prefix',
      '2',
    ],
    ['train', 'text', 'rnn', '--file', 'data.txt', ...trained, '--steps', '4'],
    ['probe', 'rnn', '--file', 'data.txt', '--hidden', '2', '--seeds', '1', '--updates', '1'],
  ]);
  return { line, files: { 'data.txt': file } };
}

const pieces = [
  'h',
  'c',
  'x',
  'W',
  'U',
  'b',
  'h_prev',
  'c_prev',
  '=',
  '~',
  '+',
  '-',
  '*',
  '.*',
  './',
  '.^',
  "'",
  '(',
  ')',
  '2',
  '0',
  '1e308',
  '\n',
];
const functions = [
  'tanh',
  'sigmoid',
  'exp',
  'log',
  'sqrt',
  'softmax',
  'relu',
  'sum',
  'constant',
  'orthogonal',
  'normal',
  'constructor',
  '#',
];

function cellFile(rng: Random, folder: readonly string[]): FuzzOrder {
  let source = chance(rng, 0.75)
    ? oneOf(rng, folder)
    : many(1 + below(rng, 25), () => oneOf(rng, [...pieces, ...functions])).join(' ');
  for (let n = below(rng, 4); n > 0; n--) {
    const at = below(rng, source.length + 1);
    source = source.slice(0, at) + oneOf(rng, [...pieces, ...functions, '']) + source.slice(at + below(rng, 3));
  }
  const line = oneOf(rng, [
    ['cell', 'show', 'own.cell'],
    ['states', 'own.cell', '--hidden', '2', '--steps', '5', '--signal', 'sine'],
    ['gradients', 'own.cell', '--steps', '5', '--input', '2', ...small],
    ['train', 'adding', 'own.cell', ...trained, '--steps', '4'],
    ['exposure', 'own.cell', '--hidden', '2', '--seeds', '1', '--updates', '1', '--steps', '4'],
  ]);
  return { line, files: { 'own.cell': source } };
}

const alphabet = `${'abcdefghij'.repeat(30)}\n`;
/** The command that writes the model that is then damaged. */
export const modelOrder = (name: string): FuzzOrder => ({
  line: [
    'train',
    'text',
    'lstm',
    '--file',
    'a.txt',
    '--hidden',
    '3',
    '--updates',
    '1',
    '--batch',
    '2',
    '--steps',
    '4',
    '--save',
    name,
  ],
  files: { 'a.txt': alphabet },
});

function model(rng: Random, name: string, whole: Buffer): FuzzOrder {
  const bytes = Buffer.from(whole);
  let damaged: Buffer = bytes;
  for (let n = below(rng, 4); n > 0; n--) {
    const at = below(rng, damaged.length);
    // Most of what matters stands in the first bytes.
    const near = chance(rng, 0.6) ? below(rng, Math.min(900, damaged.length)) : at;
    const changes = [
      () => Buffer.concat([damaged.subarray(0, near), damaged.subarray(near + 1 + below(rng, 8))]),
      () => Buffer.concat([damaged, Buffer.alloc(below(rng, 40))]),
      () => damaged.subarray(0, near),
      () =>
        Buffer.concat([
          damaged.subarray(0, near),
          Buffer.from(oneOf(rng, ['0', '9', '-', '"', '[', '}', 'e400', 'null'])),
          damaged.subarray(near),
        ]),
      () => {
        const copy = Buffer.from(damaged);
        copy[near] = below(rng, 256);
        return copy;
      },
    ];
    damaged = oneOf(rng, changes)();
    if (damaged.length === 0) break;
  }
  const line = [
    'train',
    'text',
    '--file',
    'a.txt',
    '--load',
    name,
    '--updates',
    '1',
    '--batch',
    '2',
    '--steps',
    '4',
    '--seeds',
    '1',
  ];
  return { line, files: { 'a.txt': alphabet, [name]: { base64: damaged.toString('base64') } } };
}

/** A solution or a starter with a line left out, said twice or changed by a letter. Nothing in it attacks. */
function submission(
  rng: Random,
  sources: readonly { readonly id: string; readonly name: string; readonly text: string }[],
): FuzzOrder {
  const { id, name, text } = oneOf(rng, sources);
  const lines = text.split('\n');
  for (let n = below(rng, 3); n > 0; n--) {
    const at = below(rng, lines.length);
    const line = lines[at]!;
    const changes = [
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, line),
      () => lines.splice(at, 1, line.replace(/[a-z_]+/, 'x')),
      () =>
        lines.splice(
          at,
          1,
          line.replace(/[-+*@]/, (sign) => ({ '+': '-', '-': '+', '*': '@', '@': '*' })[sign] ?? sign),
        ),
      () => lines.splice(at, 1, line.replace(/\d/, '7')),
    ];
    oneOf(rng, changes)();
    if (lines.length === 0) break;
  }
  return { line: ['homework', 'check', id, name, '--limit', '3', '--seed', '1'], files: { [name]: lines.join('\n') } };
}

export const fileKinds = ['csv', 'text', 'cell', 'json', 'safetensors', 'submission'] as const;

/** What the generators start from. */
export interface Whole {
  readonly cells: readonly string[];
  readonly models: Readonly<Record<'json' | 'safetensors', Buffer>>;
  readonly submissions: readonly { readonly id: string; readonly name: string; readonly text: string }[];
}

export const shippedCells = (): string[] =>
  readdirSync('lib/cells')
    .filter((name) => name.endsWith('.cell'))
    .map((name) => readFileSync(join('lib/cells', name), 'utf8'));

export function shippedSubmissions(): Whole['submissions'] {
  const folder = 'lessons/exercises';
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: id }) =>
      readdirSync(join(folder, id))
        .filter((name) => /\.(py|js|ts|cell)$/.test(name))
        .map((name) => ({ id, name, text: readFileSync(join(folder, id, name), 'utf8') })),
    );
}

export function fuzzFile(kind: (typeof fileKinds)[number], whole: Whole, rng: Random): FuzzOrder {
  if (kind === 'csv') return csv(rng);
  if (kind === 'text') return text(rng);
  if (kind === 'cell') return cellFile(rng, whole.cells);
  if (kind === 'submission') return submission(rng, whole.submissions);
  return model(rng, `model.${kind}`, whole.models[kind]);
}
