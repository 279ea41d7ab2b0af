// What the threads that share the seeds of an experiment see of one another: which seed is next, how far each is, whether to stop.

const [next, stop, first] = [0, 1, 2];
const whole = 10_000;

export class SeedQueue {
  /** To pass to another thread, which makes the same queue of it. */
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(of: number | SharedArrayBuffer) {
    this.memory = typeof of === 'number' ? new SharedArrayBuffer(4 * (first + of)) : of;
    this.#cells = new Int32Array(this.memory);
  }

  get #seeds(): number {
    return this.#cells.length - first;
  }

  /** A seed that nobody has begun; undefined when there is none, or when the run is stopped. */
  next(): number | undefined {
    const k = this.stopped ? this.#seeds : Atomics.add(this.#cells, next, 1);
    return k < this.#seeds ? k : undefined;
  }

  /** How many nobody has begun. */
  get remaining(): number {
    return Math.max(0, this.#seeds - Atomics.load(this.#cells, next));
  }

  /** Of one seed, from 0 to 1. */
  setProgress(k: number, share: number): void {
    Atomics.store(this.#cells, first + k, Math.round(whole * share));
  }

  /** Of all seeds together, from 0 to 1. */
  get progress(): number {
    return this.#cells.slice(first).reduce((a, b) => a + b, 0) / (whole * this.#seeds);
  }

  /** Seeds that are at their end. */
  get done(): number {
    return this.#cells.slice(first).filter((share) => share === whole).length;
  }

  stop(): void {
    Atomics.store(this.#cells, stop, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.#cells, stop) === 1;
  }
}
