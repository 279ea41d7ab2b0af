// What `unroll train` does beside showing what it finds: --save.

import { InputError } from '../equations/input-error.ts';
import { modelOf, updatesBefore } from '../experiments/train/learners.ts';
import { trainExperiment } from '../experiments/train/train.ts';
import { counted } from '../numbers/counted.ts';
import type { GivenTask } from '../options/given-task.ts';
import type { Arguments } from '../options/option.ts';
import type { RunArguments } from '../options/runs.ts';
import { once, type Typed } from '../options/typed.ts';
import type { Model } from '../training/model.ts';
import { tensorsOf } from '../training/pytorch.ts';
import { equationsOf } from '../training/pytorch-module.ts';
import { writeSafetensors } from '../training/safetensors.ts';
import { type About, saveModel } from '../training/saved-model.ts';
import type { Command } from './command.ts';
import { message, type OutputArguments, outFrom, present } from './output.ts';
import { environment } from './process-environment.ts';
import { checkOutputOptions, nothingDone, runSeeds } from './run-seeds.ts';
import { checkApart, checkTarget, writeFile } from './writing.ts';

export const trainAndSave: NonNullable<Command['run']> = async (typed, _reader, threads) => {
  const args = typed as OutputArguments & RunArguments & Arguments;
  checkOutputOptions(args);
  const save = once('--save', args.save as Typed);
  const out = outFrom(args);
  if (save !== undefined) checkModelTarget(save, args.force === true);
  if (save !== undefined && out !== undefined) checkApart('--save and --out', save, out);
  const seeded = await trainExperiment.seeds(args, environment);
  const { found, interrupted } = await runSeeds(seeded, 'train', args, threads);
  const first = found.find(({ whole }) => whole) ?? found[0];
  if (first === undefined) return nothingDone('the first update');
  const { options } = seeded;
  const [learner] = first.learners;
  const updates = updatesBefore(options) + learner!.losses.length;
  if (interrupted) message(`interrupted after ${counted(updates, 'update')}: this is what there is`);
  if (save !== undefined) {
    writeModel(save, modelOf(options, 0, learner!), aboutOf(options.task, options.seed, updates), args.force === true);
    if (args.quiet !== true) message(`saved after ${counted(updates, 'update')}: ${save}`);
  }
  const code = await present(seeded.result(found), interrupted ? { ...args, assert: false } : args);
  return interrupted ? 130 : code;
};

const aboutOf = ({ name, beginning, classes }: GivenTask, seed: number, updates: number): About => ({
  task: name,
  seed,
  updates,
  ...(beginning === undefined ? {} : { characters: classes!.join('') }),
});

/** Before the work, so that none is lost: the name implies the format, and the file can be written. Throws InputError. */
function checkModelTarget(path: string, force: boolean): void {
  if (!path.toLowerCase().endsWith('.safetensors') && !path.endsWith('.json'))
    throw new InputError('--save', `The name ${path} does not imply a format.`, {
      expected: 'a name that ends in .json or .safetensors',
      got: path,
      fix: `write --save ${path.replace(/\.\w*$/, '')}.json`,
    });
  checkTarget('--save', path, force);
}

/** Whole or not at all. Throws InputError. */
function writeModel(path: string, model: Model, about: About, force: boolean): void {
  const content = path.toLowerCase().endsWith('.safetensors')
    ? writeSafetensors(tensorsOf(model), metadataOf(model, about))
    : `${JSON.stringify(saveModel(model, about))}\n`;
  writeFile('--save', path, content, force);
}

/** A safetensors file holds strings about it: what a JSON file has as `about`, and the equations of the cell. */
const metadataOf = ({ design: { cells } }: Model, about: About): Record<string, string> => ({
  unroll: JSON.stringify({ ...about, equations: equationsOf(cells[0]!) }),
});
