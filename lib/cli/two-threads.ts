// `unroll parallel --measure`: recurrences on this thread and on a second one that waits for orders in shared memory.

import { type Cell, cellOf } from '../cells/catalogue.ts';
import { printProgram } from '../equations/print.ts';
import { sizesFor } from '../equations/program.ts';
import { compile, type Kernel } from '../kernels/kernel.ts';
import { random } from '../numbers/random.ts';
import { median } from '../numbers/statistics.ts';
import type { ThreadTimes } from '../options/environment.ts';
import { startValues } from '../options/initialisation.ts';
import { Thread } from './threads.ts';

/** What the second thread is given. */
export interface RecurrenceOrder {
  readonly text: string;
  readonly hidden: number;
  readonly steps: number;
  readonly memory: SharedArrayBuffer;
}

/** Words of the shared memory: the order in force, and the step whose turn it is. The states follow. */
const [inForce, turn, words] = [0, 1, 2];
const orders = { none: 0, whole: 1, inTurn: 2, leave: 3 } as const;
const spins = 2000;
/** Enough that to wake the other thread counts for little. */
const sequences = 8;

/** One thread's half of the work. */
class Half {
  readonly #whole: Kernel;
  readonly #step: Kernel;
  readonly #states: readonly string[];
  readonly #control: Int32Array;
  readonly #shared: Float64Array;
  readonly #steps: number;

  constructor(cell: Cell, { hidden, steps, memory }: Omit<RecurrenceOrder, 'text'>) {
    const sizes = sizesFor(cell.program, hidden, hidden);
    const values = startValues(cell, sizes, { hidden }, random(1).fork('parameters'));
    const kernel = (length: number): Kernel => {
      const made = compile(cell.program, undefined, sizes, { steps: length, batch: 1 });
      for (const [name, { data }] of values) made.parameter(name).set(data);
      const { normal } = random(1).fork('inputs');
      for (let i = 0; i < made.inputs.length; i++) made.inputs[i] = normal();
      made.forward();
      return made;
    };
    [this.#whole, this.#step, this.#steps] = [kernel(steps), kernel(1), steps];
    this.#states = cell.program.states;
    this.#control = new Int32Array(memory, 0, words);
    this.#shared = new Float64Array(memory, words * 4);
  }

  /** Whole recurrences, with nobody else. */
  whole(): void {
    for (let run = 0; run < sequences; run++) this.#whole.forward({ sameParameters: true });
  }

  /** Every `of`-th step from the `first` on, each begun with the state that the step before left in shared memory. */
  inTurn(first: number, of: number): void {
    for (let t = first; t < this.#steps; t += of) {
      awaitWord(this.#control, turn, t);
      let at = 0;
      for (const state of this.#states) {
        const values = this.#step.initial(state);
        values.set(this.#shared.subarray(at, at + values.length));
        at += values.length;
      }
      this.#step.forward({ sameParameters: true });
      at = 0;
      for (const state of this.#states) {
        const values = this.#step.value(state, 0);
        this.#shared.set(values, at);
        at += values.length;
      }
      Atomics.store(this.#control, turn, t + 1);
      if (of > 1) Atomics.notify(this.#control, turn);
    }
  }

  /** Waits for an order, which is withdrawn when it is done. False at the last. */
  obey(): boolean {
    Atomics.wait(this.#control, inForce, orders.none);
    const given = Atomics.load(this.#control, inForce);
    if (given === orders.whole) this.whole();
    if (given === orders.inTurn) this.inTurn(1, 2);
    Atomics.store(this.#control, inForce, orders.none);
    Atomics.notify(this.#control, inForce);
    return given !== orders.leave;
  }

  give(given: number): void {
    Atomics.store(this.#control, inForce, given);
    Atomics.notify(this.#control, inForce);
  }

  /** Until the other has done what it was told. */
  join(): void {
    awaitWord(this.#control, inForce, orders.none);
  }

  begin(): void {
    this.#shared.fill(0);
    Atomics.store(this.#control, turn, 0);
  }
}

/** Looks a while, for the other is most likely about to write; then sleeps. */
function awaitWord(control: Int32Array, at: number, wanted: number): void {
  for (let spin = 0; spin < spins; spin++) if (Atomics.load(control, at) === wanted) return;
  for (let seen = Atomics.load(control, at); seen !== wanted; seen = Atomics.load(control, at))
    Atomics.wait(control, at, seen);
}

/** What the second thread does, until it is told to leave. */
export function obeyOrders(order: RecurrenceOrder, ready: () => void): void {
  const half = new Half(cellOf('cell', order.text), order);
  ready();
  while (half.obey());
}

const rounds = 5;

/** Medians over rounds in which every arrangement has its turn, so that what else the machine does meets all of them. */
export async function threadTimes(cell: Cell, hidden: number, steps: number): Promise<ThreadTimes> {
  const { program } = cell;
  const numbers = program.states.length * hidden * Math.max(1, hidden);
  const memory = new SharedArrayBuffer(words * 4 + 8 * numbers);
  const order: RecurrenceOrder = { text: printProgram(program), hidden, steps, memory };
  const thread = new Thread();
  let left: Promise<void> | undefined;
  await new Promise<unknown>((ready, broken) => {
    left = thread.run('recurrences', order, ready);
    left.catch(broken);
  });
  const own = new Half(cell, order);
  const arrangements: readonly (() => void)[] = [
    () => {
      own.whole();
      own.whole();
    },
    () => {
      own.give(orders.whole);
      own.whole();
      own.join();
    },
    () => {
      own.begin();
      own.inTurn(0, 1);
    },
    () => {
      own.begin();
      own.give(orders.inTurn);
      own.inTurn(0, 2);
      own.join();
    },
  ];
  const measured: number[][] = arrangements.map(() => []);
  for (let round = 0; round <= rounds; round++)
    for (const [index, run] of arrangements.entries()) {
      const begin = performance.now();
      run();
      // The first round is for the compilers of V8.
      if (round > 0) measured[index]!.push((performance.now() - begin) * 1000);
    }
  own.give(orders.leave);
  await left;
  await thread.end();
  const [apartOne, apartTwo, turnOne, turnTwo] = measured.map(median) as [number, number, number, number];
  return {
    cell: cell.name,
    hidden,
    steps,
    apart: { one: apartOne / sequences, two: apartTwo / sequences },
    inTurn: { one: turnOne, two: turnTwo },
  };
}
