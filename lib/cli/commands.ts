// The commands, in the order in which the help lists them.

import { type CommandListing, nameOf } from './command.ts';
import { keepCompiledCode } from './compile-cache.ts';
import { listedExperiments } from './listed-experiments.ts';

const all = () => {
  keepCompiledCode();
  return import('./bundle-main.ts');
};
const course = () => {
  keepCompiledCode();
  return import('./bundle-course.ts');
};

const written: readonly (CommandListing & { readonly order: number })[] = [
  {
    order: 0,
    usage: 'tour',
    describe: 'a first look, part by part: memory, vanishing, exposure',
    load: async () => (await all()).tourCommand,
  },
  {
    order: 90,
    usage: 'streaming [cells..]',
    describe: 'bytes and microseconds a token: a state beside the cache of attention',
    load: async () => (await all()).streamingCommand,
  },
  {
    order: 140,
    usage: 'compare <a> <b>',
    describe: 'two cells, options or whole commands side by side',
    load: async () => (await all()).compareCommand,
  },
  {
    order: 160,
    usage: 'cell',
    describe: 'list, show, derive, check or run cells',
    load: async () => (await all()).cellCommand,
  },
  {
    order: 170,
    usage: 'lesson',
    describe: 'the course: lessons that run as you read',
    load: async () => (await course()).lessonCommand,
  },
  {
    order: 180,
    usage: 'homework',
    describe: 'exercises: start one, check it, and be told what is wrong',
    load: async () => (await course()).homeworkCommand,
  },
  {
    order: 190,
    usage: 'bench [cells..]',
    describe: 'microseconds a step, forward and with backward, and GFLOP/s',
    load: async () => (await all()).benchCommand,
  },
  {
    order: 200,
    usage: 'schema [of]',
    describe: 'the JSON Schema of what --format json prints',
    load: async () => (await course()).schemaCommand,
  },
  {
    order: 210,
    usage: 'completion <shell>',
    describe: 'completion for bash, zsh or fish',
    load: async () => (await all()).completionCommand,
  },
];

const asked = listedExperiments.map((one) => ({
  ...one,
  load: async () => (await all()).experimentCommand(nameOf(one)),
}));

export const commands: readonly CommandListing[] = [...written, ...asked].sort((a, b) => a.order - b.order);
