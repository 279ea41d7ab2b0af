// "How it was made" on a page is the command line that was typed: a shell that runs it makes the same page again, byte for byte. For every
// experiment, mode and kind of input.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'parse5';
import { lineAgain, wordsOf } from '../../lib/cli/command-words.ts';
import { lessonAt, lessonPlaces } from '../../lib/lessons/course.ts';
import { readLesson } from '../../lib/lessons/read-lesson.ts';
import { quoted } from '../../lib/options/option.ts';
import { html } from '../../lib/render/chart/result-page.ts';
import type { Result } from '../../lib/render/result.ts';
import { program, unroll } from './run-unroll.ts';

const own = 'h = tanh(W * h_prev + U * x) # it\'s "mine"';
const short = ['--updates', '3', '--seeds', '1'];

interface Case {
  readonly line: readonly string[];
  readonly input?: string;
  /** Its page holds times, which are not the same twice. */
  readonly timed?: boolean;
}

const typed = (...line: string[]): Case => ({ line });
const through = (input: string, ...line: string[]): Case => ({ line, input });
const timed = (...line: string[]): Case => ({ line, timed: true });

const always: readonly Case[] = [
  typed('gradients', own, 'rnn', '--steps', '6'),
  typed('gradients', '--hidden=4', '--steps', '6', '--', 'gru'),
  typed('states', '--csv', 'co2.csv', '--column', 'the CO2', '--perturb', '2'),
  typed('attention', '--task', 'dates', '--source', '9 October 1986', '--step', '6', ...short),
  typed('compare', 'lstm --forget-bias 0', 'lstm --forget-bias 2', '--in', 'gradients --steps 6'),
  typed('train', 'text', '--file', 'book.txt', '--load', 'm.json', '--updates', '2'),
  through(own, 'states', '-', '--text', "the bank's river"),
];

const everyOther: readonly Case[] = [
  typed('states'),
  typed('states', 'rnn', 'gru', 'mine.cell', '--signal', 'sine', '--units', '1,2', '--seed', '7'),
  typed('states', '--file', 'book.txt', '--steps', '9', '--init', 'identity', '--perturb', '1', '--seeds', '2'),
  through('some text', 'states', '--file', '-'),
  through('a,b\n1,2\n3,4\n', 'states', '--csv=-', '--column=b'),
  typed('gates'),
  typed('gates', 'lstm', 'gru', '--text', '$HOME `x` \\ "y"\n\ttab', '--seeds', '2'),
  typed('gates', '--csv', 'co2.csv', '--column', 'the CO2', '--forget-bias', '-1'),
  typed('gradients', '--radius', '.5,1', 'rnn', '--seeds', '2', '--jobs', '1'),
  typed('gradients', 'lstm', '--decompose', '--seeds', '2', '--signal', 'impulse'),
  typed('gradients', '--matrix', '.9 3; 0 .9'),
  typed('gradients', '--cliff', '--bias', '-3,-2', '--steps', '9'),
  typed(
    'gradients',
    'f = sigmoid(U * x)\nh = f .* h_prev + (1 - f) .* tanh(V * x)',
    '--engine',
    'mathjs',
    '--steps',
    '4',
  ),
  typed('truncation', '--windows', '1,5', '--steps', '20', '--seeds', '2'),
  typed('truncation', '--balancing'),
  typed('truncation', '--clip'),
  typed('exposure', ...short),
  typed('exposure', '--series', 'two-sines', '--compare', 'forced,scheduled', ...short),
  typed('exposure', '--csv', 'co2.csv', '--column', 'the CO2', ...short),
  typed('exposure', '--file', 'book.txt', ...short),
  typed('sampling', '--epsilon', '1,0', '--seeds', '1', '--updates', '3'),
  typed('attention', ...short),
  typed(
    'attention',
    'gru',
    '--task',
    'reversal',
    '--bidirectional',
    '--compare',
    'additive,dot',
    '--lengths',
    '3',
    ...short,
  ),
  typed('parallel'),
  typed('parallel', 'h = sigmoid(U * x) .* h_prev + V * x', '--workers', '3', '--weights', 'flops'),
  timed('parallel', '--measure'),
  timed('streaming', 'rnn', '--tokens', '1000', '--hidden', '4'),
  typed('bidirectional', '--task', 'parity', ...short),
  typed('variants', '--task', 'adding', ...short),
  typed('variants', '--task', 'text', '--text', 'the bank of the river. the bank of the river.', ...short),
  typed(
    'probe',
    '--text',
    'the bank said "no" of the river. '.repeat(40),
    '--property',
    'space',
    '--at',
    '30',
    ...short,
  ),
  typed('probe', '--file', 'book.txt', '--unit', '2', ...short),
  typed('train', 'adding', '--save', 'new.json', '--updates', '3'),
  typed('train', 'latch', 'rnn', '--radius', '.2,.9', '--truncate', '10,5', '--optimiser', 'rmsprop', ...short),
  typed('train', 'copy', own, '--layers', '2', '--bidirectional', '--clip', 'none', '--steps', '4', ...short),
  typed('train', 'series', 'mine.cell', '--csv', 'co2.csv', '--column', 'the CO2', '--schedule', 'cosine', ...short),
  through('the bank of the river. '.repeat(9), 'train', 'text', '--file', '-', ...short),
  typed('train', 'text', '--file', 'book.txt', '--load', 'm.safetensors', '--updates', '2'),
  typed('compare', 'rnn', 'lstm'),
  typed('compare', 'rnn', own, '--in', 'states'),
  typed('compare', 'gradients rnn --seed 4 --steps 6', 'gradients lstm --steps 6'),
  typed('compare', 'diagram rnn', 'gates lstm', '--quiet=false'),
  typed('diagram', 'gru', '--teacher-forcing', '--steps', '3'),
  typed('diagram', '--attention'),
  typed('diagram', 'lstm', '--bidirectional'),
  typed('diagram', 'lstm', '--inside'),
  typed('diagram', 'rnn', '--truncated', '2'),
  typed('cell', 'list', '--hidden', '4'),
  typed('cell', 'show', own),
  through(own, 'cell', 'show', '-'),
  typed('cell', 'derive', 'gru'),
  typed('cell', 'check', 'mine.cell', '--steps', '3'),
  timed('bench', 'rnn', '--hidden', '2', '--steps', '2', '--repeats', '1'),
  typed('lesson', 'list'),
];

/** The texts of these elements, as a browser gives them to somebody who copies them. */
function textsOn(page: string, ...names: readonly string[]): string[] {
  interface Node {
    readonly nodeName: string;
    readonly value?: string;
    readonly childNodes?: readonly Node[];
  }
  const texts: string[] = [];
  const textOf = ({ value, childNodes = [] }: Node): string => value ?? childNodes.map(textOf).join('');
  const walk = (node: Node): void => {
    if (names.includes(node.nodeName)) texts.push(textOf(node));
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(parse(page) as unknown as Node);
  return texts;
}

/** What the page prints as the command line that made it. */
function lineOn(page: string): string | undefined {
  const texts = textsOn(page, 'h2', 'pre');
  return texts[texts.indexOf('How it was made') + 1];
}

describe('the command line on a page', () => {
  let folder = '';
  const run = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', input, maxBuffer: 1 << 27 });
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'unroll-made-'));
    const put = (name: string, content: string): void => writeFileSync(join(folder, name), content);
    put('book.txt', 'the bank of the river said "no" to us. '.repeat(30));
    put('co2.csv', `Year,the CO2\n${Array.from({ length: 90 }, (_, i) => `${i},${(i % 12) + i / 10}`).join('\n')}\n`);
    put('mine.cell', own);
    for (const file of ['m.json', 'm.safetensors'])
      assert.equal(
        run(['train', 'text', 'lstm', '--file', 'book.txt', '--hidden', '3', '--updates', '2', '--save', file]).status,
        0,
      );
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The words of output stand right behind the command, where neither `--` nor `<` comes before them. */
  const depth = (line: readonly string[]): number => (['cell', 'lesson'].includes(line[0]!) ? 2 : 1);
  const asPage = `unroll() { c=$1; shift; case $c in cell|lesson) s=$1; shift; set -- "$c" "$s" --format html "$@";; *) set -- "$c" --format html "$@";; esac; "$NODE" "$PROGRAM" "$@"; }`;

  const inShell = (line: string) =>
    spawnSync('sh', ['-c', `${asPage}\n${line}`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, PROGRAM: program },
      maxBuffer: 1 << 27,
    });

  for (const { line, input, timed: hasTimes } of [...always, ...(process.env.UNROLL_DEEP === '1' ? everyOther : [])])
    it(`makes it again: unroll ${line.map(quoted).join(' ')}`, () => {
      const at = depth(line);
      const first = run([...line.slice(0, at), '--format', 'html', ...line.slice(at)], input);
      assert.equal(first.status, 0, first.stderr);
      const printed = lineOn(first.stdout) ?? '';
      assert.ok(printed.startsWith(`unroll ${line[0]}`), printed);
      assert.equal(printed.includes(' < FILE'), input !== undefined);
      assert.ok(!printed.includes('standard input'));
      if (input !== undefined) writeFileSync(join(folder, 'FILE'), input);
      const again = inShell(printed);
      assert.equal(again.status, 0, `${printed}\n${again.stderr}`);
      if (hasTimes) assert.equal(lineOn(again.stdout), printed);
      else assert.equal(again.stdout, first.stdout, printed);
    });

  it('of a lesson makes what its page shows', () => {
    const commands = ['diagram rnn --steps 3', `gradients "h = tanh(U * x + W * h_prev)" 'gru' --steps 6 --seeds 2`];
    const front = '---\ntitle: T\ntracks: [beginner]\nminutes: 1\nteaches: [t]\n---\n\n';
    mkdirSync(join(folder, 'l', '01-own'), { recursive: true });
    const blocks = commands.map((command) => `\`\`\`unroll\n${command}\n\`\`\`\n\n`);
    writeFileSync(join(folder, 'l', '01-own', 'lesson.md'), `${front}Text.\n\n${blocks.join('')}`);
    const exported = run(['lesson', 'export', 'own', '--lessons', 'l', '--out', 'own.html']);
    assert.equal(exported.status, 0, exported.stderr);
    const page = readFileSync(join(folder, 'own.html'), 'utf8');
    const figuresOf = (text: string): string[] => text.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];
    const printed = textsOn(page, 'pre').filter((text) => text.startsWith('$ '));
    assert.deepEqual(
      printed,
      commands.map((command) => `$ unroll ${command}`),
    );
    const again = printed.flatMap((line) => figuresOf(inShell(line.slice(2)).stdout));
    assert.ok(again.length > 2);
    assert.deepEqual(figuresOf(page), again);
  });

  it('of a lesson is read by a shell as the lesson reads it', async () => {
    const lessons = await Promise.all(lessonPlaces().map((place) => lessonAt(place)));
    const commands = lessons.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        part.kind === 'run' ? [part.command] : part.kind === 'predict' ? [part.run.command] : [],
      ),
    );
    assert.ok(commands.length > 40);
    for (const command of commands) {
      const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
      assert.deepEqual(stdout.split('\0').slice(0, -1), wordsOf(command, 'test'));
    }
    const lesson = (command: string) =>
      readLesson(
        `---\ntitle: T\ntracks: [beginner]\nminutes: 1\nteaches: [t]\n---\n\n\`\`\`unroll\n${command}\n\`\`\`\n`,
        'l',
        {
          id: 'l',
          number: 1,
        },
      );
    for (const command of [
      'states --text "$HOME"',
      'states --text a\\ b',
      'states --file ~/a',
      'states rnn; ls',
      'states "`ls`"',
    ])
      await assert.rejects(lesson(command), /A shell would not read/);
    assert.equal((await lesson(`states --text '$HOME' "it's (a*b)"`)).parts.length, 1);
  });

  it('is the same wherever the page goes, and asks for no output of its own', () => {
    const lines = [
      ['--out', 'a.html'],
      ['--out=b.html', '--no-color'],
      ['--format', 'html', '--out', 'c.htm', '--force', '--assert'],
    ].map((words) => {
      const { files, code, err } = unroll(['states', 'rnn', ...words, '--seeds', '1']);
      assert.equal(code, 0, err);
      return files.length;
    });
    assert.deepEqual(lines, [1, 1, 1]);
    assert.equal(
      lineAgain(['states', '--out', 'a.html', 'rnn', '--no-color', '--assert'], new Map([['--seed', [1]]]), false),
      'unroll states rnn --seed 1',
    );
  });

  it('is left out where the Result did not come from one', () => {
    const result = JSON.parse(unroll(['states', '--format', 'json']).out) as Result;
    assert.doesNotMatch(html(result), /class="command">unroll states[^<]*--seed/);
    assert.match(html(result), /How it was made[\s\S]*<th scope="row">seed<\/th>/);
  });

  it('is quoted for a shell, which reads the words that were typed', () => {
    const words = [
      'a',
      'it\'s $HOME; `rm` "x"',
      '',
      '~',
      '*',
      '\\',
      'h = x\n\ty',
      '--text=a b',
      '--x=',
      '日本 💥',
      '-',
    ];
    const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${words.map(quoted).join(' ')}`], { encoding: 'utf8' });
    assert.deepEqual(stdout.split('\0').slice(0, -1), words);
    assert.deepEqual(wordsOf('a "b c" \'d e\'', 'test'), ['a', 'b c', 'd e']);
  });
});
