// What is claimed of cells that learn a task: bounds that were measured on 20 seeds (`*.deep.test.ts`) and leave room.

/** Held against the median of the seeds, under the task's usual settings, with Adam and clipping at norm 1. */
export interface LearningBound {
  readonly cell: string;
  readonly measure: 'loss' | 'accuracy';
  readonly relation: '<' | '>';
  readonly bound: number;
  /** What it is put as: `gru` + says. */
  readonly says: string;
  /** Where the cell's forget bias, or both directions, are what it is about. */
  readonly forgetBias?: number;
  readonly directions?: 2;
}

export const lossBelow = (cell: string, bound: number, says = 'learns it'): LearningBound => ({
  cell,
  measure: 'loss',
  relation: '<',
  bound,
  says: `${says}: its loss is below ${bound}`,
});
export const lossAbove = (cell: string, bound: number, says: string): LearningBound => ({
  cell,
  measure: 'loss',
  relation: '>',
  bound,
  says: `${says}: its loss stays above ${bound}`,
});
export const accuracyAbove = (cell: string, bound: number, says = 'learns it'): LearningBound => ({
  cell,
  measure: 'accuracy',
  relation: '>',
  bound,
  says: `${says}: more than ${Math.round(100 * bound)} % right`,
});
export const accuracyBelow = (cell: string, bound: number, says: string): LearningBound => ({
  cell,
  measure: 'accuracy',
  relation: '<',
  bound,
  says: `${says}: less than ${Math.round(100 * bound)} % right`,
});

/** The settings that bounds were measured at. */
export interface MeasuredAt {
  readonly cell: string;
  readonly hidden: number;
  /** Where the cell starts scaled to it. */
  readonly radius?: number;
  readonly steps: number;
  /** Where the truth is heard first. */
  readonly prefix?: number;
  readonly updates: number;
}

/** Of free running after teacher forcing, and of scheduled sampling beside it. */
export interface ExposureBounds {
  readonly at: MeasuredAt;
  /** Free over forced error of teacher forcing: over all steps, or after `after` steps. */
  readonly grows: number;
  readonly after?: number;
  /** Percent between the middle and the last third of the steps. */
  readonly plateau?: number;
  /** Scheduled sampling beside teacher forcing: how many times the error on the truth at least. */
  readonly costs: number;
  /** How many times the error on its own words at most, where it helps, or at least, where it hurts. */
  readonly helps?: number;
  readonly hurts?: number;
  /** What is known of the free-running error of a series that comes with its formula. */
  readonly remark?: string;
}

/** The settings of the series. */
export const seriesSettings: MeasuredAt = { cell: 'gru', hidden: 16, steps: 50, prefix: 20, updates: 400 };
