// --load: a trained model from a file, JSON with equations and all or weights as safetensors, that fits what is to be learned.

import { builtIn } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { counted } from '../numbers/counted.ts';
import { random } from '../numbers/random.ts';
import { createModel, type Design, type Model } from '../training/model.ts';
import { takeTensors } from '../training/pytorch.ts';
import { equationsOf, foundIn, isModule } from '../training/pytorch-module.ts';
import { readSafetensors, type Tensors } from '../training/safetensors.ts';
import { type About, aboutFrom, loadModel } from '../training/saved-model.ts';
import { cellArguments } from './cell-argument.ts';
import type { Environment } from './environment.ts';
import type { GivenTask } from './given-task.ts';
import { hiddenFrom } from './initialisation.ts';
import { type Group, textOption } from './option.ts';
import { once, type Typed, wholeNumber } from './typed.ts';

export interface LoadedModel {
  readonly model: Model;
  readonly about: About;
  readonly notes: readonly string[];
}

/** What a model brings itself is not said again. */
interface LoadArguments {
  readonly cells?: readonly string[];
  readonly hidden?: Typed;
  readonly layers?: Typed;
  readonly bidirectional?: boolean | undefined;
  readonly init?: Typed;
  readonly forgetBias?: Typed;
  readonly radius?: Typed;
}

/** How many updates it has seen, where the file says it. */
export const updatesOf = ({ about }: LoadedModel): number => (typeof about.updates === 'number' ? about.updates : 0);

export const loadedModel: Group<LoadedModel | undefined, { readonly task: GivenTask }> = {
  options: { load: textOption('Training', 'go on with such a model') },
  first: true,
  read(args, { task }, environment) {
    const path = once('--load', args.load as Typed);
    return path === undefined ? undefined : modelFrom(path, args as LoadArguments, task, environment);
  },
  json: (loaded) => (loaded === undefined ? {} : { updatesBefore: updatesOf(loaded) }),
  notes: (loaded) => loaded?.notes ?? [],
};

export const layersFrom = (typed: Typed): number =>
  wholeNumber('--layers', typed, 1, 16, 'deeper ones hardly learn') ?? 1;

const isWeights = (path: string): boolean => path.toLowerCase().endsWith('.safetensors');

/** The model of --load, that fits the task. */
function modelFrom(path: string, args: LoadArguments, task: GivenTask, environment: Environment): LoadedModel {
  const file = readModel(path, task, environment);
  const loaded =
    file.kind === 'whole' ? wholeFrom(file.loaded, path, args) : weightsFrom(file, path, args, task, environment);
  const { inputs, outputs } = loaded.model.design;
  const learned = typeof loaded.about.characters === 'string' ? Array.from(loaded.about.characters) : undefined;
  const characters = task.beginning === undefined ? undefined : task.classes;
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
function wholeFrom(loaded: LoadedModel, path: string, args: LoadArguments): LoadedModel {
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
  task: GivenTask,
  environment: Environment,
): LoadedModel {
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
  const hidden = hiddenFrom(args, task.usual.hidden);
  return into({
    cells: Array.from({ length: layersFrom(args.layers) }, () => cells[0]!),
    directions: args.bidirectional === true ? 2 : 1,
    hidden,
    inputs: task.inputs,
    outputs: task.outputs,
  });
}

function aboutOf(metadata: Readonly<Record<string, string>>, path: string): About {
  // Metadata of others is of no concern: PyTorch writes {"format": "pt"}.
  if (!Object.hasOwn(metadata, 'unroll')) return {};
  let about: unknown;
  try {
    about = JSON.parse(metadata.unroll!);
  } catch {
    about = undefined;
  }
  return aboutFrom(about, path);
}

const longestModel = 512_000_000;

/** Whether a file names its cell itself: JSON always, safetensors under PyTorch's names. */
type ModelFile =
  | { readonly kind: 'whole'; readonly loaded: LoadedModel }
  | { readonly kind: 'weights'; readonly about: About; readonly into: (design: Design) => LoadedModel };

/**
 * `task` is for a readout that the file does not bring. Throws InputError for what is not a model, or one that the task cannot use;
 * CellError for equations that are not a cell.
 */
export function readModel(
  path: string,
  task: { readonly inputs: number; readonly outputs: number },
  { readBytes, textOf }: Pick<Environment, 'readBytes' | 'textOf'>,
): ModelFile {
  const bytes = readBytes(path, longestModel + 1);
  if (bytes.length > longestModel) throw noModel(path, `${path} is larger than ${longestModel / 1e6} MB.`);
  // Through standard input it comes without a name: the header of a safetensors file begins after the eight bytes of its length.
  if (!isWeights(path) && !(bytes[8] === 0x7b && bytes.includes(0))) {
    // As in the files of torch.save, which are archives.
    if (bytes.includes(0)) throw noModel(path, `${path} is a binary file but not a safetensors file.`);
    return { kind: 'whole', loaded: { ...loadModel(textOf(bytes, path, longestModel).text, path), notes: [] } };
  }
  const { tensors: stored, metadata } = readSafetensors(bytes, path);
  // A tensor of two names is stored once by safetensors.torch.save_model, and the metadata map the other name to it.
  const tied = Object.entries(metadata).filter(([name, of]) => !stored.has(name) && stored.has(of));
  const tensors = new Map([...stored, ...tied.map(([name, of]) => [name, stored.get(of)!] as const)]);
  const about = aboutOf(metadata, path);
  const into = (design: Design, its: Tensors = tensors, notes: readonly string[] = []): LoadedModel => {
    const model = createModel(design, random(1).fork('model'));
    takeTensors(model, its, path);
    return { model, about, notes };
  };
  if (!isModule(tensors)) return { kind: 'weights', about, into };
  const { cell, layers, directions, hidden, inputs, outputs, notes, ...found } = foundIn(
    tensors,
    path,
    about.equations as string | undefined,
  );
  const cells = Array.from({ length: layers }, () => builtIn(cell));
  const design = { cells, directions, hidden, inputs, outputs: outputs ?? task.outputs };
  return { kind: 'whole', loaded: into(design, found.tensors, notes) };
}

const noModel = (where: string, says: string): InputError =>
  new InputError(where, says, {
    expected: 'a model that `unroll train --save` wrote, or weights in a .safetensors file',
    fix: 'save PyTorch weights with   safetensors.torch.save_file(module.float().state_dict(), "model.safetensors")',
  });
