// --out FILE and --format, for drawings too: every experiment can be drawn, in every format.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'parse5';
import { html } from '../../lib/render/chart/result-page.ts';
import { svg } from '../../lib/render/charts.ts';
import type { Result } from '../../lib/render/result.ts';
import { named, parsed } from '../render/chart/parsed.ts';
import { program, unroll } from './run-unroll.ts';

/** Every experiment as it is by default, but with fewer updates where they take seconds. */
const experiments: readonly (readonly string[])[] = [
  ['states'],
  ['states', 'rnn', 'gru', '--perturb', '2'],
  ['states', '--signal', 'sine', '--units', '1,2'],
  ['gates'],
  ['gates', 'lstm', 'gru', '--seeds', '2'],
  ['gradients'],
  ['gradients', 'rnn', '--radius', '.5,1', '--seeds', '2'],
  ['gradients', 'lstm', '--text', "the bank's river", '--forget-bias', 'chrono', '--seeds', '2'],
  ['gradients', 'lstm', 'gru', '--decompose', '--seeds', '2'],
  ['gradients', '--matrix', '.9 3; 0 .9'],
  ['gradients', '--cliff'],
  ['exposure', '--seeds', '1', '--updates', '20'],
  ['exposure', '--series', 'two-sines', '--compare', 'forced,scheduled', '--seeds', '2', '--updates', '10'],
  ['sampling', '--epsilon', '1,0', '--seeds', '1', '--updates', '10'],
  ['train', 'adding', '--updates', '20', '--seeds', '2'],
  [
    'train',
    'copying-memory',
    'rnn',
    'gru',
    '--bidirectional',
    '--updates',
    '5',
    '--seeds',
    '1',
    '--clip',
    '5',
    '--init',
    'xavier',
  ],
  ['diagram'],
  ['diagram', 'gru', '--teacher-forcing', '--steps', '3'],
  ['diagram', 'lstm', '--bidirectional'],
  ['diagram', 'lstm', '--inside'],
  ['cell', 'list'],
  ['cell', 'show', 'lstm'],
  ['cell', 'derive', 'gru'],
  ['cell', 'check', 'rnn'],
];

describe('every experiment', () => {
  for (const args of experiments)
    it(`unroll ${args.join(' ')}: as SVG and as HTML`, () => {
      const { out: json } = unroll([...args, '--format', 'json']);
      const result = JSON.parse(json) as Result;

      assert.equal(named(parsed(svg(result)), 'title')[0]?.text, result.question);
      parse(html(result), {
        onParseError: ({ code }) => {
          throw new Error(code);
        },
      });
    });

  it('can be drawn as a table of times too', () => {
    const args = ['bench', 'rnn', '--hidden', '2', '--steps', '2', '--repeats', '1'];
    assert.equal(named(parsed(unroll([...args, '--format', 'svg']).out), 'svg').length, 1);
  });
});

describe('--format', () => {
  it('draws to standard output too, what the Result says and nothing else', () => {
    const args = ['gates', 'lstm', 'gru', '--seeds', '2', '--format'];
    const result = JSON.parse(unroll([...args, 'json']).out) as Result;
    assert.deepEqual(unroll([...args, 'svg']), { code: 0, out: svg(result), err: '', files: [] });
    const command = 'unroll gates lstm gru --seeds 2 --seed 1';
    assert.deepEqual(unroll([...args, 'html']), { code: 0, out: html(result, { command }), err: '', files: [] });
  });
});

describe('--out', () => {
  const args = ['gradients', '--steps', '8', '--seeds', '2', '--out'];
  const written = (name: string, ...more: string[]): string => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
    try {
      const { status } = spawnSync(process.execPath, [program, ...args, join(folder, name), ...more], {
        encoding: 'utf8',
      });
      assert.equal(status, 0);
      assert.deepEqual(readdirSync(folder), [name]);
      return readFileSync(join(folder, name), 'utf8');
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('takes the format from the ending of the name, capital or not', () => {
    assert.match(written('a.svg'), /^<svg /);
    assert.match(written('a.HTML'), /^<!DOCTYPE html>/);
    assert.match(written('a.json'), /^\{/);
    assert.match(written('a.csv'), /^figure,title/);
    assert.match(written('a.txt'), /^How far back/);
    assert.match(written('plain'), /^How far back/);
    assert.match(written('v1.2', '--format', 'svg'), /^<svg /);
  });

  it('refuses an ending that it does not know, with those that there are', () => {
    const { code, err, files } = unroll([...args, 'a.svgz']);
    assert.equal(code, 2);
    assert.match(
      err,
      /a\.svgz: `\.svgz` is not a format of this command[\s\S]*\.txt, \.json, \.csv, \.svg, \.html[\s\S]*did you mean `\.svg`/,
    );
    assert.deepEqual(files, []);
    assert.match(unroll([...args, 'a.pdf']).err, /--format/);
  });

  it('replaces a drawing only with --force', () => {
    const files = { 'a.svg': 'mine' };
    assert.equal(unroll([...args, 'a.svg'], { files }).code, 2);
    assert.equal(unroll([...args, 'a.svg', '--force'], { files }).code, 0);
  });

  it('saves a derived cell as a cell', () => {
    assert.equal(unroll(['cell', 'derive', 'rnn', '--out', 'd.cell']).code, 0);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
    try {
      const child = spawn(process.execPath, [program, 'exposure', '--out', join(folder, 'a.html')], {
        stdio: 'ignore',
      });
      setTimeout(() => child.kill('SIGKILL'), 400);
      await once(child, 'exit');
      assert.deepEqual(readdirSync(folder), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a drawing', () => {
  it('is in black and white with --no-color, and without notes with --quiet', () => {
    const args = ['states', '--format', 'svg'];
    assert.doesNotMatch(unroll([...args, '--no-color']).out, /="#(?!(..)\1\1")[0-9a-f]{6}"/);
    assert.match(unroll(args).out, /#0067a6/);
    assert.ok(unroll([...args, '--quiet']).out.length < unroll(args).out.length);
  });

  it('is the same every time, for the same seed', () => {
    const args = ['gates', '--format', 'html'];
    assert.equal(unroll(args).out, unroll(args).out);
  });
});
