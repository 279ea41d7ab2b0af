import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { packedTrouble } from '../../../lib/homework/sandbox/troubles.ts';
import type { Trouble } from '../../../lib/homework/session.ts';

const raised = { name: 'SyntaxError', message: 'invalid syntax' };
const syntax: Trouble = { status: 'error', code: 'syntax', raised };
const load: Trouble = { status: 'error', code: 'load', raised };
const packing = (trouble: Trouble, text: string) => {
  const found = packedTrouble(trouble, text);
  return found.code === 'syntax' && found.packed !== undefined ? [found.packed, found.raised.line] : undefined;
};

describe('code inside something else', () => {
  it('is found between fences at the beginning, whatever came of it', () => {
    assert.deepEqual(packing(load, '\n```javascript\nf();\n```\n'), ['fences', 2]);
    assert.deepEqual(packing(syntax, '~~~\nf()\n~~~'), ['fences', 1]);
  });
  it('is found below other words where they could not be read', () => {
    assert.deepEqual(packing(syntax, 'Here it is:\r\n```python\r\nf()'), ['fences', 2]);
    assert.equal(packing(load, "f = '''\n```\n'''\ng()"), undefined);
  });
  it('is found in the JSON of a notebook', () => {
    const notebook = JSON.stringify({ cells: [], nbformat: 4 }, undefined, 1);
    assert.deepEqual(packing(load, notebook), ['notebook', 1]);
    assert.equal(packing(load, '{ "cells": [] }'), undefined);
  });
  it('is found with commands of a notebook, and not where % and ! are operators', () => {
    assert.deepEqual(packing(syntax, 'import math\n%matplotlib inline'), ['commands', 2]);
    assert.deepEqual(packing(syntax, '!pip install numpy'), ['commands', 1]);
    assert.deepEqual(packing(syntax, '%%time\nx = 1'), ['commands', 1]);
    for (const text of ['a = 7\n  % 3', '!function f() {}', 'x != y'])
      assert.equal(packing(syntax, text), undefined, text);
  });
  it('is looked for in 1 MB within half a second of the processor', () => {
    const start = process.cpuUsage();
    for (const text of ['{ '.repeat(524_288), '\n'.repeat(1_048_576), ' '.repeat(1_048_576), '!'.repeat(1_048_576)])
      assert.equal(packing(syntax, text), undefined);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 500_000, `${user / 1000} ms`);
  });
  it('is nothing where the run ended otherwise', () =>
    assert.equal(packing({ status: 'limit', code: 'memory' }, '```js\n'), undefined));
});
