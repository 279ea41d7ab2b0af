// Whose file is which exercise: by folders, by names, by --exercise; and every file is either graded or named.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  type ClassScope,
  classifyFiles,
  exerciseIn,
  type FolderEntry,
  listFiles,
} from '../../../lib/homework/grade/hand-ins.ts';
import { languageOf } from '../../../lib/homework/language.ts';
import fc from '../../fast-check.ts';
import { ids, inFolder } from './fake-class.ts';

const sorted = (names: readonly string[], asked: Partial<ClassScope> = {}) =>
  inFolder(Object.fromEntries(names.map((name) => [name, ''])), (folder) =>
    classifyFiles(listFiles(folder), { known: ids, ...asked }),
  );

describe('the name of a file', () => {
  it('names an exercise in every way in which it is usually written', () => {
    for (const name of ['lstm-step', 'lstm_step', 'lstmStep', 'LstmStep', 'LSTM step', 'lstm_step (1)', 'lstm_step-2'])
      assert.deepEqual(exerciseIn(name, ids), { exercise: 'lstm-step', before: '' }, name);
  });

  it('may have a student before it, in which anything may stand', () => {
    for (const [name, before] of [
      ['alice_lstm-step', 'alice'],
      ['anna_maria_lstm_step', 'anna_maria'],
      ['o--brien--lstm-step', 'o--brien'],
      ['doe_12345_67890_lstmStep-1', 'doe_12345_67890'],
      ['李\n雷 lstm step', '李\n雷'],
    ] as const)
      assert.deepEqual(exerciseIn(name, ids), { exercise: 'lstm-step', before }, name);
  });

  it('names none when it only holds one', () => {
    for (const name of ['lstm_step_old', 'mylstm-step', 'lstm', 'step', 'rnn-step.test', '', 'lstm-step2021'])
      assert.equal(exerciseIn(name, ids), undefined, name);
  });

  it('means the longer exercise where two end alike', () => {
    assert.deepEqual(exerciseIn('bob_big-rnn', ['rnn', 'big-rnn']), { exercise: 'big-rnn', before: 'bob' });
  });
});

describe('a class', () => {
  it('is a folder a student, in which a name or a folder says the exercise', async () => {
    const { students, exercises, work, leftOut } = await sorted([
      'bob/lstm-step.js',
      'alice/rnn_step.py',
      'alice/week 2/lstmStep.ts',
      'alice/birnn/solution.py',
      'alice/alice_lstm-step.py',
      'carol/notes.txt',
    ]);
    assert.deepEqual(students, ['alice', 'bob', 'carol']);
    assert.deepEqual(exercises, ['rnn-step', 'lstm-step', 'birnn']);
    assert.deepEqual(work, [
      { student: 'alice', exercise: 'rnn-step', file: 'alice/rnn_step.py', beside: [] },
      {
        student: 'alice',
        exercise: 'lstm-step',
        file: 'alice/week 2/lstmStep.ts',
        beside: ['alice/alice_lstm-step.py'],
      },
      { student: 'alice', exercise: 'birnn', file: 'alice/birnn/solution.py', beside: [] },
      { student: 'bob', exercise: 'lstm-step', file: 'bob/lstm-step.js', beside: [] },
    ]);
    assert.deepEqual(leftOut, [{ file: 'carol/notes.txt', why: 'ending' }]);
  });

  it('is files with the student in their names', async () => {
    const { work, leftOut } = await sorted(['bob_lstm-step.js', 'ann--birnn.py', 'rnn-step.py', 'bob.py']);
    assert.deepEqual(work, [
      { student: 'ann', exercise: 'birnn', file: 'ann--birnn.py', beside: [] },
      { student: 'bob', exercise: 'lstm-step', file: 'bob_lstm-step.js', beside: [] },
    ]);
    assert.deepEqual(leftOut, [
      { file: 'bob.py', why: 'no-exercise' },
      { file: 'rnn-step.py', why: 'no-student' },
    ]);
  });

  it('takes with one --exercise what names none, unless the student has a file that does', async () => {
    const names = ['ann.py', 'bob/main.py', 'carl/birnn.py', 'carl/main.py', 'dora/rnn-step.js', 'birnn.py'];
    const { exercises, work, leftOut } = await sorted(names, { only: ['birnn'] });
    assert.deepEqual(exercises, ['birnn']);
    assert.deepEqual(
      work.map(({ file }) => file),
      ['ann.py', 'bob/main.py', 'carl/birnn.py'],
    );
    assert.deepEqual(leftOut, [
      { file: 'birnn.py', why: 'no-student' },
      { file: 'dora/rnn-step.js', why: 'not-asked' },
    ]);
    const two = await sorted(names, { only: ['birnn', 'rnn-step'] });
    assert.deepEqual(
      two.work.map(({ file }) => file),
      ['carl/birnn.py', 'dora/rnn-step.js'],
    );
  });

  it('has one file of a student for an exercise: the highest number, then the last by name', async () => {
    const counts = async (...names: string[]) => (await sorted(names.map((name) => `ann/${name}`))).work;
    const beside = (...names: string[]) => names.map((name) => `ann/${name}`);
    for (const [names, last] of [
      [['lstm-step.py', 'lstm-step-1.py', 'lstm_step (2).py'], 'lstm_step (2).py'],
      [['lstm-step-9.py', 'lstm-step-10.py', 'lstmStep.ts'], 'lstm-step-10.py'],
      [['lstm-step.js', 'lstm_step.js', 'LSTM step.mjs', 'ann_lstm-step.py'], 'lstm_step.js'],
      [['attempt 9/lstm-step.py', 'attempt 10/lstm-step.py'], 'attempt 10/lstm-step.py'],
      [['lstm-step/main.py', 'lstm-step.js'], 'lstm-step.js'],
      [['lstm-step (1)/main.py', 'lstm-step (2)/main.py'], 'lstm-step (2)/main.py'],
      [['lstm-step/main.py', 'lstm-step/main (1).py', 'lstm-step/main-2.js'], 'lstm-step/main-2.js'],
    ] as const) {
      const [one, ...more] = await counts(...names);
      assert.deepEqual([one!.file, more], [`ann/${last}`, []], names.join());
      assert.deepEqual([...one!.beside].sort(), beside(...names.filter((name) => name !== last)).sort());
    }
    const variants = Array.from({ length: 999 }, (_, i) => `birnn-${i + 1}.py`);
    const [one, ...more] = await counts(...variants);
    assert.deepEqual([one!.file, one!.beside.length, more], ['ann/birnn-999.py', 998, []]);
  });

  it('does not choose among files of other names that only a folder or --exercise attributes', async () => {
    const names = ['ann/birnn/main.py', 'ann/birnn/tools.py', 'bob/birnn/main.py'];
    const { students, work, leftOut } = await sorted(names);
    assert.deepEqual([students, work.map(({ file }) => file)], [['ann', 'bob'], ['bob/birnn/main.py']]);
    assert.deepEqual(leftOut, [
      { file: 'ann/birnn/main.py', why: 'several' },
      { file: 'ann/birnn/tools.py', why: 'several' },
    ]);
    const asked = await sorted(['ann/main.py', 'ann/tools.py', 'bob/main.py', 'bob/main (1).py'], { only: ['birnn'] });
    assert.deepEqual(
      asked.work.map(({ file, beside }) => [file, beside]),
      [['bob/main (1).py', ['bob/main.py']]],
    );
    assert.equal(asked.leftOut.length, 2);
  });

  it('may be of one student, whose name is given', async () => {
    const { students, work } = await sorted(['lstm-step.py', 'birnn/x.js'], { student: 'me' });
    assert.deepEqual(students, ['me']);
    assert.deepEqual(
      work.map(({ file }) => file),
      ['lstm-step.py', 'birnn/x.js'],
    );
  });

  it('has programs in other languages where a name says the exercise and the file can be executed', () =>
    inFolder({ 'ann/lstm-step': '', 'ann/birnn.awk': '', 'bob_rnn-step.sh': '', 'ann/notes': '' }, (folder) => {
      for (const name of ['ann/lstm-step', 'bob_rnn-step.sh', 'ann/notes']) chmodSync(join(folder, name), 0o755);
      const { work, leftOut } = classifyFiles(listFiles(folder), { known: ids });
      assert.deepEqual(
        work.map(({ file }) => file),
        ['ann/lstm-step', 'bob_rnn-step.sh'],
      );
      assert.deepEqual(
        leftOut.map(({ why }) => why),
        ['ending', 'ending'],
      );
    }));

  it('has names that nobody would choose, as they are', async () => {
    const students = [
      '-rf',
      '--help',
      'a\nb',
      '\u001b[31mred',
      '= 1+1',
      'Jos\u00e9',
      'Jose\u0301',
      '%s',
      "o'brien",
      '\u202eevil',
      '$(id)',
    ];
    const { work, leftOut } = await sorted(students.map((student) => `${student}/lstm-step.py`));
    assert.deepEqual(
      work.map(({ student }) => student),
      [...students].sort(),
    );
    assert.deepEqual(leftOut, []);
  });

  it(
    'is walked without following a link, entering what tools leave, or opening a pipe',
    { skip: process.platform === 'win32' },
    () =>
      inFolder(
        { 'ann/lstm-step.py': '', 'ann/__pycache__/lstm-step.py': '', 'ann/.git/birnn.py': '', '.DS_Store': '' },
        (folder) => {
          symlinkSync(folder, join(folder, 'ann', 'around'));
          symlinkSync('/etc/passwd', join(folder, 'ann', 'birnn.py'));
          execFileSync('mkfifo', [join(folder, 'ann', 'rnn-step.py')]);
          mkdirSync(join(folder, 'bob', ...new Array(12).fill('d')), { recursive: true });
          writeFileSync(Buffer.from(`${folder}/ann/\xff.py`, 'latin1'), '');
          const { students, work, leftOut } = classifyFiles(listFiles(folder), { known: ids });
          assert.deepEqual(students, ['ann', 'bob']);
          // The link and the pipe are handed on to be refused.
          assert.deepEqual(
            work.map(({ file }) => file),
            ['ann/rnn-step.py', 'ann/lstm-step.py', 'ann/birnn.py'],
          );
          assert.deepEqual(
            leftOut.map(({ why }) => why),
            ['foreign', 'foreign', 'foreign', 'link', 'nameless', 'deep'],
          );
        },
      ),
  );

  it('loses no file: each is work of somebody, or left out with a reason', async () => {
    const part = fc.constantFrom(
      'ann',
      'bob',
      'rnn-step',
      'lstmStep.py',
      'x_birnn.js',
      'main.py',
      'notes.md',
      'b i r n n.ts',
    );
    const paths = fc.uniqueArray(fc.array(part, { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 12,
      selector: (path) => path.join('/'),
    });
    const asked = fc.record(
      { only: fc.subarray(ids, { minLength: 1 }), student: fc.constantFrom('ann', 'zoe') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(paths, asked, (all, extra) => {
        const entries = all.map((path): FolderEntry => {
          const language = languageOf(path.at(-1)!);
          return { path, kind: 'file', ...(language && { language }) };
        });
        const { work, leftOut, students } = classifyFiles(entries, { known: ids, ...extra });
        const found = [...work.flatMap(({ file, beside }) => [file, ...beside]), ...leftOut.map(({ file }) => file)];
        assert.deepEqual(found.sort(), all.map((path) => path.join('/')).sort());
        for (const { student } of work) assert.ok(students.includes(student));
      }),
    );
  });
});
