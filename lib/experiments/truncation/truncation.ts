// What does truncated backpropagation through time lose? The gradient whose losses go back k steps beside the whole one, over k, on
// untrained weights. Williams & Peng 1990; what it does to learning: Tallec & Ollivier 2017, see balancing.ts.

import { sizesFor } from '../../equations/program.ts';
import { compile } from '../../kernels/kernel.ts';
import { cosine } from '../../numbers/angle.ts';
import type { InitialisedCell } from '../../options/initialisation.ts';
import { type Group, textOption } from '../../options/option.ts';
import type { Claim, Figure, Series, TableFigure } from '../../render/result.ts';
import { bandSeries, medianAndRange, rangeColumns } from '../kit/band.ts';
import { claim } from '../kit/claim.ts';
import { type Cases, experiment, type ValuesOf } from '../kit/experiment.ts';
import { inTurn } from '../kit/seeds.ts';
import type { NonFinite } from '../non-finite.ts';
import { left, rightColumn } from '../table-columns.ts';
import { balancing } from './balancing.ts';
import { clippedAngle } from './clipped-angle.ts';
import { type LossOptions, lossesOf, lossOptions, lossSettings, nonFiniteNote, windowsFrom } from './losses.ts';

/** The windows that are tabulated, ascending, below T. */
const windows: Group<readonly number[], { readonly steps: number }> = {
  options: { windows: textOption('Run', 'the windows k to compare', '1,10,50') },
  read: (args, { steps }) => windowsFrom(args, steps) ?? [1, 10, 50].filter((k) => k < steps),
};

const options = { ...lossOptions, windows };
type Options = ValuesOf<typeof options>;

/** One line on one seed: index k-1 is the window k. NaN where the whole gradient is not finite; the cosine also where it is 0. */
interface Truncated {
  /** Where a number stops being finite, if one does. */
  readonly nonFinite: NonFinite | undefined;
  /** cos(g_k, g) */
  readonly cosines: readonly number[];
  /** ‖g_k − g‖ / ‖g‖ */
  readonly errors: readonly number[];
}

/** By seed, in the order of the lines. */
type Found = readonly (readonly Truncated[])[];

export const truncation = experiment({
  name: 'truncation',
  describe: 'truncated BPTT: what a gradient loses that goes back k steps',
  order: 40,
  question: 'What does a truncated gradient lose?',
  examples: [
    ['unroll truncation', 'a cell that remembers beside one that forgets'],
    ['unroll truncation rnn --radius .5,.9,1', 'the longer the memory, the longer the window'],
    ['unroll truncation --balancing', 'where a short window learns the wrong way'],
    ['unroll truncation --clip', 'clipping by norm and by element'],
  ],
  options,
  help: ['sequence', 'input', 'lines', 'windows'],
  instead: { balancing, clip: clippedAngle },
  seed: (options, k, watch) =>
    inTurn(options.lines, watch, async (line, watch): Promise<Truncated | undefined> => {
      const { whole, byLag, nonFinite } = lossesOf(line, options, k);
      const [cosines, errors]: [number[], number[]] = [[], []];
      const sum = new Float64Array(whole.length);
      for (const part of byLag()) {
        for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
        cosines.push(cosine(sum, whole));
        errors.push(relativeError(sum, whole));
        await watch.tick(cosines.length, options.steps);
        if (watch.stopped()) return undefined;
      }
      return { cosines, errors, nonFinite: nonFinite() };
    }),
  answer: (found, options) => ({
    figures: [...linesOf(found, options), tableOf(found, options), memoryTable(options)],
    claims: claimsOf(found, options),
    notes: notesOf(found, options),
    next: { says: 'See where the bias points the wrong way', command: 'unroll truncation --balancing' },
  }),
});

export default truncation;

function relativeError(a: Float64Array, whole: Float64Array): number {
  let [apart, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    apart += (a[i]! - whole[i]!) * (a[i]! - whole[i]!);
    size += whole[i]! * whole[i]!;
  }
  return apart === 0 ? 0 : Math.sqrt(apart / size);
}

/** Direction and size of the error over the window. */
function linesOf(found: Found, options: Options): Figure[] {
  const windows = Array.from({ length: options.steps }, (_, k) => k + 1);
  const series = (of: (one: Truncated) => readonly number[]): Series[] =>
    options.lines.map(({ name }, i) =>
      bandSeries(
        name,
        found.map((seed) => of(seed[i]!).map((value) => (Number.isFinite(value) ? value : null))),
      ),
    );
  return [
    {
      kind: 'lines',
      title: 'cos(g_k, g): at 1 a window of k steps has the direction of the whole',
      settings: lossSettings(options),
      x: { label: 'k', values: windows },
      y: { label: 'cosine', scale: 'linear' },
      series: series(({ cosines }) => cosines),
    },
    {
      kind: 'lines',
      title: `‖g_k − g‖ / ‖g‖, log scale, down to ${least}`,
      // A window of all steps cuts nothing, and a log scale has no 0.
      x: { label: 'k', values: windows.slice(0, -1) },
      y: { label: 'relative error', scale: 'log' },
      series: series(({ errors }) => errors.slice(0, -1)).map(downToLeast),
    },
  ];
}

/** What fades goes on fading down to the last bit: without a floor that would be most of a log scale. */
const least = 1e-4;

function downToLeast({ name, values, band }: Series): Series {
  const kept = (row: readonly (number | null)[]) => row.map((v) => (v !== null && v >= least ? v : null));
  if (band === undefined) return { name, values: kept(values) };
  const low = band.low.map((v, k) => (v !== null && Number(band.high[k]) >= least ? Math.max(v, least) : null));
  return { name, values: kept(values), band: { low, high: kept(band.high) } };
}

function tableOf(found: Found, { lines, windows, steps, seeds }: Options): TableFigure {
  const range = (title: string, digits: number) => rangeColumns({ ...rightColumn(title), digits }, seeds);
  // Empty where a whole gradient is 0 or not finite, which a note says.
  const values = (all: readonly number[]) => {
    const cells = medianAndRange(all);
    return all.every(Number.isFinite) ? cells : cells.map(() => null);
  };
  return {
    kind: 'table',
    title: `Windows of k steps, against all ${steps}${seeds > 1 ? ': median and range over seeds' : ''}`,
    columns: [...left('cell'), rightColumn('k'), ...range('cosine', 4), ...range('error', 3)],
    rows: lines.flatMap(({ name }, i) =>
      windows.map((k) => [
        name,
        k,
        ...values(found.map((seed) => seed[i]!.cosines[k - 1]!)),
        ...values(found.map((seed) => seed[i]!.errors[k - 1]!)),
      ]),
    ),
  };
}

/** The bytes that a forward and backward pass over `steps` steps of one sequence keep, parameters and gradients among them: counted. */
function bytesKept({ cell, start }: InitialisedCell, { input }: LossOptions, steps: number): number {
  const sizes = sizesFor(cell.program, start.hidden, input);
  return compile(cell.program, cell.backward, sizes, { steps, batch: 1, gradients: 'parameters' }).bytes;
}

/** Longer sequences than the one measured, while a compiled pass over them is no burden. */
function lengthsFor(line: InitialisedCell, options: Options): number[] {
  const most = 1e8;
  const aStep = bytesKept(line, options, options.steps) / options.steps;
  return [1, 10, 100]
    .map((times) => times * options.steps)
    .filter((steps) => steps === options.steps || steps * aStep < most);
}

/** Lines of one cell differ in what they start with, which takes no memory. */
function memoryTable(options: Options): TableFigure {
  const cells = new Map(options.lines.map((line) => [line.cell.name, line]));
  const rows = [...cells].map(([name, line]) => ({ name, line, own: lengthsFor(line, options) }));
  const lengths = rows.map(({ own }) => own).reduce((most, own) => (own.length > most.length ? own : most));
  const kilobytes = (line: InitialisedCell, steps: number) => bytesKept(line, options, steps) / 1000;
  return {
    kind: 'table',
    title: 'What the way back keeps of one sequence of T steps, by window',
    columns: [...left('cell'), rightColumn('k'), ...lengths.map((steps) => rightColumn(`T ${steps}`, 'kB'))],
    rows: rows.flatMap(({ name, line, own }) => [
      // A pass for k steps goes through a sequence of any length.
      ...options.windows.map((k) => [name, k, ...lengths.map(() => kilobytes(line, k))]),
      [name, 'T', ...lengths.map((steps) => (own.includes(steps) ? kilobytes(line, steps) : null))],
    ]),
  };
}

/**
 * The bounds for the two lines that are drawn when nothing else is asked for were measured on 20 seeds
 * (test/experiments/truncation/truncation.deep.test.ts) and leave room; other cells and sequences are held to what must be so for all.
 */
function claimsOf(found: Found, options: Options): Claim[] {
  const { lines, steps, seeds } = options;
  const everySeed = seeds > 1 ? ', in every seed' : '';
  const errorsOf = (line: InitialisedCell, k: number) => found.map((seed) => seed[lines.indexOf(line)]!.errors[k - 1]!);
  const usual = usualLines(options);
  return [
    ...usual('rnn', ({ radius }) => radius === 0.9).map((fading) => {
      const says = `${fading.name}: 10 steps back give the gradient to within 5 %${everySeed}`;
      return claim('no-memory-no-bias', says, Math.max(...errorsOf(fading, 10)), '<', 0.05);
    }),
    ...usual('lstm', ({ forgetBias, radius }) => typeof forgetBias === 'object' && !radius).map((remembering) => {
      const says = `${remembering.name}: 10 steps back miss it by more than 30 %${everySeed}`;
      return claim('memory-is-cut', says, Math.min(...errorsOf(remembering, 10)), '>', 0.3);
    }),
    ...fanClaims(found, options),
    claim(
      'window-of-all',
      'a window of all steps gives what whole backpropagation gives: largest relative difference',
      Math.max(...lines.flatMap((line) => errorsOf(line, steps))),
      '<',
      1e-10,
    ),
    linearMemory(options),
  ];
}

/**
 * The first line of a cell that starts as one of those of an `unroll truncation` without more, and is like those that were measured:
 * with fewer inputs than units tanh saturates less, and forgets more slowly.
 */
const usualLines =
  ({ lines, sequence, steps, input }: Options) =>
  (name: string, starts: (start: InitialisedCell['start']) => boolean): InitialisedCell[] => {
    if (sequence !== undefined || steps < 50) return [];
    const isUsual = ({ cell, start }: InitialisedCell) =>
      cell.name === name && start.init === undefined && start.hidden >= 16 && input >= start.hidden && starts(start);
    return lines.filter(isUsual).slice(0, 1);
  };

/** The first window from which on the error stays below 5 %. */
const windowNeeded = (errors: readonly number[]): number => errors.findLastIndex((error) => !(error < 0.05)) + 2;

/** A cell at several spectral radii: the larger one remembers longer, so it needs the longer window. */
function fanClaims(found: Found, { lines, seeds }: Options): Claim[] {
  return [...new Set(lines.map(({ cell }) => cell))].flatMap((cell) => {
    const fan = lines.filter((line) => line.cell === cell && line.start.radius !== undefined);
    const ordered = [...fan].sort((a, b) => a.start.radius! - b.start.radius!);
    const [low, high] = [ordered[0], ordered.at(-1)];
    if (low === undefined || high === undefined || low === high) return [];
    const needed = (seed: Found[number], line: InitialisedCell) => windowNeeded(seed[lines.indexOf(line)]!.errors);
    const longer = found.filter((seed) => needed(seed, high) > needed(seed, low)).length;
    const says = `${high.name} needs a longer window than ${low.name} for an error below 5 %, in every seed`;
    return [claim(`${cell.name}-fan`, says, longer, '=', seeds, `${longer} of ${seeds}`)];
  });
}

/** A step more costs the same at the end of a long window as at that of a short one. */
function linearMemory(options: Options): Claim {
  const ratios = options.lines.map((line) => {
    const kept = (steps: number) => bytesKept(line, options, steps);
    return (kept(400) - kept(300)) / (kept(200) - kept(100));
  });
  return claim(
    'memory-linear',
    'memory is linear in the window: the ratio of what 300 to 400 steps add to what 100 to 200 add',
    Math.max(...ratios.map((ratio) => Math.max(ratio, 1 / ratio))),
    '<',
    1.05,
  );
}

function notesOf(found: Found, { lines, steps, sequence, seed }: Options): Cases<string> {
  const driven = sequence === undefined ? 'noise of variance 1' : `the ${sequence.kind} given`;
  return [
    ...lines.flatMap(({ name }, i) => {
      const wrong = nonFiniteNote(name, i, found, seed);
      if (wrong.length > 0) return wrong;
      const isZero = found.some((one) => Number.isNaN(one[i]!.cosines.at(-1)));
      return isZero ? [`The whole gradient of ${name} is 0, so it has no direction to compare with.`] : [];
    }),
    'Truncation biases the gradient (Tallec & Ollivier 2017); the state still flows: h_t depends on every input before it, whatever k is. And the bias is only where memory is: what has faded from the state after k steps has no gradient to lose.',
    `g_k: the loss of every step goes back k steps, its own included, and no further, which is BPTT(k; 1) of Williams & Peng 1990; g = g_${steps} is the whole. L = Σ v_t · h_t, every v_t drawn anew from N(0, 1): each step has a loss of its own. The weights are untrained, the inputs ${driven}.`,
    lines.some(({ start }) => typeof start.forgetBias === 'object') &&
      'b_f chrono: b_f = log U(1, T - 1), forget gates that keep from 1 to T steps (Tallec & Ollivier 2018; they set b_i = -b_f too, which is not done here).',
    'Memory is counted in the compiled pass: what the way back reads, parameters and gradients. It does not depend on T, for a pass over k steps goes through a sequence of any length. Time does: k steps back for every loss, unless several go back together.',
  ];
}
