// What a user gave that cannot be used, and what to do about it. `cli` prints it and exits 2.

export interface InputProblem {
  /** The file, option or column that is at fault. */
  readonly where: string;
  /** What is wrong, as a sentence. */
  readonly says: string;
  readonly expected?: string | undefined;
  readonly got?: string | undefined;
  /** What to do. */
  readonly fix: string;
}

/** What else there is to say: at least what to do. */
export type ErrorAdvice = Omit<InputProblem, 'where' | 'says'>;

export class InputError extends Error {
  readonly problem: InputProblem;
  constructor(where: string, says: string, advice: ErrorAdvice) {
    super(says);
    this.problem = { ...advice, where, says };
  }
}
