// The commands, in the order in which the help lists them.

import type { Listed } from './command.ts';

const all = () => import('./work.ts');

export const commands: readonly Listed[] = [
  {
    usage: 'tour',
    describe: 'a first look: what a state remembers, and how gradients vanish',
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
    usage: 'diagram [cell]',
    describe: 'the unrolled net, or the inside of one step, drawn',
    load: async () => (await all()).diagramCommand,
  },
  {
    usage: 'cell',
    describe: 'list, show, derive, check or run cells',
    load: async () => (await all()).cellCommand,
  },
  {
    usage: 'schema',
    describe: 'the JSON Schema of what --format json prints',
    load: async () => (await all()).schemaCommand,
  },
  {
    usage: 'completion <shell>',
    describe: 'completion for bash, zsh or fish',
    load: async () => (await all()).completionCommand,
  },
];
