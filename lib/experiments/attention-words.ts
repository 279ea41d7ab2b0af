// What a reader of `attention` must know beside the numbers, and what to try next.

import { counted } from '../numbers/counted.ts';
import { median } from '../numbers/statistics.ts';
import type { Result } from '../render/result.ts';
import type { AttentionFound, AttentionOptions } from './attention.ts';
import { unclaimed } from './attention-claims.ts';
import { divergedNotes } from './diverged.ts';
import { attends, wayInWords } from './ways-to-read.ts';

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
