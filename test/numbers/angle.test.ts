// Angles whose values are known, and the platform's own arctangent.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { angleBetween, arctan, cosine } from '../../lib/numbers/angle.ts';

const close = (a: number, b: number, within: number) => assert.ok(Math.abs(a - b) <= within, `${a} and ${b}`);

describe('angles', () => {
  it('has the arctangent of the platform, within 1e-15 of its size', () => {
    for (let x = -40; x <= 40; x += 0.0371) close(arctan(x), Math.atan(x), 1e-15);
    for (const x of [0, 1, -1, 1e-300, 1e-9, 1e300, Number.POSITIVE_INFINITY])
      close(arctan(x), Math.atan(x), 4e-16 * Math.abs(Math.atan(x)));
  });
  it('is 0, 45, 90 and 180 degrees where it must be', () => {
    close(angleBetween([3, 4], [6, 8]), 0, 1e-12);
    close(angleBetween([1, 0], [1, 1]), 45, 1e-13);
    close(angleBetween([1, 0, 0], [0, 2, 0]), 90, 1e-13);
    assert.equal(angleBetween([1, 2], [-1, -2]), 180);
    assert.ok(Number.isNaN(angleBetween([0, 0], [1, 0])));
  });
  it('is the same for vectors of any size, also where their squares overflow or vanish', () => {
    for (const size of [1e-300, 1e-170, 1, 1e170, 1e300]) {
      const a = [3 * size, 4 * size];
      for (const b of [
        [1, 0],
        [size, 0],
      ]) {
        close(cosine(a, b), 0.6, 1e-15);
        close(angleBetween(a, b), (180 / Math.PI) * Math.acos(0.6), 1e-12);
      }
    }
  });
  it('sees a billionth of a radian, which the cosine does not', () => {
    const [a, b] = [
      [1, 0],
      [1, 1e-9],
    ];
    assert.equal(cosine(a!, b!), 1);
    close(angleBetween(a!, b!) / ((180 / Math.PI) * 1e-9), 1, 1e-9);
  });
});
