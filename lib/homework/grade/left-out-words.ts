// Why a file was not graded, in words, each with what to do.

import { parse } from 'node:path';
import { nearest } from '../../equations/nearest.ts';
import type { LeftOut, Why } from './sort-out.ts';

export const leftOutWords: Readonly<Record<Why, string>> = {
  'no-exercise': 'names no exercise: name it lstm-step.py, or say --exercise',
  several: 'one of several files for one exercise: name the one that counts after the exercise',
  'no-student': 'nobody’s: put it into a folder of its student, or name it STUDENT_lstm-step.py',
  'not-asked': 'another exercise than --exercise says',
  ending: 'its ending is no language’s: .js .ts .py .cell',
  link: 'a link: links are not followed',
  foreign: 'what tools leave behind',
  deep: 'too many folders in one another',
  closed: 'a folder that may not be read',
  nameless: 'a name that is not UTF-8: rename it',
};

/** Of one file, in a class that is given these exercises: `rnn_stp.py` is to be named rnn-step.py. */
export function leftOutSays({ file, why }: LeftOut, exercises: readonly string[]): string {
  const { name, ext } = parse(file);
  const meant = nearest(name.replaceAll('_', '-'), exercises) ?? exercises[0];
  return leftOutWords[why].replace('lstm-step.py', `${meant ?? 'lstm-step'}${ext === '' ? '.py' : ext}`);
}
