// Markdown as it is printed.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { markdown } from '../../lib/lessons/markdown-page.ts';
import { typeset } from '../../lib/lessons/typeset.ts';
import { lookOf } from '../../lib/render/look.ts';

for (const colour of [0, 1] as const)
  it(`code over the end of a line of the source is one piece, at ${colour === 0 ? 'no' : 'a'} level of colour`, () => {
    const look = lookOf({ width: 60, height: 24, colour, unicode: true });
    const lines = typeset(markdown('What is shown is `o .*\ntanh(c)`, and no more.'), look);
    assert.equal(lines.length, 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    assert.match(lines[0]!.replace(/\u001b\[\d+m/g, ''), /o \.\* tanh\(c\)/);
  });
