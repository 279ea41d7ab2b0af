// The text made by rule has the properties that are looked for in it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { random } from '../../lib/numbers/random.ts';
import { speechText } from '../../lib/tasks/speech-text.ts';

const text = speechText(5000, random(3));

describe('the text made by rule', () => {
  it('is as long as asked, the same for the same seed and another for another', () => {
    assert.ok(text.length >= 5000 && text.length < 5200);
    assert.equal(speechText(5000, random(3)), text);
    assert.notEqual(speechText(5000, random(4)), text);
  });
  it('has lines of at most 24 characters, and breaks none that had room for the next word', () => {
    const lines = text.split('\n');
    assert.ok(lines.every((line) => line.length <= 24 && line === line.trim() && line !== ''));
    for (const [i, line] of lines.slice(0, -1).entries())
      assert.ok(line.length + 1 + lines[i + 1]!.split(' ')[0]!.length > 24, line);
  });
  it('tells between quotation marks only words that are said, and outside only words that are told', () => {
    const parts = text.split('"');
    assert.equal(parts.length % 2, 1);
    const words = (odd: number) =>
      new Set(
        parts
          .filter((_, i) => i % 2 === odd)
          .flatMap((part) => part.split(/[\s.]+/))
          .filter((word) => word !== ''),
      );
    assert.deepEqual([...words(0)].sort(), ['and', 'dog', 'old', 'ran', 'road', 'the']);
    assert.deepEqual([...words(1)].sort(), ['come', 'go', 'see', 'why', 'yes', 'you']);
  });
});
