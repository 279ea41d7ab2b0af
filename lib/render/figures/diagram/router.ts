// Finds ways for arrows between boxes on a grid of characters: few bends, few crossings, no two arrows on one way.
// Lee's maze router (1961) with A*'s estimate; the arrows of one net (one source, one meaning) may branch from one another.

export const NORTH = 0;
export const EAST = 1;
export const SOUTH = 2;
export const WEST = 3;
export type Direction = 0 | 1 | 2 | 3;

/** Where a way may begin or end: the free cell beside a box, and the direction that leads away from the box. */
export interface Port {
  readonly x: number;
  readonly y: number;
  readonly outward: Direction;
  readonly cost: number;
}

export interface Step {
  readonly x: number;
  readonly y: number;
  /** The direction in which the cell was entered. */
  readonly heading: Direction;
}

const DX = [0, 1, 0, -1] as const;
const DY = [-1, 0, 1, 0] as const;
const BEND = 2.5;
const CROSSING = 3;
/** For running close beside another line, and along a box, where a line seems to begin or end that does not. */
const CROWDED = 0.6;
const GRAZING = 5;
/** For ending on a level just where another line begins: the two would be read as one. */
const ABUTTING = 5;
const NONE = -1;

export class Router {
  readonly width: number;
  readonly height: number;
  /** The net that runs through a cell sideways, and up and down; the same one in a corner or a branch. */
  readonly across: Int16Array;
  readonly along: Int16Array;
  /** One bit a direction in which a line leaves the cell. */
  readonly arms: Uint8Array;
  /** Where no way may go: 1 a box, 2 a label or the head of an arrow. */
  readonly blocked: Uint8Array;
  /** 1 + direction where an arrow ends. */
  readonly heads: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const cells = width * height;
    this.across = new Int16Array(cells).fill(NONE);
    this.along = new Int16Array(cells).fill(NONE);
    this.arms = new Uint8Array(cells);
    this.blocked = new Uint8Array(cells);
    this.heads = new Uint8Array(cells);
  }

  block(x: number, y: number, width: number, height: number, by: 1 | 2): void {
    for (let row = y; row < y + height; row++)
      this.blocked.fill(by, row * this.width + x, row * this.width + x + width);
  }

  /** Draws the cheapest way of this net from one of its ports, or from a way it has already, to one of the ports; null: there is none. */
  route(net: number, from: readonly Port[], to: readonly Port[]): Step[] | null {
    const { width } = this;
    const states = width * this.height * 4;
    const cost = new Float64Array(states).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(states).fill(NONE);
    const goal = new Map<number, number>();
    for (const port of to) {
      const cell = port.y * width + port.x;
      if (this.free(port.x, port.y) && this.across[cell] === NONE && this.along[cell] === NONE) {
        goal.set(cell * 4 + opposite(port.outward), port.cost);
      }
    }
    if (goal.size === 0) return null;
    const estimate = estimator(to);
    const queue = new Queue();
    const offer = (x: number, y: number, heading: Direction, total: number, previous: number) => {
      if (!this.enterable(x, y, heading, net)) return;
      const cell = y * width + x;
      const state = cell * 4 + heading;
      const other = heading % 2 === 0 ? this.across[cell] : this.along[cell];
      const sum =
        total +
        1 +
        (other !== NONE && other !== net ? CROSSING : 0) +
        this.crowding(x, y, heading, net) +
        this.abutting(cell, heading, net);
      if (sum >= (cost[state] as number)) return;
      cost[state] = sum;
      before[state] = previous;
      queue.push(state, sum + estimate(x, y) + (goal.get(state) ?? 0));
    };
    for (const port of from) offer(port.x, port.y, port.outward, port.cost, NONE);
    for (let cell = 0; cell < this.across.length; cell++) {
      if (this.blocked[cell] || (this.across[cell] !== net && this.along[cell] !== net) || !this.turnable(cell, net))
        continue;
      // A branch starts in a cell of its own net: encoded as a negative predecessor.
      for (let heading = 0; heading < 4; heading++) {
        offer(
          (cell % width) + (DX[heading] ?? 0),
          Math.floor(cell / width) + (DY[heading] ?? 0),
          heading as Direction,
          0.5 + this.abutting(cell, opposite(heading as Direction), net),
          -2 - (cell * 4 + heading),
        );
      }
    }
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      const cell = state >> 2;
      const heading = (state & 3) as Direction;
      if (goal.has(state)) return this.draw(net, state, before);
      const total = cost[state] as number;
      for (let turn = 0; turn < 4; turn++) {
        if (turn === opposite(heading) || (turn !== heading && !this.turnable(cell, net))) continue;
        const bend = turn === heading ? 0 : BEND + this.abutting(cell, opposite(turn as Direction), net);
        offer(
          (cell % width) + (DX[turn] ?? 0),
          Math.floor(cell / width) + (DY[turn] ?? 0),
          turn as Direction,
          total + bend,
          state,
        );
      }
    }
    return null;
  }

  /** How hard the drawing is to read: lines that cross, that run side by side, that graze a box. */
  tangle(): number {
    let sum = 0;
    for (let cell = 0; cell < this.arms.length; cell++) {
      const [across, along] = [this.across[cell] ?? NONE, this.along[cell] ?? NONE];
      const [x, y] = [cell % this.width, Math.floor(cell / this.width)];
      if (this.heads[cell]) continue;
      if (across !== NONE && along !== NONE && across !== along) sum += CROSSING;
      if (along !== NONE) sum += this.crowding(x, y, NORTH, along) / 2;
      if (across !== NONE) sum += this.crowding(x, y, EAST, across) / 2 + this.abutting(cell, EAST, across);
    }
    return sum;
  }

  private draw(net: number, end: number, before: Int32Array): Step[] {
    const states: number[] = [];
    let state = end;
    let branch = NONE;
    while (state >= 0) {
      states.push(state);
      const previous = before[state] as number;
      if (previous <= -2) branch = -2 - previous;
      state = previous;
    }
    states.reverse();
    if (branch !== NONE) this.leave(branch >> 2, (branch & 3) as Direction, net);
    states.forEach((current, index) => {
      const heading = (current & 3) as Direction;
      const cell = current >> 2;
      this.leave(cell, opposite(heading), net);
      const next = states[index + 1];
      if (next !== undefined) this.leave(cell, (next & 3) as Direction, net);
      else {
        this.heads[cell] = 1 + heading;
        this.blocked[cell] = 2;
      }
    });
    return states.map((current) => ({
      x: (current >> 2) % this.width,
      y: Math.floor((current >> 2) / this.width),
      heading: (current & 3) as Direction,
    }));
  }

  private leave(cell: number, direction: Direction, net: number): void {
    this.arms[cell] = (this.arms[cell] ?? 0) | (1 << direction);
    if (direction % 2 === 0) this.along[cell] = net;
    else this.across[cell] = net;
  }

  private free(x: number, y: number): boolean {
    return x >= 0 && y >= 0 && x < this.width && y < this.height && this.blocked[y * this.width + x] === 0;
  }

  private enterable(x: number, y: number, heading: Direction, net: number): boolean {
    if (!this.free(x, y)) return false;
    const there = heading % 2 === 0 ? this.along[y * this.width + x] : this.across[y * this.width + x];
    return there === NONE || there === net;
  }

  private crowding(x: number, y: number, heading: Direction, net: number): number {
    let cost = 0;
    for (const side of heading % 2 === 0 ? [EAST, WEST] : [NORTH, SOUTH]) {
      const [besideX, besideY] = [x + (DX[side] ?? 0), y + (DY[side] ?? 0)];
      if (besideX < 0 || besideY < 0 || besideX >= this.width || besideY >= this.height) continue;
      const cell = besideY * this.width + besideX;
      const there = heading % 2 === 0 ? this.along[cell] : this.across[cell];
      if (this.blocked[cell] === 1) cost += GRAZING;
      else if (there !== NONE && there !== net) cost += CROWDED;
    }
    return cost;
  }

  /** Of a line that is level in this cell: what another one costs that is level in the next. */
  private abutting(cell: number, towards: Direction, net: number): number {
    if (towards % 2 === 0) return 0;
    const x = (cell % this.width) + (DX[towards] ?? 0);
    if (x < 0 || x >= this.width) return 0;
    const there = this.across[cell + (DX[towards] ?? 0)];
    return there === NONE || there === net ? 0 : ABUTTING;
  }

  private turnable(cell: number, net: number): boolean {
    const across = this.across[cell];
    const along = this.along[cell];
    return (across === NONE || across === net) && (along === NONE || along === net);
  }
}

function opposite(direction: Direction): Direction {
  return ((direction + 2) % 4) as Direction;
}

/** Never more than the true distance: to the rectangle round all ports of the goal. */
function estimator(ports: readonly Port[]): (x: number, y: number) => number {
  const left = Math.min(...ports.map((port) => port.x));
  const right = Math.max(...ports.map((port) => port.x));
  const top = Math.min(...ports.map((port) => port.y));
  const bottom = Math.max(...ports.map((port) => port.y));
  return (x, y) => Math.max(left - x, 0, x - right) + Math.max(top - y, 0, y - bottom);
}

/** A binary heap; of equal costs the one offered first comes first, so that a drawing never depends on the engine. */
class Queue {
  private readonly items: { state: number; cost: number; order: number }[] = [];
  private offered = 0;

  push(state: number, cost: number): void {
    const { items } = this;
    items.push({ state, cost, order: this.offered++ });
    let child = items.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.before(child, parent)) break;
      this.swap(child, parent);
      child = parent;
    }
  }

  pop(): number | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined) return undefined;
    if (items.length > 0) {
      items[0] = last;
      let parent = 0;
      for (;;) {
        const left = 2 * parent + 1;
        let least = parent;
        if (left < items.length && this.before(left, least)) least = left;
        if (left + 1 < items.length && this.before(left + 1, least)) least = left + 1;
        if (least === parent) break;
        this.swap(parent, least);
        parent = least;
      }
    }
    return top.state;
  }

  private before(a: number, b: number): boolean {
    const [first, second] = [this.items[a], this.items[b]] as [
      { cost: number; order: number },
      { cost: number; order: number },
    ];
    return first.cost < second.cost || (first.cost === second.cost && first.order < second.order);
  }

  private swap(a: number, b: number): void {
    const item = this.items[a] as { state: number; cost: number; order: number };
    this.items[a] = this.items[b] as { state: number; cost: number; order: number };
    this.items[b] = item;
  }
}
