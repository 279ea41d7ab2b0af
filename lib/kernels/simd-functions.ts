// The functions of the language on two doubles at a time, as WebAssembly: the same steps in the same order as
// lib/numbers/elementary.ts, so that both give the same bits.

import { constants } from '../numbers/elementary.ts';
import type { Reserve } from './addresses.ts';
import { Code, type ModuleWriter, type PlainInstruction } from './assembler.ts';

/** Leaves a v128 on the stack. */
export type LaneValue = () => void;

const { even, series, toInteger, toExponent } = constants;

export type LibraryFunction = 'exp' | 'log' | 'power' | 'sigmoid' | 'tanh';

const words = new Int32Array(2);
const double = new Float64Array(words.buffer);

/** Builds values over the locals of one function. Constants come from memory: to make one takes longer than to load it. */
export class Lanes {
  readonly code: Code;
  readonly #library: Library;
  #zero: number | undefined;

  constructor(code: Code, library: Library) {
    this.code = code;
    this.#library = library;
  }

  /** Computes a value now and gives it from a local from then on. */
  keep = (value: LaneValue): LaneValue => {
    const local = this.code.local('v128');
    value();
    this.code.set(local);
    return () => this.code.get(local);
  };

  /** A call of the function that the library has for it. */
  call =
    (name: LibraryFunction, ...args: readonly LaneValue[]): LaneValue =>
    () => {
      for (const arg of args) arg();
      this.code.call(this.#library.indexOf(name));
    };

  number = (value: number): LaneValue => {
    double[0] = value;
    return this.bits(words[1]!, words[0]!);
  };
  bits =
    (upper: number, lower: number): LaneValue =>
    () => {
      if (upper === 0 && lower === 0) {
        this.code.zeros();
        return;
      }
      this.#zero ??= this.code.local('i32');
      this.code.get(this.#zero).memory('v128.load64_splat', this.#library.addressOf(upper, lower));
    };

  #apply =
    (instruction: PlainInstruction) =>
    (...args: readonly LaneValue[]): LaneValue =>
    () => {
      for (const arg of args) arg();
      this.code.do(instruction);
    };

  add = this.#apply('f64x2.add');
  subtract = this.#apply('f64x2.sub');
  times = this.#apply('f64x2.mul');
  divide = this.#apply('f64x2.div');
  negate = this.#apply('f64x2.neg');
  abs = this.#apply('f64x2.abs');
  sqrt = this.#apply('f64x2.sqrt');
  /** NaN where either is. */
  max = this.#apply('f64x2.max');
  floor = this.#apply('f64x2.floor');
  less = this.#apply('f64x2.lt');
  equal = this.#apply('f64x2.eq');
  unequal = this.#apply('f64x2.ne');
  and = this.#apply('v128.and');
  /** a and not b. */
  without = this.#apply('v128.andnot');
  or = this.#apply('v128.or');
  xor = this.#apply('v128.xor');
  addBits = this.#apply('i64x2.add');
  #bitselect = this.#apply('v128.bitselect');
  select = (mask: LaneValue, yes: LaneValue, no: LaneValue): LaneValue => this.#bitselect(yes, no, mask);
  /** b < a ? b : a, so that a NaN in a stays. */
  atMost = (a: LaneValue, b: number): LaneValue => this.#apply('f64x2.pmin')(a, this.number(b));
  atLeast = (a: LaneValue, b: number): LaneValue => this.#apply('f64x2.pmax')(a, this.number(b));
  shift =
    (direction: 'i64x2.shl' | 'i64x2.shr_u', a: LaneValue, by: number): LaneValue =>
    () => {
      a();
      this.code.int(by).do(direction);
    };

  #sign = this.bits(0x80000000 | 0, 0);
  #nearest = (a: LaneValue): LaneValue => this.subtract(this.add(a, this.number(toInteger)), this.number(toInteger));
  /** 2^k for an integer k in -1022..1023. */
  #powerOfTwo = (k: LaneValue): LaneValue => this.shift('i64x2.shl', this.add(k, this.number(toExponent)), 52);

  #evenPart = (s: LaneValue): LaneValue => {
    const { keep, number, add, times } = this;
    const s2 = keep(times(s, s));
    const upper = add(add(number(even[2]), times(s, number(even[3]))), times(s2, number(even[4])));
    return times(s, add(add(number(even[0]), times(s, number(even[1]))), times(s2, upper)));
  };

  /** y = k·ln 2 + r: both kept. */
  #reduced(y: LaneValue): { k: LaneValue; r: LaneValue } {
    const { keep, number, subtract, times } = this;
    const k = keep(this.#nearest(times(y, number(constants.log2e))));
    const high = subtract(y, times(k, number(constants.ln2High)));
    return { k, r: keep(subtract(high, times(k, number(constants.ln2Low)))) };
  }

  #expOfSum(x: LaneValue, tail?: LaneValue): LaneValue {
    const { keep, number, subtract, times, divide } = this;
    const y = keep(this.atLeast(this.atMost(x, constants.highest), constants.lowest));
    const k = keep(this.#nearest(times(y, number(constants.log2e))));
    const high = keep(subtract(y, times(k, number(constants.ln2High))));
    const product = times(k, number(constants.ln2Low));
    const low = keep(tail === undefined ? product : subtract(product, tail));
    const r = keep(subtract(high, low));
    const c = keep(subtract(r, this.#evenPart(keep(times(r, r)))));
    const quotient = divide(times(r, c), subtract(number(2), c));
    const mantissa = subtract(number(1), subtract(subtract(low, quotient), high));
    const half = keep(this.#nearest(times(k, number(0.5))));
    return times(times(mantissa, this.#powerOfTwo(half)), this.#powerOfTwo(subtract(k, half)));
  }

  exp = (x: LaneValue): LaneValue => this.#expOfSum(x);

  /** The argument must be kept: it is read more than once, as everywhere below. */
  sigmoid = (x: LaneValue): LaneValue => {
    const { keep, number, add, subtract, times } = this;
    const negative = keep(this.less(x, number(0)));
    const { k, r } = this.#reduced(keep(this.atLeast(this.or(x, this.#sign), constants.lowest)));
    const R = keep(add(number(2), this.#evenPart(keep(times(r, r)))));
    const below = keep(subtract(R, r));
    const most = keep(this.atLeast(k, constants.lowestFactor));
    const above = keep(times(times(add(R, r), this.#powerOfTwo(most)), this.#powerOfTwo(subtract(k, most))));
    return this.divide(this.select(negative, above, below), add(below, above));
  };

  tanh = (x: LaneValue): LaneValue => {
    const { keep, number, add, subtract, times } = this;
    const size = keep(this.or(x, this.#sign));
    const { k, r } = this.#reduced(keep(this.atLeast(add(size, size), constants.flat)));
    const p = keep(this.#evenPart(keep(times(r, r))));
    const scale = keep(this.#powerOfTwo(k));
    const less = keep(subtract(scale, number(1)));
    const more = keep(add(scale, number(1)));
    const numerator = add(add(less, less), add(times(less, p), times(more, r)));
    const denominator = add(add(more, more), add(times(more, p), times(less, r)));
    const magnitude = this.abs(this.divide(numerator, denominator));
    return this.or(magnitude, this.and(x, this.#sign));
  };

  /** x = 2^k · m, m in [√½, √2), for positive finite lanes. Both kept. */
  #split(x: LaneValue): { k: LaneValue; m: LaneValue } {
    const { keep, number } = this;
    const subnormal = keep(this.less(x, number(constants.smallestNormal)));
    const normal = this.select(subnormal, this.times(x, number(constants.two54)), x);
    const shifted = keep(this.addBits(normal, this.bits(0x3ff00000 - constants.rootHalf, 0)));
    // The exponent becomes a double by being set under 2^52.
    const exponent = this.or(this.shift('i64x2.shr_u', shifted, 52), this.bits(0x43300000, 0));
    const bias = this.select(subnormal, number(1023 + 54), number(1023));
    const k = keep(this.subtract(this.subtract(exponent, number(4503599627370496)), bias));
    const m = keep(this.addBits(this.and(shifted, this.bits(0x000fffff, -1)), this.bits(constants.rootHalf, 0)));
    return { k, m };
  }

  #tailOfSeries(s2: LaneValue): LaneValue {
    const { keep, number, add, times } = this;
    const [S0, S1, S2, S3, S4, S5, S6] = series.map(number) as [
      LaneValue,
      LaneValue,
      LaneValue,
      LaneValue,
      LaneValue,
      LaneValue,
      LaneValue,
    ];
    const s4 = keep(times(s2, s2));
    const odd = times(s4, add(S1, times(s4, add(S3, times(s4, S5)))));
    return add(odd, times(s2, add(S0, times(s4, add(S2, times(s4, add(S4, times(s4, S6))))))));
  }

  log = (x: LaneValue): LaneValue => {
    const { keep, number, add, subtract, times } = this;
    const { k, m } = this.#split(x);
    const f = keep(subtract(m, number(1)));
    const s = keep(this.divide(f, add(number(2), f)));
    const halfSquare = keep(times(times(number(0.5), f), f));
    const lower = add(
      times(s, add(halfSquare, this.#tailOfSeries(keep(times(s, s))))),
      times(k, number(constants.ln2Low)),
    );
    const value = add(add(subtract(lower, halfSquare), f), times(k, number(constants.ln2High)));
    const positive = keep(this.less(number(0), x));
    const atEdge = this.select(this.equal(x, number(0)), number(Number.NEGATIVE_INFINITY), number(Number.NaN));
    const infinite = this.equal(x, number(Number.POSITIVE_INFINITY));
    return this.select(positive, this.select(infinite, x, value), atEdge);
  };

  #upper = (a: LaneValue): LaneValue => {
    const big = this.keep(this.times(this.number(constants.splitter), a));
    return this.subtract(big, this.subtract(big, a));
  };

  power = (a: LaneValue, b: LaneValue): LaneValue => {
    const { keep, number, add, subtract, times, select, less, equal } = this;
    const [zero, one, infinity] = [number(0), number(1), number(Number.POSITIVE_INFINITY)];
    const x = keep(this.abs(a));
    const safe = keep(select(this.and(less(zero, x), less(x, infinity)), x, one));
    const { k, m } = this.#split(safe);
    const f = keep(subtract(m, one));
    const t = keep(add(m, one));
    const s = keep(this.divide(f, t));
    const sUpper = keep(this.#upper(s));
    const tUpper = keep(this.#upper(t));
    const errorOfS = subtract(subtract(f, times(sUpper, tUpper)), times(sUpper, subtract(m, subtract(tUpper, one))));
    const sLower = keep(this.divide(errorOfS, t));
    const lead = keep(times(number(2), sUpper));
    const rest = add(times(number(2), sLower), times(s, this.#tailOfSeries(keep(times(s, s)))));
    const large = keep(times(k, number(constants.ln2High)));
    const sum = keep(add(large, lead));
    const recovered = keep(subtract(sum, large));
    const below = keep(
      add(
        add(subtract(large, subtract(sum, recovered)), subtract(lead, recovered)),
        add(rest, times(k, number(constants.ln2Low))),
      ),
    );
    const logUpper = keep(add(sum, below));
    const logLower = add(subtract(sum, logUpper), below);
    const y = keep(this.atMost(this.atLeast(b, -constants.largestPower), constants.largestPower));
    const product = keep(times(y, logUpper));
    const yUpper = keep(this.#upper(y));
    const yLower = keep(subtract(y, yUpper));
    const lUpper = keep(this.#upper(logUpper));
    const lLower = keep(subtract(logUpper, lUpper));
    const error = add(
      add(add(subtract(times(yUpper, lUpper), product), times(yUpper, lLower)), times(yLower, lUpper)),
      times(yLower, lLower),
    );
    const inRange = this.without(
      this.bits(-1, -1),
      this.or(less(product, number(constants.lowest)), less(number(constants.highest), product)),
    );
    const tail = keep(this.and(add(error, times(y, logLower)), inRange));
    const negativePower = keep(less(b, zero));
    let value = this.#expOfSum(product, tail);
    value = select(equal(x, zero), select(negativePower, infinity, zero), value);
    value = select(equal(x, infinity), select(negativePower, zero, infinity), value);
    const whole = keep(equal(this.floor(b), b));
    const half = keep(times(b, number(0.5)));
    const odd = this.and(whole, this.unequal(this.floor(half), half));
    const signOfA = this.and(a, this.#sign);
    value = this.xor(value, this.and(signOfA, odd));
    const noRoot = this.without(this.and(less(a, zero), less(x, infinity)), whole);
    const oneToInfinity = this.and(equal(x, one), equal(this.abs(b), infinity));
    const missing = this.or(this.unequal(a, a), this.unequal(b, b));
    value = select(this.or(this.or(noRoot, oneToInfinity), missing), number(Number.NaN), value);
    return select(equal(b, zero), one, value);
  };
}

const constantsAtATime = 128;

/**
 * What all functions of a module share: the elementary functions, each emitted once and only where it is called, and the constants, which
 * lie in memory.
 */
export class Library {
  readonly #writer: ModuleWriter;
  readonly #reserve: Reserve;
  readonly #functions = new Map<LibraryFunction, number>();
  readonly #constants = new Map<string, { readonly address: number; readonly upper: number; readonly lower: number }>();
  #next = 0;

  constructor(writer: ModuleWriter, reserve: Reserve) {
    this.#writer = writer;
    this.#reserve = reserve;
  }

  /** The function that computes it for two lanes. */
  indexOf(name: LibraryFunction): number {
    const existing = this.#functions.get(name);
    if (existing !== undefined) return existing;
    const code = new Code(name === 'power' ? ['v128', 'v128'] : ['v128'], ['v128']);
    const lanes = new Lanes(code, this);
    const [a, b] = [() => code.get(0), () => code.get(1)];
    (name === 'power' ? lanes.power(a, b) : lanes[name](a))();
    const index = this.#writer.add(code);
    this.#functions.set(name, index);
    return index;
  }

  /** Where in memory the 64 bits of a constant are. */
  addressOf(upper: number, lower: number): number {
    const key = `${upper} ${lower}`;
    const existing = this.#constants.get(key);
    if (existing !== undefined) return existing.address;
    if (this.#constants.size % constantsAtATime === 0) this.#next = this.#reserve(constantsAtATime);
    const address = this.#next;
    this.#next += 8;
    this.#constants.set(key, { address, upper, lower });
    return address;
  }

  /** Writes the constants to where the functions read them. */
  fill(memory: ArrayBuffer): void {
    const words = new Int32Array(memory);
    for (const { address, upper, lower } of this.#constants.values()) {
      words[address / 4] = lower;
      words[address / 4 + 1] = upper;
    }
  }
}
