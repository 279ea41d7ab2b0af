// What `--help` says: laid out within 80 columns, and the defaults it names are those of a run.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameOf } from '../../lib/cli/command.ts';
import { commands } from '../../lib/cli/commands.ts';
import { unroll } from './run-unroll.ts';

const all = commands.map(nameOf).concat(['list', 'show', 'derive', 'check', 'run'].map((sub) => `cell ${sub}`));

function helpOf(command: string): string {
  const { code, out, err } = unroll([...command.split(' '), '--help']);
  assert.equal(err, '');
  assert.equal(code, 0);
  return out;
}

/** The command lines that a page lists, `unroll lesson reset <name>`. */
const listedIn = (page: string): string[] =>
  [...(page.split('\nCommands:\n')[1] ?? '').split('\n\n')[0]!.matchAll(/^ {2}(unroll \S.*?)(?: {2,}.*)?$/gm)].map(
    ([, line]) => line!,
  );

describe('--help', () => {
  it('lists command lines that are there, each with a page of its own, and every page has its examples once', () => {
    const pages = new Set<string>();
    const look = (page: string, words: string): void => {
      if (pages.has(words)) return;
      pages.add(words);
      assert.ok((page.match(/^Examples:$/gm) ?? []).length <= 1, `${words} has its examples twice`);
      for (const line of listedIn(page)) {
        const typed = line.replace(/[[<](\w+)\.*[\]>]/g, '$1').split(' ');
        const { code, out, err } = unroll([...typed.slice(1), '--help']);
        assert.equal(code, 0, `${line}: ${err}`);
        const name = line.replace(/ [[<].*$/, '');
        assert.ok(out.startsWith(name), `${line} is listed in ${words}; its page begins with ${out.split('\n')[0]}`);
        const places = (out.split('\nPositionals:\n')[1] ?? '').split('\n\n')[0]!.matchAll(/^ {2}(\w+)/gm);
        for (const [, place] of places)
          assert.match(out, new RegExp(`[[<]${place}(\\.\\.)?[\\]>]`), `${line} takes no ${place}`);
        look(out, name);
      }
    };
    look(unroll(['--help']).out, 'unroll');
    for (const name of ['unroll lesson notes', 'unroll homework grade merge', 'unroll cell show', 'unroll train'])
      assert.ok(pages.has(name), `${name} is listed nowhere`);
  });

  for (const command of all)
    it(`of ${command} fits, and says of every option what it takes`, () => {
      const help = helpOf(command);
      for (const line of help.split('\n')) {
        assert.ok(Array.from(line).length <= 80, line);
        assert.doesNotMatch(line, /\S\[(number|string|boolean)\]/);
      }
      // From one option to the next one.
      for (const option of help
        .split('\nExamples:')[0]!
        .split(/\n(?=\s+(?:-\w, )?--)/)
        .slice(1))
        assert.match(option, /\[(number|string|boolean)\]/, option);
    });

  it('names the formats and the endings that are accepted, and no other is', () => {
    const files = { 'rnn_step.py': 'def rnn_step(h, x, W_h, W_x, b):\n    return h\n' };
    for (const [command, args] of [
      ['cell list', []],
      ['cell derive', ['rnn']],
      ['schema', []],
      ['homework list', []],
      ['homework check', ['rnn-step', 'rnn_step.py']],
    ] as const) {
      const help = helpOf(command).replace(/\s+/g, ' ');
      const [, endings = ''] = /--out .*?instead: ([. a-z]+)/.exec(help) ?? [];
      const run = (...words: string[]) => unroll([...command.split(' '), ...args, ...words], { files });
      for (const ending of endings.trim().split(' ')) {
        const { code, err, files: after } = run('--out', `o${ending}`);
        assert.ok(code! < 2 && after.includes(`o${ending}`), `${command} --out o${ending}: ${err}`);
      }
      assert.equal(run('--out', 'o.pdf').code, 2);
      const [, formats = ''] = /--format ([a-z0-9, ]+) \[string\]/.exec(help) ?? [];
      for (const format of formats.split(', ').filter((name) => name !== '' && name !== 'classroom50'))
        assert.ok(run('--format', format).code! < 2, `${command} --format ${format}`);
    }
  });

  it('of train names the tasks first', () => {
    assert.match(
      helpOf('train'),
      /^Positionals:\n {2}task +adding, copying-memory[\s\S]*text +\[string\]\n {2}cells +a built-in cell[\s\S]*\nData:/m,
    );
  });

  it('shows examples whole, so that they can be copied', () => {
    assert.match(
      helpOf('states'),
      /^ {2}unroll states "h = tanh\(W \* h_prev \+ U \* x\)" --signal sine\n {6}a cell of your own$/m,
    );
  });

  it('shows numbers as numbers, and reads them as they were typed', () => {
    assert.match(helpOf('states'), /--hidden .*\[number\] \[default: 16\]/);
    assert.match(unroll(['states', '--hidden', '1e1']).err, /`1e1` is not in decimal digits[\s\S]*--hidden 10$/m);
    assert.match(unroll(['states', '--hidden', '1e9']).err, /--hidden 1e9 is too large[\s\S]*from 1 to 512/);
  });

  const small = ['--updates', '1', '--seeds', '1'];
  const runs: readonly (readonly [command: string, args: readonly string[]])[] = [
    ['states', []],
    ['gates', []],
    ['gradients', []],
    ['diagram', []],
    ['parallel', []],
    ['cell check', []],
    ['sampling', small],
    ['exposure', small],
    ['attention', ['--updates', '1', '--lengths', '6']],
    ['train', ['adding', '--updates', '1']],
  ];
  for (const [command, args] of runs)
    it(`of ${command} names the defaults that hold`, () => {
      const { out } = unroll([...command.split(' '), ...args, '--format', 'json']);
      const { options, seed } = JSON.parse(out) as { options: Record<string, unknown>; seed: number };
      const named = [
        ...helpOf(command).matchAll(
          /--([\w-]+)(?:(?!--)[^[])*\[(?:number|string)\]\s+\[default: ([^;\]]+?)(?: for labels)?[;\]]/g,
        ),
      ];
      const values = new Map<string, unknown>([...Object.entries(options), ['seed', seed]]);
      const compared = named.filter(
        ([, name, value]) =>
          values.has(name!) && !args.includes(`--${name}`) && /^[\d.]+$|^(fast|mathjs|adam|constant)$/.test(value!),
      );
      assert.ok(compared.length >= 2, `only ${compared.length} compared`);
      for (const [, name, value] of compared) assert.equal(String(values.get(name!)), value, name);
    });
});
