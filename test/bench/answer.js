// What every rival in JavaScript shares: a line of JSON with the sizes comes in, a line with the times goes out.

import { createInterface } from 'node:readline';

/** `works(sizes)` gives `{ forward, train }`, functions of which train may be absent. */
export async function answer(name, works) {
  process.stdout.write(`${JSON.stringify({ name })}\n`);
  const ready = new Map();
  for await (const line of createInterface({ input: process.stdin })) {
    const sizes = JSON.parse(line);
    if (!ready.has(line)) ready.set(line, await works(sizes));
    const { forward, train } = ready.get(line);
    const reply = { forward: (await milliseconds(forward)) * (1000 / sizes.steps) };
    if (train !== undefined) reply.train = (await milliseconds(train)) * (1000 / sizes.steps);
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

/** The median of five measurements of at least 8 ms, after 60 ms of warming up: as `unroll bench` and rival.py do. */
async function milliseconds(work) {
  const once = async (times) => {
    const begin = performance.now();
    for (let i = 0; i < times; i++) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    return (performance.now() - begin) / times;
  };
  const begin = performance.now();
  do await once(1);
  while (performance.now() - begin < 60);
  const times = Math.max(1, Math.ceil(8 / (await once(1))));
  const measured = [];
  for (let i = 0; i < 5; i++) measured.push(await once(times));
  return measured.sort((a, b) => a - b)[2];
}

/** Numbers of float32 within ±bound. Which ones does not matter. */
export const numbers = (count, bound) => Float32Array.from({ length: count }, () => bound * (2 * Math.random() - 1));
