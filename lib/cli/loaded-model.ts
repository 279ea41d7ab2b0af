// --load: a model from a file, and whether it fits what is to be learned.

import { InputError } from '../equations/input-error.ts';
import { cellArguments } from './cell-argument.ts';
import { type Loaded, readModel } from './model-file.ts';
import { once, type Typed } from './numbers.ts';
import { type StartArguments, startFrom } from './start-options.ts';
import type { GivenTask } from './task-argument.ts';
import { layersFrom } from './training-options.ts';

export interface LoadArguments extends StartArguments {
  readonly cells?: readonly string[];
  readonly layers?: Typed;
  readonly bidirectional?: boolean;
  readonly load?: Typed;
  readonly radius?: Typed;
}

/** The model of --load, that fits the task. */
export function modelFrom(args: LoadArguments, { task, text }: GivenTask, steps: number): Loaded | undefined {
  const path = once('--load', args.load);
  if (path === undefined) return undefined;
  const file = readModel(path, task);
  const loaded =
    file.kind === 'whole' ? wholeFrom(file.loaded, path, args) : weightsFrom(file.into, path, args, task, steps);
  const { inputs, outputs } = loaded.model.design;
  if (inputs !== task.inputs || outputs !== task.outputs)
    throw new InputError({
      where: path,
      says: `This model is for another task${typeof loaded.about.task === 'string' ? `: ${loaded.about.task}` : ''}.`,
      expected: `${task.name} gives ${task.inputs} and wants ${task.outputs} numbers a step`,
      got: `the model reads ${inputs} and says ${outputs}`,
      mend: 'train it on a task of its sizes, or leave --load out',
    });
  const learned = loaded.about.characters;
  if (text !== undefined && typeof learned === 'string' && learned !== text.characters.join(''))
    throw new InputError({
      where: path,
      says: 'This model has learned a text with other characters.',
      expected: JSON.stringify(learned),
      got: JSON.stringify(text.characters.join('')),
      mend: 'give a text of the same characters, or leave --load out',
    });
  return loaded;
}

/** What the file says itself is not said again. */
function wholeFrom(loaded: Loaded, path: string, args: LoadArguments): Loaded {
  const options = ['hidden', 'layers', 'bidirectional', 'init', 'forgetBias', 'radius'] as const;
  const extra = options.find((option) => args[option] !== undefined);
  const cell = args.cells?.[0];
  if (extra === undefined && cell === undefined) return loaded;
  const got = cell ?? `--${extra === 'forgetBias' ? 'forget-bias' : extra}`;
  throw new InputError({
    where: '--load',
    says: `${path} brings its own cell and sizes: ${loaded.model.design.cells.map(({ name }) => name).join(' on ')}, H = ${loaded.model.design.hidden}.`,
    expected: 'a task and no cell',
    got,
    mend: `take ${got} out`,
  });
}

function weightsFrom(
  into: (design: Loaded['model']['design']) => Loaded,
  path: string,
  args: LoadArguments,
  task: GivenTask['task'],
  steps: number,
): Loaded {
  const cells = cellArguments(args.cells ?? [], []);
  if (cells.length !== 1 || args.init !== undefined || args.forgetBias !== undefined || args.radius !== undefined)
    throw new InputError({
      where: '--load',
      says: cells.length === 1 ? `${path} says where everything starts.` : `${path} does not say which cell it is of.`,
      expected: 'one cell, with the --hidden, --layers and --bidirectional it was trained with',
      got:
        cells.length === 1
          ? '--init, --forget-bias or --radius'
          : cells.length === 0
            ? 'no cell'
            : `${cells.length} cells`,
      mend: cells.length === 1 ? 'take them out' : `name it:  unroll train ${task.name} gru --load ${path}`,
    });
  const { hidden } = startFrom(args, steps, task.usual.hidden);
  return into({
    cells: Array.from({ length: layersFrom(args) }, () => cells[0]!),
    directions: args.bidirectional === true ? 2 : 1,
    hidden,
    inputs: task.inputs,
    outputs: task.outputs,
  });
}
