// Names that nothing has yet, for lines that the derivation adds to a program.

export class FreshNames {
  readonly #taken: Set<string>;
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** The stem, or the stem and the first number that makes it new; it is taken from then on. */
  take(stem: string): string {
    let text = stem;
    let i = this.#next.get(stem) ?? 1;
    for (; this.#taken.has(text); i++) text = `${stem}_${i}`;
    this.#next.set(stem, i);
    this.#taken.add(text);
    return text;
  }
}
