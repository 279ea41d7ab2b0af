import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { languageOf } from '../../../lib/homework/language.ts';
import { readSubmission } from '../../../lib/homework/sandbox/intake.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-test-'));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const refusal = (name: string): string | undefined => {
  const { trouble } = readSubmission(at(name));
  return trouble === undefined || !('code' in trouble) ? undefined : `${trouble.status} ${trouble.code}`;
};

describe('taking a file in', () => {
  it('takes a regular file as it is, mark and line ends included', () => {
    const bytes = Buffer.from('\ufeffa\r\nb');
    writeFileSync(at('a.py'), bytes);
    linkSync(at('a.py'), at('second-name.py'));
    const taken = readSubmission(at('a.py'));
    assert.ok(taken.text !== undefined);
    assert.deepEqual(Buffer.from(taken.bytes), bytes);
    assert.equal(taken.text, 'a\r\nb');
  });

  it('takes UTF-16 with its mark as UTF-8', () => {
    const little = Buffer.from('\ufeffh = “1”\n', 'utf16le');
    writeFileSync(at('little.py'), little);
    writeFileSync(at('big.py'), Buffer.from(little).swap16());
    for (const name of ['little.py', 'big.py']) {
      const { text, bytes } = readSubmission(at(name)) as { text: string; bytes: Uint8Array };
      assert.equal(text, 'h = “1”\n');
      assert.equal(Buffer.from(bytes).toString('utf8'), text);
    }
  });

  it('takes 1 MiB and refuses a byte more', () => {
    writeFileSync(at('full.py'), Buffer.alloc(1024 * 1024, 32));
    writeFileSync(at('fuller.py'), Buffer.alloc(1024 * 1024 + 1, 32));
    assert.equal(refusal('full.py'), undefined);
    assert.equal(refusal('fuller.py'), 'refused too-large');
  });

  it('refuses links, folders, pipes and what is not there, and waits for none of them', () => {
    symlinkSync('/etc/passwd', at('link.py'));
    symlinkSync('/nowhere', at('dangling.py'));
    mkdirSync(at('folder.py'));
    execFileSync('mkfifo', [at('pipe.py')]);
    assert.equal(refusal('link.py'), 'refused link');
    assert.equal(refusal('dangling.py'), 'refused link');
    assert.equal(refusal('folder.py'), 'refused not-a-file');
    assert.equal(refusal('pipe.py'), 'refused not-a-file');
    assert.equal(refusal('missing.py'), 'refused not-a-file');
  });

  it('says where permission is missing', {
    skip: process.getuid?.() === undefined || process.platform === 'win32',
  }, () => {
    writeFileSync(at('closed.py'), '', { mode: 0 });
    const anyone = process.getuid!() !== 0;
    if (!anyone) {
      chmodSync(folder, 0o755);
      process.seteuid!(65534);
    }
    try {
      assert.equal(refusal('closed.py'), 'refused no-permission');
    } finally {
      if (!anyone) process.seteuid!(0);
    }
  });

  it('tells the language from the ending, and a program from its permission', () => {
    for (const [name, language] of [
      ['a.js', 'javascript'],
      ['a.mjs', 'javascript'],
      ['A.CJS', 'javascript'],
      ['a.ts', 'typescript'],
      ['a.mts', 'typescript'],
      ['a.py', 'python'],
      ['a.cell', 'cell'],
    ] as const)
      assert.equal(languageOf(at(name)), language);
    writeFileSync(at('program'), '#!/bin/sh\n');
    assert.equal(languageOf(at('program')), undefined);
    chmodSync(at('program'), 0o755);
    assert.equal(languageOf(at('program')), 'program');
    assert.equal(languageOf(at('nowhere')), undefined);
    assert.equal(languageOf(folder), undefined);
  });
});
