// What does one unit know? A model learns to foretell a text by character; then the text is shaded by one unit (Karpathy, Johnson &
// Fei-Fei 2015), and by how much each character moves one prediction (connectivity: Madsen 2019).

import type { Cell } from '../cells/catalogue.ts';
import { InputError } from '../equations/input-error.ts';
import { random } from '../numbers/random.ts';
import { startJson } from '../options/initialisation.ts';
import type { Json, Result } from '../render/result.ts';
import type { TextTask } from '../tasks/text-task.ts';
import { firstNonFiniteIn } from './diverged.ts';
import { picked } from './kit/picked.ts';
import type { Seeded } from './kit/seeds.ts';
import { probeClaims } from './probe-claims.ts';
import { probeFigures } from './probe-figures.ts';
import { probeNext, probeNotes } from './probe-words.ts';
import {
  connectivity,
  inputsOf,
  type Known,
  probedState,
  ranked,
  thresholdOf,
  turned,
  unitsOver,
  worthOf,
} from './probed-units.ts';
import { type PropertyName, properties, propertyNames } from './properties.ts';
import { type TrainedOptions, trained } from './trained.ts';

export interface ProbeOptions extends TrainedOptions {
  readonly task: TextTask;
  readonly cell: Cell;
  /** What the text is shaded by: the unit that knows this best, or `unit`, counted from 1. */
  readonly property: PropertyName;
  readonly unit?: number;
  /** The character of the shown text, counted from 1, behind which the prediction is looked into; the last one, if absent. */
  readonly at?: number;
  readonly seed: number;
  readonly seeds: number;
}

/** Without a property, the first that changes in the text is taken. */
export type AskedProbe = Omit<ProbeOptions, 'property'> & { readonly property?: PropertyName };

/** Of one seed. */
export interface Probed {
  /** [property]: the units, the best first. */
  readonly trained: readonly (readonly Known[])[];
  readonly untrained: readonly (readonly Known[])[];
  /** [property]: the best of the trained units for labels that say nothing. */
  readonly chance: readonly Known[];
  /** The shown text by one unit: how far it is above its threshold on the side of the property. */
  readonly shade: { readonly unit: number; readonly sign: 1 | -1; readonly values: readonly number[] };
  /** ‖∂y/∂x_t‖ of the last characters up to `at`, of y for the class `says`. */
  readonly heard: { readonly says: number; readonly trained: readonly number[]; readonly untrained: readonly number[] };
  readonly loss: number;
  /** Nats that each unit is worth. */
  readonly costs: readonly number[];
  /** Why nothing is measured on the trained model, and all its numbers are NaN. */
  readonly diverged?: string;
}

/** A text to look at, and what it is like. */
export interface Looked {
  readonly characters: readonly string[];
  /** The properties that come and go in both halves, and their labels. */
  readonly known: readonly { readonly name: PropertyName; readonly labels: readonly number[] }[];
  /** Where the shown characters begin, and how many there are. */
  readonly from: number;
  readonly shown: number;
}

/** A tenth of them is held out: units are ranked and measured on those. */
export const fewestCharacters = 1000;
/** More characters are not looked at; and so many are drawn. */
const mostLooked = 2000;
const mostShown = 120;
/** What is farther back hardly moves a prediction. */
const mostHeard = 48;
/** Units are cut off one after the other, each on so many characters. */
const mostCut = 500;

/** Throws InputError for a unit, a position or a property that there is none of, RangeError for a text that is too short. */
export function probe(asked: AskedProbe): Seeded<Probed> {
  const { task, cell, start, seed, seeds, updates } = asked;
  const looked = lookedAt(task);
  const options = { ...asked, property: asked.property ?? looked.known[0]?.name ?? 'quotes' };
  check(options, looked);
  const { characters, known, from, shown } = looked;
  const at = from + (options.at ?? shown);
  return {
    seeds,
    async run(k, watch) {
      const all = updates + 20;
      const modelAfter = (count: number) =>
        trained({ ...options, updates: count }, undefined, random(seed + k), { watch, before: 0, all });
      const [first, last] = [await modelAfter(0), await modelAfter(updates)];
      if (first === undefined || last === undefined) return undefined;
      const [before, model] = [first.model, last.model];
      const [young, units] = [before, model].map((each) => unitsOver(each, task, characters));
      const ranks = known.map(({ labels }) => ranked(units!, labels));
      await watch.tick(updates + 10, all);
      if (watch.stopped()) return undefined;
      const place = known.findIndex(({ name }) => name === options.property);
      const best = ranks[place]!;
      const unit = options.unit === undefined ? best[0]!.unit : options.unit - 1;
      const { sign } = best.find((each) => each.unit === unit)!;
      const threshold = thresholdOf(units![unit]!, known[place]!.labels, sign);
      const heard = characters.slice(Math.max(0, at - 200), at);
      const { says, norms } = connectivity(model, task, heard);
      const found: Probed = {
        trained: ranks,
        untrained: known.map(({ labels }) => ranked(young!, labels)),
        chance: known.map(({ labels }) => ranked(units!, turned(labels))[0]!),
        shade: {
          unit,
          sign,
          values: Array.from(units![unit]!.subarray(from, from + shown), (value) => sign * (value - threshold)),
        },
        heard: {
          says,
          trained: norms.slice(-mostHeard),
          untrained: connectivity(before, task, heard, says).norms.slice(-mostHeard),
        },
        ...worthOf(model, task, characters.slice(-mostCut)),
      };
      const cause = (): string | undefined =>
        firstNonFiniteIn(model, inputsOf(task, characters), characters.length, 1) ?? 'the loss overflows';
      const diverged = last.diverged ?? (Number.isFinite(found.loss) ? undefined : `on the held-out text ${cause()}`);
      return diverged === undefined ? found : { ...unmeasured(found), diverged };
    },
    result: (found) => resultOf(found, { ...options, seeds: found.length }, looked),
  };

  function resultOf(found: readonly Probed[], of: ProbeOptions, text: Looked): Result {
    const { property, engine } = of;
    return {
      unroll: 1,
      experiment: 'probe',
      question: 'What does one unit know?',
      options: {
        text: task.name,
        cell: cell.name,
        state: probedState(cell),
        property,
        ...(of.unit === undefined ? {} : { unit: of.unit }),
        at: of.at ?? shown,
        ...startJson(start),
        ...picked(options, 'steps', 'batch', 'updates', 'rate'),
        seeds: of.seeds,
        engine,
      } satisfies { [name: string]: Json },
      seed,
      figures: probeFigures(found, of, text),
      claims: probeClaims(found, of, text),
      notes: probeNotes(found, of, text),
      next: probeNext(of),
    };
  }
}

/** The same with nothing measured on the trained model. */
function unmeasured(found: Probed): Probed {
  const { NaN: none } = Number;
  const known = (of: Known): Known => ({ ...of, chosen: none, measured: none });
  return {
    ...found,
    trained: found.trained.map((units) => units.map(known)),
    chance: found.chance.map(known),
    shade: { ...found.shade, values: found.shade.values.map(() => none) },
    heard: { ...found.heard, says: -1, trained: found.heard.trained.map(() => none) },
    loss: none,
    costs: found.costs.map(() => none),
  };
}

/** From the second half, by which nothing is chosen, and from the start of a line where one is near. */
function lookedAt({ keptApart }: TextTask): Looked {
  const characters = keptApart.slice(0, mostLooked);
  if (characters.length < fewestCharacters / 10)
    throw new RangeError(
      `a text of at least ${fewestCharacters} characters is wanted, not one with ${keptApart.length} held out`,
    );
  const middle = Math.floor(characters.length / 2);
  const known = propertyNames
    .map((name) => ({ name, labels: properties[name].of(characters) }))
    .filter(({ labels }) =>
      [labels.slice(0, middle), labels.slice(middle)].every((half) => half.includes(0) && half.some((l) => l > 0)),
    );
  const line = characters.indexOf('\n', middle - 1) + 1;
  const from = line > 0 && line + mostShown <= characters.length ? line : middle;
  return { characters, known, from, shown: Math.min(mostShown, characters.length - from) };
}

function check({ unit, at, start, property }: ProbeOptions, { known, shown }: Looked): void {
  if (unit !== undefined && (unit < 1 || unit > start.hidden))
    throw new InputError('--unit', `There is no unit ${unit}.`, {
      expected: `a unit from 1 to ${start.hidden}`,
      got: String(unit),
      fix: `choose another, or give the cell more with --hidden ${Math.max(1, unit)}`,
    });
  if (at !== undefined && (at < 1 || at > shown))
    throw new InputError('--at', `There is no character ${at} in what is shown.`, {
      expected: `a position from 1 to ${shown}`,
      got: String(at),
      fix: 'choose one of these',
    });
  if (!known.some(({ name }) => name === property))
    throw new InputError('--property', `In the held-out text, \`${properties[property].says}\` does not change.`, {
      expected: known.map(({ name }) => name).join(', '),
      got: property,
      fix: `choose another with --property ${known[0]?.name ?? 'space'}, or give a longer text`,
    });
}
