// What holds for every Result, whatever numbers and text it is made of.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: finding them is the point

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf } from '../../lib/render/columns.ts';
import { type RenderOptions, render } from '../../lib/render/render.ts';
import fc from '../fast-check.ts';
import * as any from './arbitrary.ts';

const base: RenderOptions = { format: 'text', width: 80, height: 24, colour: 0, unicode: true };
const runs = { numRuns: 150 };

test('no line is wider than the terminal', () => {
  fc.assert(
    fc.property(
      any.result,
      fc.integer({ min: 40, max: 130 }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(0 as const, 2 as const),
      (result, width, unicode, plain, colour) => {
        for (const line of render(result, { ...base, width, unicode, plain, colour }).split('\n')) {
          assert.ok(columnsOf(line) <= width, `${columnsOf(line)} > ${width}: ${JSON.stringify(line)}`);
        }
      },
    ),
    runs,
  );
});

test('without unicode every character is ASCII', () => {
  fc.assert(
    fc.property(any.result, fc.boolean(), (result, colour) => {
      assert.doesNotMatch(render(result, { ...base, unicode: false, colour }), /[^\x1b\x0a\x20-\x7e]/);
    }),
    runs,
  );
});

test('without colour no control character but the line feed is written, whatever the data holds', () => {
  fc.assert(
    fc.property(any.result, fc.boolean(), (result, plain) => {
      assert.doesNotMatch(
        render(result, { ...base, plain }),
        /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
    runs,
  );
});

test('with colour the only escape sequences are our own colours', () => {
  fc.assert(
    fc.property(any.result, fc.constantFrom(1 as const, 2 as const, 3 as const), (result, colour) => {
      assert.doesNotMatch(
        render(result, { ...base, colour }).replace(/\x1b\[[0-9;]*m/g, ''),
        /[\x00-\x09\x0b-\x1f\x7f-\x9f]/,
      );
    }),
    runs,
  );
});

test('plain output holds no box or block characters', () => {
  fc.assert(
    fc.property(any.result, (result) => {
      assert.doesNotMatch(render(result, { ...base, plain: true }), /[\u2500-\u259f]/);
    }),
    runs,
  );
});

test('colour changes no character', () => {
  fc.assert(
    fc.property(
      any.result.map((result) => ({
        ...result,
        figures: result.figures.filter((figure) => figure.kind !== 'heatmap'),
      })),
      (result) => {
        const strip = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '').replace(/ +$/gm, '');
        assert.equal(strip(render(result, { ...base, colour: 3 })), strip(render(result, base)));
      },
    ),
    runs,
  );
});

test('the same Result gives the same bytes', () => {
  fc.assert(
    fc.property(any.result, (result) => {
      assert.equal(render(result, base), render(structuredClone(result), base));
    }),
    { numRuns: 50 },
  );
});

test('JSON parses back to the Result, with what is not finite as strings', () => {
  fc.assert(
    fc.property(any.result, (result) => {
      const text = render(result, { ...base, format: 'json' });
      assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      assert.deepEqual(JSON.parse(text), asStrings(result));
    }),
    runs,
  );
});

function asStrings(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
  if (Array.isArray(value)) return value.map(asStrings);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asStrings(item)]));
  return value;
}
