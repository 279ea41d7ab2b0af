// Command lines made at random of what the commands take: most of them sensible, some with odd values, options of other commands, or damaged words.

import type { Command, CommandListing } from '../../lib/cli/command.ts';
import { nameOf } from '../../lib/cli/command.ts';
import { commands } from '../../lib/cli/commands.ts';
import { exercises } from '../../lib/homework/catalogue.ts';
import type { Random } from '../../lib/numbers/random.ts';
import { tasks } from '../../lib/tasks/catalogue.ts';

/** Files that lie in the folder where the lines are run. */
export const fuzzFiles: Readonly<Record<string, string | Uint8Array>> = {
  'a.txt': 'the quick brown fox jumps over the lazy dog\n'.repeat(40),
  'short.txt': 'ab',
  'b.csv': `t,x,y\n${Array.from({ length: 80 }, (_, t) => `${t},${((7 * t) % 13) - 6},${(t * t) % 7}`).join('\n')}\n`,
  'semi.csv': `t;x\n${Array.from({ length: 60 }, (_, t) => `${t};${(7 * t) % 13},5`).join('\n')}\n`,
  'far.csv': `y\n${Array.from({ length: 60 }, (_, t) => `${t % 2 ? '-' : ''}${1 + (t % 7)}e307`).join('\n')}\n`,
  'own.cell': 'h = tanh(W * h_prev + U * x + b)\n',
  'broken.cell': 'h = tanh(W h_prev + U * x\n',
  'grows.cell': 'h = exp(W * h_prev + U * x)\n',
  'answer.js': 'export const rnnStep = () => 1;\n',
};

const cells = [
  ...['rnn', 'lstm', 'gru', 'mgu', 'mingru', 'irnn', 'lstm-peephole', 'gru+additive', 'own.cell', 'grows.cell'],
  ...[
    'h = tanh(W * h_prev + U * x)',
    'h = tanh(U * x)',
    'h = relu(W * h_prev + U * x)',
    'c = f .* c_prev; h = c + U * x',
  ],
];
const wrongCells = [
  '-h = W * h_prev',
  'h = W h_prev',
  'broken.cell',
  'nothing.cell',
  'ltsm',
  '-',
  'h = x ./ (x - x)',
  'a.txt',
];
const odd = [
  '',
  '0',
  '-1',
  '1e400',
  'NaN',
  'Infinity',
  '0x10',
  ' 3 ',
  '1_000',
  '٣',
  '💥',
  '-',
  '--',
  '.',
  '1,2',
  'true',
  '1e9',
  '-.5',
  '\t',
  "'",
  '"',
];

/** Sensible values: small, so that a line takes milliseconds. */
const values: Readonly<Record<string, readonly string[]>> = {
  text: ['the bank', 'a', 'ab', '', '-5', 'tab\there', 'é', '👍🏽 👩‍👩‍👧 🇳🇱'],
  file: ['a.txt', 'short.txt', 'b.csv', 'nothing.txt', '-', '.'],
  csv: ['b.csv', 'semi.csv', 'far.csv', 'a.txt', 'nothing.csv'],
  column: ['x', 'y', 't', 'z', '-'],
  signal: ['sine', 'impulse', 'step', 'square', 'noise', 'two-sines', 'none'],
  series: ['two-sines', 'mackey-glass', 'logistic-map'],
  steps: ['1', '2', '3', '5', '8', '12'],
  hidden: ['1', '2', '3', '4'],
  input: ['1', '2', '3'],
  init: ['orthogonal', 'uniform', 'xavier', 'chrono', 'best'],
  'forget-bias': ['0', '1', '-1', '3', 'chrono'],
  radius: ['.5', '.9,1.2', '0', '-.5', '30'],
  bias: ['-5,5', '0'],
  matrix: ['.9 3; 0 .9', '-.9 3; 0 .9', '2', '1 2; 3'],
  units: ['1', '1,2', '9'],
  perturb: ['1', '2', '99'],
  seed: ['0', '1', '7', '51556'],
  seeds: ['1', '2'],
  jobs: ['1', '2'],
  engine: ['fast', 'mathjs'],
  format: ['text', 'json', 'csv', 'svg', 'html'],
  out: ['out.txt', 'out.json', 'out.csv', 'out.svg', 'out.html', 'out.pdf', '.', 'no/such/out.txt', 'a.txt', '-'],
  width: ['24', '40', '80', '200'],
  height: ['4', '10', '24'],
  windows: ['1', '1,2', '3,50'],
  prefix: ['0', '1', '2'],
  compare: ['forced', 'forced,scheduled', 'plain', 'plain,additive', 'dot', 'gru'],
  updates: ['1', '2', '3'],
  epsilon: ['1', '1,.5', '0', '2'],
  task: ['copy', 'reversal', 'dates', 'majority', 'parity', 'reber', 'adding'],
  source: ['abc', 'abcdef', '3 March 1994', ''],
  lengths: ['2', '2,3', '1'],
  length: ['1', '4', '8'],
  step: ['1', '2', '9'],
  layers: ['1', '2'],
  workers: ['1', '2', '4'],
  tokens: ['10', '40'],
  batch: ['1', '2', '3'],
  rate: ['.01', '1', '100'],
  optimiser: ['adam', 'sgd', 'rmsprop', 'best'],
  schedule: ['constant', 'linear', 'cosine', 'step'],
  clip: ['1', 'none', '0', '1e-9'],
  'clip-by': ['norm', 'element', 'value'],
  truncate: ['1', '2', '50'],
  save: ['model.json', 'model.safetensors', 'model.txt', 'a.txt'],
  load: ['model.json', 'a.txt', 'nothing.json'],
  property: ['space', 'quotes', 'none'],
  unit: ['1', '9'],
  at: ['1', '5', '9999'],
  in: ['states', 'gradients', 'train adding --updates 1', 'nothing'],
  truncated: ['1', '2'],
  vectors: ['a.txt', 'nothing.json'],
  cell: ['rnn', 'lstm'],
  repeats: ['1', '2'],
  language: ['python', 'javascript', 'cell', 'de', 'cobol'],
  only: ['vanishing', 'nothing'],
  lessons: ['.', 'no/such'],
  title: ['A title'],
  limit: ['1', '2'],
  memory: ['512'],
};

/** Where one of these is not chosen, it is given all the same: what they hold otherwise takes seconds. */
const always = ['updates', 'hidden', 'steps', 'seeds', 'tokens', 'repeats', 'batch', 'length'];
/** What runs for seconds whatever it is given, or waits for somebody. */
const left = new Set(['tour', 'homework verify', 'homework grade', 'lesson', 'lesson check']);

interface Place {
  readonly words: readonly string[];
  readonly listed: CommandListing;
  readonly command: Command;
}

/** Every command and subcommand. */
export async function placesToFuzz(): Promise<Place[]> {
  const places: Place[] = [];
  for (const listed of commands) {
    const command = await listed.load();
    const name = nameOf(listed);
    for (const sub of command.subcommands ?? [])
      places.push({
        words: nameOf(sub) === '$0' ? [name] : [name, nameOf(sub)],
        listed: sub,
        command: await sub.load(),
      });
    if (command.subcommands === undefined) places.push({ words: [name], listed, command });
  }
  return places.filter(({ words }) => !left.has(words.join(' ')));
}

const oneOf = <Of>(rng: Random, all: readonly Of[]): Of => all[Math.floor(rng.uniform() * all.length)]!;
const chance = (rng: Random, share: number): boolean => rng.uniform() < share;

/** One line, without `unroll`. */
export function fuzzLine(places: readonly Place[], rng: Random): string[] {
  const drawn = oneOf(rng, places);
  // Pages of the course are long to print and read few options.
  const { words, listed, command } = ['lesson', 'homework'].includes(drawn.words[0]!) ? oneOf(rng, places) : drawn;
  const line = [...words];
  const operand = (): string => {
    if (chance(rng, 0.06)) return oneOf(rng, odd);
    if (words[0] === 'train' && line.length === 1) return oneOf(rng, [...tasks.keys()]);
    if (words[0] === 'homework')
      return chance(rng, 0.5) ? oneOf(rng, exercises).id : oneOf(rng, ['answer.js', 'a.txt', '.', '1']);
    if (words[0] === 'lesson') return oneOf(rng, ['vanishing', 'memory', '1', 'nothing']);
    if (words[0] === 'schema' || words[0] === 'completion')
      return oneOf(rng, ['homework', 'bash', 'zsh', 'fish', 'no']);
    return oneOf(rng, chance(rng, 0.12) ? wrongCells : cells);
  };
  const places_ = listed.usage.split(' ').slice(1);
  for (const place of places_) {
    if (place.endsWith('..]')) for (let n = Math.floor(rng.uniform() * 3); n > 0; n--) line.push(operand());
    else if (place.startsWith('<') ? chance(rng, 0.96) : chance(rng, 0.7)) line.push(operand());
  }
  // Two threads are timed by the program as it is built, not by its sources.
  const names = Object.keys(command.options).filter((name) => name !== 'measure');
  const chosen = new Set(names.filter((name) => always.includes(name) && chance(rng, 0.97)));
  for (let n = Math.floor(rng.uniform() * 4); n > 0 && names.length > 0; n--) chosen.add(oneOf(rng, names));
  if (chance(rng, 0.05)) chosen.add(oneOf(rng, Object.keys(values)));
  for (const name of chosen) {
    if (command.options[name]?.type === 'boolean') {
      line.push(
        chance(rng, 0.1)
          ? `--${name}=${oneOf(rng, ['yes', 'no', 'maybe', 'true'])}`
          : chance(rng, 0.05)
            ? `--no-${name}`
            : `--${name}`,
      );
      continue;
    }
    const value = chance(rng, 0.06) ? oneOf(rng, odd) : oneOf(rng, values[name] ?? odd);
    if (chance(rng, 0.02)) line.push(`--no-${name}`);
    else if (chance(rng, 0.2)) line.push(`--${name}=${value}`);
    else line.push(`--${name}`, value);
  }
  return damaged(line, rng);
}

/** In one line of ten a word is left out, said twice, moved or misspelt. */
function damaged(line: string[], rng: Random): string[] {
  if (!chance(rng, 0.1)) return line;
  const at = Math.floor(rng.uniform() * line.length);
  const word = line[at]!;
  const changes = [
    () => line.splice(at, 1),
    () => line.splice(at, 0, word),
    () => line.splice(at, 1, word.slice(1)),
    () => line.splice(at, 1, `${word}x`),
    () => line.push('--', oneOf(rng, cells)),
    () => line.push(oneOf(rng, odd)),
  ];
  oneOf(rng, changes)();
  return line;
}
