// What threads see of one another: each seed is given once, and all know how far all are.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SeedQueue } from '../../lib/cli/seed-queue.ts';

describe('the queue of seeds', () => {
  it('gives every seed once, to whoever asks first', () => {
    const queue = new SeedQueue(3);
    const other = new SeedQueue(queue.memory);
    assert.deepEqual(
      [queue.next(), other.next(), queue.next(), other.next(), queue.next()],
      [0, 1, 2, undefined, undefined],
    );
    assert.equal(queue.remaining, 0);
  });
  it('knows how far all of them are, and when to stop', () => {
    const queue = new SeedQueue(4);
    queue.setProgress(0, 1);
    new SeedQueue(queue.memory).setProgress(2, 0.5);
    assert.equal(queue.progress, 0.375);
    assert.equal(queue.done, 1);
    assert.equal(queue.stopped, false);
    new SeedQueue(queue.memory).stop();
    assert.equal(queue.stopped, true);
  });
});
