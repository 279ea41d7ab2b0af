// What a reader of `probe` must know beside the numbers, and what to try next.

import { typedOr } from '../cells/catalogue.ts';
import { median } from '../numbers/statistics.ts';
import type { Result } from '../render/result.ts';
import { divergedNotes } from './diverged.ts';
import type { Looked, Probed, ProbeOptions } from './probe.ts';
import { unclaimed } from './probe-claims.ts';
import { unitName } from './probe-figures.ts';
import { properties, propertyNames } from './properties.ts';

export function probeNotes(found: readonly Probed[], options: ProbeOptions, { characters, known }: Looked): string[] {
  const { task, seeds } = options;
  const units = found[0]!.costs.length;
  const half = Math.floor(characters.length / 2);
  const place = known.findIndex(({ name }) => name === options.property);
  const luck = (of: 'chosen' | 'measured') => median(found.map(({ chance }) => chance[place]![of])).toFixed(2);
  const reach = (of: 'trained' | 'untrained') => median(found.map(({ heard }) => nineTenths(heard[of])));
  const left = propertyNames.filter((name) => !known.some((each) => each.name === name));
  const best = (of: 'trained' | 'untrained') => median(found.map((one) => one[of][place]![0]!.measured));
  return [
    ...unclaimed(options),
    ...divergedNotes(
      found.map(({ diverged }, k) => ({ k, diverged })),
      options,
    ),
    ...(best('trained') <= best('untrained') + 0.05
      ? [
          `No unit tells \`${properties[options.property].says}\` better than the best of a net that learned nothing, or hardly: what is shaded is that unit, and not a finding. More --updates or a longer text may change it.`,
        ]
      : []),
    'A unit that predicts is not a unit that is used: an AUC is a correlation. So each unit is also cut off, and the loss says whether it is missed.',
    `AUC: of two characters, one with the property and one without (or one farther on), how often the unit is higher at the former. Units are ranked on ${half} held-out characters and measured on the next ${characters.length - half}.`,
    ...(found.some(({ diverged }) => diverged !== undefined)
      ? []
      : [
          `By chance: on labels rotated by half the text, and so unrelated to it, the best of ${units} units reaches ${luck('chosen')} on the half on which it was chosen, and ${luck('measured')} on the other half. An untrained unit depends on the letters too: hence the column \`untrained\`.`,
          `Nine tenths of the sum of ‖∂y/∂x_t‖ lie in the last ${reach('trained')} characters (untrained: ${reach('untrained')}). It is a slope at one place, no proof that a character was needed.`,
        ]),
    ...(seeds > 1
      ? [
          `The text is shaded by ${unitName(options, found[0]!.shade)} of seed ${options.seed}. Unit 3 of one seed is not unit 3 of another: over seeds, units are compared by rank.`,
        ]
      : []),
    ...(left.length > 0
      ? [`Left out, for they do not come and go in this text: ${left.map((name) => properties[name].says).join(', ')}.`]
      : []),
    ...(task.name === 'rule'
      ? [
          'The text is made by rule: words told and words said differ, and so do some of their letters. --file FILE takes another.',
        ]
      : []),
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

export function probeNext({ property, task, cell }: ProbeOptions): NonNullable<Result['next']> {
  const name = typedOr(cell, 'lstm');
  const data = task.name === 'rule' ? '' : ' --file FILE';
  if (property === 'quotes')
    return {
      says: 'Does a unit count the characters of a line?',
      command: `unroll probe ${name} --property line${data}`,
    };
  return {
    says: 'Does a unit detect direct speech?',
    command: `unroll probe ${name} --property quotes${data}`,
  };
}
