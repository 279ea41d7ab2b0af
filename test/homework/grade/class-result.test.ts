// What a teacher reads, line by line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyFiles, listFiles } from '../../../lib/homework/grade/hand-ins.ts';
import { classReport, gradedFrom } from '../../../lib/homework/reports/class-report.ts';
import { classResult } from '../../../lib/homework/reports/class-result.ts';
import { render } from '../../../lib/render/render.ts';
import { assigned, ids, inFolder, reportOn } from './fake-class.ts';

const files = {
  'ann/rnn-step.py': 'pass',
  'ann/lstm-step.py': 'fail swap',
  'ben/rnn_step.py': 'fail',
  'ben/rnn-step.js': 'pass',
  'cem/lstm_step.py': 'fail swap nan',
  'cem/rnn-step.js': 'timeout',
  'dia.py': '',
};

test('a class in text: who has what, what is hard, what was left out, what went wrong', () =>
  inFolder(files, (folder) => {
    const sorted = classifyFiles(listFiles(folder), { known: ids });
    const graded = sorted.work.map((work) =>
      gradedFrom(work, reportOn(work.exercise, `${folder}/${work.file}`, work.student, 7)),
    );
    const exercises = assigned.filter(({ id }) => sorted.exercises.includes(id));
    const report = classReport({ ...sorted, version: '1', seed: 7, roll: '', exercises, graded });
    const look = { format: 'text', width: 80, height: 24, colour: 0, unicode: true } as const;
    assert.equal(
      render(classResult(report), look),
      `How did the class do?                          3 students · 2 exercises · seed 7
 student     points   not passed
 ann       12 of 18   lstm-step 6 of 12
 ben        3 of 18   rnn-step 3 of 6, lstm-step missing
 cem        6 of 18   rnn-step timeout, lstm-step 6 of 12

 exercise    handed in   passed   mean points   of
 rnn-step            3        1             3    6
 lstm-step           2        0             6   12

Several files for one exercise: the highest number in a name counts, then the
last name. The others were not run.
 counts            does not count
 ben/rnn_step.py   ben/rnn-step.js

Not graded: 1 file.
 file     why
 dia.py   names no exercise: name it rnn-step.py, or say --exercise

What went wrong, and how often?
  lstm-step: f and i are swapped             2 ████████████████████████████████
  takes too long, as an endless loop does    1 ████████████████
  rnn-step: wrong numbers: unknown mistakes  1 ████████████████

 mistake                                     who
 lstm-step: f and i are swapped              ann, cem
 takes too long, as an endless loop does     cem
 rnn-step: wrong numbers: unknown mistakes   ben

 L3: sandbox (measured)

 What one of them is told, in the folder of the class:
   unroll homework check lstm-step ann/lstm-step.py --seed 7
`,
    );
  }));
