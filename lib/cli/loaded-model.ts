// --load: a model from a file, and whether it fits what is to be learned.

import { InputError } from '../equations/input-error.ts';
import { counted } from '../numbers/counted.ts';
import { cellArguments } from '../options/cell-argument.ts';
import { type StartArguments, startFrom } from '../options/initialisation.ts';
import { once, type Typed } from '../options/typed.ts';
import { equationsOf } from '../training/pytorch-module.ts';
import { environment } from './environment.ts';
import { type Loaded, type ModelFile, readModel } from './model-file.ts';
import type { GivenTask } from './task-argument.ts';
import { layersFrom } from './training-options.ts';

export interface LoadArguments extends StartArguments {
  readonly cells?: readonly string[];
  readonly layers?: Typed;
  readonly bidirectional?: boolean | undefined;
  readonly load?: Typed;
  readonly radius?: Typed;
}

/** The model of --load, that fits the task. */
export function modelFrom(args: LoadArguments, { task, text }: GivenTask, steps: number): Loaded | undefined {
  const path = once('--load', args.load);
  if (path === undefined) return undefined;
  const file = readModel(path, task);
  const loaded =
    file.kind === 'whole' ? wholeFrom(file.loaded, path, args) : weightsFrom(file, path, args, task, steps);
  const { inputs, outputs } = loaded.model.design;
  const learned = typeof loaded.about.characters === 'string' ? Array.from(loaded.about.characters) : undefined;
  const characters = text?.characters;
  if (characters !== undefined && learned !== undefined && learned.join('') !== characters.join(''))
    throw new InputError(path, 'This model was trained on a text with other characters.', {
      expected: `the ${counted(learned.length, 'character')} ${JSON.stringify(learned.join(''))}`,
      got: `the ${counted(characters.length, 'character')} ${JSON.stringify(characters.join(''))}`,
      fix: 'give a text with the same set of characters, or remove --load',
    });
  if (inputs !== task.inputs || outputs !== task.outputs)
    throw new InputError(
      path,
      loaded.about.task === undefined
        ? `The sizes of the model do not match ${characters === undefined ? task.name : 'the text'}.`
        : `This model is for another task: ${loaded.about.task}.`,
      {
        expected:
          characters === undefined
            ? `${counted(task.inputs, 'input')} and ${counted(task.outputs, 'output')}, as ${task.name} has`
            : `one input and one output for each of the ${characters.length} different characters of the text`,
        got: `a model with ${counted(inputs, 'input')} and ${counted(outputs, 'output')}`,
        fix:
          characters === undefined
            ? 'choose a task with its sizes, or remove --load'
            : 'give the text that it was trained on, or remove --load',
      },
    );
  if (characters === undefined || learned !== undefined) {
    const before = loaded.about.task;
    const notes =
      before === undefined || before === task.name ? [] : [`The model was trained on another task: ${before}.`];
    return { ...loaded, notes: [...loaded.notes, ...notes] };
  }
  const first = characters.slice(0, 3).map((character, i) => `${i} is ${JSON.stringify(character)}`);
  const order = `The file does not name its characters; they are assumed to be in the order of their code points: class ${first.join(', ')} and so on.`;
  return { ...loaded, notes: [...loaded.notes, order] };
}

/** What the file says itself is not said again. */
function wholeFrom(loaded: Loaded, path: string, args: LoadArguments): Loaded {
  const options = ['hidden', 'layers', 'bidirectional', 'init', 'forgetBias', 'radius'] as const;
  const extra = options.find((option) => args[option] !== undefined);
  const cell = args.cells?.[0];
  if (extra === undefined && cell === undefined) return loaded;
  const got = cell ?? `--${extra === 'forgetBias' ? 'forget-bias' : extra}`;
  throw new InputError(
    '--load',
    `${path} brings its own cell and sizes: ${loaded.model.design.cells.map(({ name }) => name).join(' on ')}, H = ${loaded.model.design.hidden}.`,
    { expected: 'a task and no cell', got, fix: `take ${got} out` },
  );
}

function weightsFrom(
  { about, into }: ModelFile & { readonly kind: 'weights' },
  path: string,
  args: LoadArguments,
  task: GivenTask['task'],
  steps: number,
): Loaded {
  const cells = cellArguments(args.cells ?? [], [], environment);
  if (cells.length !== 1 || args.init !== undefined || args.forgetBias !== undefined || args.radius !== undefined)
    throw new InputError(
      '--load',
      cells.length === 1 ? `${path} says where everything starts.` : `${path} does not say which cell it is of.`,
      {
        expected: 'one cell, with the --hidden, --layers and --bidirectional it was trained with',
        got:
          cells.length === 1
            ? '--init, --forget-bias or --radius'
            : cells.length === 0
              ? 'no cell'
              : `${cells.length} cells`,
        fix: cells.length === 1 ? 'take them out' : `name it:  unroll train ${task.name} gru --load ${path}`,
      },
    );
  if (about.equations !== undefined && about.equations !== equationsOf(cells[0]!))
    throw new InputError('--load', `${path} holds the weights of another cell.`, {
      expected: String(about.equations).replaceAll('\n', '; '),
      got: equationsOf(cells[0]!).replaceAll('\n', '; '),
      fix: 'name the cell that they were trained with',
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
