import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harmless, Prints } from '../../../lib/homework/sandbox/prints.ts';
import { troubleOfExit } from '../../../lib/homework/sandbox/troubles.ts';

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

  it('become a flood at 16 MiB', () => {
    const prints = new Prints();
    const chunk = Buffer.alloc(1 << 20);
    for (let i = 0; i < 16; i++) assert.ok(prints.add(chunk));
    assert.equal(prints.add(chunk), false);
  });

  it('keep the end of standard error, however much there was on either stream', () => {
    const prints = new Prints();
    for (let i = 0; i < 512; i++) {
      prints.add(Buffer.alloc(1024, 'a'));
      prints.add(Buffer.alloc(1024, 'b'), 'error');
    }
    prints.add(Buffer.from("terminate called after throwing an instance of 'std::bad_alloc'\n"), 'error');
    prints.add(Buffer.alloc(1024, 'a'));
    assert.match(prints.lastWords, /^b+terminate called .*bad_alloc'\n$/);
    assert.deepEqual(troubleOfExit({ code: null, signal: 'SIGABRT' }, prints.lastWords), {
      status: 'limit',
      code: 'memory',
    });
  });

  it('move no cursor and reorder nothing, and keep their lines', () => {
    assert.equal(harmless('a\tb\r\nc\rd\u001b[2J\u202e\u0000'), 'a\tb\nc\\rd\\u001b[2J\\u202e\\u0000');
    const prints = new Prints();
    prints.add(Uint8Array.of(0x68, 0xff, 0x69));
    assert.equal(harmless(prints.raw), 'h\ufffdi');
  });
});
