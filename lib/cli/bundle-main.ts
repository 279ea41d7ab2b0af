// Everything behind the command line but the course, in one piece: the bundle has one file for what --help needs and this one for
// all the rest, because to find and read many files costs more than to read what is not needed.

export { benchCommand } from './commands/bench.ts';
export { cellCommand } from './commands/cell.ts';
export { compareCommand } from './commands/compare.ts';
export { completionCommand } from './commands/completion.ts';
export { streamingCommand } from './commands/streaming.ts';
export { tourCommand } from './commands/tour.ts';
export { experimentCommand } from './experiment-command.ts';
export { remember } from './files.ts';
export { present } from './output.ts';
export { reportError } from './report-error.ts';
export { checkOutputOptions, runExperiment } from './run-seeds.ts';
export { obeyOrders } from './two-threads.ts';
export { refuseUnread } from './unread.ts';
