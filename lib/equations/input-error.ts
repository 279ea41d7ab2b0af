// What a user gave that cannot be used, and what to do about it. `cli` prints it and exits 2.

export interface InputProblem {
  /** The file, option or column that is at fault. */
  readonly where: string;
  /** What is wrong, as a sentence. */
  readonly says: string;
  readonly expected?: string;
  readonly got?: string;
  /** What to do. */
  readonly mend: string;
}

export class InputError extends Error {
  readonly problem: InputProblem;
  constructor(problem: InputProblem) {
    super(problem.says);
    this.problem = problem;
  }
}
