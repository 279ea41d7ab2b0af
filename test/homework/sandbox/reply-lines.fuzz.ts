// Lines that nobody in their right mind would send, for the tests of the reader.

import fc from '../../fast-check.ts';

const word = fc.constantFrom(
  'value',
  'threw',
  'promise',
  'id',
  '$number',
  '$other',
  '__proto__',
  'constructor',
  'toJSON',
);
const odd: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'NaN',
    '-Infinity',
    '1e999',
    '-0',
    'null',
    'undefined',
    '0x10',
    '1_0',
    '[',
    '}',
    '{"$number":"1"}',
    '{"$number":"NaN"}',
  ),
  fc.double().map(String),
  fc.json(),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
);

/** Lines around what a reply looks like, some with the right id. */
export const lines = (id: string): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }).map(encode) },
    {
      weight: 6,
      arbitrary: fc
        .array(fc.tuple(word, odd), { maxLength: 4 })
        .map((entries) => `{${entries.map(([name, body]) => `"${name}":${body}`).join()}}`)
        .map(encode),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(word, odd, fc.boolean()).map(([name, body, first]) => {
        const entries = [`"id":"${id}"`, `"${name}":${body}`];
        return encode(`{${(first ? entries : entries.reverse()).join()}}`);
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(odd, fc.nat(60), fc.uint8Array({ maxLength: 3 }))
        .map(([body, at, noise]) => spliced(encode(`{"id":"${id}","value":${body}}`), at, noise)),
    },
  );

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const spliced = (bytes: Uint8Array, at: number, noise: Uint8Array): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, at), ...noise, ...bytes.subarray(at + 1)]);
