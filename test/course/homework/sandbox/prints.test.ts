import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harmless, Prints } from '../../../../lib/course/homework/sandbox/prints.ts';

describe('prints', () => {
  it('are kept up to 256 KiB, and beyond that it is known that something was cut', () => {
    const prints = new Prints();
    for (let i = 0; i < 256; i++) assert.ok(prints.add(Buffer.alloc(1024, 'a')));
    assert.equal(prints.cut, false);
    assert.ok(prints.add(Buffer.from('b')));
    assert.equal(prints.raw.length, 256 * 1024);
    assert.ok(!prints.raw.includes('b'));
    assert.equal(prints.cut, true);
  });

  it('become a flood at 64 MiB', () => {
    const prints = new Prints();
    const chunk = Buffer.alloc(1 << 20);
    for (let i = 0; i < 64; i++) assert.ok(prints.add(chunk));
    assert.equal(prints.add(chunk), false);
  });

  it('move no cursor and reorder nothing, and keep their lines', () => {
    assert.equal(harmless('a\tb\r\nc\rd\u001b[2J\u202e\u0000'), 'a\tb\nc\\rd\\u001b[2J\\u202e\\u0000');
    const prints = new Prints();
    prints.add(Uint8Array.of(0x68, 0xff, 0x69));
    assert.equal(harmless(prints.raw), 'h\ufffdi');
  });
});
