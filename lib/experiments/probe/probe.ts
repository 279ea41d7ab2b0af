// What does one unit know? A model learns to foretell a text by character; then the text is shaded by one unit (Karpathy, Johnson &
// Fei-Fei 2015), and by how much each character moves one prediction (connectivity: Madsen 2019).

import { InputError } from '../../equations/input-error.ts';
import { counted } from '../../numbers/counted.ts';
import { random } from '../../numbers/random.ts';
import { median } from '../../numbers/statistics.ts';
import { learner } from '../../options/cell-argument.ts';
import { sourceFrom } from '../../options/data-source.ts';
import { textAsTask } from '../../options/given-task.ts';
import { type StartOptions, startJson } from '../../options/initialisation.ts';
import { oneOf } from '../../options/names.ts';
import { derived, type Group, group, numberOption, single, textOption } from '../../options/option.ts';
import { runs } from '../../options/runs.ts';
import { adamUpdates } from '../../options/training.ts';
import { once, wholeNumber } from '../../options/typed.ts';
import type { Claim, Result } from '../../render/result.ts';
import { speechText } from '../../tasks/speech-text.ts';
import { textTask } from '../../tasks/text-task.ts';
import { divergedNotes } from '../diverged.ts';
import { claimOfMedian } from '../kit/claim.ts';
import { type Cases, experiment } from '../kit/experiment.ts';
import { isMeasuredAt, notClaimed } from '../kit/measured-at.ts';
import {
  fewestCharacters,
  type ProbeText,
  type PropertyName,
  probeText,
  properties,
  propertyNames,
} from './text-properties.ts';
import { probeFigures, unitName } from './unit-figures.ts';
import { bestScores, type ProbeOptions, type ProbeRun, placeOf, probedState, probeRun } from './units.ts';

/** The text made by rule: of its characters a tenth is held out, and it is the same whatever the seed of the model. */
const ruleCharacters = 20_000;
const ruleSeed = 1;
const mostBytes = 1_000_000;

interface OfText {
  readonly task: ProbeText;
}

const task: Group<ProbeText> = group({
  options: {
    file: textOption('Input', 'a text file; - is standard input', 'a text made by rule'),
    text: textOption('Input', 'the text itself'),
  },
  first: true,
  async read(args, _, environment) {
    const source = await sourceFrom(args, ['text', 'file'], { bytes: mostBytes }, environment);
    if (source === undefined) return probeText(textTask('rule', speechText(ruleCharacters, random(ruleSeed))));
    const count = Array.from(source.text).length;
    if (count >= fewestCharacters)
      return probeText(textAsTask(source, 'give a text of several different characters', environment));
    throw new InputError(
      source.where,
      `The text has ${counted(count, 'character')}: too few to tell a result from chance.`,
      {
        expected: `at least ${fewestCharacters} characters, of which a tenth is held out`,
        got: String(count),
        fix: 'give a longer text, or none: one is generated',
      },
    );
  },
  json: ({ name }) => ({ text: name }),
  notes: ({ notes = [] }) => notes,
});

/** Without one, the first that changes in the text is taken. */
const property: Group<PropertyName, OfText> = single(
  'property',
  textOption('Probe', `shade by the best unit for one of: ${propertyNames.join(', ')}`, 'quotes'),
  (typed, { task: { known } }) => {
    const name = once('--property', typed) ?? known[0]?.name ?? 'quotes';
    return oneOf(name, { where: '--property', what: 'property', names: propertyNames });
  },
);

const at: Group<number, OfText> = single(
  'at',
  numberOption('Probe', 'look into the prediction behind this character of the shown text', 'the last'),
  (typed, { task: { shown } }) => wholeNumber('--at', typed, 1, 1000) ?? shown,
);

const start: Group<StartOptions> = group({
  options: { hidden: numberOption('Cell', 'H, how many units', '16') },
  read: ({ hidden }) => ({ hidden: wholeNumber('--hidden', hidden, 1, 256, 'more takes long') ?? 16 }),
  json: startJson,
});

export const probe = experiment({
  name: 'probe',
  describe: 'what one unit knows: a text shaded by it, and what a prediction listens to',
  order: 120,
  question: 'What does one unit know?',
  examples: [
    ['unroll probe', 'which unit of an LSTM knows that somebody speaks?'],
    ['unroll probe gru --property space', 'which unit of a GRU foresees the end of a word?'],
    ['unroll probe --at 60', 'what the prediction behind character 60 listens to'],
    ['unroll probe --file book.txt --hidden 64 --updates 3000', 'a text of your own, and minutes'],
  ],
  options: {
    task,
    cell: { ...learner('lstm'), json: (cell) => ({ cell: cell.name, state: probedState(cell) }) },
    property,
    unit: single('unit', numberOption('Probe', 'shade by this unit of the first seed'), (typed) =>
      wholeNumber('--unit', typed, 1, 256),
    ),
    at,
    start,
    steps: derived(() => 40),
    batch: derived(() => 16),
    updates: adamUpdates(() => 400, '400'),
    rate: derived(() => 0.02),
    ...runs(3),
  },
  check: checkPlaces,
  seed: (options, k, watch) => probeRun(options, k, watch),
  answer: (found, options) => ({
    figures: probeFigures(found, options),
    claims: probeClaims(found, options),
    notes: probeNotes(found, options),
    next: probeNext(options),
  }),
});

export default probe;

/** Throws InputError for a unit, a position or a property that there is none of. */
function checkPlaces(options: ProbeOptions): void {
  const {
    unit,
    at: position,
    start: { hidden },
    property: name,
    task: { known, shown },
  } = options;
  if (unit !== undefined && (unit < 1 || unit > hidden))
    throw new InputError('--unit', `There is no unit ${unit}.`, {
      expected: `a unit from 1 to ${hidden}`,
      got: String(unit),
      fix: `choose another, or give the cell more with --hidden ${Math.max(1, unit)}`,
    });
  if (position < 1 || position > shown)
    throw new InputError('--at', `There is no character ${position} in what is shown.`, {
      expected: `a position from 1 to ${shown}`,
      got: String(position),
      fix: 'choose one of these',
    });
  if (placeOf(options) < 0)
    throw new InputError('--property', `In the held-out text, \`${properties[name].says}\` does not change.`, {
      expected: known.map((each) => each.name).join(', '),
      got: name,
      fix: `choose another with --property ${known[0]?.name ?? 'space'}, or give a longer text`,
    });
}

interface Bounds {
  /** Least AUC of the best unit after training. */
  readonly least: number;
  /** Whether it is above the best before training. */
  readonly learned: boolean;
}

/**
 * Of the text made by rule. They were measured on 20 seeds (test/experiments/probe/probe.deep.test.ts) and leave room. Of a text that somebody
 * brings nothing is known before, so nothing is claimed.
 */
const bounds: Readonly<Record<string, Partial<Record<PropertyName, Bounds>>>> = {
  lstm: { quotes: { least: 0.8, learned: true }, space: { least: 0.75, learned: true } },
  gru: { quotes: { least: 0.7, learned: true }, space: { least: 0.75, learned: true } },
  rnn: { quotes: { least: 0.55, learned: false }, space: { least: 0.75, learned: true } },
};
const measuredAt = { hidden: 16, steps: 40, updates: 400 };

/** Undefined where nothing was measured. */
const boundsFor = (options: ProbeOptions) =>
  options.task.name === 'rule' && isMeasuredAt(measuredAt, options) ? bounds[options.cell.name] : undefined;

function probeClaims(found: readonly ProbeRun[], options: ProbeOptions): Claim[] {
  const {
    task: { known },
    seed,
  } = options;
  return known.flatMap(({ name }, p) => {
    const bound = boundsFor(options)?.[name];
    if (bound === undefined) return [];
    const [after, before] = [bestScores(found, 'trained', p), bestScores(found, 'untrained', p)];
    const knows = `one unit tells \`${properties[name].says}\` with an AUC above ${bound.least}`;
    const isKnown = claimOfMedian(`${name}-known`, knows, after, '>', bound.least, seed);
    if (!bound.learned) return [isKnown];
    const gains = after.map((value, k) => value - before[k]!);
    const better = 'and better than the best unit before training: difference';
    return [isKnown, claimOfMedian(`${name}-learned`, better, gains, '>', 0, seed)];
  });
}

/** Why nothing is claimed. */
function unclaimed({ task: { name }, cell }: ProbeOptions): string {
  const cells = cell.name in bounds ? cell.name : Object.keys(bounds).join(', ');
  return notClaimed(name === 'rule' ? { cell: cells, ...measuredAt } : undefined);
}

function probeNotes(found: readonly ProbeRun[], options: ProbeOptions): Cases<string> {
  const {
    task: { name, characters, known },
    seed,
    seeds,
  } = options;
  const [first] = found;
  const units = first!.costs.length;
  const half = Math.floor(characters.length / 2);
  const place = placeOf(options);
  const luck = (of: 'chosen' | 'measured') => median(found.map(({ chance }) => chance[place]![of])).toFixed(2);
  const reach = (of: 'trained' | 'untrained') => median(found.map(({ heard }) => nineTenths(heard[of])));
  const left = propertyNames.filter((each) => !known.some((one) => one.name === each));
  const best = (of: 'trained' | 'untrained') => median(bestScores(found, of, place));
  const isMeasured = found.every(({ diverged }) => diverged === undefined);
  return [
    boundsFor(options) === undefined && unclaimed(options),
    ...divergedNotes(
      found.map(({ diverged }, k) => ({ k, diverged })),
      options,
    ),
    best('trained') <= best('untrained') + 0.05 &&
      `No unit tells \`${properties[options.property].says}\` better than the best of a net that learned nothing, or hardly: what is shaded is that unit, and not a finding. More --updates or a longer text may change it.`,
    'A unit that predicts is not a unit that is used: an AUC is a correlation. So each unit is also cut off, and the loss says whether it is missed.',
    `AUC: of two characters, one with the property and one without (or one farther on), how often the unit is higher at the former. Units are ranked on ${half} held-out characters and measured on the next ${characters.length - half}.`,
    isMeasured &&
      `By chance: on labels rotated by half the text, and so unrelated to it, the best of ${units} units reaches ${luck('chosen')} on the half on which it was chosen, and ${luck('measured')} on the other half. An untrained unit depends on the letters too: hence the column \`untrained\`.`,
    isMeasured &&
      `Nine tenths of the sum of ‖∂y/∂x_t‖ lie in the last ${reach('trained')} characters (untrained: ${reach('untrained')}). It is a slope at one place, no proof that a character was needed.`,
    seeds > 1 &&
      `The text is shaded by ${unitName(options, first!.shade)} of seed ${seed}. Unit 3 of one seed is not unit 3 of another: over seeds, units are compared by rank.`,
    left.length > 0 &&
      `Left out, for they do not come and go in this text: ${left.map((each) => properties[each].says).join(', ')}.`,
    name === 'rule' &&
      'The text is made by rule: words told and words said differ, and so do some of their letters. --file FILE takes another.',
  ];
}

/** The fewest last steps that hold nine tenths of a sum. */
function nineTenths(norms: readonly number[]): number {
  let left = 0.9 * norms.reduce((a, b) => a + b, 0);
  for (let back = 1; back < norms.length; back++) {
    left -= norms[norms.length - back]!;
    if (left <= 0) return back;
  }
  return norms.length;
}

function probeNext({ property: name, task: { name: data }, cell }: ProbeOptions): NonNullable<Result['next']> {
  const command = (of: PropertyName) =>
    `unroll probe ${cell.typed ?? 'lstm'} --property ${of}${data === 'rule' ? '' : ' --file FILE'}`;
  return name === 'quotes'
    ? { says: 'Does a unit count the characters of a line?', command: command('line') }
    : { says: 'Does a unit detect direct speech?', command: command('quotes') };
}
