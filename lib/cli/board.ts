// What the threads that share the seeds of an experiment see of one another: which seed is next, how far each is, whether to stop.

export interface Board {
  /** To hand to another thread, where `boardOn` makes the same of it. */
  readonly memory: SharedArrayBuffer;
  /** A seed that nobody has begun; undefined when there is none. */
  take(): number | undefined;
  /** How many nobody has begun. */
  readonly left: number;
  /** Of one seed, from 0 to 1. */
  note(k: number, share: number): void;
  /** Of all seeds together. */
  readonly share: number;
  /** Seeds that are at their end. */
  readonly done: number;
  stop(): void;
  readonly stopped: boolean;
}

const [next, stop, first] = [0, 1, 2];
const whole = 10_000;

export const boardFor = (seeds: number): Board => boardOn(new SharedArrayBuffer(4 * (first + seeds)));

export function boardOn(memory: SharedArrayBuffer): Board {
  const cells = new Int32Array(memory);
  const seeds = cells.length - first;
  const shares = () => Array.from({ length: seeds }, (_, k) => Atomics.load(cells, first + k));
  return {
    memory,
    take() {
      const k = Atomics.add(cells, next, 1);
      return k < seeds ? k : undefined;
    },
    get left() {
      return Math.max(0, seeds - Atomics.load(cells, next));
    },
    note: (k, share) => void Atomics.store(cells, first + k, Math.round(whole * share)),
    get share() {
      return shares().reduce((a, b) => a + b, 0) / (whole * seeds);
    },
    get done() {
      return shares().filter((share) => share === whole).length;
    },
    stop: () => void Atomics.store(cells, stop, 1),
    get stopped() {
      return Atomics.load(cells, stop) === 1;
    },
  };
}
