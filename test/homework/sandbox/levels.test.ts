import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isolationReport, levelOf, type Measured, together } from '../../../lib/homework/sandbox/isolation.ts';

const all: Measured = {
  'read a file': 'refused',
  'reach a port': 'refused',
  'signal the parent': 'refused',
  'fork past the limit': 'refused',
  'write outside': 'refused',
};

describe('a level of isolation', () => {
  it('is 3 when everything was refused, and never more than what was tried', () => {
    assert.equal(levelOf(3, all), 3);
    assert.equal(levelOf(1, all), 1);
    assert.equal(levelOf(0, all), 0);
  });

  it('falls to 2 with files, to 1 with the network, signals or processes', () => {
    assert.equal(levelOf(3, { ...all, 'read a file': 'succeeded' }), 2);
    assert.equal(levelOf(3, { ...all, 'write outside': 'succeeded' }), 2);
    assert.equal(levelOf(3, { ...all, 'reach a port': 'succeeded' }), 1);
    assert.equal(levelOf(3, { ...all, 'signal the parent': 'succeeded' }), 1);
    assert.equal(levelOf(2, { ...all, 'fork past the limit': 'succeeded' }), 1);
  });

  it('takes what could not be measured for possible', () => {
    assert.equal(levelOf(3, { ...all, 'reach a port': 'not measured' }), 1);
  });

  it('of several languages is that of the worst', () => {
    const worst = together([all, { ...all, 'read a file': 'succeeded' }, { ...all, 'reach a port': 'not measured' }]);
    assert.deepEqual(worst, { ...all, 'read a file': 'succeeded', 'reach a port': 'not measured' });
  });

  it('says in one line what was possible', () => {
    assert.equal(
      isolationReport(3, all).says,
      'sandbox, measured: no files but its own, no network, no other processes',
    );
    assert.equal(
      isolationReport(2, { ...all, 'read a file': 'succeeded', 'write outside': 'succeeded' }).says,
      'partly a sandbox, measured: it could read files and write files',
    );
    assert.equal(isolationReport(0, undefined).attempts[0]!.outcome, 'not measured');
  });
});
