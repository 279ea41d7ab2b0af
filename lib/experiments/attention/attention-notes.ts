// What `attention` claims, what a reader must know beside the numbers, and what to try next.

import { counted } from '../../numbers/counted.ts';
import { mean, median } from '../../numbers/statistics.ts';
import type { Claim, Result } from '../../render/result.ts';
import { divergedNotes } from '../diverged.ts';
import { claim, claimOfMedian } from '../kit/claim.ts';
import { isMeasuredAt, notClaimed } from '../kit/measured-at.ts';
import { lagsOf } from './alignment.ts';
import { type AttentionFound, type AttentionOptions, attends, type WayFound, wayInWords } from './source-access.ts';

/**
 * Bounds on the median of the seeds, chosen on 20 of them (test/experiments/attention/attention.deep.test.ts), for a run in a hundred or so
 * does not converge. test/claim-runs.ts counts how often each fails.
 */
interface Bounds {
  /** What they were measured at. */
  readonly at: { readonly cell: string; readonly hidden: number; readonly updates: number; readonly steps?: number };
  /** Percent of the outputs that are right with additive attention, at least. */
  readonly right: number;
  /** By how many points that is above no attention, at least. */
  readonly above: number;
  /** Percent of the outputs that look elsewhere than where they come from: at most, where attention is an alignment. */
  readonly alignedTo?: number;
  /** At least, where it is none. */
  readonly astrayFrom?: number;
  /** And of these the percent that look exactly one position later, at least. */
  readonly later?: number;
  /** Which order of the source brings a symbol next to its output. */
  readonly near?: 'plain' | 'reversed';
  /** By how many points the order of the source changes what is right without attention, at most. */
  readonly orderTo?: number;
  /** From 2 to 10 source symbols: points lost without attention at least, and with additive attention at most. */
  readonly falls?: { readonly plain: number; readonly additive?: number };
}

type ByTask = Readonly<Record<string, Bounds>>;
const ofLetters = { at: { cell: 'gru', hidden: 16, updates: 300, steps: 6 } };
const ofDates = { at: { cell: 'gru', hidden: 16, updates: 600 } };

/** With an encoder in one direction. */
const one: ByTask = {
  copy: { ...ofLetters, right: 90, above: 30, alignedTo: 25, near: 'reversed', falls: { plain: 50, additive: 35 } },
  reversal: { ...ofLetters, right: 65, above: 5, astrayFrom: 45, later: 50, near: 'plain' },
  dates: { ...ofDates, right: 90, above: 20, astrayFrom: 10 },
};

/** With one that reads from both ends: the map of reversal is one of where words come from, too. */
const both: ByTask = {
  copy: { ...ofLetters, right: 85, above: 25, alignedTo: 45, orderTo: 20, falls: { plain: 50 } },
  reversal: { ...ofLetters, right: 70, above: 20, alignedTo: 55, orderTo: 20 },
  dates: { ...ofDates, right: 90, above: 20, alignedTo: 45, orderTo: 20 },
};

const boundsOf = ({ task, bidirectional }: AttentionOptions): Bounds | undefined =>
  (bidirectional === true ? both : one)[task.name];

export function attentionClaims(found: readonly AttentionFound[], options: AttentionOptions): Claim[] {
  const { ways, seed } = options;
  const bounds = boundsOf(options);
  if (bounds === undefined || !isMeasuredAt(bounds.at, options)) return [];
  const { right, above, alignedTo, astrayFrom, later, near, orderTo, falls } = bounds;
  const of = (way: string): readonly WayFound[] | undefined =>
    ways.includes(way) ? found.map(({ ways: each }) => each[ways.indexOf(way)]!) : undefined;
  const [plain, reversed, additive] = [of('plain'), of('reversed'), of('additive')];
  const claims: Claim[] = [];
  const holds = (id: string, says: string, measured: readonly number[], relation: '<' | '>', bound: number) =>
    claims.push(claimOfMedian(id, says, measured, relation, bound, seed));
  if (additive !== undefined) {
    const says = `additive attention: more than ${right} % of the outputs are right`;
    holds('right', says, percent(additive), '>', right);
    if (plain !== undefined)
      holds('above-plain', `more than ${above} points above no attention`, points(additive, plain), '>', above);
    const astray = additive.map(({ alignment }) => 100 * alignment!.error);
    if (alignedTo !== undefined)
      holds(
        'aligned',
        `less than ${alignedTo} % of its outputs look elsewhere than where they come from`,
        astray,
        '<',
        alignedTo,
      );
    if (astrayFrom !== undefined) {
      const says = `and yet more than ${astrayFrom} % of its outputs look elsewhere than where they come from`;
      holds('not-aligned', says, astray, '>', astrayFrom);
    }
    if (later !== undefined) {
      const next = additive.map(({ alignment }) => 100 * alignment!.oneLater);
      holds('one-later', `more than ${later} % of these look exactly one position later`, next, '>', later);
    }
  }
  if (plain !== undefined && reversed !== undefined && near !== undefined) {
    claims.push(...lagClaims(found[0]!.ways[0]!.shown, near));
    const [nearer, farther] = near === 'reversed' ? [reversed, plain] : [plain, reversed];
    const says = `${near === 'reversed' ? wayInWords('reversed') : 'source in order'}: more than 5 points more are right`;
    holds('near-helps', says, points(nearer, farther), '>', 5);
  }
  const [first, last] = [options.lengths[0]!, options.lengths.at(-1)!];
  if (plain !== undefined && reversed !== undefined && orderTo !== undefined) {
    const says = `no attention: the source turned round, less than ${orderTo} points change`;
    holds('order-is-the-same', says, points(reversed, plain).map(Math.abs), '<', orderTo);
  }
  if (falls !== undefined && first <= 2 && last >= 10) {
    const lost = (way: readonly WayFound[]) => way.map(({ over }) => 100 * (over[0]!.right - over.at(-1)!.right));
    const range = `from ${first} to ${last} source symbols`;
    if (plain !== undefined)
      holds(
        'state-fills',
        `no attention: ${range} it loses more than ${falls.plain} points`,
        lost(plain),
        '>',
        falls.plain,
      );
    if (additive !== undefined && falls.additive !== undefined)
      holds(
        'attention-lasts',
        `additive attention: ${range} it loses less than ${falls.additive}`,
        lost(additive),
        '<',
        falls.additive,
      );
  }
  return claims;
}

/** Why nothing is claimed, where that is so. */
function unclaimed(options: AttentionOptions): string[] {
  const bounds = boundsOf(options);
  return bounds === undefined || isMeasuredAt(bounds.at, options) ? [] : [notClaimed(bounds.at)];
}

/** No training in these: they are counted on the pair that is shown. */
function lagClaims({ gold, source }: WayFound['shown'], near: 'plain' | 'reversed'): Claim[] {
  const S = source.length;
  const [order, turned] = [lagsOf(gold, S, false), lagsOf(gold, S, true)];
  const nearest = near === 'reversed' ? turned : order;
  const how = near === 'reversed' ? 'read backwards' : 'read in order';
  return [
    claim(
      'mean-lag-stays',
      'read backwards, the mean lag stays: its change in steps',
      mean(turned) - mean(order),
      '=',
      0,
    ),
    claim('smallest-lag', `${how}, the smallest lag is one step`, Math.min(...nearest), '=', 1),
  ];
}

const percent = (found: readonly WayFound[]): number[] => found.map(({ right }) => 100 * right);
const points = (a: readonly WayFound[], b: readonly WayFound[]): number[] =>
  a.map(({ right }, k) => 100 * (right - b[k]!.right));

export function attentionNotes(found: readonly AttentionFound[], options: AttentionOptions): string[] {
  const { task, ways, sequences, seeds, seed, shown } = options;
  const notes = [
    ...unclaimed(options),
    ...divergedNotes(
      found.flatMap((one, k) => one.ways.map(({ diverged }, w) => ({ name: wayInWords(ways[w]!), k, diverged }))),
      options,
    ),
    `Tested on ${counted(sequences, 'new source')} each, with a free-running decoder; in training it is fed the ground truth.`,
  ];
  const drawn = found[0]!.ways[ways.findIndex(attends)]?.shown;
  if (drawn !== undefined && shown === undefined) {
    const isRight = drawn.said.every((symbol, i) => symbol === drawn.target[i]);
    const whose = seeds > 1 ? ` of seed ${seed}` : '';
    notes.push(
      `The map${whose} is of the first source${isRight ? ' that is said without a mistake' : '; none was said without a mistake'}.`,
    );
  }
  if (ways.some(attends)) {
    notes.push(
      'Alignment error: how often the largest weight of an output is not where it comes from. Entropy: 0 looks at one symbol, 1 at all alike. Crossing: how often of two outputs the later one looks at an earlier symbol.',
    );
    const errors = found.flatMap((seed) => seed.ways.flatMap(({ alignment }) => (alignment ? [alignment.error] : [])));
    notes.push(...alignmentNotes(options, median(errors)), encoderNote(options));
  }
  if (ways.includes('plain'))
    notes.push(
      'Without attention all of a source has to fit into the last state of the encoder (Cho et al. 2014; Bahdanau, Cho & Bengio 2015).',
    );
  if (ways.includes('reversed') && options.bidirectional === true)
    notes.push(
      'A bidirectional encoder reads the source in order and reversed, so reversing the source only exchanges its two halves.',
    );
  else if (ways.includes('reversed') && task.onlySteps === undefined)
    notes.push(
      `Reading the source backwards does not bring symbols and outputs closer on average: the mean lag stays, and only the smallest lag changes (Sutskever, Vinyals & Le 2014, section 3.3).${orderNote(found, options)}`,
    );
  if (ways.includes('dot'))
    notes.push(
      'Dot-product attention has the score of Luong, Pham & Manning 2015 at the place where Bahdanau has his. It has no weights of its own, so encoder and decoder must first agree on a common space: which of the two scores learns faster depends on the task.',
    );
  return notes;
}

/** What reversing the source changed, where both orders were trained: reported above five points, in the median of the seeds. */
export function orderNote(
  found: readonly AttentionFound[],
  { ways, task }: Pick<AttentionOptions, 'ways' | 'task'>,
): string {
  const [plain, reversed] = ['plain', 'reversed'].map((way) => ways.indexOf(way));
  if (plain! < 0 || reversed! < 0) return '';
  const points = 100 * median(found.map(({ ways: each }) => each[reversed!]!.right - each[plain!]!.right));
  if (!(Math.abs(points) > 5)) return '';
  const why = task.name === 'reversal' && points < 0 ? ': for reversal the original order has the smallest lag' : '';
  return ` Here it ${points > 0 ? 'gains' : 'loses'} ${Math.abs(points).toFixed(0)} percentage points${why}.`;
}

function encoderNote({ bidirectional = false, hidden }: AttentionOptions): string {
  return bidirectional
    ? `The encoder reads from both ends, with ${hidden / 2} numbers from each, as that of Bahdanau, Cho & Bengio 2015 does: its state at a symbol knows what came before and what follows. The decoder begins with the last states of both; theirs begins with a layer on that of the second.`
    : 'The encoder reads in one direction here, so its state at a symbol knows what came before. That of Bahdanau, Cho & Bengio 2015 reads in both, and its states know what follows too: --bidirectional.';
}

/** An alignment error up to which a map is nearly an alignment. */
const nearly = 0.25;

/** Attention is not alignment; said where the numbers show it, and where they do not. */
export function alignmentNotes(
  { task: { name: task }, bidirectional = false }: Pick<AttentionOptions, 'task' | 'bidirectional'>,
  error: number,
): string[] {
  return Number.isFinite(error) ? [alignmentNote(task, bidirectional, error)] : [];
}

function alignmentNote(task: string, bidirectional: boolean, error: number): string {
  const source = '(Koehn & Knowles 2017, section 3.5)';
  if (task === 'reversal' && bidirectional && error <= nearly)
    return `Here the map is nearly an alignment. In a one-directional encoder the next state has read the symbol too; here the backward half of it has not, so the symbol's own state is the last for which both halves have. Attention is not alignment ${source}: what a map shows depends on what its columns have read.`;
  if (task === 'reversal' && !bidirectional && error > nearly)
    return `Attention is not alignment ${source}. ${Math.round(100 * error)} % of the outputs attend elsewhere than to their source. A column of the memory is a state, not a symbol: the next state has read the symbol too. A correct output does not show that the map is an alignment.`;
  if (task === 'dates')
    return `Attention is not alignment ${source}: a state holds what was read before it too, so a digit can be read off a later column. A month's number counts as aligned on any letter of its name; hyphens and the zero before a day come from nowhere and are not counted.`;
  if (error > nearly)
    return `Attention is not alignment ${source}: trained like this, ${Math.round(100 * error)} % of the outputs attend elsewhere than to their source.`;
  return `Here the map is nearly an alignment. That holds for this run only: attention is not alignment ${source}.`;
}

export function attentionNext({ task, ways, output, bidirectional }: AttentionOptions): NonNullable<Result['next']> {
  if (task.name === 'copy')
    return { says: 'Where it is right and looks elsewhere', command: 'unroll attention --task reversal' };
  if (task.name === 'reversal' && bidirectional !== true && !ways.includes('dot'))
    return {
      says: 'Beside an encoder that reads from both ends',
      command: 'unroll compare gru "gru --bidirectional" --in "attention --task reversal"',
    };
  if (task.name === 'reversal' && bidirectional !== true)
    return {
      says: 'Trained for longer, it looks sharply, and still one later',
      command: 'unroll attention --task reversal --compare additive,dot --updates 2000 --seeds 1',
    };
  if (output === undefined && task.name === 'dates')
    return {
      says: 'What its sixth output looks at',
      command: 'unroll attention --task dates --source "9 October 1986" --step 6',
    };
  return { says: 'The decoder with its gradients', command: 'unroll cell derive gru+additive' };
}
