// An exercise: what is to be written, how inputs for it are drawn, how the reference equations answer them, and what else must be true.
// One file in exercises/ is one exercise; its words, starters and solutions are a folder of lessons/exercises. A step of a cell needs no file:
// its folder has `reference.cell`.

import type { Mutant } from '../equations/mutants.ts';
import type { Program } from '../equations/program.ts';
import type { Random } from '../numbers/random.ts';
import type { Answer, Value } from './value.ts';

/** An exercise whose answers are numbers, or one whose answer is a cell that has to learn something. */
export type Exercise = ByValues | ByClaims;

/** What all exercises have. */
interface Listed {
  /** `lstm-step`: the name of its folder, too. */
  readonly id: string;
  /** Its place in the order in which they are best done; the last without one. */
  readonly order?: number | undefined;
  /** Where its words, starters and solutions are: a folder of lessons/exercises where nothing is said. */
  readonly folder?: string | undefined;
}

/** What is handed in is trained, and what it reaches is claimed: `reaches .02 on adding at T = 30 in 4 of 5 seeds`. */
export interface ByClaims extends Listed {
  readonly kind: 'claims';
  /** Trains the student's cell on one seed and says whether the claim held, with what was measured. Equations only: nothing of the student's runs. */
  readonly attempt: (program: Program, seed: number) => { readonly reached: boolean; readonly measured: number };
  readonly seeds: number;
  readonly needed: number;
  readonly says: string;
}

export interface ByValues extends Listed {
  readonly kind: 'values';
  /** The function to be written: `lstm_step`; `lstmStep` is accepted as well. */
  readonly function: string;
  /** Names of the arguments, in order. */
  readonly parameters: readonly string[];
  /** Names of what is returned. One: the value itself. More: a list in this order, or a record by these names. */
  readonly returns: readonly string[];
  /** The reference, as equations: a built-in cell, or text of the exercise's folder. */
  readonly reference: () => Program;
  /**
   * Draws the arguments of one call. `size` small is what a learner reads in a message (H = 2 to 4, few steps), large what shows
   * what only many steps show.
   */
  readonly draw: (rng: Random, size: 'small' | 'large') => readonly Value[];
  /** Calls at the edges of what may be asked: sizes of 1, zeros, large numbers and small ones, one step and many. Small ones first. */
  readonly edges: (rng: Random) => readonly (readonly Value[])[];
  /**
   * Calls that between them show every mistake, where a few draws need not: an exercise with cases, of which a call is one. A diagnosis
   * asks them.
   */
  readonly telling?: (rng: Random) => readonly (readonly Value[])[];
  /** What the equations of `program` give for these arguments, each of `returns`: the reference, a mutant, or a student's `.cell`. */
  readonly answer: (program: Program, given: readonly Value[]) => Answer;
  /** Mistakes that are none of the equations: a step too many, no reversal, a mean for a sum. Each in the words of a message. */
  readonly slips: () => readonly Slip[];
  /** What its results are never below and never above, whatever is asked. */
  readonly range?: readonly [least: number, most: number] | undefined;
  /** What must be true beside the values, asked of the submission itself. */
  readonly properties: readonly ExerciseProperty[];
  /**
   * For a step: the same call over and over, what it returned going in as the next previous state. `next` gives the arguments of the
   * next call from those of the last and what came back.
   */
  readonly chain?: {
    readonly steps: number;
    /** What one of them is called: a call where nothing recurs but the function itself. Otherwise a step. */
    readonly unit?: 'call';
    readonly next: (given: readonly Value[], returned: Answer, rng: Random) => readonly Value[];
  };
}

export interface Slip {
  readonly id: string;
  /** `the backward direction's outputs are not turned round again` */
  readonly says: string;
  /** The line that is wrong and the right one, in the notation of the exercise. */
  readonly wrong: string;
  readonly right: string;
  readonly answer: (program: Program, given: readonly Value[]) => Answer;
  /** Where it is other equations: those. */
  readonly program?: () => Program;
}

/** An edit of the equations or a slip beside them: what a diagnosis can name. */
export type Mistake =
  | { readonly kind: 'edit'; readonly mutant: Mutant }
  | { readonly kind: 'slip'; readonly slip: Slip };

export interface ExerciseProperty {
  readonly id: string;
  /** `f = 1 and i = 0 keep c exactly` */
  readonly says: string;
  /** Asks what it needs to and says whether it is so. */
  readonly holds: (ask: Ask, rng: Random) => Promise<Held>;
}

/** Calls the student's function; the answer has the shape and the numbers that the exercise asks for, or the property has failed. */
export type Ask = (given: readonly Value[]) => Promise<Answer>;

export type Held =
  | { readonly holds: true }
  | { readonly holds: false; readonly given: readonly Value[]; readonly got: Answer; readonly because: string };
