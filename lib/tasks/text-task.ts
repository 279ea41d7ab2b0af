// Text by character: the next one is wanted. Elman 1990; Sutskever, Martens & Hinton 2011; Karpathy 2015 made it popular.

import { counted } from '../numbers/counted.ts';
import { log } from '../numbers/elementary.ts';
import { blank, type Task } from './task.ts';

const learned = 0.9;

/** Learned on the first nine tenths, held out is the rest. `classes` are its characters in the order of their code points. */
export interface TextTask extends Task {
  readonly heldOut: Task;
  readonly classes: readonly string[];
  /** The characters that are held out, as they stand. */
  readonly keptApart: readonly string[];
}

/** Throws RangeError for fewer than twenty characters or fewer than two different ones. */
export function textTask(name: string, text: string): TextTask {
  const characters = Array.from(text);
  const classes = [...new Set(characters)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  if (characters.length < 20) throw new RangeError(`${characters.length} characters are too few: at least 20`);
  if (classes.length < 2) throw new RangeError('the text holds one character only');
  const indexOf = new Map(classes.map((character, i) => [character, i]));
  const codes = Int32Array.from(characters, (character) => indexOf.get(character)!);
  const cut = Math.floor(learned * codes.length);
  const heldOut = stretches(`${name}, held out`, codes.subarray(cut), classes);
  return { ...stretches(name, codes.subarray(0, cut), classes), heldOut, classes, keptApart: characters.slice(cut) };
}

/** Sequences are stretches of the text that begin anywhere in it. */
function stretches(name: string, codes: Int32Array, classes: readonly string[]): Task {
  const longest = codes.length - 1;
  const task: Task = {
    name,
    says: 'foretell the next character of a text',
    source: 'Elman 1990; Sutskever, Martens & Hinton 2011',
    inputs: classes.length,
    outputs: classes.length,
    loss: 'cross-entropy',
    score: 'accuracy',
    shortest: 1,
    usual: { steps: Math.min(50, longest), hidden: 64, batch: 16, updates: 600, rate: 0.01 },
    feedback: { kind: 'one-hot', at: 0, size: classes.length },
    classes,
    drawnFrom: counted(codes.length, 'character'),
    batch(rng, size, steps) {
      if (steps > longest)
        throw new RangeError(`${name} has ${codes.length} characters, so at most ${longest} steps, not ${steps}`);
      const made = blank(task, steps, size);
      for (let b = 0; b < size; b++) {
        const from = rng.below(codes.length - steps);
        for (let t = 0; t < steps; t++) {
          made.put(t, b, codes[from + t]!, 1);
          made.want(t, b, codes[from + t + 1]!);
        }
      }
      return made.batch;
    },
    baseline: () => frequencies(codes, classes.length),
  };
  return task;
}

/** How often each character comes, and nothing else: the entropy of that, and the most frequent one said always. */
function frequencies(codes: Int32Array, count: number) {
  const seen = new Float64Array(count);
  for (const code of codes) seen[code]! += 1 / codes.length;
  const entropy = seen.reduce((sum, p) => sum - (p > 0 ? p * log(p) : 0), 0);
  return { loss: entropy, score: Math.max(...seen), says: 'how often each character comes' };
}
