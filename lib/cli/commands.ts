// The commands, in the order in which the help lists them.

import type { Listed } from './command.ts';

export const commands: readonly Listed[] = [
  {
    usage: 'tour',
    describe: 'a first look: what a state remembers, and how gradients vanish',
    load: async () => (await import('./commands/tour.ts')).tourCommand,
  },
  {
    usage: 'states [cells..]',
    describe: 'the hidden state over time, and how long an input echoes',
    load: async () => (await import('./commands/states.ts')).statesCommand,
  },
  {
    usage: 'gates [cells..]',
    describe: 'every gate and the cell state over time',
    load: async () => (await import('./commands/gates.ts')).gatesCommand,
  },
  {
    usage: 'gradients [cells..]',
    describe: 'vanishing and exploding: how far back the gradient reaches',
    load: async () => (await import('./commands/gradients.ts')).gradientsCommand,
  },
  {
    usage: 'diagram [cell]',
    describe: 'the unrolled net, or the inside of one step, drawn',
    load: async () => (await import('./commands/diagram.ts')).diagramCommand,
  },
  {
    usage: 'cell',
    describe: 'list, show, derive, check or run cells',
    load: async () => (await import('./commands/cell.ts')).cellCommand,
  },
  {
    usage: 'schema',
    describe: 'the JSON Schema of what --format json prints',
    load: async () => (await import('./commands/schema.ts')).schemaCommand,
  },
  {
    usage: 'completion <shell>',
    describe: 'completion for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completionCommand,
  },
];
