// The embedded Reber grammar: Reber 1967; Cleeremans, Servan-Schreiber & McClelland 1989; Fahlman 1991;
// Hochreiter & Schmidhuber 1997, experiment 1.

import { log } from '../numbers/elementary.ts';
import type { Random } from '../numbers/random.ts';
import { accuracyAbove } from './bounds.ts';
import { blank, type Task } from './task.ts';

const letters = ['B', 'T', 'P', 'S', 'X', 'V', 'E'] as const;
type Letter = (typeof letters)[number];

/** The grammar as a machine: from each state two ways on, evenly; state 5 has one, out. */
const ways: readonly (readonly (readonly [Letter, number])[])[] = [
  [
    ['T', 1],
    ['P', 2],
  ],
  [
    ['S', 1],
    ['X', 3],
  ],
  [
    ['T', 2],
    ['V', 4],
  ],
  [
    ['X', 2],
    ['S', 5],
  ],
  [
    ['P', 3],
    ['V', 5],
  ],
];

/** B, one of T and P, a Reber string B…E, the same of T and P again, E. */
function string(rng: Random): Letter[] {
  const outer: Letter = rng.below(2) === 0 ? 'T' : 'P';
  const inner: Letter[] = [];
  for (let state = 0; state !== 5; ) {
    const [letter, next] = ways[state]![rng.below(2)]!;
    inner.push(letter);
    state = next;
  }
  return ['B', outer, 'B', ...inner, 'E', outer, 'E'];
}

/** Wanted is the next letter at every step; scored is the one that takes memory: the T or P before the last E. */
const reber: Task = {
  order: 7,
  name: 'reber',
  says: 'foretell the next letter, and one that depends on the second',
  source: 'Reber 1967; Fahlman 1991; Hochreiter & Schmidhuber 1997, experiment 1',
  inputs: letters.length,
  outputs: letters.length,
  loss: 'cross-entropy',
  score: 'accuracy',
  shortest: 8,
  usual: { steps: 20, hidden: 12, batch: 16, updates: 1200, rate: 0.02 },
  feedback: { kind: 'one-hot', at: 0, size: letters.length },
  classes: letters,
  batch(rng, size, steps) {
    const made = blank(reber, steps, size);
    const scored = new Float64Array(steps * size);
    for (let b = 0; b < size; b++) {
      let said = string(rng);
      // The last letter is only ever a target.
      while (said.length - 1 > steps) said = string(rng);
      for (let t = 0; t < said.length - 1; t++) {
        made.put(t, b, letters.indexOf(said[t]!), 1);
        made.want(t, b, letters.indexOf(said[t + 1]!));
      }
      scored[made.row(said.length - 3, b)] = 1;
    }
    return { ...made.batch, scored };
  },
  baseline: (steps) => ({
    loss: lossWithoutMemory(steps),
    score: 0.5,
    says: 'the grammar, but the second letter forgotten',
  }),
  learned: [accuracyAbove('lstm', 0.9)],
};
export default reber;

/**
 * Nats a step of whoever knows the inner grammar by heart and tosses a coin for the letter that needs memory. Every string has
 * two coins (the outer letter, twice) and one for each inner letter: (inner + 2) ln 2 over inner + 5 steps. Exact: strings that
 * are too long are left out as in `batch`, and a longer inner string is half as likely for each letter more.
 */
function lossWithoutMemory(steps: number): number {
  const longest = steps - 5;
  let [coins, length] = [0, 0];
  let chance = new Map([[0, 1]]);
  for (let inner = 1; inner <= longest; inner++) {
    const next = new Map<number, number>();
    for (const [state, p] of chance) for (const [, to] of ways[state]!) next.set(to, (next.get(to) ?? 0) + p / 2);
    const ended = next.get(5) ?? 0;
    next.delete(5);
    chance = next;
    coins += ended * (inner + 2);
    length += ended * (inner + 5);
  }
  return (coins / length) * log(2);
}
