// The WebAssembly functions take the same steps as the plain ones, so the bits are the same: also for every special value.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code } from '../../lib/kernels/assembler.ts';
import { Lanes, type LaneValue, type Library, type LibraryFunction } from '../../lib/kernels/simd-functions.ts';
import { exp, log, pow, sigmoid, tanh } from '../../lib/numbers/elementary.ts';
import { random } from '../../lib/numbers/random.ts';
import { benchOf } from './run-code.ts';

const plain = { exp, log, power: pow, sigmoid, tanh };
const names = Object.keys(plain) as LibraryFunction[];
const count = 4096;
const bytes = count * 8;

/** out[i] = f(a[i], b[i]), two at a time. */
function over(name: LibraryFunction, shared: Library): Code {
  const code = new Code();
  const lanes = new Lanes(code, shared);
  const at = code.local('i32');
  const load =
    (offset: number): LaneValue =>
    () =>
      code.get(at).memory('v128.load', offset);
  const body = () => {
    code.get(at);
    lanes.call(name, load(0), ...(name === 'power' ? [load(bytes)] : []))();
    code.memory('v128.store', 2 * bytes).advance(at, 16);
  };
  code.loop(body, () => code.get(at).int(bytes).do('i32.lt_u'));
  return code;
}

const { memory, run } = benchOf(4, 3 * bytes, (shared) =>
  Object.fromEntries(names.map((name) => [name, over(name, shared)])),
);
const [a, b, out] = [0, 1, 2].map((i) => memory.subarray(i * count, (i + 1) * count)) as [
  Float64Array,
  Float64Array,
  Float64Array,
];

const inf = Number.POSITIVE_INFINITY;
const edges = [0, 1, 0.5, 2, 3, 5e-324, 2.2250738585072014e-308, 1e-310, 1e308, 709.8, 745.2, 2 ** 53, 2 ** 52 + 1]
  .concat([1 + 2 ** -52, 1 - 2 ** -53, inf, 0.3465735902799727, 22, 1e25])
  .flatMap((x) => [x, -x])
  .concat(Number.NaN);

function compare(name: LibraryFunction): void {
  run[name]!();
  for (let i = 0; i < count; i++) {
    const wanted = plain[name](a[i]!, b[i]!);
    assert.ok(
      Object.is(out[i], wanted),
      `${name}(${a[i]}, ${b[i]}): ${out[i]} in WebAssembly, ${wanted} in JavaScript`,
    );
  }
}

for (const name of names) {
  test(`${name}: the same bits at the edges`, () => {
    for (let i = 0; i < count; i++) {
      a[i] = edges[i % edges.length]!;
      b[i] = edges[Math.floor(i / edges.length) % edges.length]!;
    }
    compare(name);
  });

  test(`${name}: the same bits at random numbers of every size`, () => {
    const rng = random(7);
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < count; i++) {
        const size = [3, 750, 2 ** (rng.uniform() * 2000 - 1000), 1][i % 4]!;
        a[i] = (2 * rng.uniform() - (name === 'log' || i % 8 > 4 ? 0 : 1)) * size;
        b[i] = i % 3 === 0 ? rng.below(41) - 20 : (rng.uniform() - 0.5) * 200;
      }
      compare(name);
    }
  });
}
