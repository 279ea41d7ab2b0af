// Trained models in files: JSON with equations and all, or weights as safetensors. --save and --load.

import { builtIn } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { random } from '../numbers/random.ts';
import { createModel, type Design, type Model } from '../training/model.ts';
import { takeTensors, tensorsOf } from '../training/pytorch.ts';
import { equationsOf, foundIn, isModule } from '../training/pytorch-module.ts';
import { readSafetensors, type Tensors, writeSafetensors } from '../training/safetensors.ts';
import { type About, aboutFrom, loadModel, saveModel } from '../training/saved-model.ts';
import { readBytes, textOf } from './files.ts';
import { checkTarget, writeFile } from './writing.ts';

const isWeights = (path: string): boolean => path.toLowerCase().endsWith('.safetensors');

/** Before the work, so that none is lost: the name implies the format, and the file can be written. Throws InputError. */
export function checkModelTarget(path: string, force: boolean): void {
  if (!isWeights(path) && !path.endsWith('.json'))
    throw new InputError('--save', `The name ${path} does not imply a format.`, {
      expected: 'a name that ends in .json or .safetensors',
      got: path,
      fix: `write --save ${path.replace(/\.\w*$/, '')}.json`,
    });
  checkTarget('--save', path, force);
}

/** Whole or not at all. Throws InputError. */
export function writeModel(path: string, model: Model, about: About, force: boolean): void {
  const content = isWeights(path)
    ? writeSafetensors(tensorsOf(model), metadataOf(model, about))
    : `${JSON.stringify(saveModel(model, about))}\n`;
  writeFile('--save', path, content, force);
}

/** A safetensors file holds strings about it: what a JSON file has as `about`, and the equations of the cell. */
const metadataOf = ({ design: { cells } }: Model, about: About): Record<string, string> => ({
  unroll: JSON.stringify({ ...about, equations: equationsOf(cells[0]!) }),
});

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

export interface Loaded {
  readonly model: Model;
  readonly about: About;
  readonly notes: readonly string[];
}

const longestModel = 512_000_000;

/** Whether a file names its cell itself: JSON always, safetensors under PyTorch's names. */
export type ModelFile =
  | { readonly kind: 'whole'; readonly loaded: Loaded }
  | { readonly kind: 'weights'; readonly about: About; readonly into: (design: Design) => Loaded };

/**
 * `task` is for a readout that the file does not bring. Throws InputError for what is not a model, or one that the task cannot use;
 * CellError for equations that are not a cell.
 */
export function readModel(path: string, task: { readonly inputs: number; readonly outputs: number }): ModelFile {
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
  const into = (design: Design, its: Tensors = tensors, notes: readonly string[] = []): Loaded => {
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
