// The options that say how a cell starts: --hidden, --init, --forget-bias, --radius.

import { type RecurrentInit, recurrentInits, type StartOptions } from '../experiments/start.ts';
import { noSuchName } from './names.ts';
import { numberList, once, realNumber, type Typed, wholeNumber } from './numbers.ts';
import { type Given, number, text } from './options.ts';

/** `hidden`: H where it is not given. */
export const startOptions = (hidden: number | string) => ({
  hidden: number('Cell', 'H, how many units', String(hidden)),
  init: text('Cell', `how H×H matrices start: ${recurrentInits.join(', ')}`, 'as the cell says'),
  'forget-bias': text('Cell', 'where b_f starts: a number, or chrono', 'as the cell says'),
});

export const radiusOption = { radius: text('Cell', 'a line for each spectral radius: .5,.9,1,1.1') };

export type StartArguments = Given<ReturnType<typeof startOptions>>;

/** `steps` is the length that `--forget-bias chrono` prepares for. */
export function startFrom(args: StartArguments, steps: number, otherwise = 16): StartOptions {
  const init = once('--init', args.init);
  if (init !== undefined && !isInit(init))
    throw noSuchName(init, { where: '--init', what: 'initialiser for matrices called', names: recurrentInits });
  const bias = once('--forget-bias', args.forgetBias);
  const forgetBias =
    bias === 'chrono' ? { chrono: Math.max(3, steps) } : realNumber('--forget-bias', bias, -1000, 1000);
  return {
    hidden: wholeNumber('--hidden', args.hidden, 1, 512, 'more is slow and fills no screen') ?? otherwise,
    ...(init === undefined ? {} : { init }),
    ...(forgetBias === undefined ? {} : { forgetBias }),
  };
}

const isInit = (text: string): text is RecurrentInit => (recurrentInits as readonly string[]).includes(text);

export const radiiFrom = (typed: Typed): number[] | undefined => numberList('--radius', typed, 0, 100);
