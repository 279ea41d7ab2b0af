// What options read beside the command line: the user's files, standard input, and messages to standard error.

import { existsSync } from 'node:fs';
import type { Environment } from '../options/environment.ts';
import { readColumn } from './csv-column.ts';
import { readBytes, readText, textOf } from './files.ts';
import { assume, dropped, message } from './output.ts';
import { threadTimes } from './two-threads.ts';

export const environment: Environment = {
  readText,
  readBytes,
  textOf,
  readColumn,
  exists: existsSync,
  warn: message,
  dropped,
  assumed: assume,
  threadTimes,
};
