// The commands, in the order in which the help lists them.

import type { Listed } from './command.ts';
import { keepCompiledCode } from './compile-cache.ts';

const all = () => {
  keepCompiledCode();
  return import('./work.ts');
};
const course = () => {
  keepCompiledCode();
  return import('./course-work.ts');
};

export const commands: readonly Listed[] = [
  {
    usage: 'tour',
    describe: 'a first look, part by part: memory, vanishing, exposure',
    load: async () => (await all()).tourCommand,
  },
  {
    usage: 'states [cells..]',
    describe: 'the hidden state over time, and how long an input echoes',
    load: async () => (await all()).statesCommand,
  },
  {
    usage: 'gates [cells..]',
    describe: 'every gate and the cell state over time',
    load: async () => (await all()).gatesCommand,
  },
  {
    usage: 'gradients [cells..]',
    describe: 'vanishing and exploding: how far back the gradient reaches',
    load: async () => (await all()).gradientsCommand,
  },
  {
    usage: 'truncation [cells..]',
    describe: 'truncated BPTT: what a gradient loses that goes back k steps',
    load: async () => (await all()).truncationCommand,
  },
  {
    usage: 'exposure [cell]',
    describe: 'exposure bias: a model that hears its own words, and how the error grows',
    load: async () => (await all()).exposureCommand,
  },
  {
    usage: 'sampling [cell]',
    describe: 'how often to hear the truth: the schedules, a sweep, and the exact limit',
    load: async () => (await all()).samplingCommand,
  },
  {
    usage: 'attention [cell]',
    describe: 'sequence to sequence: one state for all, or a look back at every step',
    load: async () => (await all()).attentionCommand,
  },
  {
    usage: 'parallel [cells..]',
    describe: 'what can be computed at once and what has to wait; a recurrence by scan',
    load: async () => (await all()).parallelCommand,
  },
  {
    usage: 'streaming [cells..]',
    describe: 'bytes and microseconds a token: a state beside the cache of attention',
    load: async () => (await all()).streamingCommand,
  },
  {
    usage: 'bidirectional [cell]',
    describe: 'what a second direction is for, and what it costs',
    load: async () => (await all()).bidirectionalCommand,
  },
  {
    usage: 'variants [cells..]',
    describe: 'which part of the LSTM matters: cells ranked over seeds',
    load: async () => (await all()).variantsCommand,
  },
  {
    usage: 'probe [cell]',
    describe: 'what one unit knows: a text shaded by it, and what a prediction listens to',
    load: async () => (await all()).probeCommand,
  },
  {
    usage: 'train [task] [cells..]',
    describe: 'the learning curve of cells on a task, or on data of your own',
    load: async () => (await all()).trainCommand,
  },
  {
    usage: 'compare <a> <b>',
    describe: 'two cells, options or whole commands side by side',
    load: async () => (await all()).compareCommand,
  },
  {
    usage: 'diagram [cell]',
    describe: 'drawn: the unrolled net, one step inside, encoder and decoder',
    load: async () => (await all()).diagramCommand,
  },
  {
    usage: 'cell',
    describe: 'list, show, derive, check or run cells',
    load: async () => (await all()).cellCommand,
  },
  {
    usage: 'lesson',
    describe: 'the course: lessons that run as you read',
    load: async () => (await course()).lessonCommand,
  },
  {
    usage: 'homework',
    describe: 'exercises: start one, check it, and be told what is wrong',
    load: async () => (await course()).homeworkCommand,
  },
  {
    usage: 'bench [cells..]',
    describe: 'microseconds a step, forward and with backward, and GFLOP/s',
    load: async () => (await all()).benchCommand,
  },
  {
    usage: 'schema [of]',
    describe: 'the JSON Schema of what --format json prints',
    load: async () => (await course()).schemaCommand,
  },
  {
    usage: 'completion <shell>',
    describe: 'completion for bash, zsh or fish',
    load: async () => (await all()).completionCommand,
  },
];
