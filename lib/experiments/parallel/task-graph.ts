// Operations and what each of them waits for: how much there is to do, what has to be done one after the other, and who does it when.

/** One operation. Edges lead to operations that were added before it. */
export interface ScheduledTask {
  /** In full: `W_h * h_prev`. */
  readonly name: string;
  /** Time it takes on one worker; 0 for what is there from the start. */
  readonly cost: number;
  /** The step of the sequence it belongs to, from 1. */
  readonly step: number;
  /** The layer or direction, from 0. */
  readonly group: number;
  /** Whether it reads the input of its step. */
  readonly hears: boolean;
  /** What it waits for within its step. */
  readonly after: readonly number[];
  /** What it waits for elsewhere: another step, another layer. */
  readonly carried: readonly number[];
}

/** Takes tasks one by one and gives each its number, from 0. */
export type Add = (task: ScheduledTask) => number;

/** The chains of a graph, task by task; the tasks themselves are not kept. */
export class Chains {
  /** How many operations there are, and their cost together: the time of one worker. */
  operations = 0;
  work = 0;
  /** The longest chain: the time of any number of workers. */
  span = 0;
  /** The most carried edges on a chain: how many times something must wait for another step or layer. */
  waits = 0;
  #count = 0;
  #finish = new Float64Array(1024);
  #waits = new Float64Array(1024);
  #hands = new Float64Array(1024);

  readonly add: Add = ({ cost, step, hears, after, carried }) => {
    const id = this.#count++;
    if (id === this.#finish.length) this.#grow();
    let [start, waits, hands] = [0, 0, hears && step === 1 ? 0 : Number.POSITIVE_INFINITY];
    for (const before of after) {
      start = Math.max(start, this.#finish[before]!);
      waits = Math.max(waits, this.#waits[before]!);
      hands = Math.min(hands, this.#hands[before]!);
    }
    for (const before of carried) {
      start = Math.max(start, this.#finish[before]!);
      waits = Math.max(waits, this.#waits[before]! + 1);
      hands = Math.min(hands, this.#hands[before]! + 1);
    }
    this.#finish[id] = start + cost;
    this.#waits[id] = waits;
    this.#hands[id] = hands;
    if (cost > 0) this.operations++;
    this.work += cost;
    this.span = Math.max(this.span, start + cost);
    this.waits = Math.max(this.waits, waits);
    return id;
  };

  /** The fewest carried edges from the first input to these tasks: through how many hands it goes. Infinity where it does not get there. */
  pathTo(ids: readonly number[]): number {
    return Math.min(...ids.map((id) => this.#hands[id]!));
  }

  #grow(): void {
    const grown = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const longer = new Float64Array(2 * old.length);
      longer.set(old);
      return longer;
    };
    this.#finish = grown(this.#finish);
    this.#waits = grown(this.#waits);
    this.#hands = grown(this.#hands);
  }
}

/** The same graph with all operations of one step of one layer as one, which takes one unit of time. */
export function wholeSteps(tasks: readonly ScheduledTask[]): ScheduledTask[] {
  const ids = new Map<string, number>();
  const stepOf = tasks.map(({ cost, group, step }) => {
    const key = `${cost > 0 ? 'step' : 'start'} ${group} ${step}`;
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  const steps: ScheduledTask[] = [];
  for (const [index, task] of tasks.entries()) {
    const id = stepOf[index]!;
    const whole = steps[id] ?? { ...task, cost: Math.min(1, task.cost), name: 'step', after: [], carried: [] };
    const from = [...task.after, ...task.carried].map((before) => stepOf[before]!).filter((before) => before !== id);
    steps[id] = { ...whole, hears: whole.hears || task.hears, carried: [...new Set([...whole.carried, ...from])] };
  }
  return steps;
}

export interface Placed {
  readonly task: ScheduledTask;
  readonly worker: number;
  readonly start: number;
}

/**
 * List scheduling (Graham 1966): a free worker takes, of what is ready, the operation with the longest chain still before it; of
 * several free workers the one that is nearest to it. It needs at most work/p + (1 − 1/p)·span.
 */
export function listSchedule(tasks: readonly ScheduledTask[], workers: number): { placed: Placed[]; time: number } {
  const followers: number[][] = tasks.map(() => []);
  const waiting = new Int32Array(tasks.length);
  for (const [id, { after, carried }] of tasks.entries())
    for (const before of [...after, ...carried]) {
      followers[before]!.push(id);
      waiting[id]!++;
    }
  const chain = new Float64Array(tasks.length);
  for (let id = tasks.length - 1; id >= 0; id--)
    chain[id] = tasks[id]!.cost + Math.max(0, ...followers[id]!.map((next) => chain[next]!));

  const ready: number[] = [];
  const release = (id: number): void => {
    // What is there from the start takes nobody's time.
    if (tasks[id]!.cost > 0) ready.push(id);
    else finish(id);
  };
  const finish = (id: number): void => {
    for (const next of followers[id]!) {
      waiting[next]!--;
      if (waiting[next] === 0) release(next);
    }
  };
  for (const id of [...tasks.keys()].filter((task) => waiting[task] === 0)) release(id);

  const placed: Placed[] = [];
  const running: { id: number; until: number; worker: number }[] = [];
  const last = new Array<number | undefined>(workers).fill(undefined);
  const free = new Set(Array.from({ length: workers }, (_, worker) => worker));
  /** How far a worker is from a task, by what it did last: what the task reads, the same layer, nothing, another layer. */
  const distance = (task: ScheduledTask, did: number | undefined): number => {
    if (did === undefined) return 2;
    if (tasks[did]!.group !== task.group) return 3;
    return task.after.includes(did) || task.carried.includes(did) ? 0 : 1;
  };
  let now = 0;
  while (ready.length > 0 || running.length > 0) {
    ready.sort((a, b) => chain[b]! - chain[a]! || tasks[a]!.step - tasks[b]!.step || a - b);
    for (const id of ready.splice(0, free.size)) {
      const task = tasks[id]!;
      const worker = best(free, (w) => distance(task, last[w]));
      free.delete(worker);
      last[worker] = id;
      placed.push({ task, worker, start: now });
      running.push({ id, until: now + tasks[id]!.cost, worker });
    }
    now = Math.min(...running.map(({ until }) => until));
    for (const done of running.filter(({ until }) => until === now)) {
      running.splice(running.indexOf(done), 1);
      free.add(done.worker);
      finish(done.id);
    }
  }
  return { placed, time: now };
}

/** The member of least cost, the smallest number where there are several. */
function best(among: ReadonlySet<number>, cost: (member: number) => number): number {
  return [...among].sort((a, b) => cost(a) - cost(b) || a - b)[0]!;
}
