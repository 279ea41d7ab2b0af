// Trained models in files: JSON with equations and all, or weights as safetensors. --save and --load.

import type { Cell } from '../cells/catalogue.ts';
import { builtIn } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { random } from '../numbers/random.ts';
import { createModel, type Design, type Model } from '../training/model.ts';
import { foundIn, takeTensors, tensorsOf } from '../training/pytorch.ts';
import { readSafetensors, writeSafetensors } from '../training/safetensors.ts';
import { type About, loadModel, saveModel } from '../training/saved-model.ts';
import { readBytes, readText } from './files.ts';
import { checkTarget, writeFile } from './writing.ts';

const isWeights = (path: string): boolean => path.endsWith('.safetensors');

/** Before the work, so that none is lost: the name implies the format, and the file can be written. Throws InputError. */
export function checkModelTarget(path: string, force: boolean): void {
  if (!isWeights(path) && !path.endsWith('.json'))
    throw new InputError({
      where: '--save',
      says: `The name ${path} does not imply a format.`,
      expected: 'a name that ends in .json or .safetensors',
      got: path,
      mend: `write --save ${path.replace(/\.\w*$/, '')}.json`,
    });
  checkTarget('--save', path, force);
}

/** Whole or not at all. Throws InputError. */
export function writeModel(path: string, model: Model, about: About, force: boolean): void {
  const content = isWeights(path) ? writeSafetensors(tensorsOf(model)) : `${JSON.stringify(saveModel(model, about))}\n`;
  writeFile('--save', path, content, force);
}

export interface Loaded {
  readonly model: Model;
  readonly about: About;
  /** Whether the file names its cell and sizes itself. */
  readonly notes: readonly string[];
}

/** For weights whose names do not say what cell they are of. */
export interface Otherwise {
  readonly cells: readonly Cell[];
  readonly layers: number;
  readonly directions: 1 | 2;
  readonly hidden: number;
}

const longestModel = 512_000_000;

/** Whether a file says by itself which cell it is of: JSON always, safetensors under PyTorch's names. */
export type ModelFile =
  | { readonly kind: 'whole'; readonly loaded: Loaded }
  | { readonly kind: 'weights'; readonly into: (design: Design) => Loaded };

/**
 * `task` is for a readout that the file does not bring. Throws InputError for what is no model, or one that the task cannot use;
 * CellError for equations that are none.
 */
export function readModel(path: string, task: { readonly inputs: number; readonly outputs: number }): ModelFile {
  if (!isWeights(path)) {
    const { text, more } = readText(path, longestModel);
    return { kind: 'whole', loaded: { ...loadModel(more ? undefined : parsed(text, path), path), notes: [] } };
  }
  const tensors = readSafetensors(readBytes(path, longestModel), path);
  const into = (design: Design, notes: readonly string[] = []): Loaded => {
    const model = createModel(design, random(1).fork('model'));
    takeTensors(model, tensors, path);
    return { model, about: {}, notes };
  };
  if (![...tensors.keys()].some((name) => name.endsWith('weight_ih_l0'))) return { kind: 'weights', into };
  const { cell, layers, directions, hidden, inputs, outputs } = foundIn(tensors, path);
  const cells = Array.from({ length: layers }, () => builtIn(cell));
  const notes = outputs === undefined ? ['The file brings no readout: it begins anew.'] : [];
  return {
    kind: 'whole',
    loaded: into({ cells, directions, hidden, inputs, outputs: outputs ?? task.outputs }, notes),
  };
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError({
      where: path,
      says: `${path} is not JSON: ${(error as Error).message}.`,
      expected: 'a model that `unroll train --save` wrote, as .json or .safetensors',
      got: text.slice(0, 20),
      mend: 'give such a file',
    });
  }
}
