// Writing: what is there stays what it is, a link is followed, a mode is kept, and what cannot be written is an error with a reason.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { anotherUser, unreadable } from '../another-user.ts';
import { program } from './run-unroll.ts';

interface Shell {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly folder: string;
}

/** Runs a shell script as nobody in particular in a folder of its own, where `$u` is unroll, and looks at the folder. */
function shell(script: string, look: (shell: Shell) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-writing-'));
  chmodSync(folder, 0o777);
  try {
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', `u='${process.execPath} ${program}'\n${script}`], {
      ...anotherUser,
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    look({ code: status, out: stdout, err: stderr, folder });
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const skip = unreadable(program);
const text = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');
const isSchema = (content: string): boolean => JSON.parse(content).$schema !== undefined;

describe('writing a file', { skip }, () => {
  it('follows a link, and leaves it a link', () =>
    shell('echo old > target.json; ln -s target.json link.json; $u schema --out link.json --force', (it) => {
      assert.equal(it.code, 0, it.err);
      assert.match(it.err, /^link\.json is written\.$/m);
      assert.ok(lstatSync(join(it.folder, 'link.json')).isSymbolicLink());
      assert.ok(isSchema(text(it.folder, 'target.json')));
    }));

  it('refuses without --force what a link leads to', () =>
    shell('echo old > target.json; ln -s target.json link.json; $u schema --out link.json', (it) => {
      assert.equal(it.code, 2);
      assert.match(it.err, /link\.json already exists/);
      assert.equal(text(it.folder, 'target.json'), 'old\n');
    }));

  it('makes what a dangling link leads to, through links of links and other folders', () =>
    shell('mkdir a b; ln -s ../b/two a/one; ln -s three.json b/two; $u schema --out a/one --force', (it) => {
      assert.equal(it.code, 0, it.err);
      assert.ok(lstatSync(join(it.folder, 'a/one')).isSymbolicLink());
      assert.ok(isSchema(text(it.folder, 'b/three.json')));
    }));

  it('names links that lead back to themselves', () =>
    shell('ln -s two one; ln -s one two; $u schema --out one --force', ({ code, err }) => {
      assert.equal(code, 2);
      assert.match(err, /one cannot be written: its symbolic links form a loop/);
    }));

  it('keeps the mode of a file that it replaces', () =>
    shell('echo old > x.json; chmod 600 x.json; umask 022; $u schema --out x.json --force', (it) => {
      assert.equal(it.code, 0, it.err);
      assert.equal(statSync(join(it.folder, 'x.json')).mode & 0o7777, 0o600);
      assert.ok(isSchema(text(it.folder, 'x.json')));
    }));

  it('does not replace a file that is write-protected', () =>
    shell('echo old > x.json; chmod 444 x.json; $u schema --out x.json --force', (it) => {
      assert.equal(it.code, 2);
      assert.match(it.err, /x\.json cannot be written: permission denied/);
      assert.equal(text(it.folder, 'x.json'), 'old\n');
    }));

  it('says before the work that a folder cannot be written to', () =>
    shell('mkdir shut; chmod 555 shut; $u train adding --updates 100000 --out shut/x.json', ({ code, err }) => {
      assert.equal(code, 2);
      assert.match(err, /shut\/x\.json cannot be written: permission denied/);
    }));

  for (const name of ['there', 'there/', './there/.'])
    it(`names ${name} as a folder`, () =>
      shell(`mkdir there; $u gradients --out ${name} --format svg --force`, ({ code, err }) => {
        assert.equal(code, 2);
        assert.match(err, /cannot be written: it is a folder/);
      }));

  it('writes into a pipe with a name, without --force, and leaves it a pipe', () =>
    shell('mkfifo p; cat p > got.json & sleep 1; $u schema --out p; code=$?; wait; exit $code', (it) => {
      assert.equal(it.code, 0, it.err);
      assert.ok(lstatSync(join(it.folder, 'p')).isFIFO());
      assert.ok(isSchema(text(it.folder, 'got.json')));
    }));

  it('does not wait for ever where nothing reads from a pipe', () =>
    shell('mkfifo p; $u schema --out p --force', ({ code, err, folder }) => {
      assert.equal(code, 2);
      assert.match(err, /p cannot be written: no process reads from it/);
      assert.ok(lstatSync(join(folder, 'p')).isFIFO());
    }));

  for (const [name, redirected] of [
    ['/dev/stdout', ''],
    ['/dev/stdout', ' | cat'],
    ['/dev/stdout', ' > got; cat got'],
    ['-', ''],
    ['-', ' > got; cat got'],
  ] as const)
    it(`writes to standard output for --out ${name}${redirected}`, () =>
      shell(
        `(echo before; $u schema --out ${name}${name === '-' ? '' : ' --force'})${redirected}`,
        ({ code, out, err, folder }) => {
          assert.equal(code, 0, err);
          assert.equal(err, '');
          assert.match(out, /^before\n/);
          assert.ok(isSchema(out.replace('before\n', '')));
          assert.deepEqual(readdirSync(folder), redirected.includes('got') ? ['got'] : []);
        },
      ));

  it('writes to a file of another descriptor by its name alone', () =>
    shell('$u schema --out /dev/fd/7 7>got.json', ({ code, err, folder }) => {
      assert.equal(code, 2);
      assert.match(err, /\/dev\/fd\/7 already exists/);
      assert.equal(text(folder, 'got.json'), '');
    }));

  const full: readonly (readonly [says: string, command: string, file: string])[] = [
    ['--out', '$u gradients rnn --format json --out x.json --force', 'x.json'],
    ['--save', '$u train adding rnn --updates 1 --seeds 1 --save x.json --force', 'x.json'],
    ['lesson export', '$u lesson export vanishing --out x.html --force', 'x.html'],
    ['homework start', '$u homework start rnn-step --out x.py --force', 'x.py'],
  ];
  for (const [says, command, file] of full)
    it(`keeps the old file whole where the new one does not fit: ${says}`, () =>
      shell(`echo old > ${file}; ulimit -f 1; ${command}`, ({ code, err, folder }) => {
        assert.equal(code, 2);
        assert.match(err, new RegExp(`${file} cannot be written: it exceeds the limit on file size \\(EFBIG\\)`));
        assert.equal(text(folder, file), 'old\n');
        assert.deepEqual(readdirSync(folder), [file]);
      }));

  it('does not write a result over the model that it has just kept, also through a link', () =>
    shell('ln -s m.json l.json; $u train adding rnn --updates 1 --seeds 1 --save m.json --out l.json --force', (it) => {
      assert.equal(it.code, 2);
      assert.match(it.err, /Both --save and --out name m\.json/);
      assert.deepEqual(readdirSync(it.folder), ['l.json']);
    }));

  it('takes no other file away that has the name of the partial one', () =>
    shell('echo mine > x.json.$$.part; exec $u schema --out x.json', ({ code, err, folder }) => {
      assert.equal(code, 2, err);
      const [mine] = readdirSync(folder);
      assert.equal(text(folder, mine!), 'mine\n');
      rmSync(join(folder, mine!));
    }));

  it('prints a new lesson into no folder that is not there to be written', () =>
    shell('mkdir shut; chmod 555 shut; $u lesson new echo --lessons shut/mine', ({ code, err }) => {
      assert.equal(code, 2);
      assert.match(err, /shut\/mine cannot be written: permission denied/);
    }));
});

describe('standard output', { skip }, () => {
  for (const command of ['gradients rnn --format json', 'gradients rnn', '--help', 'schema', 'lesson list'])
    for (const blocks of [0, 1])
      it(`that is full after ${blocks} blocks is an error: unroll ${command}`, () =>
        shell(`ulimit -f ${blocks}; $u ${command} > got`, ({ code, err }) => {
          assert.equal(code, 2);
          assert.match(err, /^Standard output cannot be written: it exceeds the limit on file size \(EFBIG\)\.$/m);
          assert.doesNotMatch(err, /fault of its own/);
        }));

  it('that is closed, or read no further, is none', () => {
    shell('$u gradients rnn | head -1', ({ code, err }) => assert.deepEqual([code, err], [0, '']));
    shell('$u gradients rnn --out x.json >&- 2>&-', ({ code, folder }) => {
      assert.equal(code, 0);
      assert.ok(existsSync(join(folder, 'x.json')));
    });
  });
});
