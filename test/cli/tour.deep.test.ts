// The tour on a terminal: a screen at a time, and through a pipe in one go.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { program, unroll } from './run-unroll.ts';
import { hasTmux, ready, Terminal } from './terminal.ts';

const missing = hasTmux ? false : 'there is no tmux here, and so no terminal';
const waits = /Enter: on {2}q: leave ?$/;

describe('the tour', { skip: missing }, () => {
  it('waits behind every screen, shows each from its first line, and comes to its end', async () => {
    const terminal = await Terminal.open([80, 24]);
    try {
      await terminal.type(`clear; ${process.execPath} ${program} tour`);
      let seen = '';
      for (let pages = 0; ; pages++) {
        assert.ok(pages < 60, 'it does not come to its end');
        const rows = await terminal.until(/(Enter: on {2}q: leave ?|ready>)$/);
        if (rows.some((row) => row.startsWith('All there is to ask'))) break;
        seen += `${rows.join('\n')}\n`;
        await terminal.type('');
        await terminal.settled(150);
      }
      for (const part of [
        '1. A recurrent net',
        '2. To learn',
        '3. Trained on the truth',
        '4. The same on a real series',
      ])
        assert.ok(seen.includes(part), part);
    } finally {
      await terminal.close();
    }
  });

  it('is left with q', async () => {
    const terminal = await Terminal.open([80, 24]);
    try {
      await terminal.type(`clear; ${process.execPath} ${program} tour`);
      await terminal.until(waits);
      await terminal.press('q');
      const rows = await terminal.until(ready);
      assert.ok(!rows.some((row) => row.startsWith('2. To learn')));
    } finally {
      await terminal.close();
    }
  });
});

it('the tour runs on where nobody reads along', () => {
  const { code, out } = unroll(['tour']);
  assert.equal(code, 0);
  assert.doesNotMatch(out, waits);
  assert.match(
    out,
    /1\. A recurrent net.*2\. To learn.*3\. Trained on the truth.*4\. The same on a real series.*All there is to ask/s,
  );
});
