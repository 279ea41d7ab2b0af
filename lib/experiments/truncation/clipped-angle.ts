// What does clipping do to the direction of a gradient? By norm nothing (Pascanu, Mikolov & Bengio 2013, algorithm 1); by element it
// turns it, the more the more entries are cut, up to the gradient's signs alone.

import { angleBetween } from '../../numbers/angle.ts';
import { lengthOf } from '../../numbers/matrix.ts';
import { quantile } from '../../numbers/statistics.ts';
import { flag, switched } from '../../options/option.ts';
import { clip } from '../../training/clipping.ts';
import { bandSeries, medianAndRange, rangeColumns } from '../kit/band.ts';
import { claim } from '../kit/claim.ts';
import { experiment } from '../kit/experiment.ts';
import { inTurn } from '../kit/seeds.ts';
import type { NonFinite } from '../non-finite.ts';
import { left, rightColumn } from '../table-columns.ts';
import { lossesOf, lossOptions, lossSettings, nonFiniteNote } from './losses.ts';

/** One line on one seed: index p is the limit that cuts p % of the entries; in degrees. */
interface Turned {
  readonly byElement: readonly number[];
  /** Clipped to the norm that clipping by element leaves. */
  readonly byNorm: readonly number[];
  /** Where a number stops being finite, if one does. */
  readonly nonFinite?: NonFinite | undefined;
}

const shares = Array.from({ length: 101 }, (_, percent) => percent);

export function turnedBy(gradient: Float64Array): Turned {
  const sizes = Array.from(gradient, Math.abs);
  const smallest = Math.min(...sizes.filter((size) => size > 0));
  const [byElement, byNorm]: [number[], number[]] = [[], []];
  for (const percent of shares) {
    // A limit of 0 would leave nothing: at 100 % every entry is cut to the smallest of them.
    const most = Math.max(quantile(sizes, 1 - percent / 100), smallest);
    const [elements, norm] = [gradient.slice(), gradient.slice()];
    clip(elements, { by: 'element', most });
    clip(norm, { by: 'norm', most: lengthOf(elements) });
    byElement.push(angleBetween(elements, gradient));
    byNorm.push(angleBetween(norm, gradient));
  }
  return { byElement, byNorm };
}

export const clippedAngle = experiment({
  name: 'truncation',
  question: 'What does clipping do to the direction of a gradient?',
  options: { clip: switched('clip', flag('Instead', 'how far clipping turns a gradient')), ...lossOptions },
  seed: (options, k, watch) =>
    inTurn(options.lines, watch, (line): Turned => {
      const { whole, nonFinite } = lossesOf(line, options, k);
      return { ...turnedBy(whole), nonFinite: nonFinite() };
    }),
  answer(found, options) {
    const { lines, seeds } = options;
    const everySeed = seeds > 1 ? ', in every seed' : '';
    const all = found.flat();
    const mostByNorm = Math.max(...all.flatMap(({ byNorm }) => byNorm));
    const tabulated = [1, 10, 50, 100];
    return {
      figures: [
        {
          kind: 'lines',
          title: 'Angle between the gradient before and after, by element',
          settings: lossSettings(options),
          x: { label: 'entries cut', unit: '%', values: shares },
          y: { label: 'angle', unit: '°', scale: 'linear' },
          series: lines.map(({ name }, i) =>
            bandSeries(
              name,
              found.map((seed) => seed[i]!.byElement),
            ),
          ),
          reference: { label: 'by norm, largest', value: mostByNorm },
        },
        {
          kind: 'table',
          title: `By element, at limits that cut so many entries${seeds > 1 ? ': median and range over seeds' : ''}`,
          columns: [...left('cell'), rightColumn('cut', '%'), ...rangeColumns(rightColumn('angle', '°'), seeds)],
          rows: lines.flatMap(({ name }, i) =>
            tabulated.map((percent) => [
              name,
              percent,
              ...medianAndRange(found.map((seed) => seed[i]!.byElement[percent]!)),
            ]),
          ),
        },
      ],
      claims: [
        claim(
          'norm-keeps-direction',
          `by norm the direction stays: largest angle in degrees${everySeed}`,
          mostByNorm,
          '<',
          1e-6,
        ),
        claim(
          'element-turns',
          `by element it turns: smallest angle in degrees where half of the entries are cut${everySeed}`,
          Math.min(...all.map(({ byElement }) => byElement[50]!)),
          '>',
          5,
        ),
      ],
      notes: [
        ...lines.flatMap(({ name }, i) => nonFiniteNote(name, i, found, options.seed)),
        'Clipping by norm scales all entries alike once the norm passes a limit: a shorter step the same way (Pascanu, Mikolov & Bengio 2013; clip_grad_norm_ in PyTorch). By element each entry is cut to the limit by itself (clip_grad_value_): large ones shrink, small ones stay, the direction turns. Where all are cut only the signs are left.',
        'Clipping is for gradients that explode. It does nothing for those that vanish, and nothing for a window that is too short.',
        'The gradient is that of a loss at every step, L = Σ v_t · h_t with v_t from N(0, 1), on untrained weights.',
      ],
      next: { says: 'The wall that clipping was made for', command: 'unroll gradients --cliff' },
    };
  },
});
