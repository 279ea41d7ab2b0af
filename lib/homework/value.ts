// What passes between the checker and a submission: numbers in lists and records, as JSON has them. The parent knows what it expects
// and walks only that; whatever else came back is never looked at.

/** A number, a word, a list, or a record by name. A vector is a list of numbers, a matrix a list of its rows. */
export type Value = number | string | readonly Value[] | { readonly [name: string]: Value };

/** How a reply differs from what was expected. A path names a place as the student would write it: `c[2]`, `W_f[0][1]`. */
export type Difference =
  | {
      readonly code: 'wrong-shape';
      readonly path: string;
      readonly expected: string;
      readonly got: string;
      /** Where something in the shape of each of the results is inside what came back: `[0]`, `.h`. */
      readonly inside?: readonly string[];
    }
  | { readonly code: 'not-a-number'; readonly path: string; readonly got: string }
  | { readonly code: 'not-finite'; readonly path: string; readonly got: string }
  | Distance;

export interface Distance {
  readonly code: 'distance';
  /** max |got − expected| / max(1, |expected|) over all entries. */
  readonly error: number;
  /** Where that is. */
  readonly path: string;
}

/** What came back and is none of these: `a function`, `a set`. */
export class Foreign {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}
