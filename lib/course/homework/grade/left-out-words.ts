// Why a file was not graded, in words, each with what to do.

import type { Why } from './sort-out.ts';

export const leftOutWords: Readonly<Record<Why, string>> = {
  'no-exercise': 'names no exercise: name it lstm-step.py, or say --exercise',
  'no-student': 'nobody’s: put it into a folder of its student, or name it STUDENT_lstm-step.py',
  'not-asked': 'another exercise than --exercise says',
  ending: 'its ending is no language’s: .js .ts .py .cell',
  link: 'a link: links are not followed',
  foreign: 'what tools leave behind',
  deep: 'too many folders in one another',
  closed: 'a folder that may not be read',
  nameless: 'a name that is not UTF-8: rename it',
};
